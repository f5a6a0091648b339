"""The questionnaire as a LimeSurvey survey structure: tab-separated text, both languages.

Rows are read in order: settings (S), texts per language (SL), then for each language its groups
(G), questions (Q), the answers of a single choice (A) and of a multiple choice (SQ). The second
language repeats the first row by row; settings of a question stand in the first only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

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
    Questionnaire,
    Section,
    reconstructed,
)

Row = dict[str, str]

# The importer takes what a missing column would say as its own default, and every other column
# as a setting of the question.
COLUMNS: Final = (
    *("class", "type/scale", "name", "relevance", "text", "help", "language"),
    *("validation", "mandatory", "other"),
    *("exclude_all_others", "hidden", "max_num_value_n", "min_num_value_n", "num_value_int_only"),
)
BASE: Final[Lang] = "fr"
_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
_KINDS: Final = {"select_one": "L", "select_multiple": "M", "integer": "N", "token": "S"}
_EQUATION: Final = "*"
_TEXT: Final = "X"
_SETTINGS: Final = {
    "language": BASE,
    "additional_languages": " ".join(lang for lang in LANGS if lang != BASE),
    "format": "G",  # one section per page
    "anonymized": "Y",  # no link to a list of invited persons
    "ipaddr": "N",
    "refurl": "N",
    "datestamp": "Y",
    "savetimings": "N",
    "allowsave": "N",
    "showwelcome": "Y",
}


def structure(questionnaire: Questionnaire) -> bytes:
    """Write the survey as LimeSurvey imports it from a `.txt` file."""
    stream = io.StringIO()
    stream.write(_BOM)
    writer = csv.DictWriter(stream, COLUMNS, restval="", delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"class": "S", "name": name, "text": text} for name, text in _SETTINGS.items())
    for lang in LANGS:
        writer.writerows({"class": "SL", "language": lang, **row} for row in _texts(lang))
    for lang in LANGS:
        writer.writerows({**row, "language": lang} for row in _content(questionnaire, lang))
    return stream.getvalue().encode()


def question_code(item_id: str) -> str:
    """Name a question as LimeSurvey allows: letters and digits only."""
    return item_id.replace("_", "")


def answer_code(choice: Choice) -> str:
    """Name an answer."""
    return f"A{choice.value}"


def _texts(lang: Lang) -> Iterator[Row]:
    yield {"name": "surveyls_title", "text": texts.title(lang)}
    yield {"name": "surveyls_description", "text": reconstructed(lang)}
    yield {"name": "surveyls_welcometext", "text": reconstructed(lang)}


def _content(questionnaire: Questionnaire, lang: Lang) -> Iterator[Row]:
    for place, section in enumerate(questionnaire.sections, 1):
        yield {
            "class": "G",
            "type/scale": str(place),
            "name": section.title(lang),
            "relevance": _relevance(questionnaire, conditions.of_section(questionnaire, section)),
        }
        if questionnaire.item(AGE).section_id == section.section_id:
            yield _drawn_token(lang)
        yield from _section(questionnaire, section, lang)


def _section(questionnaire: Questionnaire, section: Section, lang: Lang) -> Iterator[Row]:
    for item in questionnaire.in_section(section.section_id):
        if item.item_id == TOKEN:
            shown = f"{item.question(lang)} <strong>{{{question_code(TOKEN)}.NAOK}}</strong>"
            yield _display(f"{question_code(TOKEN)}shown", shown, "1")
            continue
        if item.item_id == CONSENT:
            yield _display("notice", _notice(questionnaire, lang), "1")
        yield _question(questionnaire, item, lang)
        for choice in item.choices:
            yield {
                "class": "SQ" if item.type == "select_multiple" else "A",
                "type/scale": "0",
                "name": answer_code(choice),
                "relevance": "1" if item.type == "select_multiple" else "",
                "text": choice.label(lang),
            }
        if item.item_id == CONSENT:
            refused = tuple(code for code in item.codes if code != CONSENTED)
            rule = _relevance(questionnaire, [Condition(CONSENT, refused)])
            yield _display("declined", texts.declined(lang), rule)
        if item.item_id == AGE:
            rule = _relevance(questionnaire, [Condition(AGE, (UNDER_AGE,))])
            yield _display("tooyoung", texts.too_young(lang), rule)


def _notice(questionnaire: Questionnaire, lang: Lang) -> str:
    paragraphs = (
        f"<p><strong>{_html(one.heading(lang))}.</strong> {_html(one.text(lang))}</p>"
        for one in questionnaire.notice
    )
    return f"<p>{reconstructed(lang)}</p>{''.join(paragraphs)}"


def _html(text: str) -> str:
    return escape(text, quote=False)


def _question(questionnaire: Questionnaire, item: Item, lang: Lang) -> Row:
    settings = _attributes(item) if lang == BASE else {}
    row = {
        "class": "Q",
        "type/scale": _KINDS[item.type],
        "name": question_code(item.item_id),
        "relevance": _relevance(questionnaire, conditions.of_item(questionnaire, item)),
        "text": item.question(lang),
        "help": item.hint(lang),
        "mandatory": "Y" if item.required else "N",
        "other": "N",
        **settings,
    }
    if item.type == "token":
        return {**row, "validation": f"/{texts.TOKEN_PATTERN}/"}
    return row


def _drawn_token(lang: Lang) -> Row:
    """Draw the respondent's code once, unseen, on a page before the one that shows it."""
    code = f"{question_code(TOKEN)}.NAOK"
    return {
        "class": "Q",
        "type/scale": _EQUATION,
        "name": question_code(TOKEN),
        "relevance": "1",
        "text": f"{{if(is_empty({code}), rand(10000000, 99999999), {code})}}",
        "mandatory": "N",
        "other": "N",
        "hidden": "1" if lang == BASE else "",
    }


def _attributes(item: Item) -> Row:
    if item.type == "integer":
        low, high = texts.limits(item)
        bounds = {"min_num_value_n": str(low), "max_num_value_n": str(high)}
        return {**bounds, "num_value_int_only": "1"}
    alone = [answer_code(choice) for choice in item.choices if choice.exclusive]
    if item.type == "select_multiple" and alone:
        return {"exclude_all_others": ";".join(alone)}
    return {}


def _display(name: str, text: str, rule: str) -> Row:
    return {
        "class": "Q",
        "type/scale": _TEXT,
        "name": name,
        "relevance": rule,
        "text": text,
        "mandatory": "N",
        "other": "N",
    }


def _relevance(questionnaire: Questionnaire, all_of: Sequence[Condition]) -> str:
    """Write the condition; `NAOK` lets a question that was not shown count as empty."""
    parts = []
    for condition in all_of:
        item = questionnaire.item(condition.item_id)
        code = question_code(item.item_id)
        either = [
            f'{code}_{answer_code(choice)}.NAOK == "Y"'
            if item.type == "select_multiple"
            else f'{code}.NAOK == "{answer_code(choice)}"'
            for choice in item.choices
            if choice.code in condition.codes
        ]
        parts.append(either[0] if len(either) == 1 else f"({' or '.join(either)})")
    return " and ".join(parts) or "1"
