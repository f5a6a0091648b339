"""How many people two tracked links reached, from how many came by both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from actient.bias import normal
from actient.bias.arguments import Numbers, inner_proportion, not_negative, plain, require, together
from actient.bias.diffusion import chapman
from actient.bias.interval import Interval


class Captured(NamedTuple):
    """Size of the population that two links reached, and how well it is known.

    Attributes
    ----------
    size : float or ndarray
        Estimated persons.
    seen : float or ndarray
        Different persons who came by one link or by both.
    standard_error : float or ndarray
        Persons.
    interval : Interval
        Persons; never below those seen.
    """

    size: Numbers
    seen: Numbers
    standard_error: Numbers
    interval: Interval


def two_links(
    first: ArrayLike, second: ArrayLike, both: ArrayLike, confidence: ArrayLike = 0.95
) -> Captured:
    """Estimate the population that two tracked links reached, with a log-normal interval.

    N = (n₁ + 1)(n₂ + 1)/(m + 1) - 1, of variance (n₁+1)(n₂+1)(n₁-m)(n₂-m)/((m+1)²(m+2)). The
    unseen f = N - r, with r = n₁ + n₂ - m persons seen, are taken as log-normal: the limits are
    r + f/C and r + f C, with C = exp(z √ln(1 + var/f²)).

    It supposes that nobody joins or leaves in between, that each person is recognised, and that
    coming by one link makes coming by the other neither likelier nor rarer. Friends share links,
    so the last seldom holds: then N is too small. Where all who came by one link came by the other
    as well, the formula sees no doubt at all, and the interval has no width.

    Parameters
    ----------
    first, second : array_like
        Persons n₁, n₂ who came by each link; 0 or more, whole.
    both : array_like
        Persons m who came by both; at most the smaller of the two.
    confidence : array_like
        Two-sided confidence level, in ]0, 1[.

    Returns
    -------
    Captured
        Persons: estimated, seen, standard error, interval.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds or not whole, more came by both than by one, or the shapes
        do not broadcast.

    References
    ----------
    Chapman 1951; Chao 1989 for the logarithm of the unseen. The variance, as the R package recapr
    documents it, is unbiased when n₁ + n₂ is at least N.
    """
    n1, n2, m = not_negative("first", first), not_negative("second", second), np.asarray(both)
    level = inner_proportion("confidence", confidence)
    size = np.asarray(chapman(first, second, both))
    together(first=n1, second=n2, both=m, confidence=level)
    for name, value in (("first", n1), ("second", n2), ("both", m)):
        require(name, value, value == np.floor(value), "a whole number of persons")
    seen = n1 + n2 - m
    unseen = (n1 - m) * (n2 - m) / (m + 1)
    # var/f², written so that it stays a number when f is 0.
    spread = (n1 + 1) * (n2 + 1) / np.maximum((n1 - m) * (n2 - m), 1) / (m + 2)
    stretch = np.exp(normal.two_sided(level) * np.sqrt(np.log1p(spread)))
    variance = unseen**2 * spread
    return Captured(
        plain(size),
        plain(np.asarray(seen)),
        plain(np.sqrt(variance)),
        Interval(plain(seen + unseen / stretch), plain(seen + unseen * stretch)),
    )
