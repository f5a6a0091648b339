"""Intervals for a sample recruited by chain referral, by resampling its recruitment trees.

Respondents of one tree resemble one another, so intervals for independent respondents are too
narrow. The tree bootstrap draws seeds with replacement, then recruits of each drawn respondent
with replacement, down to the leaves; it suits both estimators. The chain bootstrap, made for
RDS-I, walks from recruiter to recruit, each drawn among those whose recruiter was of the same
group. Neither repairs what the estimators do not: a different will to answer, and one seed whose
chain never left its own group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from actient.bias.arguments import ArgumentError, FloatArray, inner_proportion, whole
from actient.bias.interval import Interval
from actient.bias.recruitment import IntArray, Recruitment, RecruitmentError
from actient.bias.respondent_driven import markov_equilibrium

Estimator = Literal["rds_i", "rds_ii"]

DEFAULT_RESAMPLES = 1_000
DEFAULT_SEED = 20181

_NODES_AT_A_TIME = 1_000_000


@dataclass(frozen=True, eq=False)
class ChainShare:
    """An estimated share, and what resampling the recruitment says of its precision.

    Attributes
    ----------
    share : float
        Estimate from the sample itself, in proportion.
    interval : Interval
        Percentiles of the resampled estimates. They may leave the estimate out in small samples.
    standard_error : float
        Standard deviation of the resampled estimates, in proportion.
    confidence : float
        Two-sided confidence level of the interval, as asked.
    respondents : int
        Persons who count: answer known, number of contacts known and above 0.
    dropped : int
        Persons who do not.
    resamples : int
        Resamples drawn.
    undefined : int
        Those that gave no estimate, left out of the interval.
    """

    share: float
    interval: Interval
    standard_error: float
    confidence: float
    respondents: int
    dropped: int
    resamples: int
    undefined: int


def tree_bootstrap(
    sample: Recruitment,
    estimator: Estimator = "rds_ii",
    *,
    confidence: float = 0.95,
    resamples: int = DEFAULT_RESAMPLES,
    seed: int = DEFAULT_SEED,
) -> ChainShare:
    """Estimate a share, with an interval from trees resampled level by level.

    As many seeds as there are, drawn with replacement; below each respondent drawn, as many of
    their recruits as they have, drawn with replacement; and so on. Percentiles of the estimates.

    Parameters
    ----------
    sample : Recruitment
        The sample, as `recruitment` checks it.
    estimator : {"rds_ii", "rds_i"}
        Σ(y/d) / Σ(1/d), or s₀₁D₀ / (s₀₁D₀ + s₁₀D₁).
    confidence : float
        Two-sided confidence level, in ]0, 1[.
    resamples : int
        Resamples, 2 or more.
    seed : int
        Seed of the random numbers, 0 or more: one seed, one result.

    Returns
    -------
    ChainShare
        Share, interval, and what was left out.

    Raises
    ------
    RecruitmentError
        If nobody was recruited by another respondent, the tree is one line, all gave one answer,
        or most resamples give no estimate.
    ArgumentError
        If an argument is out of bounds, or (RDS-I) a group recruited nobody or no recruitment
        crossed from one group to the other.

    References
    ----------
    Baraff, McCormick and Raftery 2016; Volz and Heckathorn 2008 (RDS-II); Salganik and Heckathorn
    2004 (RDS-I).
    """
    if estimator not in _ESTIMATORS:
        raise ArgumentError("estimator", estimator, "'rds_i' or 'rds_ii'")
    return _bootstrap(sample, _ESTIMATORS[estimator], _resample_trees, confidence, resamples, seed)


def chain_bootstrap(
    sample: Recruitment,
    *,
    confidence: float = 0.95,
    resamples: int = DEFAULT_RESAMPLES,
    seed: int = DEFAULT_SEED,
) -> ChainShare:
    """Estimate a share by RDS-I, with an interval from chains that follow the recruiter's group.

    The first respondent of a resample is drawn from all; each next one from those whose recruiter
    was of the group of the one before, until there are as many as in the sample. It supposes that
    recruitment depends on nothing but the recruiter's group; its intervals are the narrower ones.

    Parameters
    ----------
    sample : Recruitment
        The sample, as `recruitment` checks it.
    confidence : float
        Two-sided confidence level, in ]0, 1[.
    resamples : int
        Resamples, 2 or more.
    seed : int
        Seed of the random numbers, 0 or more: one seed, one result.

    Returns
    -------
    ChainShare
        Share, interval, and what was left out.

    Raises
    ------
    RecruitmentError, ArgumentError
        As `tree_bootstrap` with RDS-I.

    References
    ----------
    Salganik 2006; Salganik and Heckathorn 2004 for the share.
    """
    return _bootstrap(sample, _rds_i, _resample_chains, confidence, resamples, seed)


class _Totals(NamedTuple):
    """What estimators read of samples, a row each.

    Columns are no and yes; of `moves`, no→no, no→yes, yes→no and yes→yes.
    """

    persons: FloatArray
    inverse_degrees: FloatArray
    moves: FloatArray


_Estimate = Callable[[_Totals], FloatArray]
_Resample = Callable[[Recruitment, int, np.random.Generator], _Totals]


def _bootstrap(
    sample: Recruitment,
    estimate: _Estimate,
    resample: _Resample,
    confidence: float,
    resamples: int,
    seed: int,
) -> ChainShare:
    tail = (1 - float(inner_proportion("confidence", confidence))) / 2
    rng = np.random.default_rng(whole("seed", seed, 0))
    whole("resamples", resamples, 2)
    own = _own_totals(sample)
    if estimate is _rds_i:
        markov_equilibrium(own.moves.reshape(2, 2))  # says in words what is missing
    estimates = estimate(resample(sample, resamples, rng))
    defined = estimates[~np.isnan(estimates)]
    undefined = resamples - defined.size
    if defined.size < max(2, resamples / 2):
        raise RecruitmentError.too_thin(undefined, resamples)
    low, high = np.quantile(defined, [tail, 1 - tail])
    return ChainShare(
        share=float(estimate(own)[0]),
        interval=Interval(float(low), float(high)),
        standard_error=float(defined.std(ddof=1)),
        confidence=1 - 2 * tail,
        respondents=sample.size - sample.dropped,
        dropped=sample.dropped,
        resamples=resamples,
        undefined=undefined,
    )


def _own_totals(sample: Recruitment) -> _Totals:
    answers, recruits = sample.answers, sample.recruits
    if not sample.waves.any():
        raise RecruitmentError.no_links(sample.size)
    said = answers[sample.counted]
    if np.unique(said).size < 2:
        raise RecruitmentError.one_answer(said.size)
    moves = 2 * answers[sample.recruiters[recruits]] + answers[recruits]
    weights = 1 / sample.degrees[sample.counted]
    return _Totals(
        np.bincount(said, minlength=2)[None].astype(np.float64),
        np.bincount(said, weights, minlength=2)[None].astype(np.float64),
        np.bincount(moves, minlength=4)[None].astype(np.float64),
    )


def _resample_trees(sample: Recruitment, resamples: int, rng: np.random.Generator) -> _Totals:
    """Draw trees in batches, so that memory does not grow with the number of resamples."""
    if np.bincount(sample.recruiters + 1).max() == 1:
        raise RecruitmentError.no_branch(sample.size)
    batch = max(1, _NODES_AT_A_TIME // sample.size)
    sizes = [min(batch, resamples - start) for start in range(0, resamples, batch)]
    parts = [_draw_trees(sample, size, rng) for size in sizes]
    return _Totals(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _draw_trees(sample: Recruitment, trees: int, rng: np.random.Generator) -> _Totals:
    """Grow all the trees of a batch together, one wave at a time."""
    # Sorted by recruiter, seeds come first and each person's recruits stand together.
    order = np.argsort(sample.recruiters, kind="stable")
    made = np.bincount(sample.recruiters + 1, minlength=sample.size + 1)
    seeds, made = int(made[0]), made[1:]
    first = seeds + np.cumsum(made) - made
    tree = np.repeat(np.arange(trees), seeds)
    person = order[rng.integers(0, seeds, tree.size)]
    totals = _empty(trees)
    _count(totals, sample, tree, person)
    while person.size:
        children = made[person]
        tree, parent = np.repeat(tree, children), np.repeat(person, children)
        person = order[first[parent] + rng.integers(0, made[parent])]
        _count(totals, sample, tree, person)
        linked = sample.counted[person] & sample.counted[parent]
        moves = 4 * tree + 2 * sample.answers[parent] + sample.answers[person]
        totals.moves.ravel()[:] += np.bincount(moves[linked], minlength=4 * trees)
    return totals


def _count(totals: _Totals, sample: Recruitment, row: IntArray, person: IntArray) -> None:
    counted = sample.counted[person]
    row, person = row[counted], person[counted]
    place, cells = 2 * row + sample.answers[person], totals.persons.size
    totals.persons.ravel()[:] += np.bincount(place, minlength=cells)
    weights = 1 / sample.degrees[person]
    totals.inverse_degrees.ravel()[:] += np.bincount(place, weights, minlength=cells)


def _resample_chains(sample: Recruitment, resamples: int, rng: np.random.Generator) -> _Totals:
    """Walk all the chains together, one person at a time."""
    answers, recruits = sample.answers, sample.recruits
    group = answers[sample.recruiters[recruits]]
    pools = np.concatenate([recruits[group == 0], recruits[group == 1]])
    first = np.array([0, int((group == 0).sum())])
    made = np.bincount(group, minlength=2)
    row, totals = np.arange(resamples), _empty(resamples)
    everybody = np.flatnonzero(sample.counted)
    person = everybody[rng.integers(0, everybody.size, resamples)]
    _count(totals, sample, row, person)
    for _ in range(everybody.size - 1):
        before = answers[person]
        person = pools[first[before] + rng.integers(0, made[before])]
        _count(totals, sample, row, person)
        totals.moves[row, 2 * before + answers[person]] += 1
    return totals


def _empty(rows: int) -> _Totals:
    return _Totals(np.zeros((rows, 2)), np.zeros((rows, 2)), np.zeros((rows, 4)))


def _rds_ii(totals: _Totals) -> FloatArray:
    with np.errstate(invalid="ignore"):  # nobody counted: no estimate
        return np.asarray(totals.inverse_degrees[:, 1] / totals.inverse_degrees.sum(axis=1))


def _rds_i(totals: _Totals) -> FloatArray:
    """NaN where a group recruited nobody, or nobody of the other group."""
    made = totals.moves[:, 0::2] + totals.moves[:, 1::2]
    with np.errstate(invalid="ignore", divide="ignore"):
        to_yes, to_no = totals.moves[:, 1] / made[:, 0], totals.moves[:, 2] / made[:, 1]
        # Visits over mean contacts: the chain visits a group by its size times its contacts.
        size = np.stack([to_no, to_yes], axis=1) * totals.inverse_degrees / totals.persons
        return np.asarray(size[:, 1] / size.sum(axis=1))


_ESTIMATORS: dict[Estimator, _Estimate] = {"rds_i": _rds_i, "rds_ii": _rds_ii}
