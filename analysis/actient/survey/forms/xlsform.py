"""The questionnaire as an XLSForm, for KoboToolbox and ODK: one workbook, both languages."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from openpyxl import Workbook
from openpyxl.xml.functions import tostring

from actient.locale import LANGS, Lang
from actient.survey.forms import conditions, texts
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    TOKEN,
    UNDER_AGE,
    Choice,
    Condition,
    Item,
    Paragraph,
    Questionnaire,
    reconstructed,
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
        {"list_name": name, "name": choice.code, **_each("label", choice.label)}
        for answers, name in lists.items()
        for choice in answers
    ]
    digest = hashlib.sha256(repr((survey, choices)).encode()).hexdigest()[:8]
    settings = {
        "form_title": " / ".join(map(texts.title, LANGS)),
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
            **_each("label", section.title),
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
    yield _note("reconstructed", reconstructed)
    for paragraph in questionnaire.notice:
        yield _note(f"notice_{paragraph.paragraph_id.lower()}", partial(_marked, paragraph))


def _marked(paragraph: Paragraph, lang: Lang) -> str:
    return f"**{paragraph.heading(lang)}.** {paragraph.text(lang)}"


def _question(
    questionnaire: Questionnaire, item: Item, lists: dict[tuple[Choice, ...], str]
) -> Iterator[Row]:
    relevant = _relevant(questionnaire, conditions.of_item(questionnaire, item))
    if item.item_id == TOKEN:
        # The first eight characters of a random identifier, drawn once: hexadecimal digits.
        yield {"type": "calculate", "name": TOKEN, "calculation": "once(substr(uuid(), 0, 8))"}
        yield _note(f"{TOKEN}_shown", lambda lang: f"{item.question(lang)} **${{{TOKEN}}}**")
        return
    yield {
        "type": _type(item, lists),
        "name": item.item_id,
        **_each("label", item.question),
        **_each("hint", item.hint),
        **(_required() if item.required else {}),
        "relevant": relevant,
        **_constraint(item),
    }
    if item.item_id == CONSENT:
        refused = tuple(code for code in item.codes if code != CONSENTED)
        rule = _relevant(questionnaire, [Condition(CONSENT, refused)])
        yield _note("declined", texts.declined, rule)
    if item.item_id == AGE:
        rule = _relevant(questionnaire, [Condition(AGE, (UNDER_AGE,))])
        yield _note("too_young", texts.too_young, rule)


def _type(item: Item, lists: dict[tuple[Choice, ...], str]) -> str:
    if item.choices:
        return f"{item.type} {lists[item.choices]}"
    return "integer" if item.type == "integer" else "text"


def _required() -> Row:
    return {"required": "yes", **_each("required_message", texts.required)}


def _constraint(item: Item) -> Row:
    if item.type == "integer":
        low, high = texts.limits(item)
        return _constrained(f". >= {low} and . <= {high}", partial(texts.bounds, item))
    if item.type == "token":
        return _constrained(f"regex(., '{texts.TOKEN_PATTERN}')", texts.token_error)
    alone = [choice for choice in item.choices if choice.exclusive]
    if item.type == "select_multiple" and alone:
        each = (f"not(selected(., '{one.code}') and count-selected(.) > 1)" for one in alone)
        return _constrained(
            " and ".join(each),
            lambda lang: " ".join(texts.exclusive(choice, lang) for choice in alone),
        )
    return {}


def _constrained(rule: str, say: Callable[[Lang], str]) -> Row:
    return {"constraint": rule, **_each("constraint_message", say)}


def _note(name: str, say: Callable[[Lang], str], relevant: str = "") -> Row:
    return {"type": "note", "name": name, **_each("label", say), "relevant": relevant}


def _each(column: str, say: Callable[[Lang], str]) -> Row:
    """Fill the columns of each language."""
    return {f"{column}::{LANGUAGES[lang]}": say(lang) for lang in LANGS}


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
