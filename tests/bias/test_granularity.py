"""Feasible sample sizes, against the two independent lists of the research files."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.bias.granularity import (
    always_feasible_from,
    feasible_counts,
    feasible_sample_sizes,
    rounding_interval,
)

DIALOGUE, DISTURBED, ADVICE = (55.6, 1), (77.5, 1), (15.5, 1)


def test_sizes_shared_by_both_figures_of_the_doctors() -> None:
    # figures.md and methods.md, found independently
    expected = (142, 151, 160, 169, 178, 187, 275, 284, 293)
    assert feasible_sample_sizes([DIALOGUE, DISTURBED], 300) == expected


def test_sizes_of_the_advice_alone_and_of_all_three() -> None:
    assert feasible_sample_sizes([ADVICE], 103) == (58, 71, 84, 97, 103)
    expected = (142, 187, 284, 329, 342)
    assert feasible_sample_sizes([DIALOGUE, DISTURBED, ADVICE], 342) == expected


def test_sizes_under_truncation() -> None:
    assert feasible_sample_sizes([DIALOGUE, DISTURBED], 180, "truncation") == (160, 169, 178)


@pytest.mark.parametrize(("printed", "first"), [(DIALOGUE, 9), (DISTURBED, 40), (ADVICE, 58)])
def test_smallest_size_of_each_figure(printed: tuple[float, int], first: int) -> None:
    assert feasible_sample_sizes([printed], 60)[0] == first  # figures.md


@pytest.mark.parametrize(("n", "possible"), [(105, False), (248, True)])
def test_two_surveys_that_were_compared(n: int, possible: bool) -> None:
    assert bool(feasible_counts(*DIALOGUE, n)) is possible  # figures.md: FNIM, Faurre
    assert not feasible_counts(*DISTURBED, n)


@pytest.mark.parametrize(
    ("printed", "first"),
    [(DIALOGUE, 939), (DISTURBED, 981), (ADVICE, 972), ((42, 0), 95), ((69, 0), 93)],
)
def test_size_from_which_nothing_is_learnt(printed: tuple[float, int], first: int) -> None:
    assert always_feasible_from(*printed) == first  # methods A.6
    assert not feasible_counts(*printed, first - 1)
    assert all(feasible_counts(*printed, n) for n in range(first, 1200))


def test_every_whole_percent_from_a_hundred_on() -> None:
    assert max(always_feasible_from(percent, 0) for percent in range(101)) <= 100


@pytest.mark.parametrize("printed", [0, 100])
def test_nobody_and_everybody_are_always_feasible(printed: int) -> None:
    assert always_feasible_from(printed, 1) == 1


def test_a_tie_may_have_been_rounded_either_way() -> None:
    assert list(feasible_counts(12, 0, 8)) == [1]  # 12.5 %, printed as 12 or as 13
    assert list(feasible_counts(13, 0, 8)) == [1]
    assert list(feasible_counts(13, 0, 8, "truncation")) == []


def test_counts_are_exact_where_floats_are_not() -> None:
    # 0.285 in binary lies below itself: a float comparison would lose this tie.
    assert list(feasible_counts("28.5", 1, 200)) == [57]
    assert list(feasible_counts(29, 0, 200)) == [57, 58, 59]


@given(st.integers(1, 3000), st.data(), st.integers(0, 2))
def test_what_was_printed_from_k_out_of_n_is_feasible(
    n: int, data: st.DataObject, decimals: int
) -> None:
    k = data.draw(st.integers(0, n))
    unit = Decimal(1).scaleb(-decimals)
    exact = Decimal(100 * k) / Decimal(n)
    for rounding in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        assert k in feasible_counts(exact.quantize(unit, rounding), decimals, n)
    truncated = exact.quantize(unit, ROUND_DOWN)
    assert k in feasible_counts(truncated, decimals, n, "truncation")


@given(st.integers(1, 3000), st.integers(0, 1000))
def test_every_feasible_count_prints_as_the_figure(n: int, tenths: int) -> None:
    printed = Decimal(tenths) / 10
    for k in feasible_counts(printed, 1, n):
        assert abs(Fraction(100 * k, n) - Fraction(printed)) <= Fraction(1, 20)
    for k in feasible_counts(printed, 1, n, "truncation"):
        assert 0 <= Fraction(100 * k, n) - Fraction(printed) < Fraction(1, 10)


def test_rounding_interval() -> None:
    assert rounding_interval(42, 0) == (0.415, 0.425)
    assert rounding_interval(55.6, 1) == (0.5555, 0.5565)
    assert rounding_interval(55.6, 1, "truncation") == (0.556, 0.557)
    assert rounding_interval(100, 0) == (0.995, 1.0)
    assert rounding_interval(0, 0) == (0.0, 0.005)


@pytest.mark.parametrize(
    ("printed", "decimals", "n", "rule", "argument"),
    [
        (101, 0, 10, "rounding", "printed"),
        (-1, 0, 10, "rounding", "printed"),
        (float("nan"), 0, 10, "rounding", "printed"),
        ("about half", 0, 10, "rounding", "printed"),
        (None, 0, 10, "rounding", "printed"),
        (55.63, 1, 10, "rounding", "printed"),
        (55.6, -1, 10, "rounding", "decimals"),
        (55.6, 1.0, 10, "rounding", "decimals"),
        (55.6, 1, 0, "rounding", "n"),
        (55.6, 1, 10.5, "rounding", "n"),
        (55.6, 1, True, "rounding", "n"),
        (55.6, 1, 10, "bankers", "rule"),
    ],
)
def test_impossible_input(
    printed: object, decimals: object, n: object, rule: object, argument: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        feasible_counts(printed, decimals, n, rule)  # type: ignore[arg-type]  # not what it takes
    assert caught.value.argument == argument


def test_impossible_lists() -> None:
    with pytest.raises(ArgumentError, match="at least one"):
        feasible_sample_sizes([], 100)
    with pytest.raises(ArgumentError, match="up_to"):
        feasible_sample_sizes([DIALOGUE], 0)
