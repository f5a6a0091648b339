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
from actient.survey.responses.columns import Column, Columns, Place
from actient.survey.responses.delimited import Chunk
from actient.survey.responses.model import Message, Rule
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
    flaws
        The rules that some rows break, with the lines of the rows that their positions count.
    without_consent, consent_empty, consent_unclear
        Rows whose consent is refused, empty, or cannot be read.
    marked, unmarked, mismarked
        Rows marked as synthetic, rows without a mark, rows with something else in its place.
    """

    adults: Adults
    flaws: list[tuple[Sequence[int], Flaw]]
    without_consent: int
    consent_empty: int
    consent_unclear: int
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
        consents, unclear = self._consents(cells)
        consented = consents == self._position(CONSENT, CONSENTED)
        under = self._under_age(cells, consented)
        adult = consented & ~under
        chosen = adult.tolist()
        told = {
            index: cells[index] if adult.all() else tuple(compress(cells[index], chosen))
            for index in self._read()
        }
        marks = self._marks(cells)
        rows = int(adult.sum())
        adults, flaws, invalid = self._adults(told, rows)
        lines = list(compress(chunk.lines, chosen))
        return Checked(
            adults=adults,
            flaws=[
                *((chunk.lines, flaw) for flaw in unclear),
                *((lines, flaw) for flaw in flaws),
            ],
            without_consent=int(((consents >= 0) & ~consented).sum()),
            consent_empty=int((consents == MISSING).sum()),
            consent_unclear=int((consents == values.INVALID).sum()),
            under_age=int(under.sum()),
            invalid=invalid,
            marked=marks[0],
            unmarked=marks[1],
            mismarked=len(chunk.rows) - marks[0] - marks[1],
        )

    def _read(self) -> list[int]:
        """List the positions of the columns that are read; the others are out of reach."""
        return [*self._readers, *(column.index for column in self._columns.times())]

    def _consents(self, cells: Sequence[Cells]) -> tuple[Values, list[Flaw]]:
        """Read the answers to the question that decides whether a row is read at all."""
        (column,) = self._columns.of(CONSENT)
        read = _look_up(self._readers[column.index], cells[column.index])
        return read, _unread(column, rules.invalid(column.item, read), cells[column.index])

    def _under_age(self, cells: Sequence[Cells], consented: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell who, of those who consented, is too young; the age of others is not read."""
        (column,) = self._columns.of(AGE)
        texts = list(compress(cells[column.index], consented.tolist()))
        under = np.zeros(consented.size, dtype=bool)
        read = _look_up(self._readers[column.index], texts)
        under[consented] = read == self._position(AGE, UNDER_AGE)
        return under

    def _position(self, item_id: str, code: str) -> int:
        return self._questionnaire.item(item_id).codes.index(code)

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
        flaws += [*wrong, *more, *self._between(found, cells, rows), *self._untimed(cells)]
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
        flaws += _unread(column, rules.invalid(item, read), texts)
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
            flaws += _unread(column, ticks == values.INVALID, texts)
            if column.choice is not None:
                bits |= (ticks == 1).astype(np.int32) << item.choices.index(column.choice)
        return np.where(bits == 0, MISSING, bits).astype(np.int32), flaws

    def _codes(
        self, item_id: str, cells: Mapping[int, Cells], rows: int
    ) -> tuple[people.Codes, list[Flaw]]:
        columns = self._columns.of(item_id)
        if not columns:
            return people.none_given(rows), []
        texts = cells[columns[0].index]
        codes, malformed = people.codes(texts)
        return codes, _unread(columns[0], malformed, texts)

    def _untimed(self, cells: Mapping[int, Cells]) -> list[Flaw]:
        """Find the times in whose place a spreadsheet left no value."""
        flaws = []
        for column in self._columns.times():
            texts = cells[column.index]
            bad = np.fromiter(map(values.has_no_value, texts), dtype=bool, count=len(texts))
            flaws += _without_value(column, np.flatnonzero(bad), texts.__getitem__)
        return flaws

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


def _unread(column: Column, bad: rules.Mask, texts: Cells) -> list[Flaw]:
    """Tell which cells cannot be read: what a spreadsheet left without a value, and the others."""
    positions = np.flatnonzero(bad)
    if not positions.size:
        return []
    rule, expected = _expected(column)
    hidden = rule == "token"
    show = partial(_always, problems.HIDDEN_TOKEN) if hidden else texts.__getitem__
    without = np.array([values.has_no_value(texts[position]) for position in positions.tolist()])
    others = positions[~without]
    flaws = _without_value(column, positions[without], show)
    return [*flaws, Flaw(column, rule, others, show, expected)] if others.size else flaws


def _without_value(column: Place, bad: NDArray[np.intp], show: problems.Value) -> list[Flaw]:
    return [Flaw(column, "no_value", bad, show, problems.expected_value())] if bad.size else []


def _expected(column: Column) -> tuple[Rule, Message]:
    if column.choice is not None:
        return "choice", problems.expected_tick()
    match column.item.type:
        case "integer":
            return "number", problems.expected_number(column.item)
        case "token":
            return "token", problems.expected_token()
        case _:
            return "choice", problems.expected_choice(column.item)


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
