"""Which published figures to leave out so that a count can hide: the cheapest that move it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from actient.survey.disclosure.cells import Release
from actient.survey.disclosure.system import Flags, Floats, Places, System

_MOVED = 1e-6  # persons


class Costs:
    """What each figure of a release is worth, and what falls with it.

    Parameters
    ----------
    release
        The figures.

    Attributes
    ----------
    order
        Place of each offered id in the release.
    needs
        Offered cells without which a figure is not published: a base; what an estimate follows.
    loss
        Importance of a figure and of all that needs it.
    """

    def __init__(self, release: Release) -> None:
        offered = frozenset(release.offered)
        self.order: Mapping[str, int] = {name: at for at, name in enumerate(release.offered)}
        bases = {c.id: () if c.base is None else (c.base,) for c in release.cells}
        follows = {e.id: e.follows for e in release.estimates}
        self.needs: Mapping[str, tuple[str, ...]] = {
            name: tuple(need for need in (bases | follows)[name] if need in offered)
            for name in release.offered
        }
        self.importance: dict[str, float] = {c.id: c.importance for c in release.cells}
        self.importance.update((e.id, e.importance) for e in release.estimates)
        self.dependents: dict[str, set[str]] = {cell.id: set() for cell in release.cells}
        for name in release.offered:
            for need in (bases | follows)[name]:
                self.dependents[need].add(name)
        self.loss = {name: self.price([name]) for name in release.offered}

    def falling(self, names: Collection[str]) -> set[str]:
        """Ids that go when these do, themselves included."""
        gone: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in gone:
                gone.add(name)
                waiting += self.dependents.get(name, ())
        return gone

    def price(self, names: Collection[str]) -> float:
        """Add up the importance of all that goes when these do."""
        return sum(self.importance[name] for name in sorted(self.falling(names)))

    def to_free(self, name: str, published: Collection[str]) -> tuple[str, ...]:
        """Ids to suppress for a count to be known no more: the shares of its parts tell a base."""
        return (
            (name,) if name in published else tuple(sorted(self.dependents[name] & set(published)))
        )


@dataclass(frozen=True)
class _Published:
    """What is published and could be left out.

    Attributes
    ----------
    cells
        Places of known counts that are not pinned.
    estimates
        Rows of published estimates.
    prices
        One per cell, then one per estimate.
    known
        Flags of all that the attacker reads.
    ids
        What to suppress to free each cell, then each estimate.
    """

    cells: Places
    estimates: Places
    prices: Floats
    known: Flags
    ids: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, system: System, costs: Costs, published: Collection[str]) -> _Published:
        """List the figures of a system, with their prices."""
        known, release = system.known(published), system.release
        pinned = np.array([cell.pinned for cell in release.cells], dtype=np.bool_)
        cells = np.flatnonzero(known[: len(pinned)] & ~pinned)
        active = np.flatnonzero(system.active(published)[system.first_estimate :])
        names = [release.cells[at].id for at in cells]
        ids = [costs.to_free(name, published) for name in names]
        ids += [(release.estimates[at].id,) for at in active]
        counts = system.truth[cells]
        dearer = np.append(counts / (1 + counts.max(initial=0)), np.zeros(active.size))
        prices = np.array([costs.price(group) for group in ids]) * (1 + dearer)
        return cls(cells, system.first_estimate + active, prices, known, tuple(ids))


def complementary(
    system: System, costs: Costs, published: Collection[str], target: str, width: int
) -> list[str]:
    """Choose what to suppress for the target to keep an interval `width` wide.

    Two solutions y⁺ and y⁻ of all relations with y⁺ − y⁻ ≥ width at the target, which minimise
    Σ price × the larger distance from what is published: a linear programme. What they move is
    what must go. The price of a figure is its loss, up to doubled the larger its count is.

    Parameters
    ----------
    system
        The release as equations.
    costs
        The worth of its figures.
    published
        Ids published so far.
    target
        Name of a count or complement in the system.
    width
        Persons.

    Returns
    -------
    list of str
        Ids, in the order of the release; empty if nothing can hide the target.
    """
    figures = _Published.of(system, costs, published)
    distances = _cheapest_move(system, figures, system.names.index(target), width)
    if distances is None or not distances.size:
        return []
    moved = distances > _MOVED
    if not moved.any():  # real numbers hid the target, whole ones do not: one more figure goes
        moved = np.arange(distances.size) == np.argmin(figures.prices)
    chosen = {name for at in np.flatnonzero(moved) for name in figures.ids[at]}
    return sorted(chosen, key=costs.order.__getitem__)


def _cheapest_move(system: System, figures: _Published, target: int, width: int) -> Floats | None:
    size, one_side, low, high = len(system.names), *_side(system, figures)
    solutions, distances = one_side[:, :size], one_side[:, size:]
    apart = sparse.coo_array(
        ([1.0, -1.0], ([0, 0], [target, size + target])), shape=(1, 2 * size + distances.shape[1])
    )
    both = sparse.block_array([[solutions, None, distances], [None, solutions, distances]])
    fixed = figures.known.copy()
    fixed[len(system.place) :] = False  # complements follow their cells
    fixed[figures.cells] = False
    least = np.where(fixed, system.truth, 0.0)
    most = np.where(fixed, system.truth, system.upper)
    free = np.zeros(figures.prices.size)
    result = milp(
        np.concatenate([np.zeros(2 * size), figures.prices]),
        bounds=Bounds(
            np.concatenate([least, least, free]), np.concatenate([most, most, free + np.inf])
        ),
        constraints=[
            LinearConstraint(both, np.tile(low, 2), np.tile(high, 2)),
            LinearConstraint(apart, width, np.inf),
        ],
    )
    return None if result.x is None else np.asarray(result.x[2 * size :], dtype=np.float64)


def _side(system: System, figures: _Published) -> tuple[sparse.csr_array, Floats, Floats]:
    # Columns: a solution y, its distances u from published cells, s from printed estimates.
    # Rows: relations; y − u ≤ x; y + u ≥ x; A y − s ≤ high; A y + s ≥ low.
    cells, printed = figures.cells, figures.estimates
    exact = slice(system.first_estimate)
    pick = sparse.csr_array(
        (np.ones(cells.size), (np.arange(cells.size), cells)),
        shape=(cells.size, len(system.names)),
    )
    u, s = sparse.eye_array(cells.size), sparse.eye_array(printed.size)
    matrix = sparse.block_array(
        [
            [system.matrix[exact], sparse.csr_array((system.first_estimate, cells.size)), None],
            [pick, -u, sparse.csr_array((cells.size, printed.size))],
            [pick, u, None],
            [system.matrix[printed], None, -s],
            [system.matrix[printed], None, s],
        ],
        format="csr",
    )
    truth, far = system.truth[cells], np.inf
    below, above = np.full(cells.size, -far), np.full(cells.size, far)
    under, over = np.full(printed.size, -far), np.full(printed.size, far)
    low = np.concatenate([system.low[exact], below, truth, under, system.low[printed]])
    high = np.concatenate([system.high[exact], truth, above, system.high[printed], over])
    return matrix, low, high
