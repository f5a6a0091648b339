"""LimeSurvey, fed by the tab-separated survey.

A byte-order mark, everything quoted; `id`, `submitdate`, `lastpage`, `startlanguage`, `seed`, then
`startdate` and `datestamp` where the survey is date-stamped. Headers are question codes
(`uses[A3]`) or full questions (`Question [Answer]`); answers are codes (`A2`; `Y` or nothing for
an answer of a multiple choice) or full texts (Oui, Non, N/A). Read in LimeSurvey's
`helpers/admin/export/`: `Writer.php`, `CsvWriter.php`, `SurveyObj.php`. It leaves an empty line at
the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal

from actient.locale import Lang
from actient.survey.questionnaire import Choice, Item, Questionnaire
from exports import Filled, written

Style = Literal["code", "full"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {"Y": "Oui", "": "Non", "not asked": "N/A"},
    "en": {"Y": "Yes", "": "No", "not asked": "N/A"},
}


def export(
    questionnaire: Questionnaire,
    people: Sequence[Filled],
    *,
    headings: Style = "code",
    answers: Style = "code",
    lang: Lang = "fr",
    separator: str = ",",
) -> bytes:
    """A CSV export of responses."""
    columns = list(_columns(questionnaire))
    heading = _code if headings == "code" else _text
    head = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "seed",
        "startdate",
        "datestamp",
        *(heading(item, choice, lang) for item, choice in columns),
    ]
    cell = _short if answers == "code" else _long
    rows = [
        [
            str(number),
            _stamp(person.ended),
            "9",
            lang,
            str(900_000_000 + number),
            _stamp(person.started),
            _stamp(person.ended),
            *(cell(person, item, choice, lang) for item, choice in columns),
        ]
        for number, person in enumerate(people, 1)
    ]
    return written(head, rows, separator=separator, quote_all=True, bom=True) + b"\r\n"


def _columns(questionnaire: Questionnaire) -> Iterator[tuple[Item, Choice | None]]:
    for item in questionnaire.items:
        if item.type == "select_multiple":
            for choice in item.choices:
                yield item, choice
        else:
            yield item, None


def _code(item: Item, choice: Choice | None, lang: Lang) -> str:
    code = item.item_id.replace("_", "")
    return f"{code}[A{choice.value}]" if choice else code


def _text(item: Item, choice: Choice | None, lang: Lang) -> str:
    question = item.question(lang)
    return f"{question} [{choice.label(lang)}]" if choice else question


def _short(person: Filled, item: Item, choice: Choice | None, lang: Lang) -> str:
    if choice:
        return "Y" if choice in person.chosen(item) else ""
    if item.choices:
        return "".join(f"A{chosen.value}" for chosen in person.chosen(item))
    return person.text(item)


def _long(person: Filled, item: Item, choice: Choice | None, lang: Lang) -> str:
    if choice:
        asked = item.item_id in person.answers
        return _WORDS[lang][_short(person, item, choice, lang) if asked else "not asked"]
    if item.choices:
        return "".join(chosen.label(lang) for chosen in person.chosen(item))
    return person.text(item)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
