"""Search one linked part of a release for solutions that move its counts far enough."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from actient.survey.disclosure.system import TOLERANCE, Component, Flags, Floats, System

_ROUNDS_WITHOUT_PROGRESS = 2
_QUICK = {"mip_rel_gap": 0.5, "node_limit": 20}  # any solution that moves many counts will do
_EXACT = {"mip_rel_gap": 0.0, "node_limit": 200}  # nodes, not seconds: the same on any machine
_NEIGHBOURHOODS = (0.3, 1.0)  # share of the counts that may differ by one
_FEW = 200  # unknowns
_REAL = 1e-6  # persons: how far HiGHS may be from a bound


@dataclass(frozen=True)
class Exposure:
    """A count that what is published tells too closely.

    Attributes
    ----------
    name
        Id of a cell, or "id (complement)".
    low, high
        What the attacker would know, in persons (at least that far apart if not `proved`). Not in
        the `repr`.
    least_width
        Width that the interval should have, in persons.
    proved
        False if the search ended before a proof either way.
    """

    name: str
    low: int = field(repr=False)
    high: int = field(repr=False)
    least_width: int
    proved: bool


@dataclass
class Reach:
    """The least and the largest value of each count among the solutions found so far."""

    low: Floats
    high: Floats


class Problem:
    """One component as HiGHS wants it: its own unknowns, the known ones moved to the bounds."""

    def __init__(self, system: System, component: Component, known: Flags, active: Flags) -> None:
        self.component = component
        self.rows: Flags = np.zeros_like(active)
        self.rows[component.rows] = True
        self.truth = system.truth
        self.names = system.names
        self.upper = system.upper[component.variables]
        rows = system.matrix[component.rows]
        fixed = rows @ np.where(known, system.truth, 0.0)
        self.matrix = rows[:, component.variables]
        self.low, self.high = (
            system.low[component.rows] - fixed,
            system.high[component.rows] - fixed,
        )
        printed = bool(np.any(component.rows >= system.first_estimate))
        self.wants_whole = not printed or len(component.variables) <= _FEW

    def embed(self, points: Floats) -> Floats:
        """Place points of the component, shape (K, v), among the true counts, shape (K, V)."""
        full = np.repeat(self.truth[None, :], len(points), axis=0)
        full[:, self.component.variables] = points
        return full

    def relaxed(self, objective: Floats, low: Floats, high: Floats) -> Floats | None:
        """Minimise over real numbers: what bounds the attack from outside."""
        if not len(self.low):
            return np.where(objective > 0, low, high)
        result = self._solve(objective, low, high, whole=False)
        return None if result.x is None else np.asarray(result.x, dtype=np.float64)

    def near(self, point: Floats, low: Floats, high: Floats) -> Floats | None:
        """Find a whole solution beside a real one: first few counts may differ from it, then all.

        A search of this small neighbourhood takes a tenth of the time of a whole search.
        """
        found = self._whole(point)
        random = np.random.default_rng(0)
        for share in _NEIGHBOURHOODS:
            if found is not None:
                return found
            uneven = np.abs(point - np.round(point)) > _REAL
            free = uneven | (random.random(point.size) < share)
            least = np.where(free, np.maximum(np.floor(point) - 1, low), np.round(point))
            most = np.where(free, np.minimum(np.ceil(point) + 1, high), np.round(point))
            result = self._solve(np.zeros(point.size), least, most, options=_QUICK)
            found = None if result.x is None else self._whole(result.x)
        return found

    def best(self, objective: Floats, low: Floats, high: Floats) -> tuple[Floats | None, bool]:
        """Minimise over whole numbers; tell whether what is found is proved best."""
        if not len(self.low):
            return np.where(objective > 0, low, high), True
        result = self._solve(objective, low, high, options=_EXACT)
        return (None if result.x is None else self._whole(result.x)), result.status == 0

    def _solve(
        self,
        objective: Floats,
        low: Floats,
        high: Floats,
        *,
        whole: bool = True,
        options: Mapping[str, float] | None = None,
    ) -> OptimizeResult:
        return milp(
            objective,
            integrality=np.full(objective.size, int(whole)),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            options=dict(options or {}),  # a copy: SciPy takes things out of what it is given
        )

    def _whole(self, point: Floats) -> Floats | None:
        rounded: Floats = np.round(point)
        values = self.matrix @ rounded
        inside = np.all(values >= self.low - TOLERANCE) and np.all(values <= self.high + TOLERANCE)
        return rounded if inside else None


class Search:
    """A search for solutions that move the counts of one component far enough."""

    def __init__(self, problem: Problem, widths: Floats, points: Floats, reach: Reach) -> None:
        self.problem = problem
        self.widths = widths
        self.points = points
        places = problem.component.variables
        self.low = np.minimum(points.min(axis=0), reach.low[places])
        self.high = np.maximum(points.max(axis=0), reach.high[places])

    def stuck(self, among: Flags) -> list[Exposure]:
        """Take the first of some counts that has not moved far enough as exposed."""
        waiting = np.flatnonzero(self.open() & among)[:1]
        return [
            self._exposure(int(at), int(self.low[at]), int(self.high[at]), proved=False)
            for at in waiting
        ]

    def told(self, *, first: bool) -> list[Exposure]:
        """Find the counts that cannot be moved far enough, or the first one."""
        found = []
        for at in np.flatnonzero(self.open()):
            exposure = self.move_one(int(at))
            if exposure is not None:
                found.append(exposure)
                if first:
                    break
        return found

    def open(self) -> Flags:
        """Flag the counts whose protection is not proved yet."""
        return np.asarray(self.high - self.low < self.widths, dtype=np.bool_)

    def move_many(self, random: np.random.Generator) -> None:
        """Push all open counts at once, up or down at random, while that proves something."""
        idle = 0
        while idle < _ROUNDS_WITHOUT_PROGRESS and (waiting := self.open()).sum() > 1:
            sign = random.choice([-1.0, 1.0], waiting.size)
            sign[self.points[0] <= 0] = -1.0  # minimised: a count of 0 can only go up
            objective = np.where(waiting, sign, 0.0)
            self._push(objective, *self._reach(waiting))
            idle = idle + 1 if self.open().sum() == waiting.sum() else 0

    def move_one(self, at: int) -> Exposure | None:
        """Push one count up, then down, as far as it needs; say how far it would go if not."""
        chosen = np.arange(len(self.widths)) == at
        up, down = (self._push(sign * chosen, *self._reach(chosen)) for sign in (-1.0, 1.0))
        if not self.open()[at]:
            return None
        if up is not None and down is not None:
            low, high = math.ceil(down[at] - _REAL), math.floor(up[at] + _REAL)
            if high - low < self.widths[at]:
                return self._exposure(at, low, high, proved=True)
        proved = [self._push_whole(sign * chosen, *self._reach(chosen)) for sign in (-1.0, 1.0)]
        if not self.open()[at]:
            return None
        return self._exposure(int(at), int(self.low[at]), int(self.high[at]), proved=all(proved))

    def _push(self, objective: Floats, low: Floats, high: Floats) -> Floats | None:
        point = self.problem.relaxed(objective, low, high)
        if point is not None and self.problem.wants_whole:
            self._add(self.problem.near(point, low, high))
        elif point is not None:
            self.low = np.minimum(self.low, np.ceil(point - _REAL))
            self.high = np.maximum(self.high, np.floor(point + _REAL))
        return point

    def _push_whole(self, objective: Floats, low: Floats, high: Floats) -> bool:
        point, proved = self.problem.best(objective, low, high)
        self._add(point)
        return proved

    def _add(self, point: Floats | None) -> None:
        if point is not None:
            self.points = np.vstack([self.points, point])
            self.low, self.high = np.minimum(self.low, point), np.maximum(self.high, point)

    def _exposure(self, at: int, low: int, high: int, *, proved: bool) -> Exposure:
        name = self.problem.names[self.problem.component.variables[at]]
        return Exposure(name, low, high, int(self.widths[at]), proved)

    def _reach(self, chosen: Flags) -> tuple[Floats, Floats]:
        # Counts need not go further than proves them: the search can stop there.
        farther = np.minimum(np.maximum(self.low + self.widths, self.high), self.problem.upper)
        lower = np.maximum(np.minimum(self.high - self.widths, self.low), 0.0)
        return np.where(chosen, lower, 0.0), np.where(chosen, farther, self.problem.upper)
