"""Reliability of answers: what false yes and false no do to a share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from actient.bias.arguments import (
    ArgumentError,
    Flags,
    FloatArray,
    Numbers,
    plain,
    plain_flag,
    positive,
    proportion,
    together,
)
from actient.bias.interval import Interval
from actient.bias.sampling import wilson


@dataclass(frozen=True)
class CorrectedShare:
    """A share corrected for false answers.

    Attributes
    ----------
    value : float or ndarray
        Corrected share in proportion; outside [0, 1] where `in_range` is false: never clipped.
    in_range : bool or ndarray of bool
        Whether it lies in [0, 1]. If not, the sensitivity and specificity assumed cannot have
        given the observed share, sampling error apart.
    """

    value: Numbers
    in_range: Flags


def rogan_gladen(
    share: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> CorrectedShare:
    """Share of those for whom it is true, from the share of those who say so.

    π = (p + Sp - 1)/(Se + Sp - 1).

    Parameters
    ----------
    share : ArrayLike
        Share p who say yes, in [0, 1].
    sensitivity : ArrayLike
        Se = P(says yes | true), in [0, 1].
    specificity : ArrayLike
        Sp = P(says no | not true), in [0, 1]; Se + Sp above 1.

    Returns
    -------
    CorrectedShare
        The value and whether it is a share; in range iff 1 - Sp ≤ p ≤ Se.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, Se + Sp ≤ 1, or the shapes do not broadcast.

    References
    ----------
    Rogan and Gladen 1978.
    """
    p = proportion("share", share)
    se, sp = _accuracy(sensitivity, specificity)
    together(share=p, sensitivity=se, specificity=sp)
    value = _untangled(p, se, sp)
    return CorrectedShare(plain(value), plain_flag(np.asarray((value >= 0) & (value <= 1))))


def rogan_gladen_variance(
    share: ArrayLike, n: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> Numbers:
    """Return the sampling variance of `rogan_gladen`: p(1 - p)/(n (Se + Sp - 1)²).

    Parameters
    ----------
    share : ArrayLike
        Share p who say yes, in [0, 1].
    n : ArrayLike
        Sample size, in persons; above 0.
    sensitivity, specificity : ArrayLike
        Se and Sp, taken as known, in [0, 1]; Se + Sp above 1.

    Returns
    -------
    float or ndarray
        Squared proportion.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, Se + Sp ≤ 1, or the shapes do not broadcast.

    References
    ----------
    Rogan and Gladen 1978.
    """
    p, size = proportion("share", share), positive("n", n)
    se, sp = _accuracy(sensitivity, specificity)
    together(share=p, n=size, sensitivity=se, specificity=sp)
    return plain(p * (1 - p) / (size * (se + sp - 1) ** 2))


def transformed_wilson(
    share: ArrayLike,
    n: ArrayLike,
    sensitivity: ArrayLike,
    specificity: ArrayLike,
    confidence: ArrayLike = 0.95,
) -> Interval:
    """Confidence interval of the corrected share: the Wilson limits of p, each corrected.

    An interval drawn around the corrected share as if it had been observed is too narrow
    (Reiczigel et al. 2010).

    Parameters
    ----------
    share : ArrayLike
        Share p who say yes, in [0, 1].
    n : ArrayLike
        Sample size, in persons; above 0.
    sensitivity, specificity : ArrayLike
        Se and Sp, taken as known, in [0, 1]; Se + Sp above 1.
    confidence : ArrayLike
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    Interval
        Proportions; a limit outside [0, 1] is returned as it is.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, Se + Sp ≤ 1, or the shapes do not broadcast.

    References
    ----------
    Rogan and Gladen 1978; Reiczigel et al. 2010.
    """
    se, sp = _accuracy(sensitivity, specificity)
    limits = wilson(share, n, confidence)
    low, high = np.asarray(limits.low), np.asarray(limits.high)
    together(share=low, sensitivity=se, specificity=sp)
    return Interval(plain(_untangled(low, se, sp)), plain(_untangled(high, se, sp)))


def apparent_share(
    true_share: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike
) -> Numbers:
    """Share who say yes, on average: p = Se π + (1 - Sp)(1 - π).

    Parameters
    ----------
    true_share : ArrayLike
        Share π of those for whom it is true, in [0, 1].
    sensitivity, specificity : ArrayLike
        Se and Sp, in [0, 1]; Se + Sp above 1.

    Returns
    -------
    float or ndarray
        Proportion in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, Se + Sp ≤ 1, or the shapes do not broadcast.

    References
    ----------
    Rogan and Gladen 1978.
    """
    share = proportion("true_share", true_share)
    se, sp = _accuracy(sensitivity, specificity)
    together(true_share=share, sensitivity=se, specificity=sp)
    return plain(se * share + (1 - sp) * (1 - share))


def _accuracy(sensitivity: ArrayLike, specificity: ArrayLike) -> tuple[FloatArray, FloatArray]:
    se, sp = proportion("sensitivity", sensitivity), proportion("specificity", specificity)
    together(sensitivity=se, specificity=sp)
    total = np.asarray(se + sp)
    if not np.all(total > 1):
        worst = float(total[~(total > 1)][0]) if total.ndim else float(total)
        raise ArgumentError(
            "sensitivity + specificity", worst, "a sum above 1, or answers tell nothing"
        )
    return se, sp


def _untangled(share: FloatArray, se: FloatArray, sp: FloatArray) -> FloatArray:
    # 1 - Sp first, not p + Sp: with Se = Sp = 1 the share comes back to the last digit.
    false_yes = 1 - sp
    return np.asarray((share - false_yes) / (se - false_yes))
