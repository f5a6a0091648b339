"""Differences in the order a reader needs them: causes first, and each told once for all languages.

A changed data file makes dozens of records differ, in each edition: they must not hide it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from actient.locale import LANGS
from actient.reproduce import excerpts
from actient.reproduce.certificate import Check, Count, Difference

ORDER: Final[tuple[Check, ...]] = get_args(Check)
_IN_ALL: Final = "in both languages"
_IN_CHAPTERS: Final[tuple[Check, ...]] = ("records", "editions", "charts", "outputs")
_SENTENCE: Final = 120  # characters: what is expected and found beside one another can be compared
_LINE: Final = 196


@dataclass(frozen=True)
class Finding:
    """A difference, and whether every edition has the same.

    Attributes
    ----------
    difference
        Its place names no edition if all have it.
    everywhere
        Whether all have it.
    """

    difference: Difference
    everywhere: bool = False

    def __str__(self) -> str:
        """Read as a sentence."""
        return str(self._told)

    @property
    def lines(self) -> tuple[str, ...]:
        """Read on a terminal: a sentence, or what, then how, where it would be too long a line."""
        sentence, told = str(self), self._told
        if len(sentence) <= _SENTENCE:
            return (sentence,)
        return tuple(
            excerpts.cut(line, _LINE)
            for line in (f"{told.what}:", *(f"  {part}" for part in told.parts))
        )

    @property
    def chapter(self) -> str:
        """The chapter it is in, without its edition; empty for what is in none."""
        return _edition(self.difference)[1] if self.difference.check in _IN_CHAPTERS else ""

    @property
    def _told(self) -> Difference:
        if not self.everywhere:
            return self.difference
        return replace(self.difference, where=f"{self.difference.where} ({_IN_ALL})")


def found(differences: Sequence[Difference]) -> tuple[Finding, ...]:
    """Put causes first, and the same difference of every edition into one."""
    editions: dict[str, set[str]] = {}
    for one in differences:
        editions.setdefault(_same(one), set()).add(_edition(one)[0])
    told: dict[str, Finding] = {}
    for place, one in enumerate(differences):
        same = _same(one)
        if editions[same] == set(LANGS):
            told.setdefault(same, Finding(replace(one, where=_edition(one)[1]), everywhere=True))
        else:
            told[f"{place} {same}"] = Finding(one)
    return tuple(sorted(told.values(), key=_rank))


def some_of_each(findings: Sequence[Finding], most: int) -> tuple[Finding, ...]:
    """Keep `most` findings, in their order, shared out so that no check hides another."""
    before: Counter[Check] = Counter()
    turns = []
    for place, one in enumerate(findings):
        turns.append((before[one.difference.check], place))
        before[one.difference.check] += 1
    kept = sorted(place for _, place in sorted(turns)[:most])
    return tuple(findings[place] for place in kept)


def first_of_each(
    findings: Sequence[Finding], most: int
) -> tuple[tuple[Finding, ...], dict[tuple[Check, str], tuple[Finding, ...]]]:
    """Part findings into the first `most` of each check, and the others by check and chapter."""
    before: Counter[Check] = Counter()
    first: list[Finding] = []
    others: dict[tuple[Check, str], tuple[Finding, ...]] = {}
    for one in findings:
        check = one.difference.check
        before[check] += 1
        if before[check] <= most:
            first.append(one)
        else:
            place = check, one.chapter
            others[place] = (*others.get(place, ()), one)
    return tuple(first), others


def in_order(counts: Sequence[Count]) -> tuple[Count, ...]:
    """Put the counts in the order of the findings."""
    return tuple(sorted(counts, key=lambda one: ORDER.index(one.check)))


def _rank(one: Finding) -> int:
    return ORDER.index(one.difference.check)


def _edition(one: Difference) -> tuple[str, str]:
    """Part a place into its edition, empty if it has none, and the rest."""
    head, slash, rest = one.where.partition("/")
    return (head, rest) if slash and head in LANGS else ("", one.where)


def _same(one: Difference) -> str:
    """Write what two editions must agree on to have the same difference."""
    told = (one.check, _edition(one)[1], one.name, one.expected, one.found, one.further)
    return json.dumps(told, sort_keys=True)
