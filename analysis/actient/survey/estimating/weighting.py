"""Weights that make a sample agree with known margins, and what they cost in precision.

Weights repair only what the margins explain; a will to answer that no margin tells stays. The
method is truncated raking: where no weight passes the limit it is plain raking, and it alone of the
bounded methods then changes nothing. It is our own numpy: the libraries compared give the same
weights to 1e-10 and are slower, and each would bring dependencies (see `benchmarks/survey.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from actient.bias import arguments
from actient.bias.arguments import FloatArray
from actient.survey.estimating.margins import IntArray, Margin, WeightingError
from actient.survey.estimating.truncated_raking import cell_weights

__all__ = ["Calibrated", "Margin", "WeightingError", "calibrate", "design_effect", "effective_size"]

LARGEST_MISS: Final = 0.02
"""How far a weighted share may stay from its target, in proportion: two percentage points."""


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Weights that meet every margin under a limit, or come as near as it allows.

    Attributes
    ----------
    weights : ndarray
        One for each respondent, with mean 1.
    cells : ndarray of int
        Cell of each respondent: a combination of categories that somebody has.
    cell_weights : ndarray
        Weight of each cell.
    cell_counts : ndarray of int
        Respondents of each cell.
    reached : tuple of ndarray
        For each variable, the weighted share of each category, in proportion.
    at_limit : int
        Respondents whose weight is the limit.
    largest_miss : float
        Largest distance left between a weighted share and its target, in proportion.
    """

    weights: FloatArray
    cells: IntArray
    cell_weights: FloatArray
    cell_counts: IntArray
    reached: tuple[FloatArray, ...]
    at_limit: int
    largest_miss: float


def calibrate(
    codes: Sequence[ArrayLike],
    margins: Sequence[Margin],
    largest_ratio: float = np.inf,
    *,
    largest_miss: float = LARGEST_MISS,
) -> Calibrated:
    """Weight a sample so that each variable has its known shares, no weight being too large.

    Truncated raking: each respondent weighs the product of one factor for each of their
    categories, or `largest_ratio` mean weights where the product is larger, and the factors are
    such that the margins are met. Where no such weights meet them, the nearest are given and
    `reached` tells how near. The work is done on cells, so it costs as many steps as there are
    combinations of categories, not respondents. With one variable and no limit it is
    post-stratification.

    Parameters
    ----------
    codes : sequence of array_like of int
        For each variable, the category of each respondent: the place (from 0) of its label.
    margins : sequence of Margin
        The target of each variable, in the same order.
    largest_ratio : float
        Largest weight allowed, over the mean weight; above 1. Infinite: any, which is raking.
    largest_miss : float
        Largest distance accepted between a weighted share and its target, in proportion.

    Returns
    -------
    Calibrated
        Weights and the margins that they reach.

    Raises
    ------
    WeightingError
        If a code has no label, a category with a target has no respondent or the reverse, the
        numbers of respondents differ, or a margin stays farther than `largest_miss`.
    ArgumentError
        If `largest_ratio` is not above 1, or `largest_miss` is no proportion.

    References
    ----------
    Deville and Särndal 1992; Deming and Stephan 1940 for raking. R's `survey::calibrate` and
    `survey::rake` give the same weights.
    """
    accepted = float(arguments.proportion("largest_miss", largest_miss))
    if not largest_ratio > 1:
        raise arguments.ArgumentError("largest_ratio", largest_ratio, "a number above 1")
    coded = _coded(codes, margins)
    cells = _observed_cells(coded, margins)
    targets = [np.asarray(margin.shares) / sum(margin.shares) for margin in margins]
    weights = cell_weights(cells.counts, cells.codes, targets, largest_ratio)
    totals = weights * cells.counts / cells.of.size
    reached = tuple(
        np.bincount(one, totals, minlength=target.size).astype(np.float64)
        for one, target in zip(cells.codes, targets, strict=True)
    )
    misses = [float(np.abs(r - t).max()) for r, t in zip(reached, targets, strict=True)]
    if max(misses) > accepted:
        worst = int(np.argmax(misses))
        people = np.bincount(coded[worst], minlength=targets[worst].size).astype(np.float64)
        sample = people / cells.of.size
        raise WeightingError.missed(margins[worst], sample, reached[worst], largest_ratio)
    at_limit = int(cells.counts[weights >= largest_ratio * (1 - 1e-9)].sum())
    return Calibrated(
        weights[cells.of], cells.of, weights, cells.counts, reached, at_limit, max(misses)
    )


def design_effect(weights: ArrayLike) -> float:
    """Say by how much unequal weights widen the variance of a mean: n Σw² / (Σw)².

    It is 1 plus the squared coefficient of variation of the weights. What the margins explain of
    the answer, and so take off the variance, is not counted.

    Parameters
    ----------
    weights : array_like
        One weight for each respondent; 0 or more, not all 0.

    Returns
    -------
    float
        Ratio, 1 or more.

    Raises
    ------
    ArgumentError
        As `effective_size`.

    References
    ----------
    Kish 1965.
    """
    given = arguments.not_negative("weights", weights)
    return given.size / effective_size(given)


def effective_size(weights: ArrayLike) -> float:
    """Return the size of the equally weighted sample that is as precise: (Σw)² / Σw².

    Parameters
    ----------
    weights : array_like
        One weight for each respondent; 0 or more, not all 0.

    Returns
    -------
    float
        Persons, from 1 to the number of respondents.

    Raises
    ------
    ArgumentError
        If a weight is negative, or all are 0, or there is none.
    """
    given = _weights(arguments.not_negative("weights", weights))
    relative = given / given.max()  # squares of tiny or huge weights would leave the floats
    return float(relative.sum() ** 2 / (relative @ relative))


class _Cells(NamedTuple):
    """Combinations of categories that somebody has; `codes` is variables by cells."""

    of: IntArray
    counts: IntArray
    codes: list[IntArray]


def _coded(codes: Sequence[ArrayLike], margins: Sequence[Margin]) -> list[IntArray]:
    if len(codes) != len(margins) or not len(margins):
        raise WeightingError.not_one_each(len(codes), len(margins))
    coded: list[IntArray] = []
    for given, margin in zip(codes, margins, strict=True):
        array = np.asarray(given)
        if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
            raise WeightingError.not_codes(margin, array)
        coded.append(array.astype(np.int64, copy=False))
        if array.size != coded[0].size or not array.size:
            raise WeightingError.unequal_lengths(margin, array.size, coded[0].size)
        _check_categories(coded[-1], margin)
    return coded


def _check_categories(codes: IntArray, margin: Margin) -> None:
    if codes.min() < 0 or codes.max() >= len(margin.labels):
        raise WeightingError.unknown_category(margin, codes)
    people = np.bincount(codes, minlength=len(margin.labels))
    for category, (share, count) in enumerate(zip(margin.shares, people, strict=True)):
        if share and not count:
            raise WeightingError.nobody(margin, category)
        if count and not share:
            raise WeightingError.nobody_wanted(margin, category, int(count))


def _observed_cells(coded: Sequence[IntArray], margins: Sequence[Margin]) -> _Cells:
    """Combine the variables one by one, so that cells nobody is in never take memory."""
    of, counts = np.zeros_like(coded[0]), np.array([coded[0].size])
    codes: list[IntArray] = []
    for given, margin in zip(coded, margins, strict=True):
        categories = len(margin.labels)
        combined = of * categories + given
        people = np.bincount(combined, minlength=counts.size * categories)
        observed = np.flatnonzero(people)
        place = np.empty_like(people)
        place[observed] = np.arange(observed.size)
        parent = observed // categories
        codes = [*(before[parent] for before in codes), observed % categories]
        of, counts = place[combined], people[observed]
    return _Cells(of, counts, codes)


def _weights(weights: FloatArray) -> FloatArray:
    if weights.ndim != 1 or not weights.any():
        expected = "one weight for each respondent, not all 0"
        raise arguments.ArgumentError("weights", weights.tolist()[:5], expected)
    return weights
