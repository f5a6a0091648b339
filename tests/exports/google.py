"""Google Forms, typed in by hand from the template: questions as headers, answers as texts.

Two ways out, and they differ. "Download responses (.csv)" quotes everything, writes times as
`2031/03/05 9:15:00 AM UTC+1` and joins several answers with `;`. The linked spreadsheet, saved as
CSV, quotes where needed, writes times in the spreadsheet's own country (`05/03/2031 10:15:00` in
French) and joins several answers with a comma and a space, though answers may hold commas
themselves. The first column is `Horodateur` in French, `Timestamp` in English. Read in public
programs that parse such files, and in their tests. There is one time only: the submission's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Final

from actient.locale import Lang
from actient.survey.questionnaire import Item, Questionnaire
from exports import Filled, written

_TIME: Final[dict[Lang, str]] = {"fr": "Horodateur", "en": "Timestamp"}
_PARIS_IN_WINTER: Final = timezone(timedelta(hours=1))


def download(questionnaire: Questionnaire, people: Sequence[Filled], lang: Lang = "fr") -> bytes:
    """What "Download responses (.csv)" gives."""
    rows = [
        [_american(person.ended), *(_cell(person, item, ";", lang) for item in questionnaire.items)]
        for person in people
    ]
    return written(_head(questionnaire, lang), rows, quote_all=True, line_end="\n")


def sheet(questionnaire: Questionnaire, people: Sequence[Filled], lang: Lang = "fr") -> bytes:
    """What the linked spreadsheet gives, saved as CSV."""
    rows = [
        [
            _of_country(person.ended, lang),
            *(_cell(person, item, ", ", lang) for item in questionnaire.items),
        ]
        for person in people
    ]
    return written(_head(questionnaire, lang), rows)


def _head(questionnaire: Questionnaire, lang: Lang) -> list[str]:
    return [_TIME[lang], *(item.question(lang) for item in questionnaire.items)]


def _cell(person: Filled, item: Item, separator: str, lang: Lang) -> str:
    if item.choices:
        return separator.join(choice.label(lang) for choice in person.chosen(item))
    return person.text(item)


def _american(moment: datetime) -> str:
    local = moment.astimezone(_PARIS_IN_WINTER)
    half = "AM" if local.hour < 12 else "PM"
    return f"{local:%Y/%m/%d} {local.hour % 12 or 12}:{local:%M:%S} {half} UTC+1"


def _of_country(moment: datetime, lang: Lang) -> str:
    local = moment.astimezone(_PARIS_IN_WINTER)
    if lang == "fr":
        return f"{local:%d/%m/%Y %H:%M:%S}"
    return f"{local.month}/{local.day}/{local.year} {local.hour}:{local:%M:%S}"
