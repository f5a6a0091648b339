"""Estimates from a sample, and the sample that a statement would need."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias import normal
from actient.bias.arguments import ArgumentError, inner_proportion, proportion, require, together
from actient.bias.sampling import wilson

__all__ = ["minimum_sample_size", "wilson"]

_EXACT_WHOLE_NUMBERS = 2.0**53


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
    p = proportion("share", share)
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
