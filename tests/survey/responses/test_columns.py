"""Headers and questions: many names for one question, no name for two, no private column let in."""

from pathlib import Path

import pandas as pd
import pytest
from reading import QUESTIONNAIRE, adult, read_bytes, template

from actient.survey.responses import ResponsesError, dialects
from actient.survey.responses.columns import Names

NAMES = Names(QUESTIONNAIRE)
USES = QUESTIONNAIRE.item("uses").question("fr")


def found(header: str) -> str | None:
    kept = NAMES.columns([header]).kept
    return kept[0].name if kept else None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("age_band", "age_band"),
        ("AGE BAND", "age_band"),
        ("ageband", "age_band"),
        ("you/age_band", "age_band"),
        ("study_1/you/age_band", "age_band"),
        ("you-age_band", "age_band"),
        ("you.age_band", "age_band"),
        ("you:age_band", "age_band"),
        ("Votre tranche d’âge :", "age_band"),
        ("VOTRE TRANCHE D'AGE:", "age_band"),
        ("Vous/Votre tranche d’âge :", "age_band"),
        ("ageband. Votre tranche d’âge :", "age_band"),
        ("uses/sms_reminder", "uses/sms_reminder"),
        ("pathway/uses/sms_reminder", "uses/sms_reminder"),
        ("pathway-uses/sms_reminder", "uses/sms_reminder"),
        ("uses___2", "uses/sms_reminder"),
        ("uses___sms_reminder", "uses/sms_reminder"),
        ("uses[A2]", "uses/sms_reminder"),
        ("uses[2]", "uses/sms_reminder"),
        ("uses[SMS de rappel de rendez-vous]", "uses/sms_reminder"),
        ("uses_A2", "uses/sms_reminder"),
        ("uses.A2.", "uses/sms_reminder"),
        ("uses (choice=SMS de rappel de rendez-vous)", "uses/sms_reminder"),
        (f"{USES}/SMS de rappel de rendez-vous", "uses/sms_reminder"),
        (f"Le parcours de soins/{USES}/SMS de rappel de rendez-vous", "uses/sms_reminder"),
        ("<p><strong>Votre tranche d’âge :</strong></p>", "age_band"),
        ("Votre tranche d&rsquo;&acirc;ge&nbsp;:", "age_band"),
        ("ageband. <div class='q'>Votre tranche d’âge :<br /></div>", "age_band"),
        ("ageband.<br>Votre tranche d’âge :", "age_band"),
        ("uses (choice=<b>SMS de rappel</b> de rendez-vous)", "uses/sms_reminder"),
        ("<p>" + "<span style='color: black'>" * 50 + "age_band", "age_band"),
        (
            "difficulties (choice=Demandes de lien personnel avec des professionnels de santé "
            "(« être ami »))",
            "difficulties/personal_link_requests",
        ),
    ],
)
def test_one_question_under_many_names(header: str, name: str) -> None:
    assert found(header) == name


@pytest.mark.parametrize(
    "header",
    [
        "",
        "email",
        "uses[other]",
        "uses[A2comment]",
        "uses[A99]",
        "uses___16",
        "uses/other_text",
        "profession_other",
        "profession[other]",
        "region/precision",
        "region_code",
        "-region",
        "region+",
        *(
            f"uses{answer}"
            for sign in (
                "-9",
                "_9",
                "+9",
                "<9",
                ">9",
                "≥9",
                "9+",
                "9-",
                "9_",
                "\u22129",
                "1.5",
                "1_5",
            )
            for answer in (f"___{sign}", f"/{sign}", f"[{sign}]", f" (choice={sign})")
        ),
        "uses[A-9]",
        "uses[SQ009]",
        "uses[-oth-]",
        "uses/-sms_reminder",
        "uses_-A9",
        "uses-9",
        "uses..9",  # what R makes of uses/-9
        "uses..9.",
        "uses.9.",
        "Question time: region",
        "Votre adresse / region",
        "Nom - token",
        "mytoken",
        "age",
        "region. Votre adresse :",
        "<age_band>",
        "region < 5 & <b>email</b>",
        "a/" * 400 + "region" + "x" * 300,
    ],
)
def test_what_is_no_question_stays_at_the_door(header: str) -> None:
    assert found(header) is None


def test_a_code_for_missing_data_is_not_the_answer_without_its_sign(tmp_path: Path) -> None:
    """REDCap writes the column of code -9 with four underscores, that of answer 9 with three."""
    header = "consent,age_band,uses___1,uses___9,uses____9"
    ninth = QUESTIONNAIRE.item("uses").codes[8]
    found = read_bytes(tmp_path, f"{header}\n1,2,0,1,0\n1,2,1,0,0\n1,2,0,0,1\n".encode())
    assert found.frame[f"uses/{ninth}"].tolist() == [True, False, pd.NA]
    assert found.source.dropped == ("uses____9",)
    assert any("not in its list" in note.text("en") for note in found.source.layout)
    alone = read_bytes(tmp_path, b"consent,age_band,uses___1,uses____9\n1,2,1,0\n1,2,0,1\n")
    assert f"uses/{ninth}" in alone.source.missing
    assert alone.frame[f"uses/{ninth}"].isna().all()


def test_a_header_is_told_without_its_markup(tmp_path: Path) -> None:
    made = template([{"consent": "yes", "<p>age_band</p>": "2", "<b>Votre&nbsp;nom</b>": "x"}])
    source = read_bytes(tmp_path, made).source
    assert source.columns == {"consent": "consent", "age_band": "age_band"}
    assert source.dropped == ("Votre nom",)


@pytest.mark.parametrize(
    ("header", "places"),
    [
        ("consent,age_band,region,you/region", "3 and 4"),
        ("consent,age_band,region,Votre région :", "3 and 4"),
        ("uses/none,age_band,consent,uses___15", "1 and 4"),
        ("consent,age_band,region,consent", "1 and 4"),
    ],
)
def test_two_columns_for_one_question_are_an_error(
    header: str, places: str, tmp_path: Path
) -> None:
    with pytest.raises(ResponsesError) as caught:
        read_bytes(tmp_path, f"{header}\nyes,2,,\n".encode())
    (problem,) = caught.value.problems
    assert (problem.line, problem.rule) == (1, "column")
    assert problem.column == header.split(",")[-1]
    assert f"columns {places}" in problem.expected.text("en")
    assert caught.value.source is not None


@pytest.mark.parametrize(
    ("header", "tool"),
    [
        (["consent", "_id", "_uuid"], "kobo"),
        (["consent", "SubmissionDate", "KEY"], "odk"),
        (["record_id", "consent", "questionnaire_complete"], "redcap"),
        (["id", "submitdate", "lastpage", "consent"], "limesurvey"),
        (["Horodateur", "J’ai lu la notice"], "google"),
        (["consent", "age_band", "SYNTHETIC"], "template"),
        (["id", "nom", "prénom", "consent"], "unknown"),
        (["consent", "_id", "une", "autre", "colonne"], "unknown"),
    ],
)
def test_the_tool_is_told_by_the_columns_it_adds(header: list[str], tool: str) -> None:
    assert dialects.recognise(NAMES.columns(header))[0] == tool


def test_the_first_column_of_times_in_order_of_preference() -> None:
    columns = NAMES.columns(["_submission_time", "start", "end", "today"])
    assert (columns.start, columns.end) == (1, 2)
    assert columns.dropped == ("_submission_time", "today")


def test_headers_of_columns_kept_are_given_whole(tmp_path: Path) -> None:
    question = QUESTIONNAIRE.item("incident").question("fr")
    source = read_bytes(tmp_path, template([adult(**{question: "Oui"})])).source
    assert source.columns[question] == "incident"
