"""Each form says what the questionnaire says, in its tool's own way, and its export can be read."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from exports import EVERYONE, PATIENT, Answer, Filled, filled, kobo
from exports import google as google_export
from exports import limesurvey as limesurvey_export
from exports import redcap as redcap_export
from exports import template as template_export
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from actient.locale import LANGS, Lang
from actient.survey.forms import (
    FORMS,
    FormsFolderError,
    conditions,
    limesurvey,
    readme,
    redcap,
    template,
    write_all,
    xlsform,
)
from actient.survey.forms import texts as wording
from actient.survey.questionnaire import (
    CONSENT,
    TOKEN,
    Condition,
    Item,
    Questionnaire,
    load_questionnaire,
    reconstructed,
)

Rows = list[dict[str, str]]
XFORM = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
JAVAROSA = "{http://openrosa.org/javarosa}"


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire()


# ---------------------------------------------------------------------------- reading forms back
@pytest.fixture(scope="module")
def xform(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> ET.Element:
    """The XForm that pyxform, KoboToolbox's and ODK's own converter, makes of the workbook."""
    path = tmp_path_factory.mktemp("xlsform") / "xlsform.xlsx"
    path.write_bytes(xlsform.workbook(questionnaire))
    warnings: list[str] = []
    made = convert(path, warnings=warnings)
    assert warnings == []
    return ET.fromstring(made.xform)  # noqa: S314 — our own form


@pytest.fixture(scope="module")
def binds(xform: ET.Element) -> dict[str, dict[str, str]]:
    return {
        bind.attrib["nodeset"].removeprefix("/data/"): dict(bind.attrib)
        for bind in xform.iterfind(".//x:bind", XFORM)
    }


@pytest.fixture(scope="module")
def dictionaries(questionnaire: Questionnaire) -> dict[Lang, Rows]:
    return {
        lang: list(csv.DictReader(io.StringIO(redcap.dictionary(questionnaire, lang).decode())))
        for lang in LANGS
    }


@pytest.fixture(scope="module")
def survey_rows(questionnaire: Questionnaire) -> Rows:
    text = limesurvey.structure(questionnaire).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def straight(text: str) -> str:
    """pyxform straightens apostrophes and quotes, and makes every space an ordinary one."""
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())


def texts(xform: ET.Element, lang: Lang) -> dict[str, str]:
    translation = xform.find(f".//x:translation[@lang='{xlsform.LANGUAGES[lang]}']", XFORM)
    assert translation is not None
    return {
        text.attrib["id"]: straight("".join(text.itertext()))
        for text in translation.iterfind("x:text", XFORM)
    }


def path_of(item: Item) -> str:
    return f"{item.section_id}/{item.item_id}"


def is_asked(questionnaire: Questionnaire, item: Item, person: Filled) -> bool:
    return all(
        set(person.codes(questionnaire.item(one.item_id))) & set(one.codes)
        for one in conditions.all_of(questionnaire, item)
    )


# ----------------------------------------------------------------------------------- conditions
def test_nothing_is_asked_before_consent(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items[1:]:
        assert conditions.all_of(questionnaire, item)[0] == Condition(CONSENT, ("yes",)), (
            item.item_id
        )


@pytest.mark.parametrize(
    ("person", "not_asked"),
    [
        (filled(1, consent="no"), {"profile", "age_band", "token"}),
        (filled(1, consent="yes", profile="patient", age_band="under_18"), {"gender", "token"}),
        (filled(1, consent="yes", profile="patient", age_band="18_24"), {"profession", "dialogue"}),
        (PATIENT, {"profession", "dialogue", "friend_request"}),
    ],
)
def test_what_is_not_asked(
    questionnaire: Questionnaire, person: Filled, not_asked: set[str]
) -> None:
    skipped = {i.item_id for i in questionnaire.items if not is_asked(questionnaire, i, person)}
    assert not_asked <= skipped
    assert not skipped & set(person.answers)


def test_the_invented_persons_answer_what_they_are_asked(questionnaire: Questionnaire) -> None:
    for person in EVERYONE:
        for item in questionnaire.items:
            if item.item_id in person.answers:
                assert is_asked(questionnaire, item, person), item.item_id
            elif item.required:
                assert not is_asked(questionnaire, item, person), item.item_id


PEOPLE = (
    *EVERYONE,
    filled(1, consent="yes", profile="professional", profession="nurse", age_band="65_over"),
    filled(1, consent="yes", profile="patient", age_band="18_24", networks_use="never"),
    filled(1, consent="yes", profile="patient", age_band="18_24", connected_object="unsure"),
    filled(1),
)


def evaluated(expression: str, variable: str, value: Callable[[re.Match[str]], str]) -> bool:
    """Evaluate a tool's condition: its variables replaced by quoted values, the rest is Python."""
    text = re.sub(variable, lambda found: repr(value(found)), expression)
    text = re.sub(r"(?<![=!<>])=(?!=)", "==", text)
    return bool(eval(text or "True", {"__builtins__": {}}))  # noqa: S307 — our own conditions


def test_an_xform_asks_what_the_conditions_say(
    questionnaire: Questionnaire, binds: dict[str, dict[str, str]]
) -> None:
    for person in PEOPLE:

        def value(found: re.Match[str], person: Filled = person) -> str:
            return " ".join(person.codes(questionnaire.item(found[1])))

        for item in questionnaire.items:
            both = [binds.get(name, {}) for name in (item.section_id, path_of(item))]
            rules = [bind["relevant"] for bind in both if "relevant" in bind]
            shown = all(evaluated(rule.strip(), r"/data/\w+/(\w+)", value) for rule in rules)
            assert shown == is_asked(questionnaire, item, person), item.item_id


def test_a_redcap_dictionary_asks_what_the_conditions_say(
    questionnaire: Questionnaire, dictionaries: dict[Lang, Rows]
) -> None:
    logic = {
        row[redcap.COLUMNS[0]]: row["Branching Logic (Show field only if...)"]
        for row in dictionaries["fr"]
    }
    for person in PEOPLE:

        def value(found: re.Match[str], person: Filled = person) -> str:
            return "".join(str(one.value) for one in person.chosen(questionnaire.item(found[1])))

        for item in questionnaire.items:
            shown = evaluated(logic[item.item_id], r"\[(\w+)\]", value)
            assert shown == is_asked(questionnaire, item, person), item.item_id


def test_a_limesurvey_structure_asks_what_the_conditions_say(
    questionnaire: Questionnaire, survey_rows: Rows
) -> None:
    names = {limesurvey.question_code(item.item_id): item for item in questionnaire.items}
    rules: dict[str, list[str]] = {}
    of_group = ""
    for row in survey_rows:
        if row["class"] == "G":
            of_group = row["relevance"]
        if row["class"] == "Q":
            rules[row["name"]] = [of_group, row["relevance"]]
    for person in PEOPLE:

        def value(found: re.Match[str], person: Filled = person) -> str:
            return "".join(f"A{one.value}" for one in person.chosen(names[found[1]]))

        for name, item in names.items():
            if item.item_id == TOKEN:  # drawn unseen beforehand; its display is what is shown
                name = "tokenshown"
            shown = all(evaluated(rule, r"(\w+)\.NAOK", value) for rule in rules[name])
            assert shown == is_asked(questionnaire, item, person), item.item_id


def test_a_condition_on_a_multiple_choice_is_written_too(questionnaire: Questionnaire) -> None:
    asked_if = Condition("uses", ("teleconsultation", "none"))
    items = tuple(
        replace(item, shown_if=asked_if) if item.item_id == "forums" else item
        for item in questionnaire.items
    )
    changed = replace(questionnaire, items=items)
    assert b"([uses(3)] = '1' or [uses(15)] = '1')" in redcap.dictionary(changed, "en")
    text = limesurvey.structure(changed).decode()
    assert '(uses_A3.NAOK == ""Y"" or uses_A15.NAOK == ""Y"")' in text
    sheet = load_workbook(io.BytesIO(xlsform.workbook(changed)))["survey"]
    written = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "(selected(${uses}, 'teleconsultation') or selected(${uses}, 'none'))" in written


# -------------------------------------------------------------------------------------- XLSForm
def test_every_question_is_in_the_xform_with_its_kind_and_whether_it_is_required(
    questionnaire: Questionnaire, binds: dict[str, dict[str, str]], xform: ET.Element
) -> None:
    controls = {
        control.attrib["ref"].removeprefix("/data/"): control.tag.rpartition("}")[2]
        for kind in ("select1", "select", "input")
        for control in xform.iterfind(f".//x:{kind}", XFORM)
    }
    kinds = {"select_one": "select1", "select_multiple": "select", "integer": "input"}
    for item in questionnaire.items:
        if item.item_id == TOKEN:
            continue
        assert controls[path_of(item)] == kinds.get(item.type, "input")
        assert ("required" in binds[path_of(item)]) == item.required, item.item_id


def test_every_answer_is_in_the_xform_in_both_languages(
    questionnaire: Questionnaire, xform: ET.Element
) -> None:
    by_lang = {lang: texts(xform, lang) for lang in LANGS}
    for item in questionnaire.items:
        control = next(
            (
                one
                for one in xform.iterfind(".//*[@ref]")
                if one.get("ref") == f"/data/{path_of(item)}"
            ),
            None,
        )
        itemset = None if control is None else control.find("x:itemset", XFORM)
        if itemset is None:
            assert not item.choices
            continue
        (name,) = re.findall(r"instance\('(\w+)'\)", itemset.attrib["nodeset"])
        entries = xform.findall(f".//x:instance[@id='{name}']/x:root/x:item", XFORM)
        assert [one.findtext("x:name", None, XFORM) for one in entries] == list(item.codes)
        for entry, choice in zip(entries, item.choices, strict=True):
            text_id = entry.findtext("x:itextId", "", XFORM)
            for lang in LANGS:
                assert by_lang[lang][text_id] == straight(choice.label(lang))


def test_both_languages_of_the_xform_are_complete(
    questionnaire: Questionnaire, xform: ET.Element
) -> None:
    french, english = (texts(xform, lang) for lang in LANGS)
    assert set(french) == set(english)
    assert "-" not in (*french.values(), *english.values())  # pyxform's mark of a missing text
    for item in questionnaire.items:
        if item.item_id != TOKEN:
            assert french[f"/data/{path_of(item)}:label"] == straight(item.question("fr"))
            assert english[f"/data/{path_of(item)}:label"] == straight(item.question("en"))
        if item.hint("fr") and item.item_id != TOKEN:
            assert french[f"/data/{path_of(item)}:hint"] == straight(item.hint("fr"))
            assert english[f"/data/{path_of(item)}:hint"] == straight(item.hint("en"))


def test_the_xform_starts_with_the_mark_the_notice_then_consent(
    questionnaire: Questionnaire, xform: ET.Element
) -> None:
    (welcome,) = xform.findall(".//x:group[@ref='/data/welcome']", XFORM)
    order = [
        one.attrib["ref"].rpartition("/")[2] for one in welcome if one.tag.endswith(("t", "1"))
    ]
    notice = [f"notice_{one.paragraph_id.lower()}" for one in questionnaire.notice]
    assert order == ["reconstructed", *notice, "consent", "declined"]
    for lang in LANGS:
        found = texts(xform, lang)
        assert found["/data/welcome/reconstructed:label"] == straight(reconstructed(lang))
        assert (
            straight(questionnaire.notice[-1].text(lang))
            in found[f"/data/welcome/{notice[-1]}:label"]
        )


def test_the_xform_checks_numbers_codes_and_exclusive_answers(
    xform: ET.Element, binds: dict[str, dict[str, str]]
) -> None:
    assert binds["diffusion/contacts"]["constraint"] == ". >= 0 and . <= 5000"
    assert binds["diffusion/contacts"]["type"] == "int"
    recruiter = binds["diffusion/recruiter_token"]["constraint"]
    assert recruiter == "regex(., '^[A-Za-z0-9]{4,16}$')"
    for path in ("pathway/uses", "pathway/difficulties"):
        assert binds[path]["constraint"] == "not(selected(., 'none') and count-selected(.) > 1)"
    constrained = [bind for bind in binds.values() if "constraint" in bind]
    assert len(constrained) == 4
    for bind in constrained:
        (text_id,) = re.findall(r"itext\('(.+)'\)", bind[f"{JAVAROSA}constraintMsg"])
        for lang in LANGS:
            assert len(texts(xform, lang)[text_id]) > 20
    assert "Aucune" in texts(xform, "fr")["/data/pathway/difficulties:jr:constraintMsg"]


def test_the_token_is_drawn_once_and_shown(
    xform: ET.Element, binds: dict[str, dict[str, str]]
) -> None:
    assert binds["diffusion/token"]["calculate"] == "once(substr(uuid(), 0, 8))"
    shown = xform.find(".//x:text[@id='/data/diffusion/token_shown:label']", XFORM)
    assert shown is not None
    output = shown.find(".//x:output", XFORM)
    assert output is not None
    assert output.attrib["value"].strip() == "/data/diffusion/token"


def test_the_workbook_says_that_it_is_reconstructed_and_which_version_it_is(
    questionnaire: Questionnaire,
) -> None:
    def settings(of: Questionnaire) -> dict[str, str]:
        sheet = load_workbook(io.BytesIO(xlsform.workbook(of)))["settings"]
        head, values = sheet.iter_rows(values_only=True)
        return dict(zip(map(str, head), map(str, values), strict=True))

    found = settings(questionnaire)
    assert "reconstitué" in found["form_title"]
    assert "reconstructed" in found["form_title"]
    assert found["version"].startswith("reconstructed-")
    assert found["default_language"] == "Français (fr)"
    fewer = replace(questionnaire, items=questionnaire.items[:-1])
    assert settings(fewer)["version"] != found["version"]


# --------------------------------------------------------------------------------------- REDCap
def test_a_dictionary_has_the_18_columns_of_redcap(questionnaire: Questionnaire) -> None:
    head = redcap.dictionary(questionnaire, "fr").decode().splitlines()[0]
    assert next(csv.reader([head])) == [
        "Variable / Field Name",
        "Form Name",
        "Section Header",
        "Field Type",
        "Field Label",
        "Choices, Calculations, OR Slider Labels",
        "Field Note",
        "Text Validation Type OR Show Slider Number",
        "Text Validation Min",
        "Text Validation Max",
        "Identifier?",
        "Branching Logic (Show field only if...)",
        "Required Field?",
        "Custom Alignment",
        "Question Number (surveys only)",
        "Matrix Group Name",
        "Matrix Ranking?",
        "Field Annotation",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_a_dictionary_holds_every_question_in_its_language(
    questionnaire: Questionnaire, dictionaries: dict[Lang, Rows], lang: Lang
) -> None:
    rows = {row["Variable / Field Name"]: row for row in dictionaries[lang]}
    assert next(iter(rows)) == "record_id"
    assert {row["Form Name"] for row in rows.values()} == {"questionnaire"}
    for item in questionnaire.items:
        row = rows[item.item_id]
        assert row["Field Label"] == item.question(lang)
        assert row["Field Note"] == item.hint(lang)
        assert row["Required Field?"] == ("y" if item.required else "")
        assert row["Identifier?"] == ("y" if item.type == "token" else "")
        offered = row["Choices, Calculations, OR Slider Labels"]
        pairs = [tuple(one.split(", ", 1)) for one in offered.split(" | ")] if offered else []
        assert pairs == [(str(one.value), one.label(lang)) for one in item.choices]


def test_a_dictionary_has_its_kinds_checks_and_tags(dictionaries: dict[Lang, Rows]) -> None:
    rows = {row["Variable / Field Name"]: row for row in dictionaries["en"]}
    assert rows["gender"]["Field Type"] == "radio"
    assert rows["uses"]["Field Type"] == "checkbox"
    assert rows["uses"]["Field Annotation"] == "@NONEOFTHEABOVE='15'"
    contacts = rows["contacts"]
    assert contacts["Field Type"] == "text"
    assert contacts["Text Validation Type OR Show Slider Number"] == "integer"
    assert (contacts["Text Validation Min"], contacts["Text Validation Max"]) == ("0", "5000")
    assert "[record-name]" in rows[TOKEN]["Field Annotation"]
    assert rows["profession"]["Branching Logic (Show field only if...)"] == (
        "[consent] = '1' and [profile] = '2'"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_a_dictionary_shows_the_notice_first_and_one_header_per_section(
    questionnaire: Questionnaire, dictionaries: dict[Lang, Rows], lang: Lang
) -> None:
    rows = dictionaries[lang]
    notice = rows[1 : 2 + len(questionnaire.notice)]
    assert {row["Field Type"] for row in notice} == {"descriptive"}
    assert notice[0]["Field Label"] == reconstructed(lang)
    assert questionnaire.notice[-1].text(lang) in notice[-1]["Field Label"]
    assert rows[2 + len(questionnaire.notice)]["Variable / Field Name"] == CONSENT
    headers = [row["Section Header"] for row in rows if row["Section Header"]]
    assert headers == [section.title(lang) for section in questionnaire.sections]


# ----------------------------------------------------------------------------------- LimeSurvey
def test_a_structure_names_its_languages_and_keeps_no_trace_of_the_machine(
    survey_rows: Rows,
) -> None:
    settings = {row["name"]: row["text"] for row in survey_rows if row["class"] == "S"}
    assert (settings["language"], settings["additional_languages"]) == ("fr", "en")
    assert (settings["ipaddr"], settings["refurl"], settings["anonymized"]) == ("N", "N", "Y")
    marked = {
        (row["language"], row["name"]): row["text"] for row in survey_rows if row["class"] == "SL"
    }
    for lang in LANGS:
        assert marked[lang, "surveyls_welcometext"] == reconstructed(lang)
        assert marked[lang, "surveyls_title"] == wording.title(lang)


def test_both_languages_of_a_structure_agree_row_by_row(survey_rows: Rows) -> None:
    def shape(lang: Lang) -> list[tuple[str, ...]]:
        keys = ("class", "type/scale", "relevance", "validation", "mandatory")
        return [
            (*(row[key] for key in keys), "" if row["class"] == "G" else row["name"])
            for row in survey_rows
            if row["class"] in "GQSQA" and row["language"] == lang
        ]

    assert shape("fr") == shape("en")
    assert len(shape("fr")) > 100


@pytest.mark.parametrize("lang", LANGS)
def test_a_structure_holds_every_question_and_answer(
    questionnaire: Questionnaire, survey_rows: Rows, lang: Lang
) -> None:
    rows = [row for row in survey_rows if row["language"] == lang and row["class"] != "SL"]
    starts = {row["name"]: place for place, row in enumerate(rows) if row["class"] == "Q"}
    kinds = {"select_one": "L", "select_multiple": "M", "integer": "N", "token": "S"}
    for item in questionnaire.items:
        if item.item_id == TOKEN:
            continue
        start = starts[limesurvey.question_code(item.item_id)]
        row, answers = rows[start], rows[start + 1 : start + 1 + len(item.choices)]
        assert (row["type/scale"], row["text"]) == (kinds[item.type], item.question(lang))
        assert row["mandatory"] == ("Y" if item.required else "N")
        of_kind = "SQ" if item.type == "select_multiple" else "A"
        assert [(one["class"], one["name"], one["text"]) for one in answers] == [
            (of_kind, f"A{choice.value}", choice.label(lang)) for choice in item.choices
        ]


def test_codes_suit_limesurvey(survey_rows: Rows) -> None:
    questions = [r["name"] for r in survey_rows if r["class"] == "Q" and r["language"] == "fr"]
    assert len(set(questions)) == len(questions)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", name) for name in questions)
    assert not {"LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ"} & set(questions)
    answers = {row["name"] for row in survey_rows if row["class"] in ("A", "SQ")}
    assert max(map(len, answers)) <= 5


def test_a_structure_sets_checks_once(survey_rows: Rows) -> None:
    questions = {(r["name"], r["language"]): r for r in survey_rows if r["class"] == "Q"}
    assert questions["uses", "fr"]["exclude_all_others"] == "A15"
    assert questions["uses", "en"]["exclude_all_others"] == ""
    contacts = questions["contacts", "fr"]
    assert (contacts["min_num_value_n"], contacts["max_num_value_n"]) == ("0", "5000")
    assert contacts["num_value_int_only"] == "1"
    assert questions["recruitertoken", "fr"]["validation"] == "/^[A-Za-z0-9]{4,16}$/"
    token = questions["token", "fr"]
    assert (token["type/scale"], token["hidden"]) == ("*", "1")
    assert re.fullmatch(
        r"\{if\(is_empty\(token\.NAOK\), rand\(.*\), token\.NAOK\)\}", token["text"]
    )
    assert "{token.NAOK}" in questions["tokenshown", "en"]["text"]


def test_the_header_of_a_structure_can_be_recognised(questionnaire: Questionnaire) -> None:
    made = limesurvey.structure(questionnaire)
    assert made.startswith(
        b"\xef\xbb\xbfclass\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\t"
    )
    assert b"\tid\t" not in made.splitlines()[0]  # identifiers would be taken for settings


def test_no_row_of_a_structure_surprises_the_importer(survey_rows: Rows) -> None:
    for row in survey_rows:
        assert row["class"] != "Q" or (row["other"] == "N" and row["mandatory"] in ("Y", "N"))
        for value in row.values():
            assert "\n" not in value
            if "token" not in row["name"]:
                assert "{" not in row["text"] + row["help"]  # LimeSurvey would compute it


# --------------------------------------------------------------------------- template and note
def test_the_template_has_one_column_per_question(questionnaire: Questionnaire) -> None:
    made = template.header(questionnaire)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == ",".join(i.item_id for i in questionnaire.items) + "\r\n"


def test_the_codes_explain_every_column_and_answer(questionnaire: Questionnaire) -> None:
    text = template.codes(questionnaire).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for item in questionnaire.items:
        of_item = [row for row in rows if row["item_id"] == item.item_id]
        assert {row["question_fr"] for row in of_item} == {item.question("fr")}
        if item.choices:
            found = [(r["code"], r["value"], r["label_fr"], r["label_en"]) for r in of_item]
            assert found == [
                (c.code, str(c.value), c.label("fr"), c.label("en")) for c in item.choices
            ]
        else:
            assert len(of_item) == 1
    assert [row["value"] for row in rows if row["item_id"] == "contacts"] == ["0..5000"]


def test_the_note_names_every_file_and_warns(questionnaire: Questionnaire) -> None:
    text = readme.note().decode("utf-8-sig")
    french, english = text.split("-" * 72)
    for name in FORMS:
        if name != "README.txt":
            assert name in french, name
            assert name in english, name
    assert reconstructed("fr") in french
    assert reconstructed("en") in english
    assert "délégué à la protection des" in french
    assert "pseudonymes" in french
    assert "data protection officer" in english
    assert "pseudonymous" in english


# ------------------------------------------------------------------------------------- writing
def test_writing_twice_gives_the_same_bytes_and_leaves_the_rest_alone(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    folder = tmp_path / "formulaires à moi"
    first = {path.name: path.read_bytes() for path in write_all(questionnaire, folder)}
    assert list(first) == list(FORMS)
    (folder / "mine.csv").write_text("a,b", encoding="utf-8")
    again = {path.name: path.read_bytes() for path in write_all(questionnaire, folder)}
    assert again == first
    assert (folder / "mine.csv").read_text(encoding="utf-8") == "a,b"
    assert {path.name for path in folder.iterdir()} == {*FORMS, "mine.csv"}


def test_a_form_that_fails_leaves_nothing_behind(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    items = tuple(
        replace(item, minimum=None) if item.type == "integer" else item
        for item in questionnaire.items
    )
    with pytest.raises(wording.UnboundedError, match=r"'contacts'.*items\.csv"):
        write_all(replace(questionnaire, items=items), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_told_in_words(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    place = tmp_path / "forms"
    place.write_text("notes", encoding="utf-8")
    with pytest.raises(FormsFolderError, match=r"cannot be written to .*forms.*Give a folder"):
        write_all(questionnaire, place)
    assert place.read_text(encoding="utf-8") == "notes"


# --------------------------------------------------------------- exports agree with their forms
def first_line(export: bytes, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(export.decode("utf-8-sig")), delimiter=separator))


def test_a_kobo_export_has_the_columns_of_the_xform(
    questionnaire: Questionnaire, binds: dict[str, dict[str, str]]
) -> None:
    head = first_line(kobo.kobo(questionnaire, EVERYONE, multiple="one"), ";")
    named = [name for name in head if "/" in name]
    answered = {
        path for path, bind in binds.items() if "/" in path and bind.get("readonly") != "true()"
    }
    assert set(named) == answered
    central = first_line(kobo.central(questionnaire, EVERYONE), ",")
    assert set(central) >= {name.replace("/", "-") for name in named}


def test_a_redcap_export_has_the_columns_of_the_dictionary(
    questionnaire: Questionnaire, dictionaries: dict[Lang, Rows]
) -> None:
    expected: list[str] = []
    for row in dictionaries["fr"][1:]:
        name, kind = row["Variable / Field Name"], row["Field Type"]
        if kind == "checkbox":
            offered = row["Choices, Calculations, OR Slider Labels"].split(" | ")
            expected += [f"{name}___{one.split(',')[0]}" for one in offered]
        elif kind != "descriptive":
            expected.append(name)
    assert first_line(redcap_export.raw(questionnaire, EVERYONE), ",")[3:-1] == expected


def test_a_limesurvey_export_has_the_codes_of_the_structure(
    questionnaire: Questionnaire, survey_rows: Rows
) -> None:
    expected, question = set(), ""
    for row in survey_rows:
        if row["class"] == "Q":
            question = row["name"]
            if row["type/scale"] in "LNS*":
                expected.add(question)
        elif row["class"] == "SQ":
            expected.add(f"{question}[{row['name']}]")
    head = first_line(limesurvey_export.export(questionnaire, EVERYONE), ",")
    assert set(head[7:]) == expected


@pytest.mark.parametrize(
    ("export", "separator"),
    [
        (kobo.kobo, ";"),
        (kobo.central, ","),
        (redcap_export.raw, ","),
        (redcap_export.labels, ","),
        (limesurvey_export.export, ","),
        (google_export.download, ","),
        (google_export.sheet, ","),
        (template_export.fill, ","),
    ],
)
def test_an_export_has_one_whole_row_per_person(
    questionnaire: Questionnaire, export: Callable[..., bytes], separator: str
) -> None:
    text = export(questionnaire, EVERYONE).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]
    assert len(rows) == 1 + len(EVERYONE)
    assert {len(row) for row in rows} == {len(rows[0])}
    answers: Mapping[str, Answer] = PATIENT.answers
    assert str(answers["recruiter_token"]) in rows[1]
