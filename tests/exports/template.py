"""The project's own CSV template, filled in by hand or by a program.

`item_id`s as headers; codes as answers; several answers in one cell, separated by `;`. A
spreadsheet set to French saves with `;` between columns, and then quotes the cells that hold one.
"""

from __future__ import annotations

from collections.abc import Sequence

from actient.survey.questionnaire import Item, Questionnaire
from exports import Filled, written


def fill(
    questionnaire: Questionnaire,
    people: Sequence[Filled],
    *,
    separator: str = ",",
    bom: bool = True,
) -> bytes:
    """The template with one row per person."""
    head = [item.item_id for item in questionnaire.items]
    rows = [[_cell(person, item) for item in questionnaire.items] for person in people]
    return written(head, rows, separator=separator, bom=bom)


def _cell(person: Filled, item: Item) -> str:
    return ";".join(person.codes(item)) if item.choices else person.text(item)
