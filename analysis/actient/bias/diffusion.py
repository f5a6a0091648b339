"""Viral diffusion: how many a chain of shares can reach, and how many of them answered.

The chain is a branching process. One profile has so many contacts; each sees the questionnaire,
having seen it answers, having answered shares it, and then that person's contacts see it in turn.
Nobody is reached twice: the frame is taken as large.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias.arguments import (
    ArgumentError,
    FloatArray,
    Numbers,
    between,
    not_negative,
    plain,
    positive,
    proportion,
    require,
    together,
    whole,
)
from actient.bias.interval import Interval

_BISECTIONS = 80


def exposed_max(
    seed_contacts: ArrayLike, sharers: ArrayLike, mean_contacts: ArrayLike, frame: ArrayLike
) -> Numbers:
    """Most people that the questionnaire can have been shown to.

    E_max = min(N_f, d₀ + n_s d̄).

    Parameters
    ----------
    seed_contacts : ArrayLike
        Contacts d₀ of the first profile, in persons; 0 or more.
    sharers : ArrayLike
        Persons n_s who passed it on; 0 or more.
    mean_contacts : ArrayLike
        Mean contacts d̄ of a sharer, in persons; 0 or more.
    frame : ArrayLike
        Persons N_f on the network; above 0.

    Returns
    -------
    float or ndarray
        Persons.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.
    """
    seed, sharing = not_negative("seed_contacts", seed_contacts), not_negative("sharers", sharers)
    contacts, size = not_negative("mean_contacts", mean_contacts), positive("frame", frame)
    together(seed_contacts=seed, sharers=sharing, mean_contacts=contacts, frame=size)
    return plain(np.asarray(np.minimum(size, seed + sharing * contacts)))


def participation_bounds(respondents: ArrayLike, exposed_max: ArrayLike) -> Interval:
    """Bounds of the participation rate when the number exposed is unknown: [n/E_max, 1].

    Parameters
    ----------
    respondents : ArrayLike
        Respondents n, in persons; above 0.
    exposed_max : ArrayLike
        Most people exposed E_max, in persons; not fewer than the respondents.

    Returns
    -------
    Interval
        Proportions in ]0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    "Participation rate" as in CHERRIES (Eysenbach 2004).
    """
    n, most = positive("respondents", respondents), positive("exposed_max", exposed_max)
    together(respondents=n, exposed_max=most)
    require("exposed_max", most, n <= most, "at least as many exposed as respondents")
    low = np.asarray(n / most)
    return Interval(plain(low), plain(np.ones_like(low)))


def reproduction_number(
    contacts: ArrayLike, seen: ArrayLike, answered: ArrayLike, shared: ArrayLike
) -> Numbers:
    """Return the mean number of new sharers that one sharer causes: R₀ = d̄ q r s.

    Parameters
    ----------
    contacts : ArrayLike
        Mean contacts d̄ of a sharer, in persons; 0 or more.
    seen : ArrayLike
        Part q of the contacts who see it, in [0, 1].
    answered : ArrayLike
        Part r of those who see it who answer, in [0, 1].
    shared : ArrayLike
        Part s of those who answer who share it, in [0, 1].

    Returns
    -------
    float or ndarray
        Sharers for each sharer; above 1 the chain may grow without end.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.
    """
    mean = not_negative("contacts", contacts)
    q, r, s = (
        proportion("seen", seen),
        proportion("answered", answered),
        proportion("shared", shared),
    )
    together(contacts=mean, seen=q, answered=r, shared=s)
    return plain(mean * q * r * s)


def expected_exposed(seed_contacts: ArrayLike, seen: ArrayLike, reproduction: ArrayLike) -> Numbers:
    """Mean number of people exposed by a chain that dies out: d₀ q/(1 - R₀).

    Parameters
    ----------
    seed_contacts : ArrayLike
        Contacts d₀ of the first profile, in persons; 0 or more.
    seen : ArrayLike
        Part q of the contacts who see it, in [0, 1].
    reproduction : ArrayLike
        Reproduction number R₀, in [0, 1[ (from 1 on, the mean is infinite). The seed's contacts
        are d₀; those of later sharers are in R₀.

    Returns
    -------
    float or ndarray
        Persons. The distribution is very skewed: most chains stay far below this mean.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.
    """
    contacts, q = not_negative("seed_contacts", seed_contacts), proportion("seen", seen)
    r0 = between("reproduction", reproduction, 0, 1, high_open=True)
    together(seed_contacts=contacts, seen=q, reproduction=r0)
    return plain(contacts * q / (1 - r0))


def extinction_probability(reproduction: ArrayLike, dispersion: ArrayLike = math.inf) -> Numbers:
    """Probability that the chain that one sharer starts dies out by itself.

    The smallest solution in [0, 1] of z = (1 + R₀(1 - z)/k)^(-k): contacts are negative binomial
    with shape k, and thinning them by seeing, answering and sharing keeps the shape. For k = ∞
    (Poisson) z = exp(-R₀(1 - z)).

    Parameters
    ----------
    reproduction : ArrayLike
        Reproduction number R₀, 0 or more.
    dispersion : ArrayLike
        Shape k, above 0, infinite allowed: the smaller, the more uneven the numbers of contacts.

    Returns
    -------
    float or ndarray
        Probability; 1 wherever R₀ ≤ 1.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    The theorem of Galton and Watson on branching processes.
    """
    r0 = not_negative("reproduction", reproduction)
    shape = between("dispersion", dispersion, 0, math.inf, low_open=True)
    together(reproduction=r0, dispersion=shape)
    r0, shape = np.broadcast_arrays(r0, shape)
    grows = r0 > 1
    if not np.any(grows):
        return plain(np.ones(r0.shape))
    extinct = _smallest_fixed_point(np.where(grows, r0, 2.0), shape)
    return plain(np.where(grows, extinct, 1.0))


@dataclass(frozen=True)
class CascadeParameters:
    """What a simulated launch assumes.

    Attributes
    ----------
    seed_contacts : int
        Contacts of the one profile that starts, in persons; 0 or more.
    mean_contacts : float
        Mean contacts of later sharers, in persons; above 0.
    seen, answered, shared : float
        Part of the contacts who see, of those who answer, of those who share; in [0, 1].
    dispersion : float
        Negative-binomial shape of the contacts, above 0; infinite for Poisson.

    Raises
    ------
    ArgumentError
        If a value is out of bounds.
    """

    seed_contacts: int
    mean_contacts: float
    seen: float
    answered: float
    shared: float
    dispersion: float = 1.0

    def __post_init__(self) -> None:
        """Check the bounds."""
        whole("seed_contacts", self.seed_contacts, 0)
        for name in ("mean_contacts", "seen", "answered", "shared", "dispersion"):
            if np.ndim(getattr(self, name)):
                raise ArgumentError(name, getattr(self, name), "one number")
        positive("mean_contacts", self.mean_contacts)
        for name in ("seen", "answered", "shared"):
            proportion(name, getattr(self, name))
        between("dispersion", self.dispersion, 0, math.inf, low_open=True)

    @property
    def reproduction_number(self) -> float:
        """R₀, in sharers for each sharer."""
        return self.mean_contacts * self.seen * self.answered * self.shared


def simulate_cascades(
    parameters: CascadeParameters, runs: int, seed: int, max_respondents: int
) -> NDArray[np.int64]:
    """Respondents of many launches of one questionnaire from one profile.

    All runs advance together, wave by wave; a run ends when nobody shares any more or when it has
    `max_respondents`.

    Parameters
    ----------
    parameters : CascadeParameters
        What a launch assumes.
    runs : int
        Launches, 1 or more.
    seed : int
        Seed of the random numbers, 0 or more: one seed, one result.
    max_respondents : int
        Where data collection stops, in persons; 1 or more.

    Returns
    -------
    ndarray of int
        Respondents of each launch, at most `max_respondents`. These are simulated: synthetic.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds.
    """
    rng = np.random.default_rng(whole("seed", seed, 0))
    stop = whole("max_respondents", max_respondents, 1)
    respondents = np.zeros(whole("runs", runs, 1), dtype=np.int64)
    running = np.arange(respondents.size)
    contacts = np.full(respondents.size, parameters.seed_contacts, dtype=np.int64)
    while running.size:
        seen = rng.binomial(contacts, parameters.seen)
        answered = rng.binomial(seen, parameters.answered)
        sharers = rng.binomial(answered, parameters.shared)
        respondents[running] = np.minimum(respondents[running] + answered, stop)
        goes_on = (sharers > 0) & (respondents[running] < stop)
        running = running[goes_on]
        contacts = _contacts(rng, sharers[goes_on], parameters)
    return respondents


class CascadeSummary(NamedTuple):
    """How simulated launches ended.

    Attributes
    ----------
    runs : int
        Launches.
    mean, median, q95 : float
        Mean, median and 95th percentile of the respondents of a launch, in persons.
    stopped : float
        Proportion of launches that reached the largest count allowed.
    """

    runs: int
    mean: float
    median: float
    q95: float
    stopped: float


def summarise_cascades(respondents: NDArray[np.int64], max_respondents: int) -> CascadeSummary:
    """Mean, median and tail of simulated launches.

    Parameters
    ----------
    respondents : ndarray of int
        What `simulate_cascades` returned.
    max_respondents : int
        The stop it was run with, in persons.

    Returns
    -------
    CascadeSummary
        Persons, and the part of launches that reached the stop.

    Raises
    ------
    ArgumentError
        If there is no launch, or a launch has more respondents than the stop.
    """
    if respondents.size == 0:
        raise ArgumentError("respondents", 0, "at least one launch")
    largest = int(respondents.max())
    if largest > whole("max_respondents", max_respondents, 1):
        raise ArgumentError("max_respondents", max_respondents, f"at least {largest}, as simulated")
    return CascadeSummary(
        runs=respondents.size,
        mean=float(respondents.mean()),
        median=float(np.median(respondents)),
        q95=float(np.quantile(respondents, 0.95)),
        stopped=float(np.mean(respondents == max_respondents)),
    )


def _contacts(
    rng: np.random.Generator, sharers: NDArray[np.int64], parameters: CascadeParameters
) -> NDArray[np.int64]:
    mean = parameters.mean_contacts
    if math.isinf(parameters.dispersion):
        return rng.poisson(mean * sharers)
    # A sum of negative binomials of one mean is negative binomial, their shapes added.
    shape = parameters.dispersion
    return rng.negative_binomial(shape * sharers, shape / (shape + mean))


def _smallest_fixed_point(r0: FloatArray, shape: FloatArray) -> FloatArray:
    """Bisect below the minimum of G(z) - z, which is convex and positive at 0; R₀ above 1."""
    low, high = np.zeros(r0.shape), 1 - _distance_of_minimum(r0, shape)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        below = np.exp(_log_generating(1 - middle, r0, shape)) > middle
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(low)


def _log_generating(distance: FloatArray, r0: FloatArray, shape: FloatArray) -> FloatArray:
    """Logarithm of the offspring generating function at 1 - distance."""
    mean = r0 * distance
    with np.errstate(invalid="ignore"):  # ∞ · log1p(0), the branch that is not taken
        negative_binomial = -shape * np.log1p(mean / shape)
    return np.asarray(np.where(np.isinf(shape), -mean, negative_binomial))


def _distance_of_minimum(r0: FloatArray, shape: FloatArray) -> FloatArray:
    """1 - z where the generating function has slope 1."""
    logarithm = np.log(r0)
    with np.errstate(invalid="ignore"):  # ∞ · 0, the branch that is not taken
        negative_binomial = shape / r0 * np.expm1(logarithm / (shape + 1))
    return np.asarray(np.where(np.isinf(shape), logarithm / r0, negative_binomial))
