"""Estimators for a sample recruited by chain referral, and what they cannot repair.

They need two more questions than a questionnaire usually asks: how many contacts one has, and who
passed the link on. They repair unequal numbers of contacts; none repairs a different will to
answer, and from one seed none undoes homophily, which no interval below accounts for: those of
`chain_bootstrap` do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias import normal
from actient.bias.arguments import (
    ArgumentError,
    FloatArray,
    inner_proportion,
    not_negative,
    positive,
    require,
)
from actient.bias.interval import Interval
from actient.bias.sampling import wilson


class RespondentDrivenShare(NamedTuple):
    """An estimated share and an interval around it.

    Attributes
    ----------
    share : float
        Proportion in [0, 1].
    interval : Interval
        Proportions. It supposes that respondents were drawn independently of one another: under
        homophily it is far too narrow.
    """

    share: float
    interval: Interval


def naive(answers: ArrayLike, confidence: float = 0.95) -> RespondentDrivenShare:
    """Share of yes among the respondents, as if they were a simple random sample.

    Parameters
    ----------
    answers : ArrayLike
        1 or True for yes, 0 or False for no; one per respondent.
    confidence : float
        Two-sided confidence level of the Wilson interval, in ]0, 1[.

    Raises
    ------
    ArgumentError
        If there is no respondent, an answer is neither 0 nor 1, or the level is out of bounds.

    References
    ----------
    Wilson 1927.
    """
    y = _answers(answers)
    share = float(y.mean())
    return RespondentDrivenShare(share, wilson(share, y.size, confidence))


def rds_ii(
    answers: ArrayLike, degrees: ArrayLike, confidence: float = 0.95
) -> RespondentDrivenShare:
    """Share of yes with each respondent weighted by the inverse of the number of contacts.

    π = Σ(y/d) / Σ(1/d), a ratio of means; its linearised variance is Σ w²(y - π)² / (Σ w)² with
    w = 1/d, and the interval π ± z se, cut to [0, 1]. Where all answers agree it has no width.

    Parameters
    ----------
    answers : ArrayLike
        1 or True for yes, 0 or False for no; one per respondent.
    degrees : ArrayLike
        Number of contacts d of each, in persons; above 0.
    confidence : float
        Two-sided confidence level, in ]0, 1[.

    Raises
    ------
    ArgumentError
        If there is no respondent, the numbers of answers and degrees differ, or a value is out of
        bounds.

    References
    ----------
    Volz and Heckathorn 2008 for the share; the variance is the textbook one of a ratio.
    """
    y, weight = _answers(answers), 1 / _degrees(answers, degrees)
    z = float(normal.two_sided(inner_proportion("confidence", confidence)))
    total = weight.sum()
    share = float((weight * y).sum() / total)
    margin = z * float(np.sqrt(((weight * (y - share)) ** 2).sum())) / float(total)
    return RespondentDrivenShare(
        share, Interval(max(share - margin, 0.0), min(share + margin, 1.0))
    )


def rds_i(answers: ArrayLike, degrees: ArrayLike, recruiters: ArrayLike) -> float:
    """Share of yes from who recruited whom and from the mean contacts of each group.

    π = s₀₁ D₀ / (s₀₁ D₀ + s₁₀ D₁): s₀₁ is the part of yes among those recruited by a no, s₁₀ the
    part of no among those recruited by a yes, D the harmonic mean degree of a group.

    Parameters
    ----------
    answers : ArrayLike
        1 or True for yes, 0 or False for no; one per respondent.
    degrees : ArrayLike
        Number of contacts of each, in persons; above 0.
    recruiters : ArrayLike
        Place (from 0) of each respondent's recruiter in these same arrays; -1 for a seed.

    Returns
    -------
    float
        Proportion, without an interval: `chain_bootstrap` resamples the recruitment for one.

    Raises
    ------
    ArgumentError
        If the numbers of values differ, a value is out of bounds, a group recruited nobody, or no
        recruitment crossed from one group to the other.

    References
    ----------
    Salganik and Heckathorn 2004.
    """
    y, degree = _answers(answers), _degrees(answers, degrees)
    counts = _recruitments(y.astype(np.int64), recruiters)
    equilibrium = markov_equilibrium(counts)
    # The chain visits a group in proportion to its size times its mean contacts.
    size = np.array([1 - equilibrium, equilibrium]) * [(1 / degree)[y == g].mean() for g in (0, 1)]
    return float(size[1] / size.sum())


def markov_equilibrium(recruitments: ArrayLike) -> float:
    """Part of the second group among the recruits once the chain has forgotten its start.

    s₀₁ / (s₀₁ + s₁₀), with s the recruitments as proportions of the recruiter's group.

    Parameters
    ----------
    recruitments : ArrayLike
        Two by two: row of the recruiter's group, column of the recruit's; 0 or more, in persons.

    Returns
    -------
    float
        Proportion in [0, 1].

    Raises
    ------
    ArgumentError
        If the table is not two by two, a count is negative, a group recruited nobody, or no
        recruitment crossed from one group to the other.

    References
    ----------
    Salganik and Heckathorn 2004.
    """
    counts = not_negative("recruitments", recruitments)
    if counts.shape != (2, 2):
        raise ArgumentError("recruitments", counts.shape, "two rows of two counts")
    made = counts.sum(axis=1)
    require("recruitments", made, made > 0, "recruits of both groups")
    to_second, to_first = counts[0, 1] / made[0], counts[1, 0] / made[1]
    if to_second + to_first == 0:
        raise ArgumentError("recruitments", 0.0, "a recruitment from one group to the other")
    return float(to_second / (to_second + to_first))


def _answers(answers: ArrayLike) -> FloatArray:
    given = np.asarray(answers)
    y = not_negative("answers", given.astype(np.int64) if given.dtype == np.bool_ else given)
    require("answers", y, (y == 0) | (y == 1), "0 for no or 1 for yes")
    if y.ndim != 1 or not y.size:
        raise ArgumentError("answers", y.shape, "one answer for each of one or more respondents")
    return y


def _degrees(answers: ArrayLike, degrees: ArrayLike) -> FloatArray:
    degree = positive("degrees", degrees)
    if degree.shape != np.shape(answers):
        raise ArgumentError("degrees", degree.shape, f"as many as answers, {np.shape(answers)}")
    return degree


def _recruitments(group: NDArray[np.int64], recruiters: ArrayLike) -> FloatArray:
    places = np.asarray(recruiters)
    if places.dtype.kind not in "iu" or places.shape != group.shape:
        raise ArgumentError("recruiters", recruiters, f"{group.size} whole numbers")
    known = (places >= -1) & (places < group.size) & (places != np.arange(group.size))
    require(
        "recruiters", places.astype(np.float64), known, "the place of another respondent, or -1"
    )
    recruited = places >= 0
    pairs = 2 * group[places[recruited]] + group[recruited]
    return np.bincount(pairs, minlength=4).reshape(2, 2).astype(np.float64)
