"""Workbooks (.xlsx): cells become the text that a CSV export would hold."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from actient.survey.responses.delimited import Row, Table
from actient.survey.responses.exports import Workbook, refused
from actient.survey.responses.model import Message, ResponsesError
from actient.survey.responses.values import NO_RESULT
from actient.survey.responses.wording import heading
from actient.words import N_


def opened(workbook: Workbook, fitness: Callable[[Row], int]) -> Table:
    """Open the sheet whose header lets recognise the most columns.

    Raises
    ------
    ResponsesError
        If the workbook is damaged, protected or empty.
    """
    with _sheets(workbook) as book:
        headers = {sheet.title: _header(_rows(sheet)) for sheet in book.worksheets}
    filled = {title: header for title, header in headers.items() if header}
    if not filled:
        raise refused(
            N_("La première ligne du classeur est vide ; elle doit porter le nom des colonnes.")
        )
    title = max(filled, key=lambda name: fitness(filled[name]))
    header = filled[title]

    @contextmanager
    def records() -> Iterator[Iterator[tuple[int, Row]]]:
        with _sheets(workbook) as book:
            rows = islice(_rows(book[title]), 1, None)
            yield ((line, _padded(row, len(header))) for line, row in rows)

    note = Message(
        N_("Classeur .xlsx, feuille « {sheet} » ({sheets} en tout)."),
        {"sheet": heading(title), "sheets": len(headers)},
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
                N_(
                    "Le classeur est abîmé ou protégé par un mot de passe. Enregistrez-le à "
                    "nouveau, sans mot de passe, ou exportez les réponses en CSV."
                )
            ) from error


class _Parser(WorkSheetParser):
    """openpyxl's, which gives nothing both for an empty cell and for a formula without result."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and (formula := element.find(FORMULA_TAG)) is not None:
            empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            if not empty_text:
                cell["value"] = f"{NO_RESULT}={formula.text or ''}"
        return cell


def _rows(sheet: Any) -> Iterator[tuple[int, dict[int, str]]]:
    """Read the rows that the sheet holds: their line, and the text of each column that has one.

    Not openpyxl's `iter_rows`: it stops where the sheet says that it ends, and makes up every row
    and column that the sheet skips.
    """
    book = sheet.parent
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for line, cells in parser.parse():
            texts = ((cell["column"], _text(cell["value"])) for cell in cells)
            yield line, {column: text for column, text in texts if text}


def _header(rows: Iterator[tuple[int, dict[int, str]]]) -> list[str]:
    line, cells = next(rows, (1, {}))
    named = [column for column, text in cells.items() if line == 1 and text.strip()]
    return [cells.get(column, "") for column in range(1, max(named, default=0) + 1)]


def _padded(cells: dict[int, str], width: int) -> Row:
    """Give a row the width of the header, or more if it holds more: empty cells are left out."""
    return [cells.get(column, "") for column in range(1, max(width, *cells, 0) + 1)]


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
