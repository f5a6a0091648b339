"""Two tracked links: Chapman's estimator, its variance and its log-normal interval."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from actient.bias.arguments import ArgumentError
from actient.bias.capture import two_links


def test_the_example_of_the_methods() -> None:
    found = two_links(200, 150, 30)
    assert round(found.size, 2) == 978.06  # methods A.4
    assert found.seen == 320


def test_the_interval_by_hand() -> None:
    # N = 484.76, var = 101 · 101 · 80 · 80/(21² · 22), unseen f = 304.76, as log-normal
    found = two_links(100, 100, 20)
    variance = 101 * 101 * 80 * 80 / (21**2 * 22)
    unseen = 101 * 101 / 21 - 1 - 180
    stretch = np.exp(1.959963984540054 * np.sqrt(np.log(1 + variance / unseen**2)))
    assert found.standard_error == pytest.approx(np.sqrt(variance))
    assert found.interval == pytest.approx((180 + unseen / stretch, 180 + unseen * stretch))


@pytest.mark.parametrize(("population", "first", "second"), [(50, 30, 25), (40, 20, 20), (9, 5, 8)])
def test_size_and_variance_are_unbiased_where_the_links_reach_enough(
    population: int, first: int, second: int
) -> None:
    # Over all the ways the second link can meet the first; exact when n₁ + n₂ is at least N.
    both = np.arange(max(0, first + second - population), min(first, second) + 1)
    weights = hypergeom.pmf(both, population, first, second)
    found = two_links(first, second, both)
    mean = weights @ found.size
    variance = weights @ (found.size - population) ** 2
    assert mean == pytest.approx(population, rel=1e-10)
    assert weights @ found.standard_error**2 == pytest.approx(variance, rel=1e-10)


@given(st.data())
def test_never_fewer_than_were_seen(data: st.DataObject) -> None:
    first, second = data.draw(st.integers(0, 10_000)), data.draw(st.integers(0, 10_000))
    both = data.draw(st.integers(0, min(first, second)))
    found = two_links(first, second, both, data.draw(st.floats(0.5, 0.999)))
    assert found.seen <= found.interval.low <= found.size * (1 + 1e-12)
    assert found.size <= found.interval.high * (1 + 1e-12)
    assert np.isfinite(found.interval.high)


def test_no_one_unseen_leaves_no_width() -> None:
    found = two_links([10, 0, 12], [10, 5, 7], [10, 0, 7])
    np.testing.assert_allclose(found.interval.low, found.seen)
    np.testing.assert_allclose(found.interval.high, found.size)
    np.testing.assert_array_equal(found.standard_error, 0)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((10, 5, 6), "both"),
        ((10, 5, -1), "both"),
        ((10, 5, 1.5), "both"),
        ((10.5, 5, 1), "first"),
        ((10, float("nan"), 1), "second"),
        ((10, 5, 1, 1), "confidence"),
    ],
)
def test_impossible_counts_are_named(arguments: tuple, name: str) -> None:
    with pytest.raises(ArgumentError) as error:
        two_links(*arguments)
    assert error.value.argument == name
