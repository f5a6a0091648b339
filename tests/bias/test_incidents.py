"""Exact Poisson limits against standard tables, the rule of three, and the law itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from actient.bias.arguments import ArgumentError
from actient.bias.incidents import incident_rate, upper_limit


@pytest.mark.parametrize(
    ("incidents", "low", "high"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (10, 4.7954, 18.3904)],
)
def test_limits_are_those_of_standard_tables(incidents: int, low: float, high: float) -> None:
    assert incident_rate(incidents, 1) == pytest.approx((low, high), abs=5e-5)


def test_zero_incident_follows_the_rule_of_three() -> None:
    exact_binomial = 1 - 0.05 ** (1 / 100)
    assert exact_binomial == pytest.approx(0.029513, abs=5e-7)
    assert exact_binomial < upper_limit(0, 100) < 3 / 100
    assert upper_limit(0, 100) == pytest.approx(-math.log(0.05) / 100)


@given(st.integers(0, 200), st.floats(0.5, 0.999))
def test_a_limit_leaves_the_stated_chance_beyond_it(incidents: int, confidence: float) -> None:
    low, high = incident_rate(incidents, 1, confidence)
    tail = (1 - confidence) / 2
    assert poisson.cdf(incidents, high) == pytest.approx(tail, rel=1e-6)
    if incidents:
        assert poisson.sf(incidents - 1, low) == pytest.approx(tail, rel=1e-6)


@given(st.integers(0, 50), st.floats(1, 1e6), st.floats(1.5, 100))
def test_a_rate_is_per_unit_of_exposure(incidents: int, exposure: float, times: float) -> None:
    once, more = incident_rate(incidents, exposure), incident_rate(incidents, exposure * times)
    assert more.high * times == pytest.approx(once.high)
    assert more.low * times == pytest.approx(once.low)


def test_arrays_give_arrays() -> None:
    found = incident_rate([0, 1], [1, 2])
    assert found.low == pytest.approx([0, 0.0253 / 2], abs=5e-5)
    assert found.high == pytest.approx([3.6889, 5.5716 / 2], abs=5e-5)


@pytest.mark.parametrize(
    ("incidents", "exposure", "confidence", "name"),
    [
        (-1, 10, 0.95, "incidents"),
        (1.5, 10, 0.95, "incidents"),
        (1, 0, 0.95, "exposure"),
        (1, 10, 1, "confidence"),
        (1, 10, 0, "confidence"),
    ],
)
def test_an_impossible_argument_is_named(
    incidents: float, exposure: float, confidence: float, name: str
) -> None:
    with pytest.raises(ArgumentError, match=name):
        incident_rate(incidents, exposure, confidence)
