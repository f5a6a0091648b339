"""Chapter 10: all biases together, each drawn at random within what its assumptions allow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from actient.bias.arguments import ArgumentError
from actient.bias.simulation import (
    LogNormal,
    SimulationResult,
    Triangular,
    simulate,
)
from actient.chapters.coverage.numbers import Preset, Reading, first_readings, readings
from actient.claims import Claim, Statement, printed
from actient.records import Record

Factor = Literal["reliability", "selection", "coverage", "combined"]
FACTORS: Final[tuple[Factor, ...]] = ("reliability", "selection", "coverage", "combined")
Status = Literal["undone", "not concerned", "coverage unknown", "impossible"]

FRAME: Final = "social_networks"  # the poster's questionnaire was on Facebook
LEVEL: Final = 0.95
RARELY: Final = 0.05  # a statement that fails in fewer draws is said to survive

ACCURACY: Final = "sensitivity + specificity"  # what `simulate` then says is at fault
IF_LAWS: Final = "the biases follow the laws of the chapter's parameters; no sampling error"


@dataclass(frozen=True)
class Assumptions:
    """The laws that the biases are drawn from.

    Attributes
    ----------
    sensitivity, specificity
        Triangular: lowest, likeliest, highest; proportions.
    selection_ratio
        Log-normal: limits of its central 95%; ratios.
    difference
        Triangular: lowest, likeliest, highest difference of those out of reach; proportions.
    """

    sensitivity: Sequence[float]
    specificity: Sequence[float]
    selection_ratio: Sequence[float]
    difference: Sequence[float]


@dataclass(frozen=True, eq=False)
class Outcome:
    """What undoing one bias, or all, does to one statement.

    Attributes
    ----------
    status
        Whether the bias was undone; if not, why. Impossible: no draw could have given the figure.
    result
        The simulation; None if the bias was not undone.
    """

    statement: Statement
    factor: Factor
    status: Status
    result: SimulationResult | None

    @property
    def fails(self) -> float:
        """Part of the kept draws in which the statement is false; 0 if nothing was undone."""
        if self.result is None:
            return 0.0
        if self.statement.direction == "below":
            return 1 - self.result.below(self.statement.threshold)
        return 1 - self.result.above(self.statement.threshold)


def outcomes(
    statements: Mapping[str, Statement],
    claims: Mapping[str, Claim],
    presets: Sequence[Preset],
    assumptions: Assumptions,
    *,
    draws: int,
    seed: int,
) -> list[Outcome]:
    """Simulate each statement under each bias alone, then under all of them.

    The biases are undone last to occur first: false answers, then selection, then coverage (Lash,
    Fox and Fink 2009). Only those listed for the statement are; coverage only where a preset is
    known for its population, at the frame of social networks.

    Parameters
    ----------
    draws
        Random draws for each simulation.
    seed
        Seed: one seed, one result.
    """
    coverages = first_readings(readings(statements.values(), presets, FRAME))
    found = []
    for one in statements.values():
        laws = _laws(one, coverages.get(one.statement_id), assumptions)
        share = claims[one.claim_id].proportion
        every = laws_of(one, coverages.get(one.statement_id), assumptions)
        for factor in FACTORS:
            chosen = every if factor == "combined" else laws.get(factor)
            result = None if chosen is None else _simulated(share, chosen, draws, seed)
            found.append(Outcome(one, factor, _status(one, factor, chosen, result), result))
    return found


def laws_of(one: Statement, reading: Reading | None, assumptions: Assumptions) -> dict[str, Any]:
    """Gather the laws of every bias that may act on a statement, as `simulate` takes them.

    Parameters
    ----------
    reading
        The coverage put on the statement; None where it is unknown.
    """
    by_factor = _laws(one, reading, assumptions)
    return {name: law for of in by_factor.values() for name, law in of.items()}


def intervals(found: Sequence[Outcome]) -> pd.DataFrame:
    """Lay the outcomes out as a table.

    Returns
    -------
    DataFrame
        One row per statement and factor: statement_id, factor, status, low, median, high (central
        simulation interval of 95%), fails, discarded (part of the draws), clipped (part of the kept
        draws); proportions, missing where nothing was undone.
    """
    return pd.DataFrame([_row(one) for one in found])


def coverage_readings(
    statements: Mapping[str, Statement], presets: Sequence[Preset]
) -> dict[str, Reading]:
    """Return the coverage put on each statement that has one."""
    return first_readings(readings(statements.values(), presets, FRAME))


def surviving(found: Sequence[Outcome]) -> list[str]:
    """List the statements that fail in fewer than one draw in twenty, all biases together."""
    return [
        one.statement.statement_id
        for one in found
        if one.factor == "combined" and one.result is not None and one.fails < RARELY
    ]


def uncovered(found: Sequence[Outcome]) -> list[str]:
    """List the statements whose coverage is unknown, so that it is not undone."""
    return [one.statement.statement_id for one in found if one.status == "coverage unknown"]


def ill_fitting(found: Sequence[Outcome]) -> list[str]:
    """List the statements for whose figure many draws were discarded or clipped, all together."""
    return [
        one.statement.statement_id
        for one in found
        if one.factor == "combined" and one.result is not None and _warned(one.result)
    ]


def records(claims: Mapping[str, Claim], found: Sequence[Outcome]) -> list[Record]:
    """State the chapter's results.

    Keys: `C11`; for each bias undone `T11_selection_low`, `_high` and `_fails`; for all together
    `T11_low`, `T11_median`, `T11_high`, `T11_fails`, `T11_discarded`, `T11_clipped`;
    `statement_count`, `surviving_count`; `uncovered_count` (statements whose coverage, unknown, is
    not undone), `ill_fitting_count` (statements for whose figure many draws were discarded or
    clipped).
    """
    tested = {one.statement.claim_id: claims[one.statement.claim_id] for one in found}
    return [
        *printed(tested.values()),
        *(record for one in found for record in _outcome_records(one)),
        Record("statement_count", float(len(tested)), "count", "computed"),
        Record("surviving_count", float(len(surviving(found))), "count", "computed", IF_LAWS),
        Record("uncovered_count", float(len(uncovered(found))), "count", "computed"),
        Record("ill_fitting_count", float(len(ill_fitting(found))), "count", "computed", IF_LAWS),
    ]


def _laws(
    one: Statement, reading: Reading | None, assumptions: Assumptions
) -> dict[Factor, dict[str, Any]]:
    laws: dict[Factor, dict[str, Any]] = {}
    if "reliability" in one.biases:
        laws["reliability"] = {
            "sensitivity": Triangular(*assumptions.sensitivity),
            "specificity": Triangular(*assumptions.specificity),
        }
    if "selection" in one.biases:
        low, high = assumptions.selection_ratio
        laws["selection"] = {"selection_ratio": LogNormal(math.sqrt(low * high), high)}
    if "coverage" in one.biases and reading is not None:
        laws["coverage"] = {
            "coverage": reading.preset.value,
            "difference": Triangular(*assumptions.difference),
        }
    return laws


def _simulated(
    share: float, laws: Mapping[str, Any], draws: int, seed: int
) -> SimulationResult | None:
    """Simulate, or return None if no draw could have given the printed share."""
    try:
        return simulate(share, **laws, draws=draws, seed=seed)
    except ArgumentError as error:
        if error.argument != ACCURACY:
            raise
        return None


def _status(
    one: Statement,
    factor: Factor,
    chosen: Mapping[str, Any] | None,
    result: SimulationResult | None,
) -> Status:
    if chosen is not None:
        return "impossible" if result is None else "undone"
    return "coverage unknown" if factor in one.biases else "not concerned"


def _row(one: Outcome) -> dict[str, object]:
    head: dict[str, object] = {
        "statement_id": one.statement.statement_id,
        "factor": one.factor,
        "status": one.status,
    }
    if one.result is None:
        return head
    low, high = one.result.interval(LEVEL)
    return {
        **head,
        "low": _rounded(float(low)),
        "median": _rounded(one.result.median),
        "high": _rounded(float(high)),
        "fails": _rounded(one.fails),
        "discarded": _rounded(one.result.discard_rate),
        "clipped": _rounded(one.result.clip_rate),
        "warned": _warned(one.result),
    }


def _warned(result: SimulationResult) -> bool:
    return result.too_many_discarded or result.too_many_clipped


def _rounded(value: float) -> float:
    """Keep what the number of draws supports, so that processors agree on it."""
    return round(value, 4)


def _outcome_records(one: Outcome) -> Iterator[Record]:
    if one.result is None:
        return
    combined = one.factor == "combined"
    key = one.statement.statement_id if combined else f"{one.statement.statement_id}_{one.factor}"
    low, high = one.result.interval(LEVEL)
    values = {"low": float(low), "high": float(high), "fails": one.fails}
    if combined:
        values |= {
            "median": one.result.median,
            "discarded": one.result.discard_rate,
            "clipped": one.result.clip_rate,
        }
    for name, value in values.items():
        yield Record(f"{key}_{name}", _rounded(value), "proportion", "computed", IF_LAWS)
