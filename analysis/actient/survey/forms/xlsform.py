"""The questionnaire as an XLSForm, for KoboToolbox and ODK: one workbook, both languages."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.xml.functions import tostring

from actient.locale import LANGS, Lang
from actient.survey.forms import conditions, texts
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    RECONSTRUCTED,
    TOKEN,
    UNDER_AGE,
    Choice,
    Condition,
    Item,
    Questionnaire,
)

Row = dict[str, str]

LANGUAGES: Final[dict[Lang, str]] = {"fr": "Français (fr)", "en": "English (en)"}
_FIXED_TIME: Final = datetime(2000, 1, 1)  # same questionnaire, same bytes
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def _both(column: str) -> list[str]:
    return [f"{column}::{LANGUAGES[lang]}" for lang in LANGS]


_SURVEY: Final = [
    *("type", "name", *_both("label"), *_both("hint"), "required", *_both("required_message")),
    *("relevant", "constraint", *_both("constraint_message"), "calculation", "appearance"),
]
_CHOICES: Final = ["list_name", "name", *_both("label")]
_SETTINGS: Final = ["form_title", "form_id", "version", "default_language", "style"]


def workbook(questionnaire: Questionnaire) -> bytes:
    """Write the form as an .xlsx workbook: sheets `survey`, `choices` and `settings`."""
    lists = _lists(questionnaire)
    survey = list(_survey(questionnaire, lists))
    choices = [
        {"list_name": name, "name": choice.code, **_texts("label", choice)}
        for answers, name in lists.items()
        for choice in answers
    ]
    digest = hashlib.sha256(repr((survey, choices)).encode()).hexdigest()[:8]
    settings = {
        "form_title": f"{texts.TITLE['fr']} / {texts.TITLE['en']}",
        "form_id": "actient_questionnaire",
        "version": f"reconstructed-{digest}",  # a tool must see that a changed form has changed
        "default_language": LANGUAGES["fr"],
        "style": "pages",
    }
    return _saved(
        {
            "survey": (_SURVEY, survey),
            "choices": (_CHOICES, choices),
            "settings": (_SETTINGS, [settings]),
        }
    )


def _survey(questionnaire: Questionnaire, lists: dict[tuple[Choice, ...], str]) -> Iterator[Row]:
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    for section in questionnaire.sections:
        yield {
            "type": "begin_group",
            "name": section.section_id,
            **{f"label::{LANGUAGES[lang]}": section.title(lang) for lang in LANGS},
            "relevant": _relevant(questionnaire, conditions.of_section(questionnaire, section)),
            "appearance": "field-list",  # one section per screen
        }
        items = questionnaire.in_section(section.section_id)
        if questionnaire.item(CONSENT) in items:
            yield from _notice(questionnaire)
        for item in items:
            yield from _question(questionnaire, item, lists)
        yield {"type": "end_group", "name": section.section_id}


def _notice(questionnaire: Questionnaire) -> Iterator[Row]:
    yield _note("reconstructed", RECONSTRUCTED)
    for paragraph in questionnaire.notice:
        yield _note(
            f"notice_{paragraph.paragraph_id.lower()}",
            {lang: f"**{paragraph.heading(lang)}.** {paragraph.text(lang)}" for lang in LANGS},
        )


def _question(
    questionnaire: Questionnaire, item: Item, lists: dict[tuple[Choice, ...], str]
) -> Iterator[Row]:
    relevant = _relevant(questionnaire, conditions.of_item(questionnaire, item))
    if item.item_id == TOKEN:
        # The first eight characters of a random identifier, drawn once: hexadecimal digits.
        yield {"type": "calculate", "name": TOKEN, "calculation": "once(substr(uuid(), 0, 8))"}
        shown = {lang: f"{item.question(lang)} **${{{TOKEN}}}**" for lang in LANGS}
        yield _note(f"{TOKEN}_shown", shown)
        return
    yield {
        "type": _type(item, lists),
        "name": item.item_id,
        **{f"label::{LANGUAGES[lang]}": item.question(lang) for lang in LANGS},
        **{f"hint::{LANGUAGES[lang]}": item.hint(lang) for lang in LANGS},
        **(_required() if item.required else {}),
        "relevant": relevant,
        **_constraint(item),
    }
    if item.item_id == CONSENT:
        refused = tuple(code for code in item.codes if code != CONSENTED)
        rule = _relevant(questionnaire, [Condition(CONSENT, refused)])
        yield _note("declined", texts.DECLINED, rule)
    if item.item_id == AGE:
        rule = _relevant(questionnaire, [Condition(AGE, (UNDER_AGE,))])
        yield _note("too_young", texts.TOO_YOUNG, rule)


def _type(item: Item, lists: dict[tuple[Choice, ...], str]) -> str:
    if item.choices:
        return f"{item.type} {lists[item.choices]}"
    return "integer" if item.type == "integer" else "text"


def _required() -> Row:
    messages = {f"required_message::{LANGUAGES[lang]}": texts.REQUIRED[lang] for lang in LANGS}
    return {"required": "yes", **messages}


def _constraint(item: Item) -> Row:
    if item.type == "integer":
        low, high = texts.limits(item)
        messages = {lang: texts.bounds(item, lang) for lang in LANGS}
        return _constrained(f". >= {low} and . <= {high}", messages)
    if item.type == "token":
        return _constrained(f"regex(., '{texts.TOKEN_PATTERN}')", texts.TOKEN_ERROR)
    alone = [choice for choice in item.choices if choice.exclusive]
    if item.type == "select_multiple" and alone:
        each = (f"not(selected(., '{one.code}') and count-selected(.) > 1)" for one in alone)
        messages = {
            lang: " ".join(texts.exclusive(choice, lang) for choice in alone) for lang in LANGS
        }
        return _constrained(" and ".join(each), messages)
    return {}


def _constrained(rule: str, messages: dict[Lang, str]) -> Row:
    return {
        "constraint": rule,
        **{f"constraint_message::{LANGUAGES[lang]}": messages[lang] for lang in LANGS},
    }


def _note(name: str, words: dict[Lang, str], relevant: str = "") -> Row:
    labels = {f"label::{LANGUAGES[lang]}": words[lang] for lang in LANGS}
    return {"type": "note", "name": name, **labels, "relevant": relevant}


def _relevant(questionnaire: Questionnaire, all_of: Sequence[Condition]) -> str:
    parts = []
    for condition in all_of:
        several = questionnaire.item(condition.item_id).type == "select_multiple"
        name = f"${{{condition.item_id}}}"
        either = [
            f"selected({name}, '{code}')" if several else f"{name} = '{code}'"
            for code in condition.codes
        ]
        parts.append(either[0] if len(either) == 1 else f"({' or '.join(either)})")
    return " and ".join(parts)


def _lists(questionnaire: Questionnaire) -> dict[tuple[Choice, ...], str]:
    """Name each list of answers after the first question that uses it."""
    named: dict[tuple[Choice, ...], str] = {}
    for item in questionnaire.items:
        if item.choices:
            named.setdefault(item.choices, item.item_id)
    return named


def _texts(column: str, choice: Choice) -> Row:
    return {f"{column}::{LANGUAGES[lang]}": choice.label(lang) for lang in LANGS}


def _saved(sheets: dict[str, tuple[list[str], list[Row]]]) -> bytes:
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) or None for column in columns])
    book.properties.creator = "Actient"
    book.properties.created = _FIXED_TIME
    stream = io.BytesIO()
    book.save(stream)
    book.properties.modified = _FIXED_TIME  # openpyxl stamps the time of day when it saves
    return _rezipped(stream, {"docProps/core.xml": tostring(book.properties.to_tree())})


def _rezipped(stream: io.BytesIO, instead: dict[str, bytes]) -> bytes:
    fresh = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(fresh, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, instead.get(name) or source.read(name))
    return fresh.getvalue()
