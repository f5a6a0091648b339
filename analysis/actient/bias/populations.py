"""Populations studied: what pooling professionals and patients does to a figure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from actient.bias.arguments import (
    ArgumentError,
    Numbers,
    plain,
    positive,
    proportion,
    require,
    together,
)

_WEIGHT_SUM_TOLERANCE = 1e-9


def pooled_share(share_a: ArrayLike, share_b: ArrayLike, weight_a: ArrayLike) -> Numbers:
    """Share in a mixture of two groups: p = w p_a + (1 - w) p_b.

    Parameters
    ----------
    share_a, share_b : ArrayLike
        Share in each group, in [0, 1].
    weight_a : ArrayLike
        Part w of group a in the mixture, in [0, 1]. There is no default: a pooled figure without
        a stated weight means nothing.

    Returns
    -------
    float or ndarray
        Proportion.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Kitagawa 1955.
    """
    a, b = proportion("share_a", share_a), proportion("share_b", share_b)
    weight = proportion("weight_a", weight_a)
    together(share_a=a, share_b=b, weight_a=weight)
    return plain(weight * a + (1 - weight) * b)


def composition_bias(
    share_a: ArrayLike, share_b: ArrayLike, weight_sample: ArrayLike, weight_target: ArrayLike
) -> Numbers:
    """Error of a pooled figure whose sample mixes the groups as the target does not.

    It is the composition term of Kitagawa's decomposition: (w - W)(p_a - p_b).

    Parameters
    ----------
    share_a, share_b : ArrayLike
        Share in each group, in [0, 1].
    weight_sample, weight_target : ArrayLike
        Part of group a in the sample (w) and in the target population (W), in [0, 1].

    Returns
    -------
    float or ndarray
        Pooled share in the sample minus pooled share in the target, in proportion.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Kitagawa 1955.
    """
    a, b = proportion("share_a", share_a), proportion("share_b", share_b)
    sample = proportion("weight_sample", weight_sample)
    target = proportion("weight_target", weight_target)
    together(share_a=a, share_b=b, weight_sample=sample, weight_target=target)
    return plain((sample - target) * (a - b))


class PostStratifiedShare(NamedTuple):
    """A share weighted by known population parts.

    Attributes
    ----------
    share : float or ndarray
        Proportion.
    variance : float, ndarray or None
        Its sampling variance, in squared proportion; None where no sample sizes were given.
    """

    share: Numbers
    variance: Numbers | None


def post_stratified(
    shares: ArrayLike, weights: ArrayLike, n: ArrayLike | None = None
) -> PostStratifiedShare:
    """Share with each stratum given its part of the population.

    p = Σ W_h p_h, with variance Σ W_h² p_h(1 - p_h)/n_h. It repairs only what the strata explain.

    Parameters
    ----------
    shares : ArrayLike
        Share p_h in each stratum, in [0, 1]; strata along the last axis.
    weights : ArrayLike
        Part W_h of each stratum in the population, in [0, 1], with sum 1 over the last axis.
    n : ArrayLike, optional
        Sample size n_h of each stratum, in persons; above 0. One number for all is refused: it
        might be meant as their sum.

    Returns
    -------
    PostStratifiedShare
        The share, and its variance if `n` is given.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, the weights do not sum to 1, or the strata differ in
        number.

    References
    ----------
    The textbook estimator for strata whose population parts are known.
    """
    p, part = proportion("shares", shares), proportion("weights", weights)
    sizes = None if n is None else positive("n", n)
    strata = {np.shape(array)[-1:] for array in (p, part, sizes) if array is not None}
    if len(strata) > 1 or strata == {()}:
        raise ArgumentError("shares + weights + n", sorted(strata), "one value for each stratum")
    total = np.asarray(part.sum(axis=-1))
    holds = np.abs(total - 1) <= _WEIGHT_SUM_TOLERANCE
    require("sum of weights", total, holds, "1 over the strata")
    if sizes is None:
        together(shares=p, weights=part)
        return PostStratifiedShare(plain(np.asarray((part * p).sum(axis=-1))), None)
    together(shares=p, weights=part, n=sizes)
    share = np.asarray((part * p + 0 * sizes).sum(axis=-1))
    variance = np.asarray((part**2 * p * (1 - p) / sizes).sum(axis=-1))
    return PostStratifiedShare(plain(share), plain(variance))
