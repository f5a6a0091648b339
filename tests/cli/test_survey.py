"""The commands on one's own survey: words and exit codes, whole files or none, nothing lost."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from exports import EVERYONE, PATIENT, filled
from exports.google import download
from exports.kobo import kobo

from actient import cli
from actient.paths import checkout
from actient.survey.publishing import aggregates
from actient.survey.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
GOOD = kobo(QUESTIONNAIRE, EVERYONE)
FORMULA = '=HYPERLINK("http://x","<b>42</b>")'
BAD = GOOD.replace(b'"35_49"', b'"%s"' % FORMULA.replace('"', '""').encode())
FEW_COLUMNS = (
    b"consent,profile,age_band,gender\nyes,patient,35_49,woman\nyes,patient,50_64,no_answer\n"
)
MARGINS = "group,item,code,share\n"


def invoke(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli.main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dossier d’été (copie)"
    found.mkdir()
    return found


@pytest.fixture
def good(folder: Path) -> Path:
    path = folder / "mes réponses.csv"
    path.write_bytes(GOOD)
    return path


@pytest.fixture
def short(folder: Path) -> Path:
    """A good file of few questions: totals of all of them take seconds."""
    path = folder / "quatre questions.csv"
    path.write_bytes(FEW_COLUMNS)
    return path


@pytest.fixture
def bad(folder: Path) -> Path:
    path = folder / "à corriger.csv"
    path.write_bytes(BAD)
    return path


def test_the_commands_are_there_and_shown_in_the_help() -> None:
    said = invoke("--help").stdout
    for name in ("forms", "validate", "tabulate", "synthesize", "book"):
        assert f"\n  {name} " in said
        assert "Examples" in invoke(name, "--help").stdout


# validate


@pytest.mark.parametrize(("lang", "said"), [("fr", "gardées"), ("en", "kept")])
def test_a_good_file_is_accepted_and_its_columns_accounted_for(good, lang, said) -> None:
    result = invoke("validate", good, "--messages", lang)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"2  {said}" in result.stderr
    assert "_submission_time" in result.stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "un de ces codes"), ("en", "one of these codes")]
)
def test_every_problem_is_told_with_its_line_and_column(bad, lang, said) -> None:
    result = invoke("validate", bad, "--messages", lang)
    assert result.exit_code == 1
    for part in ("you/age_band", said, "--exclude-invalid"):
        assert part in result.stderr
    assert any(line.startswith("2 ") for line in result.stderr.splitlines())


def test_invalid_rows_can_be_left_out(bad) -> None:
    result = invoke("validate", bad, "--exclude-invalid", "--messages", "en")
    assert result.exit_code == 0
    assert "1  invalid" in result.stderr
    assert "1  kept" in result.stderr


@pytest.mark.parametrize("name", ["good", "bad"])
def test_the_outcome_can_be_read_by_a_program(name, request) -> None:
    result = invoke("validate", request.getfixturevalue(name), "--json")
    found = json.loads(result.stdout)
    assert found["accepted"] is (name == "good")
    assert found["problem_total"] == len(found["problems"]) == (name == "bad")
    assert result.exit_code == (name == "bad")
    assert "0f9e8d7c" not in result.stdout  # a code


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (bytes(range(256)) * 40, "UTF-8"),
        (b"\x00" * 100, ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
        (b"PK\x03\x04" + bytes(100), ""),
        (b"one column\n1\n", "Aucune colonne"),
        (b'{"version": 1, "origin": "supplied"}', "Aucune colonne"),
        (b'consent,profile\n"yes,patient\n', ""),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_words(folder, content, said) -> None:
    path = folder / "étrange.csv"
    path.write_bytes(content)
    result = invoke("validate", path)
    assert result.exit_code == 1
    assert result.stderr.startswith("actient: ")
    assert said in result.stderr
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_or_is_a_folder_is_a_mistake_of_use(folder) -> None:
    for path in (folder / "nowhere.csv", folder):
        result = invoke("validate", path)
        assert result.exit_code == 2
        assert path.name in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_one_may_not_read_is_told(good) -> None:
    good.chmod(0)
    result = invoke("validate", good)
    assert result.exit_code == 2
    assert "not readable" in result.stderr


@pytest.mark.parametrize("command", ["validate", "tabulate"])
@pytest.mark.parametrize("rows", ["", "no,\n"])
def test_a_file_that_leaves_nobody_is_refused(command: str, rows: str, folder: Path) -> None:
    path, out = folder / "vide.csv", folder / "écrit"
    path.write_text(f"consent,age_band\n{rows}", encoding="utf-8")
    result = invoke(command, path, "--out", out, "--messages", "en")
    assert result.exit_code == 1
    assert ("No answer can be used" if rows else "no answers") in result.stderr
    assert command == "validate" or not out.exists()


def test_a_list_of_problems_stays_private(bad, folder) -> None:
    out = folder / "problèmes.csv"
    out.touch(mode=0o600)
    assert invoke("validate", bad, "--out", out).exit_code == 1
    assert out.stat().st_size
    assert out.stat().st_mode & 0o777 == 0o600


def test_problems_can_be_kept_in_a_file_where_no_formula_runs(bad, folder) -> None:
    out = folder / "problèmes.csv"
    assert invoke("validate", bad, "--out", out, "--messages", "en").exit_code == 1
    head, row = csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")))
    assert head == ["line", "column", "value", "expected"]
    assert row[:3] == ["2", "you/age_band", f"'{FORMULA}"]  # text, as it was
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    assert {path.name for path in folder.iterdir()} == {bad.name, out.name}


def test_problems_are_not_written_where_the_site_is_published(bad) -> None:
    build = checkout().build
    for out in (build / "problems.csv", build / "deep" / ".." / "problems.csv"):
        result = invoke("validate", bad, "--out", out)
        assert result.exit_code == 2
        assert "_build" in result.stderr
        assert not out.exists()


@pytest.mark.parametrize("command", ["validate", "tabulate"])
def test_the_responses_are_never_written_over(command, good) -> None:
    result = invoke(command, good, "--out", good)
    assert result.exit_code == 2
    assert "Choose another name" in result.stderr
    assert good.read_bytes() == GOOD
    link = good.with_name("autre nom.csv")
    link.symlink_to(good)
    assert invoke(command, good, "--out", link).exit_code == 2
    assert good.read_bytes() == GOOD


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--minimum-duration", "nan"),
        ("--minimum-duration", "inf"),
        ("--minimum-duration", "-1"),
        ("--completeness", "nan"),
        ("--completeness", "1.5"),
        ("--duplicates", "all"),
        ("--messages", "de"),
    ],
)
def test_an_option_out_of_bounds_is_a_mistake_of_use(good, option, value) -> None:
    result = invoke("validate", good, option, value)
    assert result.exit_code == 2
    assert option in result.stderr


# tabulate


def test_totals_are_written_and_can_be_read_back(good, folder) -> None:
    out = folder / "nouveau" / "totaux.json"
    result = invoke("tabulate", good, "--out", out)
    assert result.exit_code == 0
    found = aggregates.read(out)
    assert (found.tool, found.origin) == ("kobo", "supplied")
    assert {one.status for one in (*found.shares, *found.measures)} <= {"withheld", "absent"}
    assert f"{found.withheld} withheld" in result.stdout
    assert "0f9e8d7c" not in out.read_text(encoding="utf-8")


def test_an_invalid_file_writes_nothing_and_spoils_nothing(bad, folder) -> None:
    out = folder / "totaux.json"
    assert invoke("tabulate", bad, "--out", out, "--exclude-invalid").exit_code == 0
    last_good = out.read_bytes()
    assert invoke("tabulate", bad, "--out", out).exit_code == 1
    assert out.read_bytes() == last_good
    assert {path.name for path in folder.iterdir()} == {bad.name, out.name}


def test_a_place_that_cannot_be_written_is_told(short, folder) -> None:
    result = invoke("tabulate", short, "--out", short / "inside" / "totaux.json")
    assert result.exit_code == 1
    assert "actient: " in result.stderr
    assert invoke("tabulate", short, "--out", folder).exit_code == 2
    assert {path.name for path in folder.iterdir()} == {short.name}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--pool", "patient"], 2, "GROUP=WEIGHT"),
        (["--pool", "patient=much"], 2, "GROUP=WEIGHT"),
        (["--pool", "=1"], 2, "GROUP=WEIGHT"),
        (["--pool", "patient=0.5", "--pool", "patient=0.5"], 2, "twice"),
        (["--pool", "patient=0.5"], 1, "add up to 0.5"),
        (["--pool", "patient=nan"], 1, "add up to nan"),
        (["--pool", "nurse=1"], 1, "Groups: patient, professional, doctor"),
        (["--pool", "professional=0.5", "--pool", "doctor=0.5"], 1, "part of professional"),
        (["--threshold", "0"], 2, "--threshold"),
        (["--largest-weight", "1"], 2, "--largest-weight"),
        (["--largest-weight", "nan"], 2, "--largest-weight"),
        (["--margins", "nowhere.csv"], 2, "does not exist"),
    ],
)
def test_options_that_cannot_be_are_told_and_nothing_is_written(
    good, folder, arguments, code, said
) -> None:
    result = invoke("tabulate", good, "--out", folder / "totaux.json", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert not (folder / "totaux.json").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("nurse,gender,woman,1\n", "line 2: group 'nurse'"),
        ("patient,gender,woman,0.5\n", "group patient: gender"),
        ("patient,gender,man,1\n", "--margins: in group patient, nobody answered"),
        ("patient,gender,woman,0.5\npatient,gender,man,0.5\n", "“man”"),
    ],
)
def test_margins_that_cannot_be_used_are_told(good, folder, lines, said) -> None:
    margins = folder / "marges.csv"
    margins.write_text(MARGINS + lines, encoding="utf-8")
    out = folder / "totaux.json"
    result = invoke("tabulate", good, "--out", out, "--margins", margins)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not out.exists()
    assert invoke("tabulate", good, "--out", margins, "--margins", margins).exit_code == 2
    assert margins.read_text(encoding="utf-8") == MARGINS + lines


def test_margins_on_two_people_do_not_stop_anything(short, folder) -> None:
    margins, out = folder / "marges.csv", folder / "totaux.json"
    margins.write_text(MARGINS + "patient,gender,woman,1\n", encoding="utf-8")
    assert invoke("tabulate", short, "--out", out, "--margins", margins).exit_code == 0
    assert aggregates.read(out).weightings[0].effective_n is None


# synthesize, forms, book


def test_synthetic_respondents_are_marked_from_the_file_to_the_totals(folder) -> None:
    file, out = folder / "inventés.csv", folder / "totaux.json"
    assert invoke("synthesize", "--n", "15", "--seed", "3", "--out", file).exit_code == 0
    rows = file.read_text(encoding="utf-8").splitlines()
    assert len(rows) == 16
    assert all(row.startswith("SYNTHETIC,") for row in rows)
    again = folder / "encore.csv"
    invoke("synthesize", "--n", "15", "--seed", "3", "--out", again)
    assert again.read_bytes() == file.read_bytes()
    result = invoke("tabulate", file, "--out", out)
    assert result.exit_code == 0
    assert aggregates.read(out).origin == "synthetic"


@pytest.mark.parametrize(("n", "code"), [("0", 2), ("-5", 2), ("20000000", 2), ("ten", 2)])
def test_a_number_that_cannot_be_drawn_leaves_the_file_as_it_was(folder, n, code) -> None:
    file = folder / "inventés.csv"
    invoke("synthesize", "--n", "5", "--out", file)
    before = file.read_bytes()
    assert invoke("synthesize", "--n", n, "--out", file).exit_code == code
    assert file.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [file.name]


# what --out may replace


def written_by(command: str, good: Path, out: Path, *more: str) -> Result:
    words = ["--n", "5"] if command == "synthesize" else [good]
    return invoke(command, *words, "--out", out, *more)


@pytest.mark.parametrize("command", ["validate", "tabulate", "synthesize"])
@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        b"mine",
        b"SYNTHETIC,start\nSYNTHETIC,2000-01-01\n,2018-05-01\n",  # one row is somebody's
        b"ligne;colonne;valeur;attendu\n",
        b'{"version": 1, "origin": "supplied"}',
        bytes(range(256)),
    ],
)
def test_no_file_of_the_users_is_replaced_unless_asked(command, content, short, folder) -> None:
    out = folder / "à moi.csv"
    out.write_bytes(content)
    result = written_by(command, short, out)
    assert result.exit_code == 2
    assert f"--out {out}: this file exists and is not a" in result.stderr
    assert out.read_bytes() == content
    assert {path.name for path in folder.iterdir()} == {short.name, out.name}
    assert written_by(command, short, out, "--force").exit_code == 0
    assert out.read_bytes() != content


@pytest.mark.parametrize("command", ["validate", "tabulate", "synthesize"])
def test_a_command_may_replace_what_it_wrote_and_an_empty_file(command, short, folder) -> None:
    out = folder / "fait.csv"
    out.touch()
    for _ in range(2):
        assert written_by(command, short, out).exit_code == 0
        assert out.stat().st_size > 0
    (others,) = [{"validate", "tabulate", "synthesize"} - {command}]
    assert {written_by(other, short, out).exit_code for other in others} == {2}


@pytest.mark.parametrize("command", ["validate", "tabulate"])
def test_not_even_force_replaces_the_responses(command, good) -> None:
    assert written_by(command, good, good, "--force").exit_code == 2
    assert good.read_bytes() == GOOD


@pytest.mark.skipif(os.name == "nt", reason="NOT RUN: no pipes with a name here")
def test_what_is_no_ordinary_file_is_not_replaced_by_one(good, folder) -> None:
    pipe = folder / "tuyau"
    os.mkfifo(pipe)
    result = written_by("synthesize", good, pipe, "--force")
    assert result.exit_code == 2
    assert "not an ordinary file" in result.stderr
    assert pipe.is_fifo()


def test_the_forms_are_the_same_each_time(folder) -> None:
    def made() -> dict[str, bytes]:
        result = invoke("forms", "--out", folder / "formulaires")
        assert result.exit_code == 0
        assert "not the original wording" in result.stderr
        files = [Path(line) for line in result.stdout.splitlines()]
        assert set(files) == {p for p in (folder / "formulaires").rglob("*") if p.is_file()}
        return {path.name: path.read_bytes() for path in files}

    assert made() == made()


@pytest.mark.parametrize("name", ["README.txt", "template.csv"])
def test_forms_replace_no_file_of_the_users_unless_asked(folder, name) -> None:
    project = folder / "projet"
    project.mkdir()
    (project / name).write_text("mine", encoding="utf-8")
    result = invoke("forms", "--out", project)
    assert result.exit_code == 2
    assert str(project / name) in result.stderr
    assert "no form was written" in result.stderr
    assert {path.name: path.read_text() for path in project.iterdir()} == {name: "mine"}
    assert invoke("forms", "--out", project, "--force").exit_code == 0
    assert (project / name).read_text(encoding="utf-8") != "mine"
    assert invoke("forms", "--out", project).exit_code == 0  # its own, unchanged


def test_forms_are_not_written_into_a_file(good) -> None:
    assert invoke("forms", "--out", good).exit_code == 2
    result = invoke("forms", "--out", good / "inside")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert good.read_bytes() == GOOD


def test_a_book_on_an_invalid_file_starts_nothing(bad, monkeypatch) -> None:
    from actient.book import build

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a build would have been started")

    monkeypatch.setattr(build, "build", refuse)
    result = invoke("book", "--responses", bad)
    assert result.exit_code == 1
    assert "you/age_band" in result.stderr


@pytest.mark.slow
def test_as_a_user_would_from_another_folder(good, folder) -> None:
    person = filled(4, **{**PATIENT.answers, "token": "zz99zz99"})
    good.write_bytes(download(QUESTIONNAIRE, [PATIENT, person]))
    done = subprocess.run(
        [sys.executable, "-m", "actient", "validate", good.name, "--messages", "en"],
        cwd=folder,
        env={**os.environ, "ACTIENT_ROOT": str(checkout().root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "2  kept" in done.stderr
