"""Synthetic respondents, for demonstrations and tests: invented, and marked so in every row.

They are drawn so that what the questionnaire can measure agrees, on average, with the poster's
figures. Nothing else about them claims to resemble anybody: where the poster says nothing, answers
are equally likely, save for the few rates below, which are ours.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from actient.claims import Claim
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    CONTACTS,
    RECRUITER_TOKEN,
    TOKEN,
    UNDER_AGE,
    Item,
    Measure,
    Questionnaire,
)

MARK: Final = "SYNTHETIC"  # the first column's name, and its value in every row
START: Final = "start"
END: Final = "end"
SEPARATOR: Final = ";"  # between the answers of a multiple choice

# Ours, for want of anything printed.
REFUSING: Final = 0.03
UNDER_AGE_SHARE: Final = 0.02
DOCTORS: Final = 0.5  # of professionals: the poster's figures on doctors can then be shown
ANSWERED_MULTIPLE: Final = 0.35
PASSED_ON: Final = 0.6  # respondents who received the questionnaire from an earlier one
MEAN_CONTACTS: Final = 190  # Ugander et al. 2011
CONTACTS_SHAPE: Final = 1.0
FIRST_DAY: Final = datetime(2000, 1, 1)  # a date no survey of this kind could bear
DAYS: Final = 60

_BASE36: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Column = NDArray[np.str_]


class SynthesisError(ValueError):
    """A number of respondents that cannot be drawn."""

    @classmethod
    def from_count(cls, n: int) -> SynthesisError:
        """Say what was given and what is expected."""
        return cls(f"n = {n}: expected a whole number from 1 to 10,000,000.")


def columns(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Name the columns of a synthetic file, in order: the CSV template's, after the mark."""
    return (MARK, START, END, *(item.item_id for item in questionnaire.items))


def rows(
    questionnaire: Questionnaire,
    claims: Mapping[str, Claim],
    *,
    n: int,
    seed: int,
    batch: int = 100_000,
) -> Iterator[tuple[str, ...]]:
    """Draw synthetic respondents, one row each, in the layout of the CSV template.

    Parameters
    ----------
    claims
        The poster's figures: a measure's success has its figure's proportion for probability.
    n
        Respondents, refusals and minors included.
    batch
        Respondents held in memory at a time.

    Raises
    ------
    SynthesisError
        If `n` is out of bounds.
    """
    if not 1 <= n <= 10_000_000:
        raise SynthesisError.from_count(n)
    rng = np.random.default_rng(seed)
    for first in range(0, n, batch):
        drawn = _Batch(questionnaire, claims, rng, first, min(batch, n - first)).draw()
        yield from zip(*drawn, strict=True)


def write(
    stream: TextIO,
    questionnaire: Questionnaire,
    claims: Mapping[str, Claim],
    *,
    n: int,
    seed: int,
) -> None:
    """Write synthetic respondents as a CSV file; see `rows`."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns(questionnaire))
    writer.writerows(rows(questionnaire, claims, n=n, seed=seed))


def is_synthetic(path: Path) -> bool:
    """Tell whether every row of a file is marked as `write` marks it."""
    with path.open("rb") as stream:
        return all(line.startswith(f"{MARK},".encode()) for line in stream)


@dataclass
class _Batch:
    """One batch of respondents while it is drawn: answers so far, by question."""

    questionnaire: Questionnaire
    claims: Mapping[str, Claim]
    rng: np.random.Generator
    first: int
    n: int
    answers: dict[str, Column] = field(default_factory=dict)

    def draw(self) -> list[list[str]]:
        for item in self.questionnaire.items:
            self.answers[item.item_id] = self._answers(item)
        refused = self.answers[CONSENT] != CONSENTED
        for item in self.questionnaire.items:
            if item.item_id != CONSENT:
                self.answers[item.item_id][refused] = ""
        starts, ends = self._times()
        marks = [MARK] * self.n
        return [marks, starts, ends, *(self.answers[i.item_id].tolist() for i in self._items())]

    def _items(self) -> tuple[Item, ...]:
        return self.questionnaire.items

    def _answers(self, item: Item) -> Column:
        drawn = self._drawn(item)
        drawn[~self._asked(item)] = ""
        return drawn

    def _drawn(self, item: Item) -> Column:
        if item.type == "select_one":
            return self._one(item)
        if item.type == "select_multiple":
            return self._several(item)
        if item.item_id == CONTACTS:
            return self._contacts(item)
        if item.item_id == TOKEN:
            return _tokens(np.arange(self.first, self.first + self.n))
        if item.item_id == RECRUITER_TOKEN:
            return self._recruiters()
        raise ValueError(f"No way to draw answers to {item.item_id!r} ({item.type}).")

    def _asked(self, item: Item) -> NDArray[np.bool_]:
        asked = np.ones(self.n, dtype=np.bool_)
        if item.branch != "all":
            asked &= self.answers["profile"] == item.branch
        if item.shown_if:
            asked &= np.isin(self.answers[item.shown_if.item_id], item.shown_if.codes)
        return asked

    def _one(self, item: Item) -> Column:
        codes = np.array(item.codes)
        drawn = codes[self.rng.choice(len(codes), self.n, p=_shares(item))]
        for measure in self.questionnaire.measures:
            if measure.item_id == item.item_id:
                drawn = np.where(self._in_group(measure), self._measured(measure, item), drawn)
        return np.asarray(drawn)

    def _in_group(self, measure: Measure) -> NDArray[np.bool_]:
        group = next(g for g in self.questionnaire.groups if g.group_id == measure.group_id)
        return np.isin(self.answers[group.item_id], group.codes)

    def _measured(self, measure: Measure, item: Item) -> Column:
        # Success with the printed proportion; equally likely answers on either side.
        others = [code for code in item.substantive if code not in measure.success_codes]
        success = self.rng.random(self.n) < self.claims[measure.claim_id].proportion
        yes = np.array(measure.success_codes)[
            self.rng.integers(len(measure.success_codes), size=self.n)
        ]
        no = np.array(others)[self.rng.integers(len(others), size=self.n)]
        return np.asarray(np.where(success, yes, no))

    def _several(self, item: Item) -> Column:
        free = [choice.code for choice in item.choices if not choice.exclusive]
        alone = next(choice.code for choice in item.choices if choice.exclusive)
        ticked = self.rng.random((self.n, len(free))) < ANSWERED_MULTIPLE
        return np.array(
            [SEPARATOR.join(np.array(free)[row]) if row.any() else alone for row in ticked],
            dtype=np.str_,
        )

    def _contacts(self, item: Item) -> Column:
        drawn = self.rng.negative_binomial(
            CONTACTS_SHAPE, CONTACTS_SHAPE / (CONTACTS_SHAPE + MEAN_CONTACTS), self.n
        )
        return np.clip(drawn, 1, item.maximum).astype(np.str_)

    def _recruiters(self) -> Column:
        # Anyone earlier, as a share of the ranks before one's own; the first came by the profile.
        ranks = np.arange(self.first, self.first + self.n)
        earlier = (self.rng.random(self.n) * ranks).astype(np.int64)
        passed = (self.rng.random(self.n) < PASSED_ON) & (ranks > 0)
        return np.asarray(np.where(passed, _tokens(earlier), ""))

    def _times(self) -> tuple[list[str], list[str]]:
        seconds = self.rng.integers(0, DAYS * 86_400, self.n)
        lasted = self.rng.integers(180, 1_200, self.n)
        starts = [FIRST_DAY + timedelta(seconds=int(s)) for s in seconds]
        ends = [start + timedelta(seconds=int(d)) for start, d in zip(starts, lasted, strict=True)]
        return [s.isoformat() for s in starts], [e.isoformat() for e in ends]


def _shares(item: Item) -> list[float]:
    named = {
        CONSENT: {CONSENTED: 1 - REFUSING},
        AGE: {UNDER_AGE: UNDER_AGE_SHARE},
        "profession": {"doctor": DOCTORS},
    }.get(item.item_id, {})
    rest = (1 - sum(named.values())) / (len(item.codes) - len(named))
    return [named.get(code, rest) for code in item.codes]


def _tokens(ranks: NDArray[np.int64]) -> Column:
    # Six characters that name a rank without showing it: a bijection of [0, 36^6[.
    scrambled = (ranks * 1_000_003 + 7) % 36**6
    digits = np.array(list(_BASE36))
    parts = [digits[(scrambled // 36**place) % 36] for place in range(6)]
    joined = parts[0]
    for part in parts[1:]:
        joined = np.char.add(joined, part)
    return np.asarray(joined, dtype=np.str_)
