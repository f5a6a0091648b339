"""The ladder of assumptions about those not covered."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from actient.bias.coverage import (
    bounded_difference,
    imbens_manski,
    imbens_manski_critical_value,
    manski_bounds,
    manski_confidence_interval,
    prevalence_ratio,
    tipping_share,
)

shares = st.floats(0, 1)
coverages = st.floats(0.01, 1)


@pytest.mark.parametrize(
    ("share", "coverage", "low", "high"),
    [  # the table of methods A.2
        (0.42, 0.89, 0.374, 0.484),
        (0.42, 0.86, 0.361, 0.501),
        (0.42, 0.58, 0.244, 0.664),
        (0.69, 0.89, 0.614, 0.724),
        (0.69, 0.86, 0.593, 0.733),
        (0.69, 0.58, 0.400, 0.820),
        (0.155, 0.89, 0.138, 0.248),
        (0.155, 0.86, 0.133, 0.273),
        (0.155, 0.58, 0.090, 0.510),
        (0.93, 0.89, 0.828, 0.938),
        (0.93, 0.86, 0.800, 0.940),
        (0.93, 0.58, 0.539, 0.959),
    ],
)
def test_bounds_without_assumption(share: float, coverage: float, low: float, high: float) -> None:
    assert manski_bounds(share, coverage) == pytest.approx((low, high), abs=5.01e-4)


@pytest.mark.parametrize(
    ("share", "coverage", "value", "reachable"),
    [
        (0.42, 0.86, 0.991, True),
        (0.42, 0.58, 0.610, True),
        (0.69, 0.58, 0.238, True),
        (0.556, 0.86, 0.156, True),
        (0.556, 0.58, 0.423, True),
    ],
)
def test_tipping_shares(share: float, coverage: float, value: float, reachable: bool) -> None:
    tipping = tipping_share(share, coverage, 0.5)  # methods A.2
    assert tipping.value == pytest.approx(value, abs=5.01e-4)
    assert tipping.reachable is reachable


def test_a_statement_that_this_bias_cannot_tip() -> None:
    tipping = tipping_share(0.69, 0.86, 0.5)  # methods A.2: below 0
    assert tipping.value < 0
    assert tipping.reachable is False
    many = tipping_share(0.69, [0.58, 0.86], 0.5)
    np.testing.assert_array_equal(many.reachable, [True, False])


def test_literary_digest_1936() -> None:
    # published counts (historymatters.gmu.edu; Squire 1988): 10 million mailed
    landon, roosevelt, mailed = 1_293_669, 972_897, 10_000_000
    share = roosevelt / (landon + roosevelt)
    rate = (landon + roosevelt) / mailed
    assert (round(share, 5), round(rate, 5)) == (0.42924, 0.22666)
    assert manski_bounds(share, rate) == pytest.approx((0.0973, 0.8706), abs=5e-5)


@pytest.mark.parametrize(("coverage", "low", "high"), [(0.86, 0.330, 0.532), (0.58, 0.223, 0.685)])
def test_imbens_manski_intervals(coverage: float, low: float, high: float) -> None:
    interval = manski_confidence_interval(0.42, coverage, 500)  # methods A.2
    assert (round(interval.low, 3), round(interval.high, 3)) == (low, high)


def test_imbens_manski_critical_values() -> None:
    # methods A.9 #19
    assert round(imbens_manski_critical_value(0, 0.02), 5) == 1.95996
    assert round(imbens_manski_critical_value(0.5, math.sqrt(0.25 / 500)), 5) == 1.64485


@given(st.floats(0, 1), st.floats(1e-3, 1), st.floats(0.5, 0.999))
def test_critical_value_solves_its_equation(width: float, se: float, confidence: float) -> None:
    c = imbens_manski_critical_value(width, se, confidence)
    assert norm.cdf(c + width / se) - norm.cdf(-c) == pytest.approx(confidence, abs=1e-12)
    one_sided, two_sided = norm.ppf(confidence), norm.ppf((1 + confidence) / 2)
    assert one_sided - 1e-12 <= c <= two_sided + 1e-12


@given(shares, coverages, shares, st.floats(1e-3, 0.5))
def test_confidence_interval_contains_the_bounds(
    share: float, coverage: float, delta: float, se: float
) -> None:
    low, high = bounded_difference(share, coverage, delta)
    interval = imbens_manski(low, high, se)
    assert interval.low < low
    assert interval.high > high


@given(shares, coverages)
def test_neutral_assumptions_return_the_share(share: float, coverage: float) -> None:
    assert manski_bounds(share, 1) == (share, share)
    assert bounded_difference(share, coverage, 0) == (share, share)
    assert prevalence_ratio(share, coverage, 1) == share
    assert prevalence_ratio(share, 1, 0.5) == share


@given(shares, shares, coverages)
def test_bounds_contain_the_truth_and_nest(share: float, others: float, coverage: float) -> None:
    truth = coverage * share + (1 - coverage) * others
    gap = abs(others - share)
    rungs = [bounded_difference(share, coverage, delta) for delta in (gap, (1 + gap) / 2, 1)]
    assert manski_bounds(share, coverage) == rungs[-1]
    for inner, outer in pairwise(rungs):
        assert outer.low <= inner.low <= inner.high <= outer.high
    assert rungs[0].low - 1e-12 <= truth <= rungs[0].high + 1e-12
    assert 0 <= rungs[-1].low <= rungs[-1].high <= 1
    assert rungs[-1].width == pytest.approx(1 - coverage, abs=1e-12)


@given(st.floats(0.01, 1), shares, coverages)
def test_prevalence_ratio_gives_the_truth(share: float, others: float, coverage: float) -> None:
    truth = coverage * share + (1 - coverage) * others
    ratio = min(others / share, 1 / share)
    assert prevalence_ratio(share, coverage, ratio) == pytest.approx(truth, abs=1e-12)


@given(shares, st.floats(0.01, 0.99), shares)
def test_tipping_share_puts_the_statement_on_its_threshold(
    share: float, coverage: float, threshold: float
) -> None:
    tipping = tipping_share(share, coverage, threshold)
    on_it = coverage * share + (1 - coverage) * tipping.value
    assert on_it == pytest.approx(threshold, abs=1e-12)
    bounds = manski_bounds(share, coverage)
    if tipping.reachable:
        assert bounds.low - 1e-12 <= threshold <= bounds.high + 1e-12
    else:
        assert threshold <= bounds.low + 1e-12 or threshold >= bounds.high - 1e-12
