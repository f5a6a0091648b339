"""E-vigilance: the rate of incidents per unit of exposure, and what zero incident still allows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from actient.bias.arguments import (
    FloatArray,
    Numbers,
    between,
    not_negative,
    plain,
    positive,
    require,
    together,
)
from actient.bias.interval import Interval


def incident_rate(incidents: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Interval:
    """Bound the rate of incidents with the exact two-sided limits of the Poisson law.

    ``[χ²(α/2; 2x) / 2T, χ²(1 − α/2; 2x + 2) / 2T]`` for x incidents over an exposure T, with
    ``α = 1 − confidence``; the lower limit is 0 for x = 0. Supposes that incidents occur
    independently at one constant rate, and that all of them are reported.

    Parameters
    ----------
    incidents
        Counts, 0 or more.
    exposure
        What was observed, above 0: consultations, user-months.
    confidence
        In ]0, 1[.

    Returns
    -------
    Interval
        Incidents per unit of exposure.

    Raises
    ------
    ArgumentError
        If a count is not whole, or a value is out of its bounds.

    References
    ----------
    Garwood (1936), Fiducial limits for the Poisson distribution.
    """
    counts, observed = _counts(incidents), positive("exposure", exposure)
    together(incidents=counts, exposure=observed)
    tail = (1 - _level(confidence)) / 2
    with np.errstate(invalid="ignore"):  # χ² with 0 degrees of freedom, replaced just below
        low = np.where(counts > 0, chi2.ppf(tail, 2 * counts), 0.0) / (2 * observed)
    return Interval(plain(low), upper_limit(incidents, exposure, 1 - tail))


def upper_limit(incidents: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Numbers:
    """Bound the rate of incidents from above only, with the exact limit of the Poisson law.

    ``χ²(confidence; 2x + 2) / 2T``. With no incident this is ``−ln(1 − confidence) / T``, about
    3 / T at the 95% level: the rule of three.

    Parameters
    ----------
    incidents, exposure, confidence
        As for `incident_rate`.

    Returns
    -------
    float or ndarray
        Incidents per unit of exposure.

    Raises
    ------
    ArgumentError
        As for `incident_rate`.

    References
    ----------
    Garwood (1936); Hanley and Lippman-Hand (1983), Interpreting zero numerators.
    """
    counts, observed = _counts(incidents), positive("exposure", exposure)
    together(incidents=counts, exposure=observed)
    limit: FloatArray = chi2.ppf(_level(confidence), 2 * counts + 2) / (2 * observed)
    return plain(np.asarray(limit))


def _counts(incidents: ArrayLike) -> FloatArray:
    counts = not_negative("incidents", incidents)
    require("incidents", counts, counts == np.floor(counts), "a whole number, 0 or more")
    return counts


def _level(confidence: float) -> float:
    return float(between("confidence", confidence, 0, 1, low_open=True, high_open=True))
