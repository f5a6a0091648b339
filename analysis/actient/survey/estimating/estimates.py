"""Estimates from a sample, and the sample that a statement would need.

Each group has its own; `pooling` puts groups together, and only with a weight for each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias import arguments, normal
from actient.bias.arguments import (
    ArgumentError,
    FloatArray,
    Numbers,
    inner_proportion,
    plain,
    require,
    together,
)
from actient.bias.sampling import wilson
from actient.survey.estimating.weighting import effective_size

__all__ = [
    "Proportion",
    "minimum_sample_size",
    "proportion",
    "weighted_proportion",
    "wilson",
]

_EXACT_WHOLE_NUMBERS = 2.0**53


@dataclass(frozen=True, eq=False)
class Proportion:
    """A share of a sample and its Wilson interval; arrays where several items were given.

    Attributes
    ----------
    x : float or ndarray
        Persons who said yes, counted without weights.
    n : float or ndarray
        Persons asked, counted without weights.
    share : float or ndarray
        Estimated share (weighted, if there are weights), in proportion.
    low, high : float or ndarray
        Wilson limits, in proportion. They hold for sampling error only.
    effective_n : float or ndarray
        Persons that the interval counts on: n, or fewer where weights are unequal.
    design_effect : float or ndarray
        n over `effective_n`.
    confidence : float
        Two-sided confidence level of the limits.
    """

    x: Numbers
    n: Numbers
    share: Numbers
    low: Numbers
    high: Numbers
    effective_n: Numbers
    design_effect: Numbers
    confidence: float


def proportion(x: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Proportion:
    """Share of x persons among n who count alike, with its Wilson interval.

    Parameters
    ----------
    x : array_like
        Persons who said yes: whole numbers, 0 to n.
    n : array_like
        Persons asked: whole numbers, 1 or more.
    confidence : float
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    Proportion
        With `effective_n` equal to n.

    Raises
    ------
    ArgumentError
        If a count is not whole or out of bounds, or the shapes do not broadcast.

    References
    ----------
    Wilson 1927.
    """
    yes, asked = arguments.not_negative("x", x), arguments.positive("n", n)
    level = _level(confidence)
    together(x=yes, n=asked)
    require("x", yes, yes == np.floor(yes), "a whole number of persons")
    require("n", asked, asked == np.floor(asked), "a whole number of persons, 1 or more")
    require("x", yes, yes <= asked, "at most n, the persons asked")
    yes, asked = (np.array(array) for array in np.broadcast_arrays(yes, asked))
    low, high = wilson(yes / asked, asked, level)
    counted = plain(asked)
    share = plain(yes / asked)
    alike = plain(np.ones_like(asked))
    return Proportion(plain(yes), counted, share, low, high, counted, alike, level)


def weighted_proportion(
    successes: ArrayLike, weights: ArrayLike, confidence: float = 0.95
) -> Proportion:
    """Weighted share of yes, with a Wilson interval for the effective sample size.

    p = Σ w y / Σ w, with the Wilson limits of p in a sample of (Σw)²/Σw². What the margins of a
    raking explain of the answer takes off variance, which is not counted: where they explain much,
    the interval is wider than it need be.

    Parameters
    ----------
    successes : array_like
        1 or True for yes, 0 or False for no: one for each respondent, or one row of them for each
        item.
    weights : array_like
        One weight for each respondent; 0 or more, not all 0.
    confidence : float
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    Proportion
        Arrays, one element for each item, if `successes` has rows.

    Raises
    ------
    ArgumentError
        If there is no respondent, an answer is neither 0 nor 1, a weight is negative or all are 0,
        or the numbers of answers and weights differ.

    References
    ----------
    Wilson 1927; Kish 1965 for the effective sample size.
    """
    answers, level = _answers(successes), _level(confidence)
    given = arguments.not_negative("weights", weights)
    size = effective_size(given)
    if answers.ndim not in (1, 2) or answers.shape[-1:] != given.shape:
        shapes = {"successes": answers.shape, "weights": given.shape}
        raise ArgumentError("successes + weights", shapes, "one weight for each respondent")
    # Rounding may leave a share of all or none a digit outside [0, 1].
    share = np.clip(np.asarray(answers @ given) / given.sum(), 0, 1)
    low, high = wilson(share, size, level)
    n, alike = np.full(share.shape, float(given.size)), np.ones(share.shape)
    return Proportion(
        x=plain(np.asarray(answers.sum(axis=-1, dtype=np.float64))),
        n=plain(n),
        share=plain(share),
        low=low,
        high=high,
        effective_n=plain(alike * size),
        design_effect=plain(n / size),
        confidence=level,
    )


def minimum_sample_size(
    share: ArrayLike, threshold: ArrayLike, confidence: ArrayLike = 0.95
) -> int | NDArray[np.int64]:
    """Smallest simple random sample whose Wilson interval leaves the threshold out.

    The limit nearest to the threshold τ clears it exactly when n > z² τ(1 - τ)/(p - τ)². It
    answers "from which n would sampling error alone no longer explain this figure?", never "how
    many answered?".

    Parameters
    ----------
    share : ArrayLike
        Observed proportion p, in [0, 1].
    threshold : ArrayLike
        Threshold τ of the statement, in ]0, 1[ and different from `share`.
    confidence : ArrayLike
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    int or ndarray of int
        Persons.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, the shapes do not broadcast, or share and threshold are
        equal or too close for any countable sample to tell apart.

    References
    ----------
    Wilson 1927, solved for n.
    """
    p = arguments.proportion("share", share)
    tau = inner_proportion("threshold", threshold)
    level = inner_proportion("confidence", confidence)
    together(share=p, threshold=tau, confidence=level)
    z = normal.two_sided(level)
    require("share", p, p != tau + 0 * z, "a share different from the threshold")
    limit = np.asarray(z**2 * tau * (1 - tau) / (p - tau) ** 2)
    if np.any(limit >= _EXACT_WHOLE_NUMBERS):
        closest = float(np.min(np.abs(p - tau)))
        raise ArgumentError(
            "share - threshold", closest, "a difference that a countable sample can show"
        )
    if limit.ndim == 0:
        return math.floor(limit) + 1
    return np.asarray(np.floor(limit), dtype=np.int64) + 1


def _answers(successes: ArrayLike) -> FloatArray:
    given = np.asarray(successes)
    if given.dtype == np.bool_:
        return given.astype(np.float64)
    answers = arguments.not_negative("successes", given)
    require("successes", answers, (answers == 0) | (answers == 1), "0 for no or 1 for yes")
    return answers


def _level(confidence: float) -> float:
    level = inner_proportion("confidence", confidence)
    if level.ndim:
        raise ArgumentError("confidence", confidence, "one level, not an array")
    return float(level)
