"""Workbooks (.xlsx): cells become the text that a CSV export would hold."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl

from actient.survey.responses.delimited import MOST_COLUMNS, Row, Table
from actient.survey.responses.exports import Workbook, refused
from actient.survey.responses.model import ResponsesError
from actient.survey.responses.wording import bilingual, heading


def opened(workbook: Workbook, fitness: Callable[[Row], int]) -> Table:
    """Open the sheet whose header lets recognise the most columns.

    Raises
    ------
    ResponsesError
        If the workbook is damaged, protected or empty.
    """
    with _sheets(workbook) as book:
        headers = {
            sheet.title: _header(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS, values_only=True))
            for sheet in book.worksheets
        }
    filled = {title: header for title, header in headers.items() if header}
    if not filled:
        raise refused(
            "La première ligne du classeur est vide ; elle doit porter le nom des colonnes.",
            "The first row of the workbook is empty; it must hold the names of the columns.",
        )
    title = max(filled, key=lambda name: fitness(filled[name]))
    header = filled[title]

    @contextmanager
    def records() -> Iterator[Iterator[Row]]:
        with _sheets(workbook) as book:
            rows = book[title].iter_rows(min_row=2, max_col=MOST_COLUMNS, values_only=True)
            yield (_padded(row, len(header)) for row in rows)

    note = bilingual(
        f"Classeur .xlsx, feuille « {heading(title)} » ({len(headers)} en tout).",
        f".xlsx workbook, sheet “{heading(title)}” ({len(headers)} in all).",
    )
    return Table(tuple(header), 1, "", "", (note,), records)


@contextmanager
def _sheets(workbook: Workbook) -> Iterator[Any]:
    """Open the workbook; a damaged one may fail anywhere in it, in any way: it is told as such."""
    with workbook.path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # styles and extensions, which are not read
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            yield book
            book.close()
        except ResponsesError:
            raise  # told already
        except Exception as error:  # openpyxl promises no family of errors
            raise refused(
                "Le classeur est abîmé ou protégé par un mot de passe. Enregistrez-le à nouveau, "
                "sans mot de passe, ou exportez les réponses en CSV.",
                "The workbook is damaged or protected by a password. Save it again without a "
                "password, or export the responses as CSV.",
            ) from error


def _header(rows: Iterable[tuple[object, ...]]) -> list[str]:
    header = [_text(cell) for cell in next(iter(rows), ())]
    while header and not header[-1].strip():
        header.pop()
    return header


def _padded(cells: tuple[object, ...], width: int) -> Row:
    """Give a row the width of the header: a workbook leaves out empty cells at the end."""
    texts = [_text(cell) for cell in cells]
    while len(texts) > width and not texts[-1]:
        texts.pop()
    return texts + [""] * (width - len(texts))


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() | datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)
