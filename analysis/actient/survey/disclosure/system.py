"""What an attacker knows of a release: linear equalities and intervals over whole unknowns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from actient.survey.disclosure.cells import Release

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Component:
    """Unknowns that depend on one another, and the rows that link them.

    Attributes
    ----------
    variables, rows
        Places in the system.
    """

    variables: Places
    rows: Places


class System:
    """A release as rows low ≤ A x ≤ high over the counts and the complements of its cells.

    Parameters
    ----------
    release
        The cells come first, in their order, then one complement per cell with a base.
    margin
        Persons by which an unknown count may exceed all counts together: no survey is infinite.

    Attributes
    ----------
    names
        Ids; a complement is "id (complement)".
    truth
        The true counts, shape (V,): one solution of all rows.
    upper
        Largest possible counts, shape (V,).
    matrix, low, high
        The rows, shapes (R, V), (R,), (R,): relations, complements, then estimates, each of
        these divided by its largest coefficient.
    """

    def __init__(self, release: Release, margin: int) -> None:
        cells = release.cells
        self.release = release
        self.place = {cell.id: at for at, cell in enumerate(cells)}
        self.parts = [cell for cell in cells if cell.base is not None]
        self.names = [cell.id for cell in cells] + [f"{c.id} (complement)" for c in self.parts]
        counts = [cell.count for cell in cells]
        rest = [release.by_id[str(cell.base)].count - cell.count for cell in self.parts]
        self.truth: Floats = np.array(counts + rest, dtype=np.float64)
        box = 2 * self.truth.sum() + 10 * margin
        most = [box if cell.most is None else cell.most for cell in cells]
        self.upper: Floats = np.array(most + [box] * len(rest), dtype=np.float64)
        self._set_rows()

    def _set_rows(self) -> None:
        rows, columns, values, low, high = [], [], [], [], []
        for at, (terms, least, most) in enumerate(self._rows()):
            rows += [at] * len(terms)
            columns += [place for place, _ in terms]
            values += [value for _, value in terms]
            low.append(least)
            high.append(most)
        self.matrix = sparse.csr_array(
            (np.array(values, dtype=np.float64), (np.array(rows, dtype=np.int64), columns)),
            shape=(len(low), len(self.names)),
        )
        self.low: Floats = np.array(low, dtype=np.float64)
        self.high: Floats = np.array(high, dtype=np.float64)

    def _rows(self) -> Iterator[tuple[list[tuple[int, float]], float, float]]:
        for relation in self.release.relations:
            terms = [(self.place[name], float(value)) for name, value in relation.terms]
            yield terms, relation.constant, relation.constant
        for extra, cell in enumerate(self.parts, start=len(self.place)):
            base = self.place[str(cell.base)]
            yield [(base, 1.0), (self.place[cell.id], -1.0), (extra, -1.0)], 0, 0
        for estimate in self.release.estimates:
            scale = max((abs(value) for _, value in estimate.terms), default=0.0) or 1.0
            terms = [(self.place[name], value / scale) for name, value in estimate.terms]
            slack = TOLERANCE * max(1.0, abs(estimate.low), abs(estimate.high))
            yield terms, (estimate.low - slack) / scale, (estimate.high + slack) / scale

    @cached_property
    def first_estimate(self) -> int:
        """Row of the first estimate."""
        return len(self.release.relations) + len(self.parts)

    def known(self, published: Collection[str]) -> Flags:
        """Flag what the attacker reads: published counts, their bases and their complements."""
        flags = np.zeros(len(self.names), dtype=np.bool_)
        for cell in self.release.cells:
            if cell.id in published:
                flags[self.place[cell.id]] = True
                if cell.base is not None:
                    flags[self.place[cell.base]] = True
        for extra, cell in enumerate(self.parts, start=len(self.place)):
            flags[extra] = flags[self.place[cell.id]] and flags[self.place[str(cell.base)]]
        return flags

    def active(self, published: Collection[str]) -> Flags:
        """Flag the rows that the attacker has: all but those of unpublished estimates."""
        flags = np.ones(len(self.low), dtype=np.bool_)
        for at, estimate in enumerate(self.release.estimates, start=self.first_estimate):
            flags[at] = estimate.id in published
        return flags

    def estimated(self, active: Flags) -> Flags:
        """Flag the counts that a published estimate contains."""
        rows = np.flatnonzero(active[self.first_estimate :]) + self.first_estimate
        flags = np.zeros(len(self.names), dtype=np.bool_)
        flags[self.matrix[rows].indices] = True
        return flags

    def components(self, known: Flags, active: Flags) -> list[Component]:
        """Split the unknowns into parts that no active row links, in the order of their cells."""
        unknown = np.flatnonzero(~known)
        rows = np.flatnonzero(active)
        if not unknown.size:
            return []
        links = self.matrix[rows][:, unknown] != 0
        graph = sparse.block_array([[None, links.T], [links, None]]) if rows.size else None
        total = unknown.size + rows.size
        labels = (
            np.arange(total) if graph is None else connected_components(graph, directed=False)[1]
        )
        return list(_grouped(labels, unknown, rows))

    def consistent(self, points: Floats, active: Flags) -> Flags:
        """Flag the points, shape (K, V), that satisfy every active row and bound."""
        rows = self.matrix[np.flatnonzero(active)]
        values = (rows @ points.T).T
        inside = (values >= self.low[active] - TOLERANCE) & (
            values <= self.high[active] + TOLERANCE
        )
        bounded = (points >= 0) & (points <= self.upper)
        return np.asarray(inside.all(axis=1) & bounded.all(axis=1), dtype=np.bool_)


def _grouped(
    labels: NDArray[np.integer[Any]], unknown: Places, rows: Places
) -> Iterator[Component]:
    of_unknown, of_rows = labels[: unknown.size], labels[unknown.size :]
    by_unknown = np.argsort(of_unknown, kind="stable")
    by_rows = np.argsort(of_rows, kind="stable")
    found, starts = np.unique(of_unknown[by_unknown], return_index=True)
    parts = np.split(unknown[by_unknown], starts[1:])
    sorted_rows = of_rows[by_rows]
    order = np.argsort([part[0] for part in parts], kind="stable")
    for at in order:
        begin, end = np.searchsorted(sorted_rows, [found[at], found[at] + 1])
        yield Component(np.sort(parts[at]), np.sort(rows[by_rows[begin:end]]))
