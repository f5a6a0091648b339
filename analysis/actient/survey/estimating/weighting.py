"""Weights that make a sample agree with known margins, and what they cost in precision.

Weights repair only what the margins explain; a will to answer that no margin tells stays. Raking
is our own numpy: the libraries compared give the same weights to 1e-10 and are slower, and each
would bring dependencies (see `benchmarks/survey.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from actient.bias import arguments
from actient.bias.arguments import FloatArray
from actient.survey.estimating.margins import IntArray, Margin, WeightingError

__all__ = ["Margin", "WeightingError", "design_effect", "effective_size", "rake", "trim"]


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights that meet every margin.

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
    iterations : int
        Passes over all the margins.
    largest_error : float
        Largest distance left between a weighted share and its target, in proportion.
    """

    weights: FloatArray
    cells: IntArray
    cell_weights: FloatArray
    cell_counts: IntArray
    iterations: int
    largest_error: float


def rake(
    codes: Sequence[ArrayLike],
    margins: Sequence[Margin],
    *,
    tolerance: float = 1e-10,
    max_iterations: int = 1_000,
) -> Raked:
    """Weight a sample so that each variable has its known shares, whatever the others.

    Iterative proportional fitting: the weights of each category of each variable in turn are
    multiplied by target share over weighted share, until all agree. The work is done on cells, so
    one pass costs as many steps as there are combinations of categories, not respondents. With one
    variable it is post-stratification, and ends after one pass.

    Parameters
    ----------
    codes : sequence of array_like of int
        For each variable, the category of each respondent: the place (from 0) of its label.
    margins : sequence of Margin
        The target of each variable, in the same order.
    tolerance : float
        Largest distance allowed between a weighted share and its target, in proportion.
    max_iterations : int
        Passes after which to give up.

    Returns
    -------
    Raked
        Weights and how they were reached.

    Raises
    ------
    WeightingError
        If a code has no label, a category with a target has no respondent or the reverse, the
        numbers of respondents differ, or the margins are not met after `max_iterations`.
    ArgumentError
        If `tolerance` or `max_iterations` is out of bounds.

    References
    ----------
    Deming and Stephan 1940. R's `survey::rake` gives the same weights.
    """
    arguments.positive("tolerance", tolerance)
    arguments.whole("max_iterations", max_iterations, 1)
    coded = _coded(codes, margins)
    cells = _observed_cells(coded, margins)
    totals, iterations, error = _fit(cells, margins, tolerance, max_iterations)
    cell_weights = totals * cells.of.size / cells.counts
    return Raked(cell_weights[cells.of], cells.of, cell_weights, cells.counts, iterations, error)


@dataclass(frozen=True, eq=False)
class Trimmed:
    """Weights none of which is too large.

    Attributes
    ----------
    weights : ndarray
        Their sum is that of the weights given.
    limit : float
        The largest weight allowed.
    cut : int
        Respondents whose weight was cut to it.
    """

    weights: FloatArray
    limit: float
    cut: int


def trim(weights: ArrayLike, largest_ratio: float) -> Trimmed:
    """Cut large weights, and spread what is cut over the others in proportion.

    Weights above `largest_ratio` times the mean are set to that limit; the others are multiplied
    by one factor so that the sum stays, and those that it lifts above the limit are cut in turn,
    until none is. Margins that were met are no longer met exactly: say that weights were trimmed,
    and how many.

    Parameters
    ----------
    weights : array_like
        One weight for each respondent, above 0.
    largest_ratio : float
        Largest weight allowed, over the mean weight; above 1.

    Returns
    -------
    Trimmed
        New weights, the limit, and how many were cut.

    Raises
    ------
    ArgumentError
        If a weight is not above 0, there is none, or the ratio is not above 1.
    """
    given = _weights(arguments.positive("weights", weights))
    ratio = float(
        arguments.between("largest_ratio", largest_ratio, 1, np.inf, low_open=True, high_open=True)
    )
    limit = ratio * float(given.mean())
    largest_first = np.argsort(-given, kind="stable")
    ordered = given[largest_first]
    # Factor of the others if the first k were cut; the right k is the first that lifts nobody.
    kept = np.cumsum(ordered[::-1])[::-1]
    factors = (given.sum() - limit * np.arange(given.size)) / kept
    cut = int(np.argmax(factors * ordered <= limit * (1 + 4 * np.finfo(np.float64).eps)))
    trimmed = np.minimum(given * factors[cut], limit) if cut else given.copy()
    trimmed[largest_first[:cut]] = limit
    return Trimmed(trimmed, limit, cut)


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


def _fit(
    cells: _Cells, margins: Sequence[Margin], tolerance: float, max_iterations: int
) -> tuple[FloatArray, int, float]:
    """Shares of the cells that meet the margins, passes made, distance left."""
    targets = [np.asarray(margin.shares) / sum(margin.shares) for margin in margins]
    totals = cells.counts / cells.of.size
    for iteration in range(1, max_iterations + 1):
        for codes, target in zip(cells.codes, targets, strict=True):
            found = _margin(codes, totals, target.size)
            # A category without target has nobody in it: any factor will do.
            factors = np.divide(target, found, out=np.ones_like(target), where=found > 0)
            totals = totals * factors[codes]
        left = [
            _margin(codes, totals, target.size) - target
            for codes, target in zip(cells.codes, targets, strict=True)
        ]
        errors = [float(np.abs(one).max()) for one in left]
        if max(errors) <= tolerance:
            return totals, iteration, max(errors)
    worst = int(np.argmax(errors))
    category = int(np.argmax(np.abs(left[worst])))
    share = float(targets[worst][category] + left[worst][category])
    raise WeightingError.not_converged(margins[worst], category, share, max_iterations)


def _margin(codes: IntArray, totals: FloatArray, categories: int) -> FloatArray:
    return np.bincount(codes, weights=totals, minlength=categories).astype(np.float64)


def _weights(weights: FloatArray) -> FloatArray:
    if weights.ndim != 1 or not weights.any():
        expected = "one weight for each respondent, not all 0"
        raise arguments.ArgumentError("weights", weights.tolist()[:5], expected)
    return weights
