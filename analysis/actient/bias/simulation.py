"""Probabilistic bias analysis: all biases of one share together, each with its doubt.

The biases are undone in reverse order of occurrence. The population was first cut down to those
covered, of whom some chose to answer, of whom some answered falsely; chance drew the sample last.
So: draw p* for sampling error, correct it for false answers, then for selection, then add those
not covered. Its result is a *simulation interval*, not a confidence interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actient.bias.arguments import (
    ArgumentError,
    FloatArray,
    inner_proportion,
    positive,
    proportion,
    whole,
)
from actient.bias.interval import Interval
from actient.bias.laws import (
    LAWS,
    Beta,
    Constant,
    Law,
    LawSpecification,
    LogNormal,
    Trapezoidal,
    Triangular,
    Uniform,
    parse_law,
)

__all__ = [
    "BINS",
    "DEFAULT_DRAWS",
    "DEFAULT_SEED",
    "LAWS",
    "WARNING_RATE",
    "Beta",
    "Constant",
    "FactorEffect",
    "Histogram",
    "Law",
    "LawSpecification",
    "LogNormal",
    "SimulationResult",
    "Trapezoidal",
    "Triangular",
    "Uniform",
    "one_factor_at_a_time",
    "parse_law",
    "simulate",
]

WARNING_RATE = 0.10
"""Part of draws discarded, or clipped, beyond which the result deserves a warning."""
DEFAULT_DRAWS = 100_000
DEFAULT_SEED = 20181
DEFAULT_CHUNK = 131_072
BINS = 100_000
"""Cells of the running histogram of [0, 1]: a quantile is right to a thousandth of a point."""

_NEUTRAL_ACCURACY = Constant(1.0)
_NEUTRAL_RATIO = Constant(1.0)
_FULL_COVERAGE = Constant(1.0)
_NO_DIFFERENCE = Constant(0.0)


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


def simulate(
    share: float,
    n: float | None = None,
    *,
    sensitivity: LawSpecification = _NEUTRAL_ACCURACY,
    specificity: LawSpecification = _NEUTRAL_ACCURACY,
    selection_ratio: LawSpecification = _NEUTRAL_RATIO,
    coverage: LawSpecification = _FULL_COVERAGE,
    difference: LawSpecification = _NO_DIFFERENCE,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chunk: int = DEFAULT_CHUNK,
) -> SimulationResult:
    """Simulate the population share behind an observed one.

    For each draw: p* ~ Beta(n p + ½, n(1 - p) + ½); p' = (p* + Sp - 1)/(Se + Sp - 1);
    π₁ = p'/(p' + k(1 - p')); π = c π₁ + (1 - c) clip(π₁ + δ). A draw whose Se + Sp ≤ 1 or whose
    p' is no share is discarded and counted. Neutral laws (the defaults) return the share itself.

    Parameters
    ----------
    share : float
        Observed share p, in [0, 1].
    n : float, optional
        Sample size assumed, in persons; above 0. Without it there is no sampling error.
    sensitivity, specificity : law
        Se and Sp of the answers, in [0, 1]; see `laws.parse_law` for how to write a law.
    selection_ratio : law
        k = P(respond | yes) / P(respond | no), above 0.
    coverage : law
        Part c of the statement's population that the frame covers, in ]0, 1].
    difference : law
        δ, share of those not covered minus share of the covered, in [-1, 1].
    draws : int
        Number of draws, 1 or more.
    seed : int
        Seed of the random numbers, 0 or more. Each law has its own stream: changing one leaves
        the draws of the others as they were.
    chunk : int
        Draws held in memory at a time, 1 or more. Memory is flat as draws grow; the result
        depends on it only in the last digits of the mean.

    Returns
    -------
    SimulationResult
        Histogram, quantiles, mean, and how many draws were discarded or clipped.

    Raises
    ------
    ArgumentError
        If an argument or a law is out of bounds, or if every draw is impossible.

    References
    ----------
    Lash, Fox and Fink 2009; Fox, MacLehose and Lash 2021.
    """
    model = _Model(
        share=_one("share", share, proportion("share", share)),
        n=None if n is None else _one("n", n, positive("n", n)),
        sensitivity=_law("sensitivity", sensitivity, 0, 1),
        specificity=_law("specificity", specificity, 0, 1),
        selection_ratio=_law("selection_ratio", selection_ratio, 0, np.inf, low_open=True),
        coverage=_law("coverage", coverage, 0, 1, low_open=True),
        difference=_law("difference", difference, -1, 1),
    )
    if model.best_accuracy <= 1:
        raise ArgumentError(
            "sensitivity + specificity", model.best_accuracy, "laws whose sum can exceed 1"
        )
    total = whole("draws", draws, 1)
    tally = _Tally()
    for part in model.chunks(total, whole("seed", seed, 0), whole("chunk", chunk, 1)):
        tally.add(part)
    if tally.kept == 0:
        raise ArgumentError(
            "sensitivity + specificity",
            f"{model.sensitivity}, {model.specificity}",
            f"laws that can give the observed share {share!r} (all {total} draws were impossible)",
        )
    return tally.result(total)


class FactorEffect(NamedTuple):
    """What one source of doubt does alone.

    Attributes
    ----------
    factor : str
        "sampling", "reliability", "selection", "coverage", or "combined" for all of them.
    result : SimulationResult
        The simulation with the other factors neutral.
    """

    factor: str
    result: SimulationResult


def one_factor_at_a_time(
    share: float,
    n: float | None = None,
    *,
    sensitivity: LawSpecification = _NEUTRAL_ACCURACY,
    specificity: LawSpecification = _NEUTRAL_ACCURACY,
    selection_ratio: LawSpecification = _NEUTRAL_RATIO,
    coverage: LawSpecification = _FULL_COVERAGE,
    difference: LawSpecification = _NO_DIFFERENCE,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chunk: int = DEFAULT_CHUNK,
) -> tuple[FactorEffect, ...]:
    """Simulate with each source of doubt alone, then with all: the rows of a tornado chart.

    Sensitivity and specificity go together ("reliability"), and so do coverage and difference
    ("coverage"): neither does anything without the other. All rows use the same random draws.

    Parameters
    ----------
    share, n, sensitivity, specificity, selection_ratio, coverage, difference, draws, seed, chunk
        As in `simulate`.

    Returns
    -------
    tuple of FactorEffect
        In the order sampling (only if `n` is given), reliability, selection, coverage, combined.

    Raises
    ------
    ArgumentError
        As `simulate`.

    References
    ----------
    Lash, Fox and Fink 2009.
    """
    reliability = {"sensitivity": sensitivity, "specificity": specificity}
    selection = {"selection_ratio": selection_ratio}
    undercoverage = {"coverage": coverage, "difference": difference}
    rows: list[tuple[str, float | None, dict[str, LawSpecification]]] = [
        ("reliability", None, reliability),
        ("selection", None, selection),
        ("coverage", None, undercoverage),
        ("combined", n, {**reliability, **selection, **undercoverage}),
    ]
    if n is not None:
        rows.insert(0, ("sampling", n, {}))
    return tuple(
        FactorEffect(factor, simulate(share, size, **laws, draws=draws, seed=seed, chunk=chunk))
        for factor, size, laws in rows
    )


class _Chunk(NamedTuple):
    """Kept shares of one chunk, and how many of them were clipped."""

    shares: FloatArray
    clipped: int


@dataclass(frozen=True)
class _Model:
    share: float
    n: float | None
    sensitivity: Law
    specificity: Law
    selection_ratio: Law
    coverage: Law
    difference: Law

    @property
    def best_accuracy(self) -> float:
        return self.sensitivity.support[1] + self.specificity.support[1]

    @property
    def sampling(self) -> Law:
        if self.n is None:
            return Constant(self.share)
        return Beta(self.n * self.share + 0.5, self.n * (1 - self.share) + 0.5)

    def chunks(self, draws: int, seed: int, chunk: int) -> Iterator[_Chunk]:
        laws = (
            self.sampling,
            self.sensitivity,
            self.specificity,
            self.selection_ratio,
            self.coverage,
            self.difference,
        )
        streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(len(laws))]
        for start in range(0, draws, chunk):
            size = min(chunk, draws - start)
            yield _undo(*(law.draw(rng, size) for law, rng in zip(laws, streams, strict=True)))


def _undo(
    share: FloatArray,
    sensitivity: FloatArray,
    specificity: FloatArray,
    selection_ratio: FloatArray,
    coverage: FloatArray,
    difference: FloatArray,
) -> _Chunk:
    """Undo the biases, last to occur first; every step returns its input when it is neutral."""
    false_yes = 1 - specificity
    accuracy = sensitivity - false_yes
    possible = (accuracy > 0) & (false_yes <= share) & (share <= sensitivity)
    if not possible.all():
        share, false_yes, accuracy, selection_ratio, coverage, difference = (
            array[possible]
            for array in (share, false_yes, accuracy, selection_ratio, coverage, difference)
        )
    # The clip is of the last digit only: impossible draws are gone.
    true_answer = np.clip((share - false_yes) / accuracy, 0, 1)
    covered = true_answer / (true_answer + selection_ratio * (1 - true_answer))
    unclipped = covered + difference
    others = np.clip(unclipped, 0, 1)
    outside = (others != unclipped) & (coverage < 1)
    return _Chunk(covered + (1 - coverage) * (others - covered), int(np.count_nonzero(outside)))


class _Tally:
    """Running totals, of a size that does not depend on the number of draws."""

    def __init__(self) -> None:
        self.kept = 0
        self.clipped = 0
        self.origin = 0.0
        self.deviations = 0.0
        self.minimum = np.inf
        self.maximum = -np.inf
        self.counts = np.zeros(BINS, dtype=np.int64)

    def add(self, chunk: _Chunk) -> None:
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
        return SimulationResult(
            draws=draws,
            discarded=draws - self.kept,
            clipped=self.clipped,
            mean=self.origin + self.deviations / self.kept,
            minimum=self.minimum,
            maximum=self.maximum,
            counts=self.counts,
        )


def _one(name: str, given: object, checked: FloatArray) -> float:
    if checked.ndim:
        raise ArgumentError(name, given, "one number, not an array")
    return float(checked)


def _law(
    name: str,
    specification: LawSpecification,
    low: float,
    high: float,
    *,
    low_open: bool = False,
) -> Law:
    try:
        law = parse_law(specification)
    except ArgumentError as error:
        raise ArgumentError(f"{name}: {error.argument}", error.value, error.expected) from None
    least, greatest = law.support
    continuous = isinstance(law, (Beta, LogNormal))  # open support: it never takes its limits
    too_low = least <= low if low_open and not continuous else least < low
    if too_low or greatest > high:
        bracket = "]" if low_open else "["
        raise ArgumentError(name, str(law), f"a law within {bracket}{low:g}, {high:g}]")
    return law
