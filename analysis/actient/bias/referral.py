"""Chain referral: who a questionnaire passed from friend to friend ends up asking.

A simulated population of two groups (those for whom the answer is yes, and the others) is tied by
contacts; one profile starts, whoever answers may share, and their contacts are asked in turn. The
graph is a configuration model with the degrees of each person given ("degree-corrected"), two
groups and homophily. It illustrates what such a sample can and cannot show; everything that comes
out of it is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from actient.bias.arguments import (
    ArgumentError,
    FloatArray,
    between,
    inner_proportion,
    positive,
    positive_proportion,
    whole,
)

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NO_RECRUITER = -1


@dataclass(frozen=True)
class ReferralParameters:
    """What a simulated population and the launches in it assume.

    Attributes
    ----------
    share : float
        Share π of the population for whom the answer is yes, in ]0, 1[; realised to the nearest
        person.
    population : int
        Persons, 2 or more.
    mean_degree : float
        Mean number of contacts, in persons; above 0 and at most a tenth of the population (denser,
        erased double ties would bend the degrees).
    dispersion : float
        Negative-binomial shape of the contacts within a group, above 0; infinite for Poisson. The
        smaller, the more uneven.
    degree_ratio : float
        Mean contacts of those who say yes over those of the others, above 0; 1 is neutral.
    homophily : float
        Share of each person's ties that are kept inside the own group, in [0, 1[; the rest are
        drawn from everybody. 0 is neutral.
    answered : float
        Probability that a contact of a sharer sees the questionnaire and answers it, for the
        group that says no; in ]0, 1[.
    answer_odds_ratio : float
        Odds of answering of those who say yes over the odds of the others, above 0; 1 is neutral.
    shared : float
        Probability that a respondent passes the questionnaire on to all contacts, in ]0, 1]. The
        first profiles always do.
    seeds : int
        Profiles that start, drawn at random; 1 or more.
    max_respondents : int
        Where data collection stops, in persons; `seeds` or more.

    Raises
    ------
    ArgumentError
        If a value is out of bounds.
    """

    share: float
    population: int = 20_000
    mean_degree: float = 60.0
    dispersion: float = 5.0
    degree_ratio: float = 1.0
    homophily: float = 0.0
    answered: float = 0.1
    answer_odds_ratio: float = 1.0
    shared: float = 0.2
    seeds: int = 1
    max_respondents: int = 400

    def __post_init__(self) -> None:
        """Check the bounds."""
        for name, value in vars(self).items():
            if np.ndim(value):
                raise ArgumentError(name, value, "one number")
        whole("population", self.population, 2)
        whole("seeds", self.seeds, 1)
        inner_proportion("share", self.share)
        between("mean_degree", self.mean_degree, 0, self.population / 10, low_open=True)
        between("dispersion", self.dispersion, 0, np.inf, low_open=True)
        positive("degree_ratio", self.degree_ratio)
        between("homophily", self.homophily, 0, 1, high_open=True)
        inner_proportion("answered", self.answered)
        positive("answer_odds_ratio", self.answer_odds_ratio)
        positive_proportion("shared", self.shared)
        whole("max_respondents", self.max_respondents, self.seeds)
        if self.max_respondents > self.population:
            raise ArgumentError(
                "max_respondents", self.max_respondents, f"at most {self.population}, everybody"
            )
        if not 0 < self.yes_count < self.population:
            raise ArgumentError("share", self.share, "at least one person in each group")

    @property
    def yes_count(self) -> int:
        """Persons for whom the answer is yes."""
        return round(self.share * self.population)

    @property
    def group_degrees(self) -> tuple[float, float]:
        """Mean contacts of those who say no, then of those who say yes, in persons."""
        no = self.mean_degree / (self.share * self.degree_ratio + 1 - self.share)
        return no, no * self.degree_ratio

    @property
    def group_answered(self) -> tuple[float, float]:
        """Probability of answering of those who say no, then of those who say yes."""
        odds = self.answer_odds_ratio * self.answered / (1 - self.answered)
        return self.answered, odds / (1 + odds)


@dataclass(frozen=True, eq=False)
class ContactGraph:
    """Who is in contact with whom, in compressed sparse rows.

    Attributes
    ----------
    says_yes : ndarray of bool
        Group of each person.
    starts : ndarray of int
        Contacts of person i stand in `contacts[starts[i]:starts[i + 1]]`.
    contacts : ndarray of int
        Persons, in increasing order within a row; no double ties, nobody tied to themselves.
    """

    says_yes: BoolArray
    starts: IntArray
    contacts: IntArray

    @property
    def population(self) -> int:
        """Persons."""
        return self.says_yes.size

    @property
    def share(self) -> float:
        """Share of all persons who say yes: what a survey of them wants to know."""
        return float(self.says_yes.mean())

    @property
    def degree(self) -> IntArray:
        """Number of contacts of each person."""
        return np.diff(self.starts)


def build_graph(parameters: ReferralParameters, rng: np.random.Generator) -> ContactGraph:
    """Draw a population and its ties.

    Each person gets a negative binomial number of tie ends, 1 or more, of the group's mean. Each
    end is kept inside the own group with probability `homophily`; ends kept inside are paired at
    random within the group, the others at random among everybody. Self-ties and double ties are
    erased, and an end without a partner is dropped.

    Parameters
    ----------
    parameters : ReferralParameters
        What the population assumes.
    rng : numpy.random.Generator
        Random numbers: the same state gives the same graph.

    Returns
    -------
    ContactGraph
        Its first `parameters.yes_count` persons say yes.
    """
    says_yes = np.arange(parameters.population) < parameters.yes_count
    ends = np.repeat(np.arange(parameters.population), _tie_ends(parameters, says_yes, rng))
    inside = rng.random(ends.size) < parameters.homophily
    pairs = [
        _paired(ends[inside & says_yes[ends]], rng),
        _paired(ends[inside & ~says_yes[ends]], rng),
        _paired(ends[~inside], rng),
    ]
    return _rows(says_yes, np.concatenate(pairs, axis=1))


class Chain(NamedTuple):
    """The respondents that one launch reached, in the order in which they answered.

    Attributes
    ----------
    respondent : ndarray of int
        Persons of the graph.
    says_yes : ndarray of bool
        Their answer.
    degree : ndarray of int
        Their number of contacts, as they would report it without error.
    recruiter : ndarray of int
        Place, in this chain, of the person whose share they answered; `NO_RECRUITER` for a seed.
    """

    respondent: IntArray
    says_yes: BoolArray
    degree: IntArray
    recruiter: IntArray

    @property
    def size(self) -> int:
        """Respondents, seeds included."""
        return self.respondent.size


def run_chain(
    graph: ContactGraph, parameters: ReferralParameters, rng: np.random.Generator
) -> Chain:
    """Launch one questionnaire, wave after wave, until nobody shares or enough have answered.

    A contact asked by several sharers decides anew for each; whoever has answered is not asked
    again.

    Parameters
    ----------
    graph : ContactGraph
        The population, as `build_graph` draws it from the same parameters.
    parameters : ReferralParameters
        What the launch assumes.
    rng : numpy.random.Generator
        Random numbers: the same state gives the same chain.

    Returns
    -------
    Chain
        From `seeds` to `max_respondents` persons. Many launches die out early.

    Raises
    ------
    ArgumentError
        If the graph has another population than the parameters.
    """
    if graph.population != parameters.population:
        raise ArgumentError("graph", graph.population, f"{parameters.population} persons")
    chances = np.asarray(parameters.group_answered)[graph.says_yes.astype(np.int64)]
    place = np.full(graph.population, NO_RECRUITER)
    wave = rng.choice(graph.population, size=parameters.seeds, replace=False)
    respondents, recruiters = [wave], [np.full(wave.size, NO_RECRUITER)]
    sharers, count = wave, wave.size
    place[wave] = np.arange(count)
    while sharers.size and count < parameters.max_respondents:
        wave, asked_by = _next_wave(graph, sharers, chances, place, rng)
        room = parameters.max_respondents - count
        wave, asked_by = wave[:room], asked_by[:room]
        place[wave] = count + np.arange(wave.size)
        respondents.append(wave)
        recruiters.append(place[asked_by])
        count += wave.size
        sharers = wave[rng.random(wave.size) < parameters.shared]
    who = np.concatenate(respondents)
    return Chain(who, graph.says_yes[who], graph.degree[who], np.concatenate(recruiters))


def _tie_ends(
    parameters: ReferralParameters, says_yes: BoolArray, rng: np.random.Generator
) -> IntArray:
    mean: FloatArray = np.asarray(parameters.group_degrees)[says_yes.astype(np.int64)]
    if np.isinf(parameters.dispersion):
        ends = rng.poisson(mean)
    else:
        shape = parameters.dispersion
        ends = rng.negative_binomial(shape, shape / (shape + mean))
    return np.maximum(ends, 1)


def _paired(ends: IntArray, rng: np.random.Generator) -> IntArray:
    shuffled = rng.permutation(ends)
    return shuffled[: shuffled.size // 2 * 2].reshape(2, -1)


def _rows(says_yes: BoolArray, pairs: IntArray) -> ContactGraph:
    population = says_yes.size
    one, other = pairs[:, pairs[0] != pairs[1]]
    # One sort of (person, contact) written as a single number both orders and shows the doubles.
    ties = np.sort(np.concatenate([one * population + other, other * population + one]))
    ties = ties[np.diff(ties, prepend=-1) > 0]
    degree = np.bincount(ties // population, minlength=population)
    starts = np.concatenate([[0], np.cumsum(degree)])
    return ContactGraph(says_yes, starts, ties % population)


def _next_wave(
    graph: ContactGraph,
    sharers: IntArray,
    chances: FloatArray,
    place: IntArray,
    rng: np.random.Generator,
) -> tuple[IntArray, IntArray]:
    """Who answers next, in random order, and whose share each of them answered."""
    first, last = graph.starts[sharers], graph.starts[sharers + 1]
    degree = last - first
    before = np.cumsum(degree) - degree
    asked = graph.contacts[np.repeat(first - before, degree) + np.arange(degree.sum())]
    asked_by = np.repeat(sharers, degree)
    answers = (place[asked] == NO_RECRUITER) & (rng.random(asked.size) < chances[asked])
    order = rng.permutation(np.flatnonzero(answers))
    _, kept = np.unique(asked[order], return_index=True)
    order = order[np.sort(kept)]
    return asked[order], asked_by[order]
