"""What a survey would publish: counts, the equalities that link them, and what estimates reveal.

A count never appears in a `repr` nor in an error: those end up in logs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

THRESHOLD = 11
"""Persons below which nothing is told: the rule of French health data (no cell under 11)."""

_ROUNDING_ERROR = 1e-9


class ReleaseError(ValueError):
    """Cells, relations and estimates that cannot belong to one survey."""

    @classmethod
    def duplicate(cls, name: str) -> ReleaseError:
        """Name what is there twice."""
        return cls(f"{name!r} is there twice; expected one cell, relation or estimate per id.")

    @classmethod
    def unknown(cls, name: str, where: str, known: Iterable[str]) -> ReleaseError:
        """Name the missing cell and who asked for it."""
        some = ", ".join(sorted(known)[:8]) or "none"
        return cls(f"{where} refers to {name!r}, which is no cell of this release ({some}, …).")

    @classmethod
    def impossible_count(cls, cell: Cell) -> ReleaseError:
        """Name the cell, not its count."""
        return cls(
            f"The count of {cell.id!r} is impossible: expected a whole number of persons, "
            "0 or more, and no more than its `most` if it has one. Count it again."
        )

    @classmethod
    def larger_than_base(cls, cell: Cell) -> ReleaseError:
        """Name the part and the whole."""
        return cls(
            f"{cell.id!r} counts more persons than its base {cell.base!r}. Count them again."
        )

    @classmethod
    def unequal(cls, relation: Relation) -> ReleaseError:
        """Name the relation and its cells."""
        cells = ", ".join(name for name, _ in relation.terms)
        return cls(
            f"Relation {relation.id!r} does not hold for the counts of {cells}. "
            "Correct the counts, or leave the relation out."
        )

    @classmethod
    def outside(cls, estimate: Estimate) -> ReleaseError:
        """Name the estimate."""
        return cls(
            f"Estimate {estimate.id!r} does not agree with the counts it is made of: its value "
            "lies outside low–high. Compute it again from the same responses."
        )


@dataclass(frozen=True)
class Cell:
    """A number of persons.

    Attributes
    ----------
    id
        Unique in the release, estimates included.
    count
        Persons, 0 or more.
    base
        Cell of which this one is a part. Publishing a count publishes its share, hence its base.
    offered
        Whether it may be published; otherwise it is only something an attacker could derive.
    disclosive
        Whether a small count, or complement, would tell something of persons. False for numbers
        that only link tables: mentions, persons who skipped an item.
    pinned
        Wanted whatever the loss elsewhere, as a group's size is: suppressed last.
    most
        Largest count that the attacker knows to be possible, or None.
    least_width
        Width of the interval that an attacker must be left with if the count is small, in
        persons; None for the protection of the whole release.
    importance
        Loss if the count is suppressed, beside 1 for an ordinary one; above 0.
    """

    id: str
    count: int = field(repr=False)
    base: str | None = None
    offered: bool = True
    disclosive: bool = True
    pinned: bool = False
    most: int | None = None
    least_width: int | None = None
    importance: float = 1.0


@dataclass(frozen=True)
class Relation:
    """An equality that the attacker knows: Σ coefficient × count = constant.

    Attributes
    ----------
    id
        Unique in the release.
    terms
        Pairs of cell id and whole coefficient.
    constant
        Persons; other than 0 only if the attacker knows it.
    """

    id: str
    terms: tuple[tuple[str, int], ...]
    constant: int = field(default=0, repr=False)


@dataclass(frozen=True)
class Estimate:
    """A figure made of several counts: published, it tells low ≤ Σ coefficient × count ≤ high.

    Attributes
    ----------
    id
        Unique in the release, cells included.
    terms
        Pairs of cell id and coefficient, finite.
    low, high
        What the figure as printed allows, in the unit of the sum.
    follows
        Cells without which it is not published.
    importance
        As for `Cell`.
    """

    id: str
    terms: tuple[tuple[str, float], ...] = field(repr=False)
    low: float = field(repr=False)
    high: float = field(repr=False)
    follows: tuple[str, ...] = ()
    importance: float = 1.0


@dataclass(frozen=True)
class Fragment:
    """Cells, relations and estimates that belong together, on their way into a release."""

    cells: tuple[Cell, ...] = ()
    relations: tuple[Relation, ...] = ()
    estimates: tuple[Estimate, ...] = ()


@dataclass(frozen=True)
class Release:
    """All that would be published from one set of responses, before suppression.

    Attributes
    ----------
    cells, relations, estimates
        In the order in which ties are broken.

    Raises
    ------
    ReleaseError
        If ids repeat or are unknown, counts are impossible, or the counts contradict a relation
        or an estimate.
    """

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...] = ()
    estimates: tuple[Estimate, ...] = ()

    def __post_init__(self) -> None:
        """Check that the cells, relations and estimates can belong to one survey."""
        _check_ids(self)
        for cell in self.cells:
            _check_cell(cell, self.by_id)
        for relation in self.relations:
            _check_relation(relation, self.by_id)
        for estimate in self.estimates:
            _check_estimate(estimate, self.by_id)

    @classmethod
    def join(cls, *fragments: Fragment) -> Release:
        """Make one release of fragments, in their order."""
        return cls(
            tuple(chain.from_iterable(fragment.cells for fragment in fragments)),
            tuple(chain.from_iterable(fragment.relations for fragment in fragments)),
            tuple(chain.from_iterable(fragment.estimates for fragment in fragments)),
        )

    @cached_property
    def by_id(self) -> Mapping[str, Cell]:
        """The cells by id."""
        return {cell.id: cell for cell in self.cells}

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Ids of all that may be published: offered cells, then estimates."""
        cells = tuple(cell.id for cell in self.cells if cell.offered)
        return cells + tuple(estimate.id for estimate in self.estimates)

    def too_small(self, cell: Cell, threshold: int = THRESHOLD) -> tuple[str, ...]:
        """Say which of "numerator", "complement" and "base" is below the threshold.

        Parameters
        ----------
        cell
            A cell of this release. One without a base is judged on its own count, as "base".
        threshold
            Persons, 1 or more.

        Returns
        -------
        tuple of str
            Empty for a statistic that may appear by itself, or that tells nothing of persons.
        """
        if not cell.disclosive:
            return ()
        if cell.base is None:
            return ("base",) if cell.count < threshold else ()
        base = self.by_id[cell.base].count
        parts = {"numerator": cell.count, "complement": base - cell.count, "base": base}
        return tuple(name for name, count in parts.items() if count < threshold)


def _check_ids(release: Release) -> None:
    published = Counter(cell.id for cell in release.cells)
    published.update(estimate.id for estimate in release.estimates)
    for names in (published, Counter(relation.id for relation in release.relations)):
        for name, times in names.items():
            if times > 1:
                raise ReleaseError.duplicate(name)


def _check_cell(cell: Cell, cells: Mapping[str, Cell]) -> None:
    whole = not isinstance(cell.count, bool) and cell.count == int(cell.count)
    if not whole or not 0 <= cell.count <= (math.inf if cell.most is None else cell.most):
        raise ReleaseError.impossible_count(cell)
    if cell.base is not None:
        _check_known([cell.base], f"Cell {cell.id!r}", cells)
        if cell.count > cells[cell.base].count:
            raise ReleaseError.larger_than_base(cell)


def _check_relation(relation: Relation, cells: Mapping[str, Cell]) -> None:
    _check_known((name for name, _ in relation.terms), f"Relation {relation.id!r}", cells)
    total = sum(coefficient * cells[name].count for name, coefficient in relation.terms)
    if total != relation.constant:
        raise ReleaseError.unequal(relation)


def _check_estimate(estimate: Estimate, cells: Mapping[str, Cell]) -> None:
    names = chain((name for name, _ in estimate.terms), estimate.follows)
    _check_known(names, f"Estimate {estimate.id!r}", cells)
    value = math.fsum(coefficient * cells[name].count for name, coefficient in estimate.terms)
    slack = _ROUNDING_ERROR * max(1.0, abs(value))
    if not estimate.low - slack <= value <= estimate.high + slack:
        raise ReleaseError.outside(estimate)


def _check_known(names: Iterable[str], where: str, cells: Mapping[str, Cell]) -> None:
    for name in names:
        if name not in cells:
            raise ReleaseError.unknown(name, where, cells)
