"""The questionnaire as a table to fill in: one column per question, and the list of codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from actient.survey.questionnaire import Questionnaire

CODE_COLUMNS: Final = (
    *("item_id", "question_fr", "question_en"),
    *("code", "value", "label_fr", "label_en", "exclusive"),
)


def header(questionnaire: Questionnaire) -> bytes:
    """Write the empty table: its columns are the `item_id`s.

    Answers are codes; several answers stand in one cell, separated by `;`.
    """
    return _table([item.item_id for item in questionnaire.items], ())


def codes(questionnaire: Questionnaire) -> bytes:
    """Write what each column of the table accepts: question, code, number, wording."""
    rows = []
    for item in questionnaire.items:
        question = [item.item_id, *item.question.all]
        if not item.choices:
            rows.append([*question, "", _accepted(item.minimum, item.maximum), "", "", ""])
        for choice in item.choices:
            alone = "true" if choice.exclusive else "false"
            answer = [choice.code, str(choice.value), *choice.label.all, alone]
            rows.append([*question, *answer])
    return _table(CODE_COLUMNS, rows)


def _accepted(minimum: int | None, maximum: int | None) -> str:
    return "" if minimum is None or maximum is None else f"{minimum}..{maximum}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")  # so that spreadsheets read the accents
