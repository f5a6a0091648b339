"""What is told of a file: a table for the terminal, a CSV file without formulas, JSON."""

import csv
import json
from pathlib import Path

import pytest
from reading import adult, read_bytes, template

from actient.locale import LANGS, Lang
from actient.survey import responses
from actient.survey.responses import Message, Options, Problem, ResponsesError
from actient.survey.responses.problems import expected_tick

PROBLEM = Problem(12, "region", "Groland", expected_tick(), "choice")


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_has_line_column_value_and_expected(lang: Lang) -> None:
    header, row = responses.problem_table([PROBLEM], 1, lang).splitlines()
    words = {"fr": "ligne colonne valeur attendu", "en": "line column value expected"}
    assert header.split() == words[lang].split()
    assert row.split(maxsplit=3) == ["12", "region", "Groland", PROBLEM.expected.text(lang)]


def test_long_cells_go_on_below_and_fit_the_terminal() -> None:
    long = Problem(1, "colonne " * 10, "valeur " * 8, Message("attendu " * 20), "choice")
    lines = responses.problem_table([long], 1, "fr").splitlines()
    assert max(len(line) for line in lines) <= 100
    assert " ".join(lines).count("attendu") == 21
    assert " ".join(lines).count("colonne") == 11


def test_many_problems_are_summed_up() -> None:
    text = responses.problem_table([PROBLEM] * 1_000, 5_200, "en")
    assert len(text.splitlines()) == 42
    assert "5200 problems in all" in text
    assert "in all" not in responses.problem_table([PROBLEM] * 40, 40, "en")


@pytest.mark.parametrize("value", ["=1+1", "+33", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_file_of_problems_holds_no_formula(value: str, tmp_path: Path) -> None:
    path = tmp_path / "problèmes.csv"
    responses.write_problems(path, [Problem(2, value, value, Message(value), "choice")], "fr")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, row = csv.reader(stream)
    assert header == ["ligne", "colonne", "valeur", "attendu"]
    assert row == ["2", f"'{value}", f"'{value}", f"'{value}"]
    assert list(tmp_path.iterdir()) == [path]


def test_the_outcome_as_json(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, template([adult(nom="x"), {"consent": "no"}]))
    outcome = json.loads(json.dumps(responses.as_json(found)))
    assert outcome["accepted"] is True
    assert outcome["counts"]["without_consent"] == 1
    assert outcome["source"]["dropped"] == ["nom"]
    assert outcome["source"]["columns"]["age_band"] == "age_band"
    assert {"fr", "en"} == set(outcome["notes"][0])


def test_a_refusal_as_json(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, template([adult(region="Groland")]))
    outcome = json.loads(json.dumps(responses.as_json(caught.value)))
    assert outcome["accepted"] is False
    assert outcome["problem_total"] == 1
    (problem,) = outcome["problems"]
    assert problem["value"] == "Groland"
    assert "un de ces codes" in problem["expected_fr"]
    assert "one of these codes" in problem["expected_en"]
    assert "--exclude-invalid" in outcome["summary"]["fr"]
    assert "counts" not in outcome
    unread = ResponsesError(Message("Vide."))
    assert responses.as_json(unread)["source"] is None


@pytest.mark.parametrize("lang", LANGS)
def test_the_account_names_what_was_dropped_counted_and_done(lang: Lang, tmp_path: Path) -> None:
    rows = [
        adult(token="AAAA", contacts="x", **{"E-mail": "SECRET"}),  # noqa: S106
        adult(token="AAAA", SYNTHETIC="SYNTHETIC"),  # noqa: S106
        adult(token="AAAA"),  # noqa: S106
    ]
    for row in rows:
        row["SYNTHETIC"] = "SYNTHETIC"
    found = read_bytes(tmp_path, template(rows), Options(exclude_invalid=True))
    text = responses.account(found, lang)
    assert "SECRET" not in text
    assert "AAAA" not in text
    assert "E-mail" in text
    assert "SYNTHETIC" in text
    said = {
        "fr": ("3  lignes de réponses", "1  non conformes", "Codes répétés\u00a0: 1"),
        "en": ("3  rows of answers", "1  invalid", "Repeated codes: 1"),
    }
    for words in (*said[lang], "contacts", "5\u202f000" if lang == "fr" else "5,000"):
        assert words in text


def test_french_punctuation_has_its_spaces() -> None:
    message = Message("« a » : b ; c ? d ! 5 % {name}", {"name": "l'e"})
    said = "«\u00a0a\u00a0»\u00a0: b\u202f; c\u202f? d\u202f! 5\u202f% l’e"
    assert message.text("fr") == said


def test_a_place_is_filled_as_each_language_says_it() -> None:
    message = Message("{count} ; {name}", {"count": 3, "name": lambda lang: f"{lang} {{count}}"})
    assert message.text("fr") == "3\u202f; fr {count}"
    assert message.text("en") == "3 ; en {count}"
