"""Self-selection: what a difference in the will to answer does to a share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias.arguments import (
    FloatArray,
    Numbers,
    between,
    inner_proportion,
    plain,
    positive,
    proportion,
    real,
    require,
    together,
)

_ROUNDING = 1e-12  # what floating point may add to a bound that is reached exactly


def corrected_share(share: ArrayLike, selection_ratio: ArrayLike) -> Numbers:
    """Return the population share behind an observed one, given the selection ratio.

    π = p/(p + k(1 - p)), with k = P(respond | yes) / P(respond | no). Exact for a ratio of
    response probabilities; an odds ratio comes close to it where response is rare.

    Parameters
    ----------
    share : ArrayLike
        Observed share p, in [0, 1].
    selection_ratio : ArrayLike
        Ratio k, above 0; 1 means no selection on the answer.

    Returns
    -------
    float or ndarray
        Proportion in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Bayes' rule; selection probabilities as in Lash, Fox and Fink 2009.
    """
    p = proportion("share", share)
    k = positive("selection_ratio", selection_ratio)
    together(share=p, selection_ratio=k)
    return plain(p / (p + k * (1 - p)))


def observed_share(true_share: ArrayLike, selection_ratio: ArrayLike) -> Numbers:
    """Share that a self-selected sample shows, on average: p = π k/(π k + 1 - π).

    Parameters
    ----------
    true_share : ArrayLike
        Population share π, in [0, 1].
    selection_ratio : ArrayLike
        Ratio k = P(respond | yes) / P(respond | no), above 0.

    Returns
    -------
    float or ndarray
        Proportion in [0, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Bayes' rule; selection probabilities as in Lash, Fox and Fink 2009.
    """
    share = proportion("true_share", true_share)
    k = positive("selection_ratio", selection_ratio)
    together(true_share=share, selection_ratio=k)
    return plain(share * k / (share * k + (1 - share)))


def tipping_ratio(share: ArrayLike, threshold: ArrayLike) -> Numbers:
    """Return the selection ratio that would put the population share on the threshold.

    k* = p(1 - τ)/((1 - p)τ). A statement "more than τ" fails for every k above k*, "fewer than τ"
    for every k below it.

    Parameters
    ----------
    share : ArrayLike
        Observed share p, in ]0, 1[.
    threshold : ArrayLike
        Threshold τ, in ]0, 1[.

    Returns
    -------
    float or ndarray
        Ratio, above 0.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    `corrected_share`, solved for k.
    """
    p = inner_proportion("share", share)
    tau = inner_proportion("threshold", threshold)
    together(share=p, threshold=tau)
    return plain(p * (1 - tau) / ((1 - p) * tau))


def data_defect_correlation(
    population_share: ArrayLike, sample_share: ArrayLike, n: ArrayLike, population: ArrayLike
) -> Numbers:
    """Correlation, in the population, between responding and answering yes.

    ρ = (p - π) / (√((N - n)/n) √(π(1 - π))), from Meng's identity.

    Parameters
    ----------
    population_share : ArrayLike
        Population share π, in ]0, 1[.
    sample_share : ArrayLike
        Share p among the respondents, in [0, 1].
    n : ArrayLike
        Respondents, above 0 and below `population`.
    population : ArrayLike
        Population size N, in persons.

    Returns
    -------
    float or ndarray
        Correlation. It lies in [-1, 1] whenever the four numbers can hold of one population.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, n is not below the population, the respondents' share
        cannot be drawn from that population, or the shapes do not broadcast.

    References
    ----------
    Meng 2018.
    """
    share = inner_proportion("population_share", population_share)
    p = proportion("sample_share", sample_share)
    size, total = positive("n", n), positive("population", population)
    together(population_share=share, sample_share=p, n=size, population=total)
    require("n", size, size < total, "fewer respondents than the population")
    correlation = np.asarray((p - share) / np.sqrt((total - size) / size * share * (1 - share)))
    expected = "a share that n persons of this population can have"
    require("sample_share", p, np.abs(correlation) <= 1 + _ROUNDING, expected)
    correlation = np.clip(correlation, -1, 1)
    return plain(correlation)


def defect_correlation_from_rates(
    population_share: ArrayLike, rate_yes: ArrayLike, rate_no: ArrayLike
) -> Numbers:
    """Return the data defect correlation that two response rates produce.

    ρ = (s₁ - s₀) √(π(1 - π)) / √(f(1 - f)), with sampling fraction f = π s₁ + (1 - π) s₀. With
    s₁/s₀ = k this ties Meng's identity to the selection ratio, exactly.

    Parameters
    ----------
    population_share : ArrayLike
        Population share π, in ]0, 1[.
    rate_yes, rate_no : ArrayLike
        Response probabilities s₁ of those who would say yes and s₀ of the others, in [0, 1], not
        both 0 nor both 1.

    Returns
    -------
    float or ndarray
        Correlation in [-1, 1].

    Raises
    ------
    ArgumentError
        If an argument is out of bounds, nobody or everybody responds, or the shapes do not
        broadcast.

    References
    ----------
    Meng 2018.
    """
    share = inner_proportion("population_share", population_share)
    yes, no = proportion("rate_yes", rate_yes), proportion("rate_no", rate_no)
    together(population_share=share, rate_yes=yes, rate_no=no)
    fraction = np.asarray(share * yes + (1 - share) * no)
    holds = (fraction > 0) & (fraction < 1)
    require("sampling fraction", fraction, holds, "some, not all, to respond: a number in ]0, 1[")
    spread = np.sqrt(share * (1 - share) / (fraction * (1 - fraction)))
    return plain((yes - no) * spread)


def effective_sample_size(correlation: ArrayLike, sampling_fraction: ArrayLike) -> Numbers:
    """Size of the simple random sample with the same mean squared error.

    n_eff = f/(1 - f)/ρ².

    Parameters
    ----------
    correlation : ArrayLike
        Data defect correlation ρ, in [-1, 1], not 0 (without defect there is no such size).
    sampling_fraction : ArrayLike
        f = n/N, in ]0, 1[.

    Returns
    -------
    float or ndarray
        Persons, not rounded.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Meng 2018.
    """
    rho = between("correlation", correlation, -1, 1)
    require("correlation", rho, _has_square(rho), "a correlation other than 0")
    fraction = inner_proportion("sampling_fraction", sampling_fraction)
    together(correlation=rho, sampling_fraction=fraction)
    return plain(fraction / (1 - fraction) / rho**2)


def effective_sample_size_from_bias(population_share: ArrayLike, bias: ArrayLike) -> Numbers:
    """Size of the simple random sample whose standard error equals the bias.

    n_eff = π(1 - π)/bias²: `effective_sample_size` with Meng's identity put in, whence n and N
    cancel.

    Parameters
    ----------
    population_share : ArrayLike
        Population share π, in ]0, 1[.
    bias : ArrayLike
        Observed minus population share, in proportion: in [-1, 1], not 0, and leaving the
        observed share in [0, 1].

    Returns
    -------
    float or ndarray
        Persons, not rounded.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or the shapes do not broadcast.

    References
    ----------
    Meng 2018.
    """
    share = inner_proportion("population_share", population_share)
    gap = real("bias", bias)
    together(population_share=share, bias=gap)
    require("bias", gap, _has_square(gap), "a bias other than 0")
    observed = share + gap
    # A caller's p - π, added to π again, may miss 0 or 1 by the last digit.
    holds = (observed >= -_ROUNDING) & (observed <= 1 + _ROUNDING)
    require("bias", gap, holds, "a bias that leaves the observed share in [0, 1]")
    return plain(share * (1 - share) / gap**2)


def _has_square(number: FloatArray) -> NDArray[np.bool_]:
    """Whether the square is above 0 in floating point, so that it can divide."""
    return np.asarray(number**2 > np.finfo(np.float64).tiny)
