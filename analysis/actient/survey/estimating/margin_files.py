"""Margins from a file: the known shares to weight each group by."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from actient import spreadsheets
from actient.files import cells_limited
from actient.survey.estimating.margins import Margin, WeightingError
from actient.survey.questionnaire import Questionnaire

COLUMNS = ("group", "item", "code", "share")
_HEADER = f"columns {', '.join(COLUMNS)}"
_BETWEEN = "commas, semicolons or tabs"

Margins = Mapping[str, Mapping[str, Margin]]


class MarginsError(ValueError):
    """A file of margins that cannot be used."""

    @classmethod
    def from_line(cls, path: Path, line: int, found: str, expected: str) -> MarginsError:
        """Say where, what was found and what was expected."""
        return cls(f"{path}, line {line}: {found}; expected {expected}.")

    @classmethod
    def from_margin(cls, path: Path, group: str, error: WeightingError) -> MarginsError:
        """Say which shares cannot be."""
        return cls(f"{path}, group {group}: {error}")


def read(path: Path, questionnaire: Questionnaire) -> Margins:
    """Read margins: for each group, for each question, the share of each of its answers.

    Parameters
    ----------
    path
        CSV file in UTF-8 or UTF-16 with the columns group, item, code, share (0 to 1), and commas,
        semicolons or tabs between them; with the last two, a decimal comma is read too. The
        shares of a question in a group add up to 1. Answers that are not listed have no target:
        respondents who gave them are left out of the weighting.

    Raises
    ------
    MarginsError
        If a line cannot be used: which, what was found, what was expected.
    """
    shares: dict[str, dict[str, dict[str, float]]] = {}
    for line, row in _rows(path):
        group, item, code, share = _checked(path, line, row, questionnaire)
        targets = shares.setdefault(group, {}).setdefault(item, {})
        if code in targets:
            raise MarginsError.from_line(
                path, line, f"{group}, {item}, {code} again", "each answer once"
            )
        targets[code] = share
    if not shares:
        raise MarginsError.from_line(path, 2, "no share", "at least one line of shares")
    return {
        group: {item: _margin(path, group, item, targets) for item, targets in items.items()}
        for group, items in shares.items()
    }


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = spreadsheets.decoded(path.read_bytes())
    except UnicodeDecodeError:
        raise MarginsError.from_line(
            path, 1, "not UTF-8 text", "a CSV file in UTF-8 or UTF-16"
        ) from None
    with cells_limited():
        return _read(path, text)


def _read(path: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    separator = spreadsheets.separator(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        found = tuple(name.strip() for name in next(reader, ()))
        if found != COLUMNS:
            columns = f"columns {', '.join(found) or 'missing'}"
            raise MarginsError.from_line(
                path, 1, columns, f"{_HEADER}, with {_BETWEEN} between them"
            )
        return [
            (reader.line_num, _row(path, reader.line_num, cells, separator))
            for cells in reader
            if any(cell.strip() for cell in cells)  # a spreadsheet adds empty lines
        ]
    except csv.Error as error:
        raise MarginsError.from_line(path, reader.line_num, str(error), "a CSV file") from None


def _row(path: Path, line: int, cells: Sequence[str], separator: str) -> dict[str, str]:
    if len(cells) != len(COLUMNS):
        raise MarginsError.from_line(path, line, f"{len(cells)} cells", f"{_HEADER}, one cell each")
    row = dict(zip(COLUMNS, cells, strict=True))
    return {**row, "share": spreadsheets.decimal_point(row["share"].strip(), separator)}


def _checked(
    path: Path, line: int, row: Mapping[str, str], questionnaire: Questionnaire
) -> tuple[str, str, str, float]:
    group, item_id, code, text = (row[name].strip() for name in COLUMNS)
    groups = [known.group_id for known in questionnaire.groups]
    items = [item.item_id for item in questionnaire.items if item.type == "select_one"]
    if group not in groups:
        raise MarginsError.from_line(path, line, f"group {group!r}", " or ".join(groups))
    if item_id not in items:
        raise MarginsError.from_line(
            path, line, f"item {item_id!r}", f"a single-choice question: {', '.join(items)}"
        )
    codes = questionnaire.item(item_id).codes
    if code not in codes:
        raise MarginsError.from_line(path, line, f"code {code!r}", f"one of {', '.join(codes)}")
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise MarginsError.from_line(
            path, line, f"share {text!r}", "a number above 0 and at most 1, as 0.523"
        )
    return group, item_id, code, share


def _margin(path: Path, group: str, item: str, targets: Mapping[str, float]) -> Margin:
    try:
        return Margin(item, tuple(targets), tuple(targets.values()))
    except WeightingError as error:
        raise MarginsError.from_margin(path, group, error) from None
