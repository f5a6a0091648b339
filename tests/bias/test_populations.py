"""Pooling and post-stratification."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.bias.populations import composition_bias, pooled_share, post_stratified

shares = st.floats(0, 1)
PROFESSIONALS, INTERNET_USERS = 0.67, 0.93


@pytest.mark.parametrize(("weight", "percent"), [(0, 93.0), (0.2, 87.8), (0.5, 80.0), (1, 67.0)])
def test_pooled_figure_runs_with_its_mixture(weight: float, percent: float) -> None:
    pooled = pooled_share(PROFESSIONALS, INTERNET_USERS, weight)  # methods A.1
    assert round(100 * pooled, 10) == percent


@given(shares, shares, shares, shares)
def test_composition_bias_is_the_gap_between_pooled_figures(
    a: float, b: float, sample: float, target: float
) -> None:
    gap = pooled_share(a, b, sample) - pooled_share(a, b, target)
    assert composition_bias(a, b, sample, target) == pytest.approx(gap, abs=1e-12)


@given(shares, shares, shares)
def test_pooled_share_lies_between_and_post_stratification_agrees(
    a: float, b: float, weight: float
) -> None:
    pooled = pooled_share(a, b, weight)
    assert min(a, b) - 1e-12 <= pooled <= max(a, b) + 1e-12
    stratified = post_stratified([a, b], [weight, 1 - weight])
    assert stratified.share == pytest.approx(pooled, abs=1e-12)
    assert stratified.variance is None


@given(shares, shares)
def test_neutral_composition(a: float, weight: float) -> None:
    assert pooled_share(a, 0.5, 1) == a
    assert pooled_share(0.5, a, 0) == a
    assert composition_bias(a, 0.5, weight, weight) == 0
    assert composition_bias(a, a, 1, weight) == 0


def test_variance_of_strata() -> None:
    one = post_stratified([0.42], [1.0], [500])
    assert one.share == 0.42
    assert one.variance == pytest.approx(0.42 * 0.58 / 500, rel=1e-12)
    halves = post_stratified([0.42, 0.42], [0.5, 0.5], [250, 250])
    assert halves.variance == pytest.approx(one.variance, rel=1e-12)  # proportional allocation
    skewed = post_stratified([0.42, 0.42], [0.5, 0.5], [490, 10])
    assert skewed.variance > halves.variance


def test_strata_lie_along_the_last_axis() -> None:
    weights = np.array([[0.2, 0.8], [0.5, 0.5]])
    result = post_stratified([PROFESSIONALS, INTERNET_USERS], weights, [100, 100])
    np.testing.assert_allclose(result.share, [0.878, 0.80])
    assert np.shape(result.variance) == (2,)


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        (([0.4, 1.4], [0.5, 0.5]), "shares"),
        (([0.4, np.nan], [0.5, 0.5]), "shares"),
        (([0.4, 0.5], [-0.5, 1.5]), "weights"),
        (([0.4, 0.5], [0.5, 0.6]), "sum of weights"),
        (([0.4, 0.5], [0.5, 0.5], [10, 0]), "n"),
        (([0.4, 0.5], [0.2, 0.3, 0.5]), "shares + weights + n"),
        (([0.4, 0.5], [0.5, 0.5], 100), "shares + weights + n"),
        ((0.4, 1.0), "shares + weights + n"),
    ],
)
def test_impossible_strata(arguments: tuple[object, ...], argument: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        post_stratified(*arguments)  # type: ignore[arg-type]  # not what it takes
    assert caught.value.argument == argument
