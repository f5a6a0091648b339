"""Groups put together, never without the weight of each.

A figure pooled by the accident of who answered stands for nobody: the weights are those of the
target population, and there is no default.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from actient.bias.arguments import FloatArray, Numbers, plain

_WEIGHTS_TOLERANCE = 1e-6


class PoolingError(ValueError):
    """Groups cannot be put together as asked."""

    @classmethod
    def without_weights(cls, parts: int) -> PoolingError:
        """Say that weights are not optional."""
        return cls(
            f"{parts} groups and no weights: a pooled figure depends on how much each group counts "
            "in the target population. Give the share of each group, or report them apart."
        )

    @classmethod
    def not_shares(cls, weights: Sequence[float], parts: int) -> PoolingError:
        """Say what the weights should have been."""
        return cls(
            f"The weights {list(weights)} add up to {sum(weights):.8g}; expected {parts} shares of "
            "the target population, one for each group in the same order, in [0, 1], that add up "
            "to 1 within 1e-6."
        )

    @classmethod
    def unlike(cls, levels: Sequence[float]) -> PoolingError:
        """Say that the intervals are of different levels."""
        return cls(
            f"The groups have intervals of confidence {sorted(set(levels))}; expected one level. "
            "Estimate all groups at the same level, then pool them."
        )


@dataclass(frozen=True, eq=False)
class Pooled:
    """A share over several groups, each counting as much as was asked.

    Attributes
    ----------
    share : float or ndarray
        Σ W p, in proportion.
    standard_error : float or ndarray
        √Σ W² p(1 - p)/n, with each group's effective n; 0 where every group agrees within itself.
    low, high : float or ndarray
        Limits, in proportion, that combine the Wilson limits of the groups: never of width 0.
    weights : tuple of float
        Share W of each group in the target population.
    confidence : float
        Two-sided confidence level of the limits.
    """

    share: Numbers
    standard_error: Numbers
    low: Numbers
    high: Numbers
    weights: tuple[float, ...]
    confidence: float


class Part(Protocol):
    """The estimate of one group, weighted or not: `Proportion` and published estimates are."""

    @property
    def share(self) -> Numbers:
        """Estimated share, in proportion."""

    @property
    def low(self) -> Numbers:
        """Lower limit."""

    @property
    def high(self) -> Numbers:
        """Upper limit."""

    @property
    def effective_n(self) -> Numbers:
        """Persons that the interval counts on."""

    @property
    def confidence(self) -> float:
        """Two-sided confidence level of the limits."""


def pooled(parts: Sequence[Part], weights: Sequence[float] | None) -> Pooled:
    """Put groups together, each with its share of the target population.

    p = Σ W p_h. The limits are p - √Σ W²(p_h - l_h)² and p + √Σ W²(u_h - p_h)², from the Wilson
    limits l, u of each group: they stay in [0, 1], are Wilson's own for one group, and keep a
    width where a group is unanimous, which the standard error does not.

    Parameters
    ----------
    parts : sequence of Part
        One estimate for each group, all at one confidence level.
    weights : sequence of float
        Share of each group in the target population; together 1 within 1e-6. There is no default.

    Returns
    -------
    Pooled
        The share, its standard error and its limits.

    Raises
    ------
    PoolingError
        If weights are missing or are no shares, there is no group, or the levels differ.

    References
    ----------
    Stratified estimation is textbook; the limits add squares as Newcombe 1998 does for a
    difference.
    """
    if weights is None or not len(parts):
        raise PoolingError.without_weights(len(parts))
    given = tuple(float(weight) for weight in weights)
    outside = any(not 0 <= weight <= 1 for weight in given)
    if len(given) != len(parts) or outside or abs(sum(given) - 1) > _WEIGHTS_TOLERANCE:
        raise PoolingError.not_shares(given, len(parts))
    levels = [part.confidence for part in parts]
    if len(set(levels)) > 1:
        raise PoolingError.unlike(levels)
    counts = [weight / sum(given) for weight in given]
    share, variance, below, above = (
        np.asarray(sum(terms), dtype=np.float64)
        for terms in zip(*map(_terms, counts, parts), strict=True)
    )
    return Pooled(
        share=plain(share),
        standard_error=plain(np.sqrt(variance)),
        low=plain(np.clip(share - np.sqrt(below), 0, share)),
        high=plain(np.clip(share + np.sqrt(above), share, 1)),
        weights=given,
        confidence=levels[0],
    )


def _terms(weight: float, part: Part) -> tuple[FloatArray, ...]:
    """List what a group adds to the share, to its variance, and to the two squared distances."""
    p = np.asarray(part.share)
    return (
        weight * p,
        weight**2 * p * (1 - p) / part.effective_n,
        weight**2 * (p - part.low) ** 2,
        weight**2 * (part.high - p) ** 2,
    )
