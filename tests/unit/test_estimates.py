"""Wilson limits and sample sizes, against R, statsmodels and the table of methods A.6."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.survey.estimates import minimum_sample_size, wilson

shares = st.floats(0, 1)
sizes = st.floats(1, 1e6)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (210, 500, 0.3775094, 0.4637105),  # R prop.test(correct=FALSE)
        (31, 40, 0.6249690, 0.8768391),  # R prop.test(correct=FALSE)
        (1, 29, 0.0061132, 0.1717552),  # statsmodels
    ],
)
def test_wilson_anchors(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count / n, n) == pytest.approx((low, high), abs=5e-8)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        (30, 26.3, 59.6),
        (100, 32.8, 51.8),
        (300, 36.6, 47.7),
        (1000, 39.0, 45.1),
        (3000, 40.2, 43.8),
    ],
)
def test_wilson_table_of_42_percent(n: int, low: float, high: float) -> None:
    interval = wilson(0.42, n)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


@pytest.mark.parametrize("n", [1, 30, 500, 1234.5])
def test_wilson_is_the_1927_formula(n: float) -> None:
    p, z = np.linspace(0, 1, 101), 1.959963984540054
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    interval = wilson(p, n)
    np.testing.assert_allclose(interval.low, centre - half, atol=1e-12)
    np.testing.assert_allclose(interval.high, centre + half, atol=1e-12)


@settings(deadline=None)
@given(shares, sizes, st.floats(0.5, 0.999))
def test_wilson_contains_the_share_and_mirrors(share: float, n: float, confidence: float) -> None:
    low, high = wilson(share, n, confidence)
    assert 0 <= low <= share <= high <= 1
    mirrored = wilson(1 - share, n, confidence)
    assert mirrored.low == pytest.approx(1 - high, abs=1e-12)
    assert mirrored.high == pytest.approx(1 - low, abs=1e-12)


@settings(deadline=None)
@given(shares, sizes, st.floats(1.01, 100))
def test_wilson_narrows_as_the_sample_grows(share: float, n: float, factor: float) -> None:
    small, large = wilson(share, n), wilson(share, n * factor)
    assert small.low <= large.low + 1e-12
    assert large.high <= small.high + 1e-12


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.42, 151),  # methods, finding 6: as printed
        (0.58, 151),
        (0.64, 49),
        (0.69, 27),
        (0.556, 307),
        (0.775, 13),
        (0.425, 171),  # the worst end of the rounding
        (0.575, 171),
        (0.635, 53),
        (0.685, 29),
        (0.5555, 312),
    ],
)
def test_minimum_sample_size_anchors(share: float, expected: int) -> None:
    assert minimum_sample_size(share, 0.5) == expected


def test_minimum_sample_size_of_arrays() -> None:
    sizes = minimum_sample_size([[0.42], [0.69]], [0.5, 0.6])
    assert sizes.dtype == np.int64
    assert sizes[0, 0] == 151
    assert sizes.shape == (2, 2)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.05, 0.95), st.floats(0.8, 0.99))
def test_minimum_sample_size_is_where_wilson_clears(
    share: float, threshold: float, confidence: float
) -> None:
    if abs(share - threshold) < 0.005:
        share = min(threshold + 0.005, 0.99)
    n = minimum_sample_size(share, threshold, confidence)

    def clears(size: float) -> bool:
        low, high = wilson(share, size, confidence)
        return not low <= threshold <= high

    assert clears(n * (1 + 1e-9) + 1e-9)
    if n > 1:
        assert not clears((n - 1) * (1 - 1e-9))
