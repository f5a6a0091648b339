"""Chapter 06: what people out of the questionnaire's reach can do to each statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from actient import tables
from actient.bias.coverage import (
    TippingShare,
    bounded_difference,
    manski_bounds,
    prevalence_ratio,
    tipping_share,
)
from actient.claims import Claim, Statement, printed
from actient.locale import Origin
from actient.paths import Paths
from actient.records import Record
from actient.tables import Worded

NOT_STATED: Final = "not_stated"
READ_AS: Final = "residents"  # the one reading for which every frame has a preset
READINGS: Final = (READ_AS, "internautes")
GRID: Final = tuple(float(c) for c in np.round(np.linspace(0.04, 1, 49), 2))

IF_MEASURED: Final = "the figure was measured among those the questionnaire reaches"
IF_READ_AS: Final = "the statement, whose population is not stated, is read as being about {}"
OUT_OF_REACH: Final = "not a possible share: no answer of the others could tip the statement"


@dataclass(frozen=True)
class Preset:
    """A known coverage: a row of `data/sources/coverage_presets.csv`.

    Attributes
    ----------
    target_population
        Whose coverage it is.
    frame
        What one must have or use to be reached.
    value
        Part of that population that the frame covers, in ]0, 1].
    """

    preset_id: str
    target_population: str
    frame: str
    value: float
    origin: Origin
    definition: Worded


def load_presets(paths: Paths | None = None) -> tuple[Preset, ...]:
    """Load the known coverages.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    return tables.rows("coverage_presets", Preset, paths)


@dataclass(frozen=True)
class Reading:
    """A coverage put on a statement.

    Attributes
    ----------
    assumed
        Whether the statement's population is not stated, so that the preset's is our reading.
    """

    statement: Statement
    preset: Preset
    assumed: bool

    @property
    def assumption(self) -> str:
        """What a number computed with this coverage rests on."""
        if not self.assumed:
            return IF_MEASURED
        return f"{IF_MEASURED}; {IF_READ_AS.format(self.preset.target_population)}"


def readings(
    statements: Iterable[Statement], presets: Iterable[Preset], frame: str
) -> list[Reading]:
    """Put on each statement every preset that its population allows; on most there is none.

    A statement whose population is not stated is read as being about residents, then about
    internautes: both are assumptions. For doctors, health professionals and patients no coverage
    is known.
    """
    of_frame = [preset for preset in presets if preset.frame == frame]
    return [
        Reading(one, preset, one.target_population == NOT_STATED)
        for one in statements
        for population in _populations(one)
        for preset in of_frame
        if preset.target_population == population
    ]


def first_readings(found: Iterable[Reading]) -> dict[str, Reading]:
    """Choose one reading per statement: its first population and, of that one, least coverage.

    Least coverage gives the widest bounds: they hold whichever preset is right.
    """
    chosen: dict[str, Reading] = {}
    for one in found:
        known = chosen.setdefault(one.statement.statement_id, one)
        same_population = known.preset.target_population == one.preset.target_population
        if same_population and one.preset.value < known.preset.value:
            chosen[one.statement.statement_id] = one
    return chosen


def bounds_grid(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    coverages: Sequence[float] = GRID,
) -> pd.DataFrame:
    """Compute the bounds of each statement's share over coverage, nothing assumed of the others.

    Returns
    -------
    DataFrame
        One row per statement and coverage, all proportions: statement_id, coverage, share (as
        printed), low, high (Manski 1989), threshold.
    """
    c = np.asarray(coverages)
    parts = []
    for one in statements:
        share = claims[one.claim_id].proportion
        low, high = manski_bounds(share, c)
        columns = {"coverage": c, "share": share, "low": low, "high": high}
        parts.append(
            pd.DataFrame({"statement_id": one.statement_id, **columns, "threshold": one.threshold})
        )
    return pd.concat(parts, ignore_index=True)


def needed_coverage(share: float, statement: Statement) -> float:
    """Return the coverage from which on nobody out of reach can make the statement false.

    c* = τ/p for "more than τ", (1 - τ)/(1 - p) for "fewer than τ": the Manski (1989) bound on the
    threshold, solved for c. Above 1 when the statement fails of p itself.

    Parameters
    ----------
    share
        Share p among the covered, in ]0, 1[.
    """
    if statement.direction == "above":
        return statement.threshold / share
    return (1 - statement.threshold) / (1 - share)


def needed(statements: Iterable[Statement], claims: Mapping[str, Claim]) -> pd.DataFrame:
    """Compute the coverage each statement needs.

    Returns
    -------
    DataFrame
        statement_id, printed (coverage needed at the figure as printed), worst (at the worst end
        of its rounding), both in proportion.
    """
    rows = [
        (
            one.statement_id,
            needed_coverage(claims[one.claim_id].proportion, one),
            needed_coverage(one.worst_end(claims[one.claim_id]), one),
        )
        for one in statements
    ]
    return pd.DataFrame(rows, columns=["statement_id", "printed", "worst"])


def ladder(
    reading: Reading,
    claim: Claim,
    *,
    max_difference: float,
    ratios: Sequence[float],
) -> pd.DataFrame:
    """Compute what one statement's share can be as one assumes more and more of the others.

    Returns
    -------
    DataFrame
        One row per rung, 0 to 3: rung, low, high (proportions; equal on rung 3), may_fail.
    """
    share, coverage = claim.proportion, reading.preset.value
    none = manski_bounds(share, coverage)
    difference = bounded_difference(share, coverage, max_difference)
    at_least, at_most = (prevalence_ratio(share, coverage, ratio) for ratio in ratios)
    limits = [tuple(none), tuple(difference), (at_least, at_most), (share, share)]
    holds = reading.statement.holds
    rows = [
        (rung, float(low), float(high), not (holds(float(low)) and holds(float(high))))
        for rung, (low, high) in enumerate(limits)
    ]
    return pd.DataFrame(rows, columns=["rung", "low", "high", "may_fail"])


def records(
    claims: Mapping[str, Claim],
    found: Sequence[Reading],
    *,
    statements: Mapping[str, Statement],
    rungs: pd.DataFrame,
) -> list[Record]:
    """State the chapter's results.

    Keys: `C11`; `T11_needed_coverage` and `_worst`; for the statements with a preset
    `T11_coverage`, `T11_bounds_low` and `_high` (nothing assumed, as printed), `T11_tipping_share`
    and `_worst`; `T11_internautes_bounds_low` and `_high` for the second reading;
    `T11_rung_1_low` and so on.
    """
    chosen = first_readings(found)
    tested = [claims[one.claim_id] for one in statements.values()]
    second = [one for one in found if one.assumed and one.preset.target_population != READ_AS]
    return [
        *printed(tested),
        *_needed_records(statements, claims),
        *(record for one in chosen.values() for record in _reading_records(one, claims)),
        *(record for one in second for record in _second_records(one, claims)),
        *_rung_records(chosen["T11"], rungs),
    ]


def _populations(statement: Statement) -> tuple[str, ...]:
    if statement.target_population == NOT_STATED:
        return READINGS
    return (statement.target_population,)


def _needed_records(
    statements: Mapping[str, Statement], claims: Mapping[str, Claim]
) -> list[Record]:
    return [
        Record(f"{row['statement_id']}_needed_coverage{end}", row[at], "proportion", "computed")
        for row in needed(statements.values(), claims).to_dict("records")
        for end, at in (("", "printed"), ("_worst", "worst"))
    ]


def _reading_records(reading: Reading, claims: Mapping[str, Claim]) -> list[Record]:
    one, coverage = reading.statement, reading.preset.value
    claim, rests = claims[one.claim_id], reading.assumption
    low, high = manski_bounds(claim.proportion, coverage)
    values: dict[str, tuple[float, Origin, str | None]] = {
        "coverage": (coverage, reading.preset.origin, rests if reading.assumed else None),
        "bounds_low": (float(low), "computed", rests),
        "bounds_high": (float(high), "computed", rests),
    }
    for end, share in (("", claim.proportion), ("_worst", one.worst_end(claim))):
        tip = tipping_share(share, coverage, one.threshold)
        values[f"tipping_share{end}"] = (float(tip.value), "computed", _tip_assumption(tip, rests))
    return [
        Record(f"{one.statement_id}_{key}", value, "proportion", origin, assumption)
        for key, (value, origin, assumption) in values.items()
    ]


def _tip_assumption(tip: TippingShare, rests: str) -> str:
    return rests if tip.reachable else f"{rests}; {OUT_OF_REACH}"


def _second_records(reading: Reading, claims: Mapping[str, Claim]) -> list[Record]:
    one, population = reading.statement, reading.preset.target_population
    bounds = manski_bounds(claims[one.claim_id].proportion, reading.preset.value)
    key = f"{one.statement_id}_{population}"
    rests = reading.assumption
    return [
        Record(f"{key}_coverage", reading.preset.value, "proportion", reading.preset.origin, rests),
        Record(f"{key}_bounds_low", float(bounds.low), "proportion", "computed", rests),
        Record(f"{key}_bounds_high", float(bounds.high), "proportion", "computed", rests),
    ]


_RUNGS: Final = {
    1: "those out of reach differ by no more than max_difference",
    2: "their share is within the prevalence ratios given",
}


def _rung_records(reading: Reading, rungs: pd.DataFrame) -> list[Record]:
    return [
        Record(
            f"{reading.statement.statement_id}_rung_{row['rung']}_{end}",
            row[end],
            "proportion",
            "computed",
            f"{reading.assumption}; {_RUNGS[row['rung']]}",
        )
        for row in rungs.to_dict("records")
        if row["rung"] in _RUNGS
        for end in ("low", "high")
    ]
