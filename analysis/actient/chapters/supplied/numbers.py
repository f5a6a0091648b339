"""Each chapter's question, put to the responses of one's own survey.

The poster's figures stay where they are; what a survey measures alike is set beside them, with its
own n. Chapters see totals only, never responses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd

from actient import claims as figures
from actient.bias.arguments import ArgumentError
from actient.bias.coverage import manski_bounds, manski_confidence_interval
from actient.bias.populations import composition_bias
from actient.bias.reliability import rogan_gladen, transformed_wilson
from actient.bias.selection import corrected_share, tipping_ratio
from actient.bias.simulation import simulate
from actient.chapters.combined import numbers as combined
from actient.chapters.coverage.numbers import Reading, first_readings, load_presets, readings
from actient.claims import Claim, Statement
from actient.locale import Lang, Origin
from actient.paths import Paths, checkout
from actient.records import Record
from actient.survey.publishing import aggregates as totals
from actient.survey.publishing.aggregates import Aggregates, Estimate, Share
from actient.survey.questionnaire import Measure, Questionnaire, load_questionnaire

Series = Literal[
    "printed",
    "supplied",
    "weighted",
    "pooled",
    "bounds",
    "bounds_confidence",
    "selection",
    "rds_i",
    "rds_ii",
    "corrected",
    "combined",
]
ASSUMED: Final[frozenset[Series]] = frozenset(
    ["bounds", "bounds_confidence", "selection", "rds_i", "rds_ii", "corrected", "combined"]
)

COLUMNS: Final = ["measure_id", "series", "low", "share", "high"]
RATIOS: Final = (0.5, 2.0)  # selection ratios drawn: half as readily, twice as readily

IF_RANDOM: Final = "respondents are a simple random sample of their group"
IF_UNRELATED: Final = "answers unrelated to responding within the categories of the margins"
IF_REACHED: Final = "the survey reached people as the frame's coverage says; nothing of the others"
IF_READILY: Final = "those concerned answered between half and twice as readily as the others"
IF_CHAIN: Final = "recruitment follows contacts, as respondent-driven sampling supposes"
IF_ACCURATE: Final = "answers have the sensitivity and specificity given"


@dataclass(frozen=True)
class Supplied:
    """What may be told of a survey, beside the poster's figures it can be compared with."""

    aggregates: Aggregates
    questionnaire: Questionnaire
    claims: Mapping[str, Claim]
    statements: Mapping[str, Statement]

    @property
    def origin(self) -> Origin:
        """Supplied, or synthetic."""
        return self.aggregates.origin

    @property
    def measures(self) -> dict[str, Measure]:
        """The measures, by identifier."""
        return {one.measure_id: one for one in self.questionnaire.measures}

    @property
    def shown(self) -> list[Share]:
        """The measures that may be told."""
        return [one for one in self.aggregates.measures if one.status == "published"]

    @property
    def tested(self) -> list[tuple[Share, Statement]]:
        """The measures that may be told and bear on a statement, with it."""
        by_id = self.measures
        return [
            (one, self.statements[statement])
            for one in self.shown
            if (statement := by_id[one.code].statement_id)
        ]

    @property
    def concluded(self) -> list[tuple[Share, Statement, Estimate]]:
        """Those of `tested` that have an estimate to conclude from, with it."""
        return [
            (one, statement, found)
            for one, statement in self.tested
            if (found := self.aggregates.estimate(one))
        ]

    def group_label(self, group_id: str, lang: Lang) -> str:
        """Name a group in words."""
        return next(g for g in self.questionnaire.groups if g.group_id == group_id).label(lang)


def load(responses: str, paths: Paths | None = None) -> Supplied | None:
    """Read the totals of a survey; None where none are given.

    Parameters
    ----------
    responses
        The chapters' parameter: a path from the top of the checkout, or empty.

    Raises
    ------
    actient.survey.publishing.aggregates.AggregatesError
        If there is no such file, or it does not hold totals.
    """
    if not responses:
        return None
    where = paths or checkout()
    return beside_the_poster(totals.read(where.root / Path(responses)), where)


def beside_the_poster(aggregates: Aggregates, paths: Paths | None = None) -> Supplied:
    """Set totals beside the poster's figures."""
    return Supplied(
        aggregates,
        load_questionnaire(paths),
        figures.load_claims(paths),
        figures.load_statements(paths),
    )


def results(supplied: Supplied) -> pd.DataFrame:
    """Chapter 04: the printed figure, what the survey measures, and its weighted estimate.

    Returns
    -------
    DataFrame
        As for every function here: measure_id, series, low, share, high; proportions.
    """
    return _frame(
        row for one in supplied.shown for row in (_printed(one, supplied), *_measured(one))
    )


def populations(supplied: Supplied) -> pd.DataFrame:
    """Chapter 05: what several groups answer to one question, and pooled if weights were given."""
    asked: dict[tuple[str, tuple[str, ...]], list[Share]] = {}
    for one in supplied.shown:
        measure = supplied.measures[one.code]
        asked.setdefault((measure.item_id, measure.success_codes), []).append(one)
    several = [one for alike in asked.values() if len(alike) > 1 for one in alike]
    return _frame(
        [
            *(row for one in several for row in _measured(one)),
            *(
                (found.measure_ids[0], "pooled", found.low, found.share, found.high)
                for found in supplied.aggregates.pooled
            ),
        ]
    )


def coverage(supplied: Supplied, frame: str) -> pd.DataFrame:
    """Chapter 06: bounds if nobody knows the others, then with the sampling error (Imbens-Manski).

    Only where the coverage of the statement's population by the frame is known.
    """
    known = _readings(supplied, frame)
    rows: list[Row] = []
    for one, statement in supplied.tested:
        rows += _measured(one)
        found = supplied.aggregates.estimate(one)
        if found and statement.statement_id in known:
            rows += _bounds(one, found, known[statement.statement_id])
    return _frame(rows)


def selection(supplied: Supplied) -> pd.DataFrame:
    """Chapter 07: the share behind the answers, had those concerned answered otherwise readily."""
    rows: list[Row] = []
    for one, _ in supplied.tested:
        rows += _measured(one)
        if found := supplied.aggregates.estimate(one):
            high, low = (float(corrected_share(found.share, ratio)) for ratio in RATIOS)
            rows.append((one.code, "selection", low, math.nan, high))
    return _frame(rows)


def diffusion(supplied: Supplied) -> pd.DataFrame:
    """Chapter 08: what the chain of recruitment and the numbers of contacts say."""
    chains = {
        (one.measure_id, "rds_i" if one.estimator == "RDS-I" else "rds_ii"): one
        for one in supplied.aggregates.chains
    }
    rows: list[Row] = []
    for one, _ in supplied.tested:
        rows += _measured(one)
        for name in ("rds_i", "rds_ii"):
            if found := chains.get((one.code, name)):
                rows.append((one.code, name, found.low, found.share, found.high))
    return _frame(rows)


def reliability(supplied: Supplied, sensitivity: float, specificity: float) -> pd.DataFrame:
    """Chapter 09: the share of those for whom it is true, if some answers are not."""
    rows: list[Row] = []
    for one, statement in supplied.tested:
        rows += _measured(one)
        estimate = supplied.aggregates.estimate(one)
        if estimate is None or "reliability" not in statement.biases:
            continue
        found = rogan_gladen(estimate.share, sensitivity, specificity)
        if not found.in_range:
            continue  # these accuracies cannot have given the share
        low, high = transformed_wilson(
            estimate.share, estimate.effective_n, sensitivity, specificity, estimate.confidence
        )
        rows.append(
            (
                one.code,
                "corrected",
                max(0.0, float(low)),
                float(found.value),
                min(1.0, float(high)),
            )
        )
    return _frame(rows)


def together(
    supplied: Supplied, assumptions: combined.Assumptions, *, draws: int, seed: int
) -> pd.DataFrame:
    """Chapter 10: all biases together, and the sampling error that an n allows."""
    known = _readings(supplied, combined.FRAME)
    rows: list[Row] = []
    for one, statement in supplied.tested:
        rows += _measured(one)
        estimate = supplied.aggregates.estimate(one)
        laws = combined.laws_of(statement, known.get(statement.statement_id), assumptions)
        if estimate and (found := _simulated(one.code, estimate, laws, draws, seed)):
            rows.append(found)
    return _frame(rows)


def professionals_in_sample(supplied: Supplied) -> float | None:
    """Share of professionals among those who answered, where both groups may be told."""
    sizes = {one.group_id: one.n for one in supplied.aggregates.groups}
    patients, professionals = sizes.get("patient"), sizes.get("professional")
    if not patients or not professionals:
        return None
    return professionals / (patients + professionals)


def records(supplied: Supplied | None, *frames: pd.DataFrame | None) -> list[Record]:
    """State what the frames hold, once each; nothing where there is no survey.

    Keys: `supplied_M11_n`; `supplied_M11_share`, `_low`, `_high`; `supplied_M11_bounds_low`, …;
    `supplied_M11_tipping_ratio`.
    """
    if supplied is None:
        return []
    found: dict[str, Record] = {}
    for frame in frames:
        if frame is None:
            continue
        for row in frame[frame["series"] != "printed"].to_dict("records"):
            for record in _row_records(row, supplied):
                found[record.key] = record
    for one in supplied.shown:
        key = f"supplied_{one.code}_n"
        found[key] = Record(key, float(one.base or 0), "persons", supplied.origin)
    return list(found.values())


def tipping_records(supplied: Supplied | None) -> list[Record]:
    """State the selection ratio that puts each share on its threshold."""
    if supplied is None:
        return []
    return [
        Record(
            f"supplied_{one.code}_tipping_ratio",
            float(tipping_ratio(found.share, statement.threshold)),
            "ratio",
            _computed(supplied),
        )
        for one, statement, found in supplied.concluded
    ]


def composition_records(supplied: Supplied | None, in_target: float) -> list[Record]:
    """State the bias that pooling patients and professionals would make, Kitagawa 1955."""
    if supplied is None:
        return []
    weight = professionals_in_sample(supplied)
    found = {one.code: supplied.aggregates.estimate(one) for one in supplied.shown}
    professionals, patients = found.get("M10"), found.get("M09")
    if weight is None or professionals is None or patients is None:
        return []
    gap = composition_bias(professionals.share, patients.share, weight, in_target)
    return [
        Record(
            "supplied_composition_bias",
            float(gap),
            "proportion",
            _computed(supplied),
            "the target has the share of professionals given",
        ),
        Record("supplied_professionals", weight, "proportion", supplied.origin),
    ]


Row = tuple[str, Series, float, float, float]


def _frame(rows: Iterable[Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


def _printed(one: Share, supplied: Supplied) -> Row:
    share = supplied.claims[supplied.measures[one.code].claim_id].proportion
    return (one.code, "printed", math.nan, share, math.nan)


def _measured(one: Share) -> Iterator[Row]:
    """Give what was answered and, where it is weighted, what it is estimated to be."""
    assert one.share is not None and one.low is not None and one.high is not None  # noqa: S101, PT018
    yield (one.code, "supplied", one.low, one.share, one.high)
    if one.weighted:
        yield (one.code, "weighted", one.weighted.low, one.weighted.share, one.weighted.high)


def _readings(supplied: Supplied, frame: str) -> dict[str, Reading]:
    found = readings(supplied.statements.values(), load_presets(), frame)
    return first_readings(found)


def _bounds(one: Share, found: Estimate, reading: Reading) -> list[Row]:
    covered = reading.preset.value
    low, high = manski_bounds(found.share, covered)
    outer = manski_confidence_interval(found.share, covered, found.effective_n, found.confidence)
    return [
        (one.code, "bounds", float(low), math.nan, float(high)),
        (
            one.code,
            "bounds_confidence",
            max(0.0, float(outer.low)),
            math.nan,
            min(1.0, float(outer.high)),
        ),
    ]


def _simulated(
    measure_id: str, found: Estimate, laws: Mapping[str, Any], draws: int, seed: int
) -> Row | None:
    try:
        result = simulate(found.share, found.effective_n, **laws, draws=draws, seed=seed)
    except ArgumentError as error:
        if error.argument != combined.ACCURACY:
            raise
        return None  # no draw could have given this share
    low, high = result.interval(found.confidence)
    # what the number of draws supports, so that processors agree on it
    return (
        measure_id,
        "combined",
        round(float(low), 4),
        round(result.median, 4),
        round(float(high), 4),
    )


_LAWS: Final = combined.IF_LAWS.replace("; no sampling error", "")
_POOLED: Final = "groups weigh in the target as given"
_RESTS: Final[Mapping[Series, str]] = {
    "supplied": IF_RANDOM,
    "weighted": IF_UNRELATED,
    "bounds": IF_REACHED,
    "bounds_confidence": f"{IF_REACHED}; {IF_RANDOM}",
    "selection": IF_READILY,
    "rds_i": IF_CHAIN,
    "rds_ii": IF_CHAIN,
    "corrected": IF_ACCURATE,
    "combined": _LAWS,
}
_RESTS_WEIGHTED: Final[Mapping[Series, str]] = {
    "bounds": f"{IF_REACHED}; {IF_UNRELATED}",
    "bounds_confidence": f"{IF_REACHED}; {IF_UNRELATED}",
    "selection": f"{IF_READILY}, within the categories of the margins",
    "corrected": f"{IF_ACCURATE}; {IF_UNRELATED}",
    "combined": f"{_LAWS}, within the categories of the margins",
}


def _rests(series: Series, measure_id: str, supplied: Supplied) -> str:
    """Say what a figure rests on, which weights change."""
    aggregates = supplied.aggregates
    if series == "pooled":
        found = next(one for one in aggregates.pooled if one.measure_ids[0] == measure_id)
        plain = len(found.weighted) < len(found.weights)
        parts = [IF_UNRELATED] * bool(found.weighted) + [IF_RANDOM] * plain
        return "; ".join([_POOLED, *parts])
    one = aggregates.measure(measure_id)
    estimate = aggregates.estimate(one) if one else None
    if estimate and estimate.weighted and series in _RESTS_WEIGHTED:
        return _RESTS_WEIGHTED[series]
    return _RESTS[series]


def _row_records(row: Mapping[Any, Any], supplied: Supplied) -> Iterator[Record]:
    series: Series = row["series"]
    key = f"supplied_{row['measure_id']}" + ("" if series == "supplied" else f"_{series}")
    for name in ("share", "low", "high"):
        if not math.isnan(row[name]):
            exact = series == "supplied" and name == "share"
            yield Record(
                f"{key}_{name}",
                row[name],
                "proportion",
                supplied.origin if exact else _computed(supplied),
                None if exact else _rests(series, row["measure_id"], supplied),
            )


def _computed(supplied: Supplied) -> Origin:
    # What is computed from invented answers is invented too.
    return "synthetic" if supplied.origin == "synthetic" else "computed"
