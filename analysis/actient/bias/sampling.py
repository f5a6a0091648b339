"""Sampling error: what chance alone does to a proportion."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.proportion import proportion_confint

from actient.bias.arguments import inner_proportion, plain, positive, proportion, together
from actient.bias.interval import Interval


def wilson(share: ArrayLike, n: ArrayLike, confidence: ArrayLike = 0.95) -> Interval:
    """Wilson score interval of a proportion, if it came from a simple random sample of n.

    The limits are (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n), computed by statsmodels.
    They hold for sampling error only: nothing of coverage, selection or false answers.

    Parameters
    ----------
    share : ArrayLike
        Observed proportion p, in [0, 1]. p·n need not be whole: a printed share is rounded.
    n : ArrayLike
        Sample size, or effective sample size, in persons; above 0.
    confidence : ArrayLike
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    Interval
        Limits in [0, 1], which contain p.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Wilson 1927.
    """
    p = proportion("share", share)
    size = positive("n", n)
    level = inner_proportion("confidence", confidence)
    together(share=p, n=size, confidence=level)
    p, size, level = (np.array(array) for array in np.broadcast_arrays(p, size, level))
    low, high = proportion_confint(p * size, size, alpha=1 - level, method="wilson")
    # Exactly, the limits contain p and stay in [0, 1]; in floating point, up to the last digit.
    return Interval(
        plain(np.clip(np.asarray(low), 0, p)),
        plain(np.clip(np.asarray(high), p, 1)),
    )
