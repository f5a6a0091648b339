"""The distribution of simulated shares: counted as they are drawn, then asked for quantiles.

A histogram with narrow cells stands for the draws, so that memory does not grow with their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actient.bias.arguments import ArgumentError, FloatArray, inner_proportion, proportion, whole
from actient.bias.interval import Interval

WARNING_RATE = 0.10
"""Part of draws discarded, or clipped, beyond which the result deserves a warning."""
BINS = 100_000
"""Cells of the running histogram of [0, 1]: a quantile is right to a thousandth of a point."""


class Histogram(NamedTuple):
    """Where the simulated shares lie.

    Attributes
    ----------
    edges : ndarray
        Limits of the bins, in proportion; one more than bins.
    shares : ndarray
        Part of the kept draws in each bin; they sum to 1.
    """

    edges: FloatArray
    shares: FloatArray


@dataclass(frozen=True, eq=False)
class SimulationResult:
    """Population shares that the assumptions allow, in proportion.

    Attributes
    ----------
    draws : int
        Draws made.
    discarded : int
        Draws thrown away as impossible: Se + Sp ≤ 1, or no population could have given the
        observed share with them.
    clipped : int
        Kept draws in which the share of those not covered was brought back into [0, 1].
    mean, minimum, maximum : float
        Of the kept draws.
    counts : ndarray of int
        Kept draws in each of `BINS` equal cells of [0, 1].
    """

    draws: int
    discarded: int
    clipped: int
    mean: float
    minimum: float
    maximum: float
    counts: NDArray[np.int64]

    @property
    def kept(self) -> int:
        """Draws that count."""
        return self.draws - self.discarded

    @property
    def discard_rate(self) -> float:
        """Part of the draws that were discarded."""
        return self.discarded / self.draws

    @property
    def clip_rate(self) -> float:
        """Part of the kept draws that were clipped."""
        return self.clipped / self.kept

    @property
    def too_many_discarded(self) -> bool:
        """Whether the discard rate is above `WARNING_RATE`: the laws do not fit the share."""
        return self.discard_rate > WARNING_RATE

    @property
    def too_many_clipped(self) -> bool:
        """Whether the clip rate is above `WARNING_RATE`: the difference does not fit the share."""
        return self.clip_rate > WARNING_RATE

    @property
    def median(self) -> float:
        """Median of the kept draws."""
        return self.quantile(0.5)

    def quantile(self, probability: float) -> float:
        """Share that this part of the kept draws stays below.

        Read from the running histogram: right to one cell, a thousandth of a percentage point.

        Parameters
        ----------
        probability : float
            In [0, 1].

        Raises
        ------
        ArgumentError
            If it is not.
        """
        rank = float(proportion("probability", probability)) * self.kept
        cumulated = np.cumsum(self.counts)
        cell = min(int(np.searchsorted(cumulated, rank)), BINS - 1)
        before = cumulated[cell] - self.counts[cell]
        inside = (rank - before) / self.counts[cell] if self.counts[cell] else 0.0
        return float(min(max((cell + inside) / BINS, self.minimum), self.maximum))

    def interval(self, level: float = 0.95) -> Interval:
        """Central simulation interval.

        Parameters
        ----------
        level : float
            Part of the kept draws inside, in ]0, 1[.

        Raises
        ------
        ArgumentError
            If it is not.
        """
        tail = (1 - float(inner_proportion("level", level))) / 2
        return Interval(self.quantile(tail), self.quantile(1 - tail))

    def below(self, threshold: float) -> float:
        """Part of the kept draws below a threshold.

        Exact for thresholds of at most three decimals in percent; else right to one cell.

        Parameters
        ----------
        threshold : float
            Proportion in [0, 1].

        Raises
        ------
        ArgumentError
            If it is not.
        """
        tau = float(proportion("threshold", threshold))
        if tau <= self.minimum:
            return 0.0
        if tau > self.maximum:
            return 1.0
        position = round(tau * BINS, 6)
        cell = min(int(position), BINS - 1)
        inside = float(self.counts[cell]) * (position - cell)
        return float((self.counts[:cell].sum() + inside) / self.kept)

    def above(self, threshold: float) -> float:
        """Part of the kept draws above a threshold.

        Parameters
        ----------
        threshold : float
            Proportion in [0, 1].

        Raises
        ------
        ArgumentError
            If it is not.
        """
        tau = float(proportion("threshold", threshold))
        if tau >= self.maximum:
            return 0.0
        return 1 - self.below(tau)

    def histogram(self, bins: int = 100) -> Histogram:
        """Coarser histogram of [0, 1], for a picture.

        Parameters
        ----------
        bins : int
            Number of equal bins: a divisor of `BINS`, such as 50, 100, 200 or 500.

        Raises
        ------
        ArgumentError
            If it does not divide `BINS`.
        """
        if BINS % whole("bins", bins, 1):
            raise ArgumentError("bins", bins, f"a divisor of {BINS}")
        shares = self.counts.reshape(bins, -1).sum(axis=1) / self.kept
        return Histogram(np.arange(bins + 1) / bins, shares)


class Chunk(NamedTuple):
    """Kept shares of one chunk, and how many of them were clipped."""

    shares: FloatArray
    clipped: int


class Tally:
    """Running totals, of a size that does not depend on the number of draws."""

    def __init__(self) -> None:
        self.kept = 0
        self.clipped = 0
        self.origin = 0.0
        self.deviations = 0.0
        self.minimum = np.inf
        self.maximum = -np.inf
        self.counts = np.zeros(BINS, dtype=np.int64)

    def add(self, chunk: Chunk) -> None:
        """Count one chunk."""
        shares = chunk.shares
        if not shares.size:
            return
        if not self.kept:
            self.origin = float(shares[0])
        self.kept += shares.size
        self.clipped += chunk.clipped
        # Summed as deviations from one draw, so that equal draws have exactly that mean.
        self.deviations += float((shares - self.origin).sum())
        self.minimum = min(self.minimum, float(shares.min()))
        self.maximum = max(self.maximum, float(shares.max()))
        cells = np.minimum((shares * BINS).astype(np.int64), BINS - 1)
        self.counts += np.bincount(cells, minlength=BINS)

    def result(self, draws: int) -> SimulationResult:
        """Give the distribution of what was kept of so many draws."""
        return SimulationResult(
            draws=draws,
            discarded=draws - self.kept,
            clipped=self.clipped,
            mean=self.origin + self.deviations / self.kept,
            minimum=self.minimum,
            maximum=self.maximum,
            counts=self.counts,
        )
