"""A table of text cells, read piece by piece: the same for delimited text and for workbooks."""

from __future__ import annotations

import collections
import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

from actient.files import cells_limited
from actient.survey.responses.exports import TextFile, refused
from actient.survey.responses.model import Message, ResponsesError
from actient.words import N_

SEPARATORS: Final = (",", ";", "\t", "|")
SEPARATOR_NAMES: Final = {
    ",": N_("la virgule"),
    ";": N_("le point-virgule"),
    "\t": N_("la tabulation"),
    "|": N_("la barre verticale"),
}
ROWS_AT_A_TIME: Final = 2_000
MOST_COLUMNS: Final = 20_000
_HEADER_CHARACTERS: Final = 1 << 20
_EXCEL_HINT: Final = re.compile(r'"?sep=([,;\t|])"?(?:\r\n|\r|\n)', re.IGNORECASE)

Row = Sequence[str]


@dataclass(frozen=True)
class Chunk:
    """Some rows of the file.

    Attributes
    ----------
    lines
        Line of each row, as a spreadsheet numbers them.
    rows
        Cells; as many in each row as the header has.
    ragged
        Lines that do not have as many cells as the header, and how many they have.
    """

    lines: Sequence[int]
    rows: list[Row]
    ragged: list[tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """A header, and rows that can be read.

    Attributes
    ----------
    header
        Names of the columns.
    header_line
        Line of the header: 1, unless lines that say nothing come first.
    separator, encoding
        How a text file is written; empty for a workbook.
    notes
        What was recognised, in words.
    records
        Opens the rows below the header, each with its line.
    """

    header: tuple[str, ...]
    header_line: int
    separator: str
    encoding: str
    notes: tuple[Message, ...]
    records: Callable[[], AbstractContextManager[Iterator[tuple[int, Row]]]]

    def chunks(self) -> Iterator[Chunk]:
        """Read the rows, some thousands at a time; empty lines are left out."""
        with self.records() as records:
            line = self.header_line
            while piece := _piece(records, line):
                yield _chunk(piece, len(self.header))
                line = piece[-1][0]


def delimited(file: TextFile, fitness: Callable[[Row], int]) -> Table:
    """Open delimited text, with the separator that makes the most of its header.

    Parameters
    ----------
    file
        The text.
    fitness
        How many columns a header lets recognise.

    Raises
    ------
    ResponsesError
        If the header cannot be read.
    """
    first, hinted = _first_lines(file)
    candidates = (hinted,) if hinted else SEPARATORS
    headers = {separator: _header(first, separator) for separator in candidates}
    separator = max(candidates, key=lambda each: (fitness(headers[each]), len(headers[each])))
    skipped = int(hinted is not None)
    header = tuple(headers[separator])
    if not any(cell.strip() for cell in header):
        raise refused(
            N_("La première ligne doit porter le nom des colonnes : elle est vide, ou trop longue.")
        )
    note = Message(
        N_("Texte {encoding} ; entre les colonnes : {separator}."),
        {
            "encoding": _encoding_name(file.encoding),
            "separator": Message(SEPARATOR_NAMES[separator]).text,
        },
    )

    @contextmanager
    def records() -> Iterator[Iterator[tuple[int, Row]]]:
        with cells_limited(), file.text() as text:
            reader = csv.reader(text, delimiter=separator, strict=True)
            try:
                collections.deque(itertools.islice(reader, skipped + 1), maxlen=0)
            except csv.Error as error:
                raise _unreadable(skipped + 1) from error
            yield enumerate(reader, skipped + 2)

    return Table(header, skipped + 1, separator, file.encoding, (*file.notes, note), records)


def _piece(records: Iterator[tuple[int, Row]], line: int) -> list[tuple[int, Row]]:
    """Read the next rows after a line; what cannot be read is told in words, with its line."""
    rows: list[tuple[int, Row]] = []
    try:
        for row in itertools.islice(records, ROWS_AT_A_TIME):
            rows.append(row)  # if reading fails, these tell at which line
    except csv.Error as error:
        raise _unreadable(line + len(rows) + 1) from error
    return rows


def _unreadable(line: int) -> ResponsesError:
    return refused(
        N_(
            "La ligne {line} ne se lit pas : un guillemet droit ({mark}) n’est pas refermé, "
            "ou un guillemet figure au milieu d’une réponse. Exportez à nouveau le "
            "fichier, sans le modifier à la main."
        ),
        line=line,
        mark='"',
    )


def _chunk(piece: list[tuple[int, Row]], width: int) -> Chunk:
    lines: list[int] = []
    rows: list[Row] = []
    ragged: list[tuple[int, int]] = []
    for line, row in piece:
        if not any(map(str.strip, row)):
            continue  # spaces are not an answer either
        if len(row) == width:
            lines.append(line)
            rows.append(row)
        elif len(row) < width or any(row[width:]):
            ragged.append((line, len(row)))
        else:
            lines.append(line)
            rows.append(row[:width])
    return Chunk(lines, rows, ragged)


def _first_lines(file: TextFile) -> tuple[str, str | None]:
    """Read what may hold the header, and the separator that a first line `sep=;` announces."""
    with file.text() as text:
        start = text.read(_HEADER_CHARACTERS)
    if hint := _EXCEL_HINT.match(start):
        return start[hint.end() :], hint.group(1)
    return start, None


def _header(start: str, separator: str) -> Row:
    """Read the header with one separator; empty if it cannot be read so."""
    try:
        with cells_limited():
            header = next(csv.reader(io.StringIO(start, newline=""), delimiter=separator), [])
    except csv.Error:
        return []
    while header and not header[-1].strip():
        header.pop()
    return header if len(header) <= MOST_COLUMNS else []


def _encoding_name(encoding: str) -> str:
    return {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8 (BOM)",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16",
        "cp1252": "Windows-1252",
    }[encoding]
