"""Coverage error: what people outside the survey's reach can do to a share.

Coverage is the part of the *statement's own target population* that the frame reaches. The ladder:
assume nothing (`manski_bounds`), assume the others differ by at most so much
(`bounded_difference`), assume how much they differ (`prevalence_ratio`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actient.bias import normal
from actient.bias.arguments import (
    Flags,
    FloatArray,
    Numbers,
    inner_proportion,
    not_negative,
    plain,
    plain_flag,
    positive,
    positive_proportion,
    proportion,
    real,
    require,
    together,
)
from actient.bias.interval import Interval

_BISECTIONS = 80


def manski_bounds(share: ArrayLike, coverage: ArrayLike) -> Interval:
    """Bounds of the population share when nothing is assumed of those not covered.

    π lies in [c p, c p + (1 - c)], of width 1 - c.

    Parameters
    ----------
    share : ArrayLike
        Share p among the covered, in [0, 1].
    coverage : ArrayLike
        Part c of the target population that is covered, in ]0, 1]. Where participation is
        unobserved too, it is coverage times participation rate.

    Returns
    -------
    Interval
        Proportions in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Manski 1989; Manski 2003.
    """
    return bounded_difference(share, coverage, 1.0)


def bounded_difference(
    share: ArrayLike, coverage: ArrayLike, max_difference: ArrayLike
) -> Interval:
    """Bounds of the population share when the others differ by at most δ.

    π lies in [c p + (1 - c) max(0, p - δ), c p + (1 - c) min(1, p + δ)].

    Parameters
    ----------
    share : ArrayLike
        Share p among the covered, in [0, 1].
    coverage : ArrayLike
        Part c of the target population that is covered, in ]0, 1].
    max_difference : ArrayLike
        Largest difference δ between the shares of the covered and the others, in [0, 1].

    Returns
    -------
    Interval
        Proportions in [0, 1]; both are p at δ = 0, the Manski bounds at δ = 1.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Manski 2003.
    """
    p = proportion("share", share)
    c = positive_proportion("coverage", coverage)
    delta = proportion("max_difference", max_difference)
    together(share=p, coverage=c, max_difference=delta)
    # Written as distances from p, so that δ = 0 and c = 1 return p to the last digit.
    low = p - (1 - c) * np.minimum(p, delta)
    high = p + (1 - c) * np.minimum(1 - p, delta)
    return Interval(plain(low), plain(high))


def prevalence_ratio(share: ArrayLike, coverage: ArrayLike, ratio: ArrayLike) -> Numbers:
    """Return the population share when the prevalence among the others is a known multiple.

    π = p (c + (1 - c) RR), with RR = p_others / p.

    Parameters
    ----------
    share : ArrayLike
        Share p among the covered, in [0, 1].
    coverage : ArrayLike
        Part c of the target population that is covered, in ]0, 1].
    ratio : ArrayLike
        Prevalence ratio RR, from 0 to 1/p (beyond, the others' share would exceed 1).

    Returns
    -------
    float or ndarray
        Proportion in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Compare Stoye 2022, who bounds an odds ratio instead.
    """
    p = proportion("share", share)
    c = positive_proportion("coverage", coverage)
    rr = not_negative("ratio", ratio)
    together(share=p, coverage=c, ratio=rr)
    # 1/p is seldom exact: a caller's 1/share must pass.
    holds = p * rr <= 1 + 4 * np.finfo(np.float64).eps
    require("ratio", rr, holds, "at most 1/share, or more than all of the others would be counted")
    others = np.minimum(p * rr, 1)
    return plain(p + (1 - c) * (others - p))


@dataclass(frozen=True)
class TippingShare:
    """What the share among those not covered would have to be for a statement to tip.

    Attributes
    ----------
    value : float or ndarray
        Proportion, possibly outside [0, 1]: it is not clipped.
    reachable : bool or ndarray of bool
        Whether it lies in [0, 1]. If not, this bias alone cannot tip the statement (nor, if it
        fails already, rescue it).
    """

    value: Numbers
    reachable: Flags


def tipping_share(share: ArrayLike, coverage: ArrayLike, threshold: ArrayLike) -> TippingShare:
    """Share among those not covered that puts the population share on the threshold.

    p_others* = (τ - c p)/(1 - c).

    Parameters
    ----------
    share : ArrayLike
        Share p among the covered, in [0, 1].
    coverage : ArrayLike
        Part c of the target population that is covered, in ]0, 1[: where all are covered there
        is nobody to tip it.
    threshold : ArrayLike
        Threshold τ of the statement, in [0, 1].

    Returns
    -------
    TippingShare
        The value, and whether it is a share at all.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    The Manski 1989 bounds, solved for the unobserved share.
    """
    p = proportion("share", share)
    c = inner_proportion("coverage", coverage)
    tau = proportion("threshold", threshold)
    together(share=p, coverage=c, threshold=tau)
    value = (tau - c * p) / (1 - c)
    return TippingShare(plain(value), plain_flag(np.asarray((value >= 0) & (value <= 1))))


def manski_confidence_interval(
    share: ArrayLike, coverage: ArrayLike, n: ArrayLike, confidence: ArrayLike = 0.95
) -> Interval:
    """Imbens-Manski interval around the Manski bounds, coverage being known.

    `imbens_manski` with both limits' standard error c √(p(1 - p)/n).

    Parameters
    ----------
    share : ArrayLike
        Share p among the covered, in ]0, 1[ (the normal approximation is void at 0 and 1).
    coverage : ArrayLike
        Part c of the target population that is covered, in ]0, 1].
    n : ArrayLike
        Size of a simple random sample of the covered, in persons; above 0.
    confidence : ArrayLike
        Confidence level, in ]0, 1[.

    Returns
    -------
    Interval
        Proportions; not clipped to [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Imbens and Manski 2004.
    """
    p = inner_proportion("share", share)
    c = positive_proportion("coverage", coverage)
    size = positive("n", n)
    together(share=p, coverage=c, n=size)
    bounds = manski_bounds(p, c)
    return imbens_manski(bounds.low, bounds.high, c * np.sqrt(p * (1 - p) / size), confidence)


def imbens_manski(
    low: ArrayLike, high: ArrayLike, standard_error: ArrayLike, confidence: ArrayLike = 0.95
) -> Interval:
    """Confidence interval for a quantity that is only known to lie between estimated bounds.

    [low - C se, high + C se]; it covers the quantity, not the whole identified interval.

    Parameters
    ----------
    low, high : ArrayLike
        Estimated bounds; low at most high.
    standard_error : ArrayLike
        Standard error of either bound (the larger, if they differ), in their unit; above 0.
    confidence : ArrayLike
        Confidence level, in ]0, 1[.

    Returns
    -------
    Interval
        In the unit of the bounds; not clipped.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, low exceeds high, or the shapes do not broadcast.

    References
    ----------
    Imbens and Manski 2004.
    """
    lower, upper = real("low", low), real("high", high)
    se = positive("standard_error", standard_error)
    level = inner_proportion("confidence", confidence)
    together(low=lower, high=upper, standard_error=se, confidence=level)
    width = np.asarray(upper - lower)
    require("high - low", width, width >= 0, "bounds in order, low at most high")
    margin = np.asarray(imbens_manski_critical_value(width, se, level)) * se
    return Interval(plain(lower - margin), plain(upper + margin))


def imbens_manski_critical_value(
    width: ArrayLike, standard_error: ArrayLike, confidence: ArrayLike = 0.95
) -> Numbers:
    """Critical value C that solves Φ(C + Δ/se) - Φ(-C) = confidence.

    It falls from the two-sided normal value at Δ = 0 to the one-sided value as Δ/se grows.

    Parameters
    ----------
    width : ArrayLike
        Width Δ of the identified interval; 0 or more.
    standard_error : ArrayLike
        Standard error of its limits, in the same unit; above 0.
    confidence : ArrayLike
        Confidence level, in ]0, 1[.

    Returns
    -------
    float or ndarray
        Without unit.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Imbens and Manski 2004.
    """
    delta = not_negative("width", width)
    se = positive("standard_error", standard_error)
    level = inner_proportion("confidence", confidence)
    together(width=delta, standard_error=se, confidence=level)
    return plain(_solve_critical_value(np.asarray(delta / se), level))


def _solve_critical_value(ratio: FloatArray, level: FloatArray) -> FloatArray:
    ratio, level = np.broadcast_arrays(ratio, level)
    low, high = normal.quantile(level), normal.two_sided(level)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        too_low = normal.cumulative(middle + ratio) - normal.cumulative(-middle) < level
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return np.asarray(high)
