"""Validation: whether intervals keep their promise where the truth is known.

In each simulated world one bias acts, and many surveys of it are drawn. An interval that promises
95 % must contain the true share in 95 % of them, when what it supposes is true of that world. The
naive interval stands beside it, and so does the same correction with a wrong assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from actient.bias import normal
from actient.bias.arguments import ArgumentError, FloatArray, between, inner_proportion, whole
from actient.bias.coverage import manski_bounds, manski_confidence_interval
from actient.bias.interval import Interval
from actient.bias.populations import post_stratified
from actient.bias.referral import Chain, IntArray, ReferralParameters, build_graph, run_chain
from actient.bias.reliability import apparent_share, rogan_gladen, transformed_wilson
from actient.bias.respondent_driven import rds_ii
from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share, observed_share
from actient.records import Record

Role = Literal["naive", "right", "wrong"]
COLUMNS: Final = (
    "world",
    "estimator",
    "role",
    "promise",
    "coverage",
    "mc_error",
    "mean_bias",
    "mean_width",
    "design_effect",
    "replications",
)


@dataclass(frozen=True)
class StudyParameters:
    """How the study is run.

    Attributes
    ----------
    replications : int
        Surveys drawn in each world without referral, 100 or more.
    launches : int
        Launches tried in each referral world, 20 or more; those that die out before
        `fewest_respondents` are left out, as nobody would publish them.
    n : int
        Respondents of a survey (for referral: where collection stops), from 100 to the population
        of the referral worlds.
    fewest_respondents : int
        Respondents a launch must reach to count, from 2 to n.
    graphs : int
        Populations over which the launches are spread, from 1 to `launches`.
    confidence : float
        Two-sided confidence level of every interval, in ]0, 1[.
    seed : int
        Seed of the random numbers, 0 or more. Each world has its own stream.

    Raises
    ------
    ArgumentError
        If a value is out of bounds.
    """

    replications: int = 20_000
    launches: int = 600
    n: int = 400
    fewest_respondents: int = 50
    graphs: int = 2
    confidence: float = 0.95
    seed: int = 20181

    def __post_init__(self) -> None:
        """Check the bounds."""
        whole("replications", self.replications, 100)
        whole("launches", self.launches, 20)
        whole("n", self.n, 100)
        between("n", self.n, 100, REFERRAL.population)
        whole("n", self.n, whole("fewest_respondents", self.fewest_respondents, 2))
        whole("launches", self.launches, whole("graphs", self.graphs, 1))
        inner_proportion("confidence", self.confidence)
        whole("seed", self.seed, 0)


# The simulated worlds. Their numbers are chosen, none is measured: each bias is strong enough to be
# seen and weak enough to be plausible. The true share is the same in all, and on no poster.
TRUE_SHARE: Final = 0.4
SENSITIVITY, SPECIFICITY, WRONG_ACCURACY = 0.85, 0.80, 0.95
COVERED, WRONG_COVERED = 0.80, 0.90
STRATA, TARGET, SAMPLE, WRONG_TARGET = (0.64, 0.34), (0.2, 0.8), (0.5, 0.5), (0.4, 0.6)
SELECTION_RATIO, WRONG_SELECTION_RATIO = 1.5, 1.25
REFERRAL: Final = ReferralParameters(share=TRUE_SHARE)
REFERRAL_WORLDS: Final[dict[str, ReferralParameters]] = {
    "referral": REFERRAL,
    "referral_degree": replace(REFERRAL, degree_ratio=1.5),
    "referral_homophily": replace(REFERRAL, homophily=0.5),
    "referral_willing": replace(REFERRAL, answer_odds_ratio=1.5),
    "referral_all": replace(REFERRAL, degree_ratio=1.5, homophily=0.5, answer_odds_ratio=1.5),
}


def study(parameters: StudyParameters | None = None) -> pd.DataFrame:
    """Draw surveys in every simulated world and count how often each interval held the truth.

    Returns
    -------
    DataFrame
        One row per world and estimator, all synthetic, all proportions but the last two: world;
        estimator; role ("naive": no correction, "right": corrected with the world's own numbers,
        "wrong": corrected with other numbers, or less than the world asks); promise (confidence
        that the estimator rightly claims in that world, missing where it claims nothing); coverage
        (part of the intervals that hold the true share); mc_error (its Monte-Carlo standard
        error); mean_bias (missing for bounds, which have no point); mean_width; design_effect
        (variance of the estimates over that of simple random samples as large; missing for
        bounds); replications.

    Raises
    ------
    ArgumentError
        If no launch of a referral world reached the fewest respondents.
    """
    chosen = parameters or StudyParameters()
    worlds: list[_World] = [_random, _false_answers, _undercoverage, _composition, _selection]
    worlds += [partial(_referral, name, world) for name, world in REFERRAL_WORLDS.items()]
    streams = np.random.SeedSequence(chosen.seed).spawn(len(worlds))
    rows = [
        _row(result, chosen)
        for world, stream in zip(worlds, streams, strict=True)
        for result in world(chosen, np.random.default_rng(stream))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def records(found: pd.DataFrame, parameters: StudyParameters) -> list[Record]:
    """State the study's results, all synthetic.

    Keys: `validation_false_answers_naive_coverage`, `_bias` (points) and so on for each world and
    estimator; `validation_lowest_promised` and `_highest_promised` (coverage of the intervals that
    promise it); `validation_mc_error` and `validation_referral_mc_error` (largest Monte-Carlo
    standard error, in points); `validation_replications`, `validation_launches`, `validation_n`.

    Parameters
    ----------
    found
        As `study` returns it.
    """
    by_row = [
        record
        for row in found.to_dict("records")
        for record in _row_records(
            f"validation_{row['world']}_{row['estimator']}", row["coverage"], row["mean_bias"]
        )
    ]
    referral = found["world"].isin(list(REFERRAL_WORLDS))
    promised = found.loc[found["promise"].notna(), "coverage"]
    error = found["mc_error"] * 100
    return [
        *by_row,
        Record("validation_lowest_promised", promised.min(), "proportion", "synthetic"),
        Record("validation_highest_promised", promised.max(), "proportion", "synthetic"),
        Record("validation_mc_error", error[~referral].max(), "percentage points", "synthetic"),
        Record(
            "validation_referral_mc_error", error[referral].max(), "percentage points", "synthetic"
        ),
        Record("validation_replications", parameters.replications, "count", "synthetic"),
        Record("validation_launches", parameters.launches, "count", "synthetic"),
        Record("validation_n", parameters.n, "persons", "synthetic"),
    ]


class _Result(NamedTuple):
    """Every survey's interval by one estimator; no point estimate for bounds."""

    world: str
    estimator: str
    role: Role
    promises: bool
    interval: Interval
    estimate: FloatArray | None
    sizes: IntArray | None = None  # respondents of each survey, where they differ


_World = Callable[[StudyParameters, np.random.Generator], Iterator[_Result]]


def _row(result: _Result, chosen: StudyParameters) -> tuple[object, ...]:
    low, high = np.asarray(result.interval.low), np.asarray(result.interval.high)
    coverage = float(np.mean((low <= TRUE_SHARE) & (high >= TRUE_SHARE)))
    bias = effect = np.nan
    if result.estimate is not None:
        bias = float(np.mean(result.estimate) - TRUE_SHARE)
        sizes = np.array(chosen.n) if result.sizes is None else result.sizes
        random_variance = TRUE_SHARE * (1 - TRUE_SHARE) * float(np.mean(1 / sizes))
        effect = float(np.var(result.estimate)) / random_variance
    return (
        result.world,
        result.estimator,
        result.role,
        chosen.confidence if result.promises else np.nan,
        coverage,
        float(np.sqrt(coverage * (1 - coverage) / low.size)),
        bias,
        float(np.mean(high - low)),
        effect,
        low.size,
    )


def _row_records(key: str, coverage: float, bias: float) -> list[Record]:
    found = [Record(f"{key}_coverage", coverage, "proportion", "synthetic")]
    if not np.isnan(bias):
        found.append(Record(f"{key}_bias", bias * 100, "percentage points", "synthetic"))
    return found


def _random(chosen: StudyParameters, rng: np.random.Generator) -> Iterator[_Result]:
    share = _observed(TRUE_SHARE, chosen, rng)
    interval = wilson(share, chosen.n, chosen.confidence)
    yield _Result("random", "wilson", "right", True, interval, share)


def _false_answers(chosen: StudyParameters, rng: np.random.Generator) -> Iterator[_Result]:
    share = _observed(float(apparent_share(TRUE_SHARE, SENSITIVITY, SPECIFICITY)), chosen, rng)
    plain = wilson(share, chosen.n, chosen.confidence)
    yield _Result("false_answers", "naive", "naive", False, plain, share)
    cases: list[tuple[str, Role, tuple[float, float]]] = [
        ("transformed_wilson", "right", (SENSITIVITY, SPECIFICITY)),
        ("wrong_accuracy", "wrong", (WRONG_ACCURACY, WRONG_ACCURACY)),
    ]
    for estimator, role, accuracy in cases:
        interval = transformed_wilson(share, chosen.n, *accuracy, chosen.confidence)
        value = np.asarray(rogan_gladen(share, *accuracy).value)
        yield _Result("false_answers", estimator, role, role == "right", interval, value)
    # Drawn around the corrected share as if it had been observed: too narrow (Reiczigel 2010).
    value = np.asarray(rogan_gladen(share, SENSITIVITY, SPECIFICITY).value)
    around = wilson(np.clip(value, 0, 1), chosen.n, chosen.confidence)
    yield _Result("false_answers", "wilson_around_corrected", "wrong", False, around, value)


def _undercoverage(chosen: StudyParameters, rng: np.random.Generator) -> Iterator[_Result]:
    # The worst the identified set allows: all of those not covered would say yes.
    covered_share = (TRUE_SHARE - (1 - COVERED)) / COVERED
    share = _observed(covered_share, chosen, rng)
    plain = wilson(share, chosen.n, chosen.confidence)
    yield _Result("undercoverage", "naive", "naive", False, plain, share)
    inner = np.clip(share, 0.5 / chosen.n, 1 - 0.5 / chosen.n)  # 0 and 1 have no standard error
    right = manski_confidence_interval(inner, COVERED, chosen.n, chosen.confidence)
    yield _Result("undercoverage", "imbens_manski", "right", True, right, None)
    yield _Result(
        "undercoverage", "bounds_alone", "wrong", False, manski_bounds(share, COVERED), None
    )
    wrong = manski_confidence_interval(inner, WRONG_COVERED, chosen.n, chosen.confidence)
    yield _Result("undercoverage", "wrong_coverage", "wrong", False, wrong, None)


def _composition(chosen: StudyParameters, rng: np.random.Generator) -> Iterator[_Result]:
    sizes = np.array([round(part * chosen.n) for part in SAMPLE])
    shares = rng.binomial(sizes, STRATA, size=(chosen.replications, len(STRATA))) / sizes
    pooled = shares @ sizes / sizes.sum()
    plain = wilson(pooled, sizes.sum(), chosen.confidence)
    yield _Result("composition", "naive", "naive", False, plain, pooled)
    cases: list[tuple[str, Role, tuple[float, ...]]] = [
        ("post_stratified", "right", TARGET),
        ("wrong_weights", "wrong", WRONG_TARGET),
    ]
    for estimator, role, weights in cases:
        weighted = post_stratified(shares, np.array(weights), sizes)
        value, variance = np.asarray(weighted.share), np.asarray(weighted.variance)
        margin = normal.two_sided(np.asarray(chosen.confidence)) * np.sqrt(variance)
        interval = Interval(value - margin, value + margin)
        yield _Result("composition", estimator, role, role == "right", interval, value)


def _selection(chosen: StudyParameters, rng: np.random.Generator) -> Iterator[_Result]:
    share = _observed(float(observed_share(TRUE_SHARE, SELECTION_RATIO)), chosen, rng)
    plain = wilson(share, chosen.n, chosen.confidence)
    yield _Result("selection", "naive", "naive", False, plain, share)
    cases: list[tuple[str, Role, float]] = [
        ("corrected_ratio", "right", SELECTION_RATIO),
        ("wrong_ratio", "wrong", WRONG_SELECTION_RATIO),
    ]
    for estimator, role, ratio in cases:
        value = np.asarray(corrected_share(share, ratio))
        limits = Interval(*(corrected_share(limit, ratio) for limit in plain))
        yield _Result("selection", estimator, role, role == "right", limits, value)


def _referral(
    name: str, world: ReferralParameters, chosen: StudyParameters, rng: np.random.Generator
) -> Iterator[_Result]:
    """Nothing is promised: the interval of RDS-II supposes independent respondents."""
    chains = _launches(name, replace(world, max_respondents=chosen.n), chosen, rng)
    sizes = np.array([chain.size for chain in chains])
    share = np.array([chain.says_yes.mean() for chain in chains])
    plain = wilson(share, sizes, chosen.confidence)
    yield _Result(name, "naive", "naive", False, plain, share, sizes)
    weighted = [rds_ii(chain.says_yes, chain.degree, chosen.confidence) for chain in chains]
    low, high = (np.array([one.interval[end] for one in weighted]) for end in (0, 1))
    value = np.array([one.share for one in weighted])
    # It corrects the numbers of contacts and nothing else.
    only_contacts = world.homophily == 0 and world.answer_odds_ratio == 1
    role: Role = "right" if only_contacts else "wrong"
    yield _Result(name, "rds_ii", role, False, Interval(low, high), value, sizes)


def _launches(
    name: str, world: ReferralParameters, chosen: StudyParameters, rng: np.random.Generator
) -> list[Chain]:
    graphs = [build_graph(world, rng) for _ in range(chosen.graphs)]
    chains = [
        run_chain(graphs[launch % len(graphs)], world, rng) for launch in range(chosen.launches)
    ]
    kept = [chain for chain in chains if chain.size >= chosen.fewest_respondents]
    if not kept:
        largest = max(chain.size for chain in chains)
        expected = f"at most {largest}, what the best launch of the world {name!r} reached"
        raise ArgumentError("fewest_respondents", chosen.fewest_respondents, expected)
    return kept


def _observed(share: float, chosen: StudyParameters, rng: np.random.Generator) -> FloatArray:
    return rng.binomial(chosen.n, share, size=chosen.replications) / chosen.n
