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

from actient.bias.arguments import ArgumentError, FloatArray, positive, proportion, whole
from actient.bias.distribution import (
    BINS,
    WARNING_RATE,
    Chunk,
    Histogram,
    SimulationResult,
    Tally,
)
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

DEFAULT_DRAWS = 100_000
DEFAULT_SEED = 20181
DEFAULT_CHUNK = 131_072

_NEUTRAL_ACCURACY = Constant(1.0)
_NEUTRAL_RATIO = Constant(1.0)
_FULL_COVERAGE = Constant(1.0)
_NO_DIFFERENCE = Constant(0.0)


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
    tally = Tally()
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

    def chunks(self, draws: int, seed: int, chunk: int) -> Iterator[Chunk]:
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
) -> Chunk:
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
    return Chunk(covered + (1 - coverage) * (others - covered), int(np.count_nonzero(outside)))


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
