"""What a figure computed from counts tells of them, once printed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from actient.bias import normal
from actient.bias.arguments import inner_proportion, positive, proportion, whole
from actient.bias.interval import Interval
from actient.bias.sampling import wilson
from actient.survey.disclosure.cells import Estimate

_OPEN_END = 1e-7  # of a rounding step: a value just at its end would round the other way


def published_share(
    name: str,
    terms: Sequence[tuple[str, float]],
    share: float,
    decimals: int,
    *,
    follows: Sequence[str] = (),
) -> Estimate:
    """Tell of a share what its printed form does: that it lies within half a last digit.

    Parameters
    ----------
    name
        Id of the estimate.
    terms
        Cell ids and coefficients whose sum is the share. For a plain share x/n: (x, 1/n). For a
        weighted one Σ w_h x_h / Σ w_h n_h: each (x_h, w_h / Σ w n). For a pooled one Σ W_g p_g:
        each (x_g, W_g/n_g). The attacker knows the coefficients, so weights and bases too.
    share
        Its exact value, in [0, 1].
    decimals
        Decimals printed, of the proportion: 55.6% has 3.
    follows
        Cells without which it is not published.

    Raises
    ------
    ArgumentError
        If the share or the decimals are out of bounds.
    """
    exact = float(proportion("share", share))
    window = _rounding(exact, whole("decimals", decimals, 0))
    return Estimate(name, tuple(terms), float(window.low), float(window.high), tuple(follows))


def published_interval(
    name: str,
    terms: Sequence[tuple[str, float]],
    share: float,
    n: float,
    decimals: int,
    *,
    confidence: float = 0.95,
    follows: Sequence[str] = (),
) -> Estimate:
    """Tell of a share what the printed limits of its Wilson interval do.

    The limits L and U of a share p solve (p − L)² = z² L(1 − L)/n, so that p = L + z √(L(1 − L)/n)
    = U − z √(U(1 − U)/n): with n known, each printed limit bounds p again.

    Parameters
    ----------
    name, terms, share, decimals, follows
        As for `published_share`; the decimals are those of the limits.
    n
        Sample size, or effective sample size, in persons; above 0. The attacker knows it.
    confidence
        Two-sided confidence level, in ]0, 1[.

    Raises
    ------
    ArgumentError
        If an argument is out of bounds.

    References
    ----------
    Wilson 1927.
    """
    exact = float(proportion("share", share))
    size, digits = float(positive("n", n)), whole("decimals", decimals, 0)
    z = float(normal.two_sided(inner_proportion("confidence", confidence)))
    limits = wilson(exact, size, confidence)
    low, high = _rounding(float(limits.low), digits), _rounding(float(limits.high), digits)
    least = max(_from_lower(float(low.low), size, z), 1 - _from_lower(1 - float(high.low), size, z))
    most = min(
        _from_lower(float(low.high), size, z), 1 - _from_lower(1 - float(high.high), size, z)
    )
    # The exact share is always among what the limits allow, up to the last digit of a float.
    return Estimate(name, tuple(terms), min(least, exact), max(most, exact), tuple(follows))


def _rounding(value: float, decimals: int) -> Interval:
    step = 10.0**-decimals
    middle, half = round(value, decimals), step * (0.5 - _OPEN_END)
    return Interval(min(middle - half, value), max(middle + half, value))


def _from_lower(limit: float, n: float, z: float) -> float:
    largest = n / (n + z * z)  # the lower limit of the share 1
    inside = min(max(limit, 0.0), largest)
    return inside + z * math.sqrt(inside * (1 - inside) / n)
