"""Consent and age first; then every problem at once, in words, and nobody's secrets."""

from pathlib import Path

import pandas as pd
import pytest
from reading import QUESTIONNAIRE, adult, read_bytes, template

from actient.survey.responses import Options, Problem, Responses, ResponsesError

EXCLUDE = Options(exclude_invalid=True)


def read_rows(folder: Path, *rows: dict[str, str], options: Options | None = None) -> Responses:
    return read_bytes(folder, template(rows), options)


def problems_of(folder: Path, *rows: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(ResponsesError) as caught:
        read_rows(folder, *rows)
    assert caught.value.problem_total == len(caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(
    ("answers", "rule", "column", "expected"),
    [
        ({"region": "Groland"}, "choice", "region", "ara, bfc"),
        ({"gender": "x"}, "choice", "gender", "woman (A woman), man"),
        ({"uses": "sms_reminder;fax"}, "choice", "uses", "one or more"),
        ({"uses/none": "peut-être"}, "choice", "uses/none", "1 (ticked)"),
        ({"contacts": "5001"}, "number", "contacts", "from 0 to 5,000"),
        ({"contacts": "12.5"}, "number", "contacts", "a whole number"),
        ({"difficulties": "none;misread_data"}, "exclusive", "difficulties", "None of these"),
        ({"dialogue": "improved"}, "skipped", "dialogue", "if profile is professional"),
        ({"search_online": "no", "check_sources": "yes"}, "skipped", "check_sources", "follows"),
        (
            {"connected_object": "no", "object_advice": "no"},
            "skipped",
            "object_advice",
            "profile is patient and connected_object is yes",
        ),
    ],
)
def test_each_rule_names_line_column_value_and_what_was_expected(
    answers: dict[str, str], rule: str, column: str, expected: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, adult(), adult(**answers))
    assert (problem.line, problem.column, problem.rule) == (3, column, rule)
    assert problem.value == answers[column]
    assert expected in problem.expected.text("en")
    assert problem.expected.text("fr") != problem.expected.text("en")


def test_french_of_a_problem(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, adult(contacts="beaucoup"))
    assert problem.expected.text("fr") == "un nombre entier de 0 à 5\u202f000"


def test_an_exclusive_answer_in_columns_of_their_own(tmp_path: Path) -> None:
    (problem,) = problems_of(
        tmp_path, adult(**{"uses/sms_reminder": "1", "uses/fax": "", "uses/none": "1"})
    )
    assert (problem.rule, problem.value) == ("exclusive", "sms_reminder none")


def test_two_layouts_of_one_question_must_agree(tmp_path: Path) -> None:
    same = adult(**{"uses": "none", "uses/none": "1", "uses/sms_reminder": "0"})
    assert read_rows(tmp_path, same).counts.kept == 1
    (problem,) = problems_of(tmp_path, same | {"uses/sms_reminder": "1", "uses/none": "0"})
    assert (problem.column, problem.rule) == ("uses", "choice")


def test_an_answer_without_its_column_is_missing_not_false(tmp_path: Path) -> None:
    rows = [adult(**{"uses/sms_reminder": "1", "uses/online_booking": "0"}), adult()]
    found = read_rows(tmp_path, *rows)
    assert "uses/none" in found.source.missing
    assert "uses" not in found.source.missing
    assert found.frame["uses/online_booking"].tolist() == [False, pd.NA]
    assert found.frame["uses/none"].isna().all()


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [adult(region="x", contacts="y"), adult(), adult(contacts="z")]
    found = [(each.line, each.column) for each in problems_of(tmp_path, *rows)]
    assert found == [(2, "region"), (2, "contacts"), (4, "contacts")]


def test_a_thousand_problems_are_told_and_all_are_counted(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_rows(tmp_path, *[adult(region="x", contacts="y")] * 2_600)
    assert caught.value.problem_total == 5_200
    assert [each.line for each in caught.value.problems] == sorted([*range(2, 502)] * 2)
    assert "5200" in caught.value.summary.text("fr")


def test_lines_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    header = b'consent,profile,age_band,"a\nlong header"\n'
    data = header + b'yes,patient,1,"two\nlines"\n\n\nyes,patient,9,\n'
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, data)
    assert [each.line for each in caught.value.problems] == [5]


def test_nothing_is_said_of_who_did_not_consent_or_is_under_age(tmp_path: Path) -> None:
    wrong = {"region": "SECRET", "contacts": "SECRET", "token": "S"}
    rows = [
        wrong | {"consent": consent, "profile": "patient", "age_band": age}
        for consent, age in [
            ("no", "35_49"),
            ("non", "35_49"),
            ("", "35_49"),
            ("N/A", "under_18"),
            ("yes", "under_18"),
            ("Oui, je participe", "Moins de 18 ans"),
            ("A1", "1"),
        ]
    ]
    found = read_rows(tmp_path, adult(), *rows)
    assert (found.counts.without_consent, found.counts.under_age) == (2, 3)
    assert found.counts.consent_empty == 2
    assert (found.counts.consented, found.counts.kept) == (1, 1)
    assert found.problem_total == 0
    assert "SECRET" not in repr(found)


def test_an_age_that_is_missing_is_incomplete_and_one_that_is_unknown_a_problem(
    tmp_path: Path,
) -> None:
    assert read_rows(tmp_path, adult(age_band="")).counts.incomplete == 1
    (problem,) = problems_of(tmp_path, adult(age_band="17 ans"))
    assert problem.column == "age_band"


@pytest.mark.parametrize("lost", ["consent", "age_band"])
def test_a_file_without_consent_or_age_is_refused(lost: str, tmp_path: Path) -> None:
    row = {name: value for name, value in adult(token="SECRET01").items() if name != lost}  # noqa: S106
    with pytest.raises(ResponsesError) as caught:
        read_rows(tmp_path, row)
    assert lost in caught.value.summary.text("fr")
    assert lost in caught.value.summary.text("en")
    assert "SECRET" not in repr(vars(caught.value))


def test_a_file_without_header_is_refused_without_telling_its_content(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, b"oui,SECRET,jean@exemple.fr\noui,SECRET,x\n")
    assert "age_band" in caught.value.summary.text("en")
    assert "SECRET" not in repr(vars(caught.value))


def test_codes_are_never_shown(tmp_path: Path) -> None:
    for column in ("token", "recruiter_token"):
        (problem,) = problems_of(tmp_path, adult(**{column: "SECRET!"}))
        assert (problem.rule, problem.column) == ("token", column)
        assert "SECRET" not in repr(problem)


def test_invalid_rows_are_left_out_on_demand_and_it_is_said(tmp_path: Path) -> None:
    rows = [adult(contacts="1"), adult(contacts="x", region="y"), adult(contacts="3")]
    data = template(rows) + b"too,short\n"
    found = read_bytes(tmp_path, data, EXCLUDE)
    assert found.frame["contacts"].tolist() == [1, 3]
    assert (found.counts.rows, found.counts.consented) == (4, 3)
    assert (found.counts.invalid, found.counts.unreadable) == (1, 1)
    assert found.problem_total == len(found.problems) == 3
    assert "left out, as you asked: 2 (problems: 3)" in found.notes[0].text("en")
    assert list(found.frame.index) == [0, 1]


def test_a_required_answer_missing_is_incomplete_not_wrong(tmp_path: Path) -> None:
    whole = adult(internet_use="daily", networks_use="never", search_online="no")
    part = adult(internet_use="daily", networks_use="", search_online="no")
    doctor = whole | {"profile": "professional", "profession": ""}
    found = read_rows(tmp_path, whole, part, doctor)
    assert (found.counts.incomplete, found.counts.kept) == (2, 3)
    strict = read_rows(tmp_path, whole, part, doctor, options=Options(completeness=0.84))
    # The patient answered 5 of 6 required questions, the doctor 6 of 7.
    assert (strict.counts.incomplete, strict.counts.set_aside, strict.counts.kept) == (2, 1, 2)
    assert any("left out" in note.text("en") for note in strict.notes)


def test_questions_without_a_column_make_no_one_incomplete(tmp_path: Path) -> None:
    found = read_rows(tmp_path, adult())
    assert found.counts.incomplete == 0
    assert "search_online" in found.source.missing


def test_too_fast_answers_are_left_out_only_on_demand(tmp_path: Path) -> None:
    rows = [
        adult(start="2031-03-05 10:00:00", end=f"2031-03-05 10:{minutes}:00", contacts=minutes)
        for minutes in ("00", "02", "05")
    ] + [adult(contacts="9")]
    assert read_rows(tmp_path, *rows).counts.too_fast == 0
    found = read_rows(tmp_path, *rows, options=Options(minimum_duration=120))
    assert (found.counts.too_fast, found.counts.set_aside) == (1, 1)
    assert found.frame["contacts"].tolist() == [2, 5, 9]
    assert any("120 seconds" in note.text("en") for note in found.notes)


def test_times_leave_a_duration_and_a_month_only(tmp_path: Path) -> None:
    row = adult(start="2031-03-05T10:00:00.000+01:00", end="2031-03-05T10:08:00.000+01:00")
    found = read_rows(tmp_path, row)
    assert found.frame["duration"].tolist() == [480]
    assert found.frame["month"].tolist() == ["2031-03"]
    assert "2031-03-05" not in repr(found) + found.frame.to_csv()


def test_the_frame_is_the_same_whatever_the_file_holds(tmp_path: Path) -> None:
    frames = [
        read_rows(tmp_path, adult()).frame,
        read_rows(tmp_path, adult(contacts="1", uses="none", token="AAAA")).frame,  # noqa: S106
        read_bytes(tmp_path, b"consent,age_band\nyes,\n").frame,
    ]
    kinds = [list(frame.dtypes.astype(str)) for frame in frames]
    assert kinds[0] == kinds[1] == kinds[2]
    assert list(frames[0]) == list(frames[1]) == list(frames[2])
    types = frames[0].dtypes.astype(str)
    assert types["contacts"] == "Int32"
    assert types["uses/none"] == "boolean"
    assert types["recruiter"] == "int64"
    assert types["duration"] == "float64"
    assert types["month"] == "string"
    assert list(frames[0]["region"].cat.categories) == list(QUESTIONNAIRE.item("region").codes)
    assert not {"token", "recruiter_token"} & set(frames[0])


@pytest.mark.parametrize("rows", ["", "\n\n", ",\n", ' ,"\u00a0"\n'])
def test_a_file_with_no_answers_is_refused(rows: str, tmp_path: Path) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, f"consent,age_band\n{rows}".encode())
    said = caught.value.summary
    for words in ("no answers", "recognised: 2", "UTF-8 text", "Export all the responses again"):
        assert words in said.text("en")
    assert "aucune réponse" in said.text("fr")
    assert caught.value.source is not None


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (
            [{"consent": "no"}] * 2,
            Options(),
            "Rows read: 2, of which: consent refused, not read (2)",
        ),
        ([{"contacts": "3"}], Options(), "cell of consent empty, not read (1)"),
        ([adult(age_band="under_18")], Options(), "under 18, not read (1)"),
        ([adult(region="x")], EXCLUDE, "invalid (1)"),
        ([{"consent": "maybe"}], EXCLUDE, "unreadable rows (1)"),
        ([adult(search_online="")], Options(completeness=1), "left out by an option (1)"),
    ],
)
def test_a_file_of_which_nothing_is_left_is_refused_with_the_reasons(
    rows: list[dict[str, str]], options: Options, said: str, tmp_path: Path
) -> None:
    header = ["consent", "profile", "age_band", "region", "contacts", "search_online"]
    with pytest.raises(ResponsesError, match="No answer can be used") as caught:
        read_bytes(tmp_path, template(rows, header=header), options)
    assert said in caught.value.summary.text("en")
    assert f"Lignes lues\u00a0: {len(rows)}, dont\u00a0:" in caught.value.summary.text("fr")
    assert caught.value.problem_total == len(caught.value.problems) == (options == EXCLUDE)


def test_an_empty_consent_is_no_refusal(tmp_path: Path) -> None:
    rows = [adult(), {"consent": "no"}, {"contacts": "120"}, {"consent": " ", "contacts": "SECRET"}]
    found = read_rows(tmp_path, *rows)
    assert (found.counts.rows, found.counts.kept) == (4, 1)
    assert (found.counts.without_consent, found.counts.consent_empty) == (1, 2)
    assert "cell of consent is empty: 2" in found.notes[0].text("en")
    assert "SECRET" not in repr(found)


def test_a_consent_that_cannot_be_read_is_a_problem_with_its_place(tmp_path: Path) -> None:
    secret = {"consent": "Ja", "profile": "SECRET", "age_band": "SECRET", "contacts": "SECRET"}
    rows = [adult(contacts="x"), {"consent": "no"}, secret, adult(contacts="y")]
    found = problems_of(tmp_path, *rows)
    assert [(each.line, each.column) for each in found] == [
        (2, "contacts"),
        (4, "consent"),
        (5, "contacts"),
    ]
    assert (found[1].value, found[1].rule) == ("Ja", "choice")
    assert "yes (Yes, I take part)" in found[1].expected.text("en")
    assert "SECRET" not in repr(found)
    counts = read_rows(tmp_path, adult(), secret, options=EXCLUDE).counts
    assert (counts.unreadable, counts.without_consent, counts.kept) == (1, 0, 1)


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#NAME?", "#N/A", "#VALEUR !", "Err:502"])
@pytest.mark.parametrize("column", ["consent", "age_band", "uses", "contacts", "token", "start"])
def test_an_error_of_a_spreadsheet_is_not_an_empty_cell(
    column: str, error: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, adult(), adult(**{column: error}))
    assert (problem.line, problem.column, problem.rule) == (3, column, "no_value")
    assert problem.value == ("••••" if column == "token" else error)
    assert "Open the file in a spreadsheet" in problem.expected.text("en")


@pytest.mark.parametrize(
    ("marks", "synthetic"), [(("SYNTHETIC",) * 3, True), (("", "", ""), False)]
)
def test_synthetic_rows_are_recognised(
    marks: tuple[str, ...], synthetic: bool, tmp_path: Path
) -> None:
    found = read_rows(tmp_path, *[adult(SYNTHETIC=mark) for mark in marks])
    assert found.source.synthetic is synthetic


@pytest.mark.parametrize("marks", [("SYNTHETIC", ""), ("SYNTHETIC", "no"), ("no", "")])
def test_real_and_synthetic_rows_do_not_mix(marks: tuple[str, ...], tmp_path: Path) -> None:
    rows = [adult(SYNTHETIC=mark) for mark in marks]
    with pytest.raises(ResponsesError, match="SYNTHETIC") as caught:
        read_rows(tmp_path, *rows, options=EXCLUDE)
    assert caught.value.source is not None


def test_real_rows_without_consent_do_not_hide_among_synthetic_ones(tmp_path: Path) -> None:
    with pytest.raises(ResponsesError, match="SYNTHETIC"):
        read_rows(tmp_path, adult(SYNTHETIC="SYNTHETIC"), {"consent": "no"})


def test_formulas_and_html_are_text(tmp_path: Path) -> None:
    rows = [adult(region="=HYPERLINK(1)"), adult(region="<script>x</script>")]
    assert [each.value for each in problems_of(tmp_path, *rows)] == [
        "=HYPERLINK(1)",
        "<script>x</script>",
    ]


@pytest.mark.parametrize(
    "options", [{"duplicates": "none"}, {"minimum_duration": -1}, {"completeness": 1.5}]
)
def test_options_out_of_bounds_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        Options(**options)  # type: ignore[arg-type]  # not what it takes
