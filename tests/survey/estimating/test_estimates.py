"""Wilson limits and sample sizes, against R, statsmodels and the table of methods A.6."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from actient.bias.arguments import ArgumentError
from actient.survey.estimating.estimates import (
    minimum_sample_size,
    proportion,
    weighted_proportion,
    wilson,
)
from actient.survey.estimating.pooling import PoolingError, pooled

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


def test_proportion_is_wilson_on_counts() -> None:
    found = proportion(210, 500)
    assert (found.x, found.n, found.share, found.effective_n) == (210, 500, 0.42, 500)
    assert (found.low, found.high) == wilson(0.42, 500)
    assert (found.design_effect, found.confidence) == (1, 0.95)


def test_proportions_of_several_items_at_once() -> None:
    found = proportion([210, 31], [500, 40], 0.9)
    for place, (x, n) in enumerate([(210, 500), (31, 40)]):
        one = proportion(x, n, 0.9)
        assert (found.share[place], found.low[place], found.high[place]) == (
            one.share,
            one.low,
            one.high,
        )


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(1e-3, 1e3))
def test_equal_weights_are_no_weights(answers: list[bool], weight: float) -> None:
    weighted = weighted_proportion(answers, [weight] * len(answers))
    plain = proportion(sum(answers), len(answers))
    assert (weighted.x, weighted.n) == (plain.x, plain.n)
    for name in ("share", "low", "high", "effective_n", "design_effect"):
        assert getattr(weighted, name) == pytest.approx(getattr(plain, name), rel=1e-9, abs=1e-12)


def test_weighted_share_and_its_effective_sample_by_hand() -> None:
    # Σwy/Σw = (3 + 1)/6; (Σw)²/Σw² = 36/12; Wilson for 2/3 of 3
    found = weighted_proportion([1, 0, 1, 0], [3, 1, 1, 1])
    assert (found.x, found.n) == (2, 4)
    assert found.share == pytest.approx(4 / 6)
    assert found.effective_n == pytest.approx(3)
    assert found.design_effect == pytest.approx(4 / 3)
    assert (found.low, found.high) == pytest.approx(tuple(wilson(4 / 6, 3)))


def test_rows_are_items() -> None:
    answers = np.array([[True, False, True], [False, False, True]])
    found = weighted_proportion(answers, [1, 2, 3])
    for place, row in enumerate(answers):
        one = weighted_proportion(row, [1, 2, 3])
        for name in ("x", "n", "share", "low", "high", "effective_n", "design_effect"):
            assert getattr(found, name)[place] == pytest.approx(getattr(one, name))


def test_everybody_is_one_whatever_the_weights() -> None:
    found = weighted_proportion([1, 1, 1], [0.1, 0.2, 0.3])
    assert found.share == 1
    assert found.low < 1 == found.high


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: proportion(3, 2), "x"),
        (lambda: proportion(1.5, 2), "x"),
        (lambda: proportion(-1, 2), "x"),
        (lambda: proportion(0, 0), "n"),
        (lambda: proportion(1, 2.5), "n"),
        (lambda: proportion(1, 2, 1), "confidence"),
        (lambda: proportion(1, 2, [0.9, 0.95]), "confidence"),
        (lambda: proportion([1, 2], [3, 4, 5]), "x + n"),
        (lambda: weighted_proportion([0, 2], [1, 1]), "successes"),
        (lambda: weighted_proportion([0, float("nan")], [1, 1]), "successes"),
        (lambda: weighted_proportion([0, 1], [1, 1, 1]), "successes + weights"),
        (lambda: weighted_proportion(1, [1]), "successes + weights"),
        (lambda: weighted_proportion([], []), "weights"),
        (lambda: weighted_proportion([0, 1], [0, 0]), "weights"),
        (lambda: weighted_proportion([0, 1], [1, -1]), "weights"),
        (lambda: weighted_proportion([0, 1], [1, 1], 0), "confidence"),
    ],
)
def test_impossible_counts_are_named(call: object, argument: str) -> None:
    with pytest.raises(ArgumentError) as error:
        call()
    assert error.value.argument == argument


def test_pooling_one_group_is_that_group() -> None:
    one = proportion(31, 40)
    found = pooled([one], [1])
    assert (found.share, found.low, found.high) == pytest.approx((one.share, one.low, one.high))
    assert found.standard_error == pytest.approx(np.sqrt(0.775 * 0.225 / 40))


def test_pooling_weights_the_groups_by_the_target_not_by_who_answered() -> None:
    # Stratified: .2 · .93 + .8 · .67 and √(.04 · .93 · .07/100 + .64 · .67 · .33/400)
    found = pooled([proportion(93, 100), proportion(268, 400)], [0.2, 0.8])
    assert found.share == pytest.approx(0.722)
    expected = np.sqrt(0.04 * 0.93 * 0.07 / 100 + 0.64 * 0.67 * 0.33 / 400)
    assert found.standard_error == pytest.approx(expected)
    assert found.weights == (0.2, 0.8)


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2"), [(56, 70, 48, 80), (9, 10, 3, 10), (0, 20, 5, 9)]
)
def test_limits_are_newcombes(x1: int, n1: int, x2: int, n2: int) -> None:
    # Pooling p₁ and 1 - p₂ by halves is (1 + p₁ - p₂)/2; statsmodels bounds the difference.
    found = pooled([proportion(x1, n1), proportion(n2 - x2, n2)], [0.5, 0.5])
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
    assert (2 * found.low - 1, 2 * found.high - 1) == pytest.approx((low, high), abs=1e-12)


def test_unanimous_groups_still_leave_doubt() -> None:
    found = pooled([proportion(0, 30), proportion(30, 30)], [0.5, 0.5])
    assert (found.share, found.standard_error) == (0.5, 0)
    assert found.low < 0.5 < found.high


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=5))
def test_pooled_limits_contain_the_share(counts: list[tuple[int, int]]) -> None:
    parts = [proportion(min(x, n), n) for x, n in counts]
    found = pooled(parts, [1 / len(parts)] * len(parts))
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_pooling_several_items_at_once() -> None:
    both = pooled([proportion([1, 2], 9), proportion([3, 4], [9, 8])], [0.3, 0.7])
    second = pooled([proportion(2, 9), proportion(4, 8)], [0.3, 0.7])
    assert (both.share[1], both.low[1]) == pytest.approx((second.share, second.low))


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (None, "2 groups and no weights"),
        ([0.5, 0.6], "add up to 1.1"),
        ([1], "expected 2 shares"),
        ([1.5, -0.5], "in \\[0, 1\\]"),
        ([float("nan"), 1], "add up to nan"),
    ],
)
def test_groups_are_never_pooled_without_weights(weights: list | None, words: str) -> None:
    with pytest.raises(PoolingError, match=words):
        pooled([proportion(1, 2), proportion(1, 3)], weights)


def test_nothing_and_unlike_levels_are_not_pooled() -> None:
    with pytest.raises(PoolingError, match="0 groups"):
        pooled([], [])
    with pytest.raises(PoolingError, match=r"\[0.9, 0.95\]"):
        pooled([proportion(1, 2), proportion(1, 3, 0.9)], [0.5, 0.5])
