"""Weights of cells that meet margins under a limit, or come as near as the limit allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from actient.bias.arguments import FloatArray
from actient.survey.estimating.margins import IntArray

_STIFFNESS: Final = 1e4  # how little the first round lets a share stay from its target
_STIFFER: Final = 10.0  # each round than the one before
_ROUNDS: Final = 8
_STEPS: Final = 200  # of Newton in one round; some ten are enough where the margins can be met
_MET: Final = 1e-13  # in proportion
_SMALLEST_STEP: Final = 1e-12
_LARGEST_LOG: Final = 1e7  # of a factor: beyond, sums of several have too few digits left


def cell_weights(
    counts: IntArray, codes: Sequence[IntArray], targets: Sequence[FloatArray], limit: float
) -> FloatArray:
    """Weigh cells so that each variable has its target shares, no weight being above a limit.

    Minimises Σ n (w log w - w) over 0 ≤ w ≤ limit with mean 1 and every margin met: the solution
    is w = min(limit, Π f), with one factor f for each category. Where no such weights exist, the
    margins reached are the nearest: those of the least Σ (reached - target)²/target, so that what
    one category lacks is shared by the others in proportion to their targets.

    Parameters
    ----------
    counts
        Respondents of each cell, shape (C,).
    codes
        For each variable, the category of each cell, shape (C,).
    targets
        For each variable, the share of each category, in proportion; together 1.
    limit
        Largest weight, above 1; infinite for none.

    Returns
    -------
    ndarray
        Weight of a respondent of each cell, shape (C,).

    Notes
    -----
    Newton's method on the dual, whose size is the number of categories, inside proximal rounds
    (the method of multipliers), which also settle where the margins cannot be met.

    References
    ----------
    Deville and Särndal 1992, case of truncated raking. R's `survey::calibrate` with
    `calfun = "raking"` and bounds gives the same weights.
    """
    dual = _Dual.of(counts, codes, targets, limit)
    point, missed = _newton(dual, np.zeros(dual.goal.size)), np.inf
    for _ in range(_ROUNDS):
        before, missed = missed, float(np.abs(point.reached - dual.goal).max())
        if missed <= _MET or abs(before - missed) <= 1e-9 * missed:
            break
        dual = dual.stiffer()
        found = _newton(dual, point.factors)
        if np.abs(found.factors).max() > _LARGEST_LOG:
            break
        point = found
    return point.weights


@dataclass(frozen=True)
class _Dual:
    """The problem with one unknown a category: the logarithm of its factor."""

    shares: FloatArray
    codes: tuple[IntArray, ...]
    goal: FloatArray
    softness: FloatArray
    limit: float

    @classmethod
    def of(
        cls,
        counts: IntArray,
        codes: Sequence[IntArray],
        targets: Sequence[FloatArray],
        limit: float,
    ) -> _Dual:
        starts = np.cumsum([0, *(target.size for target in targets[:-1])])
        placed = [one + start for one, start in zip(codes, starts, strict=True)]
        goal = np.concatenate(targets)
        # A category without target has nobody in it, so that any softness will do.
        soft = np.where(goal > 0, goal, 1) / _STIFFNESS
        return cls(counts / counts.sum(), tuple(placed), goal, soft, limit)

    def stiffer(self) -> _Dual:
        return replace(self, softness=self.softness / _STIFFER)

    def at(self, factors: FloatArray, centre: FloatArray) -> _Point:
        logs = np.asarray(sum((factors[one] for one in self.codes), 0.0))
        shift = _shift(logs, self.shares, self.limit)
        logs = logs + shift
        above = np.maximum(logs - np.log(self.limit), 0)
        weights = np.where(above > 0, self.limit, np.exp(logs - above))
        part = self.shares * weights
        moved = factors - centre
        value = part @ (1 + above) - shift - self.goal @ factors
        reached = self._sums(part)
        return _Point(
            factors,
            float(value + 0.5 * (self.softness * moved) @ moved),
            reached - self.goal + self.softness * moved,
            reached,
            weights,
            np.where(above > 0, 0, part),
        )

    def newton_step(self, point: _Point) -> FloatArray:
        size = self.goal.size
        curvature = np.zeros(size * size)
        for one in self.codes:
            for other in self.codes:
                curvature += np.bincount(one * size + other, point.free, minlength=size * size)
        matrix = curvature.reshape(size, size)
        if total := point.free.sum():  # the mean stays 1 whatever the factors
            along = self._sums(point.free)
            matrix -= np.outer(along, along) / total
        matrix[np.diag_indices(size)] += self.softness
        return np.asarray(np.linalg.solve(matrix, -point.gradient))

    def _sums(self, values: FloatArray) -> FloatArray:
        sums = np.zeros(self.goal.size)
        for one in self.codes:
            sums += np.bincount(one, values, minlength=sums.size)
        return sums


def _shift(logs: FloatArray, shares: FloatArray, limit: float) -> float:
    """Find what to add to all logs so that weights cut at the limit have mean 1."""
    order = np.argsort(-logs, kind="stable")
    highest, part = logs[order], shares[order]
    if np.isinf(limit):
        return -float(np.logaddexp.reduce(highest + np.log(part)))
    # If the first k are cut: the others together must weigh what these leave.
    left = 1 - limit * np.concatenate([[0.0], np.cumsum(part)[:-1]])
    rest = np.logaddexp.accumulate((highest + np.log(part))[::-1])[::-1]
    shifts = np.log(np.maximum(left, np.finfo(np.float64).tiny)) - rest
    few_enough = (left <= 0) | (highest + shifts <= np.log(limit))
    return float(shifts[int(np.argmax(few_enough))])


class _Point(NamedTuple):
    """The dual at some factors; `free` is what the cells below the limit weigh."""

    factors: FloatArray
    value: float
    gradient: FloatArray
    reached: FloatArray
    weights: FloatArray
    free: FloatArray


def _newton(dual: _Dual, centre: FloatArray) -> _Point:
    point = dual.at(centre, centre)
    for _ in range(_STEPS):
        # Large factors, where the margins cannot be met, leave fewer digits to their sum.
        if np.abs(point.gradient).max() <= _MET * max(1.0, float(np.abs(point.factors).max())):
            break
        found = _shortened(dual, point, dual.newton_step(point), centre)
        if found is None:
            break
        point = found
    return point


def _shortened(dual: _Dual, point: _Point, step: FloatArray, centre: FloatArray) -> _Point | None:
    """Go down the step as far as it goes down; None where rounding hides any descent."""
    slope = float(point.gradient @ step)
    length = 1.0
    while length >= _SMALLEST_STEP:
        found = dual.at(point.factors + length * step, centre)
        if found.value <= point.value + 1e-4 * length * slope:
            return found
        unseen = abs(length * slope) <= 1e-12 * max(1.0, abs(point.value))
        if unseen and np.abs(found.gradient).max() < np.abs(point.gradient).max():
            return found
        length /= 2
    return None
