"""The questionnaire as a REDCap data dictionary: one instrument, one file per language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from actient.locale import Lang
from actient.survey.forms import conditions, texts
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    TOKEN,
    UNDER_AGE,
    Condition,
    Item,
    Questionnaire,
    reconstructed,
)

Row = dict[str, str]

INSTRUMENT: Final = "questionnaire"
COLUMNS: Final = (
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
)
_KINDS: Final = {
    "select_one": "radio",
    "select_multiple": "checkbox",
    "integer": "text",
    "token": "text",
}
# REDCap draws no random text. Its record number, once the first page is saved, is at least unique.
_TOKEN_TAG: Final = "@DEFAULT='ref0[record-name]'"  # noqa: S105


def dictionary(questionnaire: Questionnaire, lang: Lang) -> bytes:
    """Write the dictionary in one language: UTF-8, commas, the 18 columns of REDCap."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _fields(questionnaire, lang):
        writer.writerow({"Form Name": INSTRUMENT, **row})
    return stream.getvalue().encode()


def _fields(questionnaire: Questionnaire, lang: Lang) -> Iterator[Row]:
    yield {"Variable / Field Name": "record_id", "Field Type": "text", "Field Label": "Record ID"}
    for section in questionnaire.sections:
        rows = [
            row
            for item in questionnaire.in_section(section.section_id)
            for row in _with_notes(questionnaire, item, lang)
        ]
        yield {**rows[0], "Section Header": section.title(lang)}
        yield from rows[1:]


def _with_notes(questionnaire: Questionnaire, item: Item, lang: Lang) -> Iterator[Row]:
    if item.item_id == CONSENT:
        yield from _notice(questionnaire, lang)
    yield _question(questionnaire, item, lang)
    if item.item_id == CONSENT:
        refused = tuple(code for code in item.codes if code != CONSENTED)
        logic = _logic(questionnaire, [Condition(CONSENT, refused)])
        yield _descriptive("declined", texts.declined(lang), logic)
    if item.item_id == AGE:
        logic = _logic(questionnaire, [Condition(AGE, (UNDER_AGE,))])
        yield _descriptive("too_young", texts.too_young(lang), logic)


def _notice(questionnaire: Questionnaire, lang: Lang) -> Iterator[Row]:
    yield _descriptive("reconstructed", reconstructed(lang))
    for paragraph in questionnaire.notice:
        text = f"<b>{paragraph.heading(lang)}.</b> {paragraph.text(lang)}"
        yield _descriptive(f"notice_{paragraph.paragraph_id.lower()}", text)


def _question(questionnaire: Questionnaire, item: Item, lang: Lang) -> Row:
    asked_if = conditions.all_of(questionnaire, item)
    return {
        "Variable / Field Name": item.item_id,
        "Field Type": _KINDS[item.type],
        "Field Label": item.question(lang),
        "Choices, Calculations, OR Slider Labels": " | ".join(
            f"{choice.value}, {choice.label(lang)}" for choice in item.choices
        ),
        "Field Note": item.hint(lang),
        **_validation(item),
        "Identifier?": "y" if item.type == "token" else "",
        "Branching Logic (Show field only if...)": _logic(questionnaire, asked_if),
        "Required Field?": "y" if item.required else "",
        "Field Annotation": _annotation(item),
    }


def _validation(item: Item) -> Row:
    if item.type != "integer":
        return {}
    low, high = texts.limits(item)
    return {
        "Text Validation Type OR Show Slider Number": "integer",
        "Text Validation Min": str(low),
        "Text Validation Max": str(high),
    }


def _annotation(item: Item) -> str:
    if item.item_id == TOKEN:
        return _TOKEN_TAG
    alone = [str(choice.value) for choice in item.choices if choice.exclusive]
    if item.type == "select_multiple" and alone:
        return f"@NONEOFTHEABOVE='{', '.join(alone)}'"
    return ""


def _descriptive(name: str, text: str, logic: str = "") -> Row:
    return {
        "Variable / Field Name": name,
        "Field Type": "descriptive",
        "Field Label": text,
        "Branching Logic (Show field only if...)": logic,
    }


def _logic(questionnaire: Questionnaire, all_of: Sequence[Condition]) -> str:
    parts = []
    for condition in all_of:
        item = questionnaire.item(condition.item_id)
        either = [
            f"[{item.item_id}({choice.value})] = '1'"
            if item.type == "select_multiple"
            else f"[{item.item_id}] = '{choice.value}'"
            for choice in item.choices
            if choice.code in condition.codes
        ]
        parts.append(either[0] if len(either) == 1 else f"({' or '.join(either)})")
    return " and ".join(parts)
