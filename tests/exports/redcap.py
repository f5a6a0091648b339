"""REDCap, fed by the data dictionary.

Raw: names as headers, numbers as answers, `uses___3` with 0 or 1 for each answer of a multiple
choice; `record_id`, `redcap_survey_identifier`, `questionnaire_timestamp` before, and
`questionnaire_complete` (0 incomplete, 1 unverified, 2 complete) after. Labels: the questions as
headers, `Question (choice=Answer)` with Checked or Unchecked. Read in the R scripts that REDCap
generates beside its exports, which name each column and its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actient.locale import Lang
from actient.survey.questionnaire import Choice, Item, Questionnaire
from exports import Filled, written


def raw(questionnaire: Questionnaire, people: Sequence[Filled]) -> bytes:
    """A "CSV / raw data" export."""
    columns = list(_columns(questionnaire))
    names = (_name(item, choice) for item, choice in columns)
    head = [
        "record_id",
        "redcap_survey_identifier",
        "questionnaire_timestamp",
        *names,
        "questionnaire_complete",
    ]
    rows = [
        [*_before(number, person), *(_raw(person, *column) for column in columns), "2"]
        for number, person in enumerate(people, 1)
    ]
    return written(head, rows, line_end="\n")


def labels(questionnaire: Questionnaire, people: Sequence[Filled], lang: Lang = "fr") -> bytes:
    """A "CSV / labels" export of the form in this language; REDCap's own words stay English."""
    columns = list(_columns(questionnaire))
    head = [
        "Record ID",
        "Survey Identifier",
        "Survey Timestamp",
        *(_heading(item, choice, lang) for item, choice in columns),
        "Complete?",
    ]
    rows = [
        [
            *_before(number, person),
            *(_labelled(person, item, choice, lang) for item, choice in columns),
            "Complete",
        ]
        for number, person in enumerate(people, 1)
    ]
    return written(head, rows, quote_all=True, line_end="\n")


def _columns(questionnaire: Questionnaire) -> Iterator[tuple[Item, Choice | None]]:
    for item in questionnaire.items:
        if item.type == "select_multiple":
            for choice in item.choices:
                yield item, choice
        else:
            yield item, None


def _before(number: int, person: Filled) -> list[str]:
    return [str(number), "", person.ended.strftime("%Y-%m-%d %H:%M:%S")]


def _name(item: Item, choice: Choice | None) -> str:
    return f"{item.item_id}___{choice.value}" if choice else item.item_id


def _heading(item: Item, choice: Choice | None, lang: Lang) -> str:
    question = item.question(lang)
    return f"{question} (choice={choice.label(lang)})" if choice else question


def _raw(person: Filled, item: Item, choice: Choice | None) -> str:
    if choice:  # REDCap writes 0 also for a question that was not asked
        return str(int(choice in person.chosen(item)))
    if item.choices:
        return "".join(str(chosen.value) for chosen in person.chosen(item))
    return person.text(item)


def _labelled(person: Filled, item: Item, choice: Choice | None, lang: Lang) -> str:
    if choice:
        return "Checked" if choice in person.chosen(item) else "Unchecked"
    if item.choices:
        return "".join(chosen.label(lang) for chosen in person.chosen(item))
    return person.text(item)
