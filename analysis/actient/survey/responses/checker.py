"""Rows checked: consent and age before anything else, then every answer of those who remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    RECRUITER_TOKEN,
    TOKEN,
    UNDER_AGE,
    Item,
    Questionnaire,
)
from actient.survey.responses import people, problems, rules, values
from actient.survey.responses.columns import Column, Columns
from actient.survey.responses.delimited import Chunk
from actient.survey.responses.model import Rule
from actient.survey.responses.problems import Flaw
from actient.survey.responses.rules import Asked, Values
from actient.survey.responses.times import Moments
from actient.survey.responses.values import MISSING, Reader

_MARK: Final = "synthetic"

Cells = Sequence[str]


@dataclass(frozen=True)
class Adults:
    """Answers of some adults who consented.

    Attributes
    ----------
    values
        By question: positions of codes, bits of codes, or numbers.
    tokens, recruiters
        Referral codes: their own, and the one they were given.
    start, end
        When they answered; None where the file does not say.
    completeness
        Share of the required questions answered.
    """

    values: dict[str, Values]
    tokens: people.Codes
    recruiters: people.Codes
    start: Moments | None
    end: Moments | None
    completeness: NDArray[np.float32]


@dataclass(frozen=True)
class Checked:
    """What some rows hold.

    Attributes
    ----------
    adults
        The rows that break no rule.
    lines, flaws
        Lines of all adults who consented; the rules that some of them break.
    marked, unmarked, mismarked
        Rows marked as synthetic, rows without a mark, rows with something else in its place.
    """

    adults: Adults
    lines: list[int]
    flaws: list[Flaw]
    without_consent: int
    under_age: int
    invalid: int
    marked: int
    unmarked: int
    mismarked: int


class Checker:
    """Checks rows of a file whose columns are known."""

    def __init__(self, columns: Columns, questionnaire: Questionnaire) -> None:
        self._columns = columns
        self._questionnaire = questionnaire
        self._items = [item for item in questionnaire.items if columns.of(item.item_id)]
        self._readers = {column.index: _reader(column) for column in columns.kept}

    def check(self, chunk: Chunk) -> Checked:
        """Check some rows."""
        cells: Sequence[Cells] = list(zip(*chunk.rows, strict=True)) or [
            () for _ in self._columns.header
        ]
        consented = self._gate(cells, CONSENT, CONSENTED)
        under = consented & self._gate(cells, AGE, UNDER_AGE)
        adult = consented & ~under
        chosen = adult.tolist()
        told = {
            index: cells[index] if adult.all() else tuple(compress(cells[index], chosen))
            for index in self._read()
        }
        marks = self._marks(cells)
        rows = int(adult.sum())
        adults, flaws, invalid = self._adults(told, rows)
        return Checked(
            adults=adults,
            lines=list(compress(chunk.lines, chosen)),
            flaws=flaws,
            without_consent=int((~consented).sum()),
            under_age=int(under.sum()),
            invalid=invalid,
            marked=marks[0],
            unmarked=marks[1],
            mismarked=len(chunk.rows) - marks[0] - marks[1],
        )

    def _read(self) -> list[int]:
        """List the positions of the columns that are read; the others are out of reach."""
        times = [index for index in (self._columns.start, self._columns.end) if index is not None]
        return [*self._readers, *times]

    def _gate(self, cells: Sequence[Cells], item_id: str, code: str) -> NDArray[np.bool_]:
        """Tell which rows have this very answer to one of the two questions read first."""
        (column,) = self._columns.of(item_id)
        wanted = column.item.codes.index(code)
        return np.asarray(_look_up(self._readers[column.index], cells[column.index]) == wanted)

    def _marks(self, cells: Sequence[Cells]) -> tuple[int, int]:
        if self._columns.synthetic is None:
            rows = len(cells[0]) if cells else 0
            return 0, rows
        marks = [cell.strip().casefold() for cell in cells[self._columns.synthetic]]
        return marks.count(_MARK), marks.count("")

    def _adults(self, cells: Mapping[int, Cells], rows: int) -> tuple[Adults, list[Flaw], int]:
        found: dict[str, Values] = {}
        flaws: list[Flaw] = []
        for item in self._items:
            if item.type != "token":
                found[item.item_id], wrong = self._values(item, cells)
                flaws += wrong
        tokens, wrong = self._codes(TOKEN, cells, rows)
        given, more = self._codes(RECRUITER_TOKEN, cells, rows)
        flaws += [*wrong, *more, *self._between(found, cells, rows)]
        valid = np.ones(rows, dtype=bool)
        for flaw in flaws:
            valid[flaw.positions] = False
        completeness = Asked(self._questionnaire, found, rows).completeness()
        adults = Adults(
            values={item_id: array[valid] for item_id, array in found.items()},
            tokens=tokens[valid],
            recruiters=given[valid],
            start=_moments(self._columns.start, cells, valid),
            end=_moments(self._columns.end, cells, valid),
            completeness=completeness[valid],
        )
        return adults, flaws, int((~valid).sum())

    def _values(self, item: Item, cells: Mapping[int, Cells]) -> tuple[Values, list[Flaw]]:
        whole = [column for column in self._columns.of(item.item_id) if column.choice is None]
        parts = [column for column in self._columns.of(item.item_id) if column.choice is not None]
        flaws: list[Flaw] = []
        apart = np.zeros(0, dtype=np.int32)
        if parts:
            apart, flaws = self._ticked(item, parts, cells)
        if not whole:
            return apart, flaws
        (column,) = whole
        texts = cells[column.index]
        read = _look_up(self._readers[column.index], texts)
        bad = np.flatnonzero(rules.invalid(item, read))
        if bad.size:
            flaws.append(_flaw(column, bad, texts))
        if parts:
            differ = np.flatnonzero((read > 0) & (apart > 0) & (read != apart))
            if differ.size:
                expected = problems.expected_agreement(item)
                flaws.append(Flaw(column, "choice", differ, texts.__getitem__, expected))
            read = np.where(read == MISSING, apart, read)
        return read, flaws

    def _ticked(
        self, item: Item, parts: Sequence[Column], cells: Mapping[int, Cells]
    ) -> tuple[Values, list[Flaw]]:
        """Read one column per answer. Nothing ticked is no answer: each list has its “none”."""
        flaws = []
        bits = np.zeros(len(cells[parts[0].index]), dtype=np.int32)
        for column in parts:
            texts = cells[column.index]
            ticks = _look_up(self._readers[column.index], texts)
            bad = np.flatnonzero(ticks == values.INVALID)
            if bad.size:
                expected = problems.expected_tick()
                flaws.append(Flaw(column, "choice", bad, texts.__getitem__, expected))
            if column.choice is not None:
                bits |= (ticks == 1).astype(np.int32) << item.choices.index(column.choice)
        return np.where(bits == 0, MISSING, bits).astype(np.int32), flaws

    def _codes(
        self, item_id: str, cells: Mapping[int, Cells], rows: int
    ) -> tuple[people.Codes, list[Flaw]]:
        columns = self._columns.of(item_id)
        if not columns:
            return people.none_given(rows), []
        codes, malformed = people.codes(cells[columns[0].index])
        bad = np.flatnonzero(malformed)
        hidden = partial(_always, problems.HIDDEN_TOKEN)
        flaw = Flaw(columns[0], "token", bad, hidden, problems.expected_token())
        return codes, [flaw] if bad.size else []

    def _between(
        self, found: dict[str, Values], cells: Mapping[int, Cells], rows: int
    ) -> list[Flaw]:
        """Find answers that contradict other answers."""
        asked = Asked(self._questionnaire, found, rows)
        flaws = []
        for item in self._items:
            if item.item_id not in found:
                continue
            read = found[item.item_id]
            column = self._columns.of(item.item_id)[0]
            show = _show(item, column, read, cells)
            out = np.flatnonzero(asked.excluded(item) & rules.answered(item, read))
            if out.size:
                expected = problems.expected_nothing(item, self._questionnaire)
                flaws.append(Flaw(column, "skipped", out, show, expected))
            if item.type == "select_multiple":
                both = np.flatnonzero(rules.contradictory(item, read))
                if both.size:
                    expected = problems.expected_alone(item)
                    flaws.append(Flaw(column, "exclusive", both, show, expected))
        return flaws


def _reader(column: Column) -> Reader:
    if column.choice is not None:
        return values.tick(column.choice)
    match column.item.type:
        case "select_one":
            return values.one_choice(column.item)
        case "select_multiple":
            return values.several_choices(column.item)
        case "integer":
            return values.whole_number(column.item)
        case "token":
            return Reader(lambda _text: MISSING)


def _look_up(reader: Reader, texts: Cells) -> Values:
    return np.fromiter(map(reader.__getitem__, texts), dtype=np.int32, count=len(texts))


def _flaw(column: Column, bad: NDArray[np.intp], texts: Cells) -> Flaw:
    number = column.item.type == "integer"
    rule: Rule = "number" if number else "choice"
    expected = problems.expected_number if number else problems.expected_choice
    return Flaw(column, rule, bad, texts.__getitem__, expected(column.item))


def _show(item: Item, column: Column, read: Values, cells: Mapping[int, Cells]) -> problems.Value:
    """Show the cell; where answers have a column each, the codes that are ticked."""
    if column.choice is None:
        return cells[column.index].__getitem__
    return partial(_ticked_codes, item, read)


def _ticked_codes(item: Item, read: Values, position: int) -> str:
    return " ".join(code for bit, code in enumerate(item.codes) if read[position] >> bit & 1)


def _always(text: str, _position: int) -> str:
    return text


def _moments(
    index: int | None, cells: Mapping[int, Cells], valid: NDArray[np.bool_]
) -> Moments | None:
    if index is None:
        return None
    return Moments.read(list(compress(cells[index], valid.tolist())))
