"""Chapter 05, against the table of methods A.1 and the arithmetic of a mean of two shares."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actient.chapters.populations import numbers as chapter
from actient.claims import load_claims, load_statements

CLAIMS, STATEMENTS = load_claims(), load_statements()
proportions = st.floats(0, 1)


def records(in_sample: float = 0.5, in_target: float = 0.2) -> dict[str, float]:
    found = chapter.records(CLAIMS, STATEMENTS, in_sample=in_sample, in_target=in_target)
    assert len({record.key for record in found}) == len(found)
    return {record.key: record.value for record in found}


def test_the_mixture_runs_through_the_published_points() -> None:
    shares = chapter.mixture(CLAIMS, (0, 0.2, 0.5, 1)).set_index("weight")["share"]
    assert shares.to_dict() == pytest.approx({0: 0.93, 0.2: 0.878, 0.5: 0.80, 1: 0.67})


def test_the_bias_is_the_difference_of_the_two_pooled_figures() -> None:
    found = records()
    difference = found["pooled_sample"] - found["pooled_target"]
    assert found["composition_bias"] == pytest.approx(100 * difference)
    assert found["composition_bias"] == pytest.approx(-7.8)


def test_a_sample_like_its_target_has_no_bias() -> None:
    assert records(0.3, 0.3)["composition_bias"] == pytest.approx(0)


@given(proportions, proportions, st.floats(0, 0.99))
def test_the_bounds_hold_the_share_that_was_pooled(
    professionals: float, others: float, weight: float
) -> None:
    pooled = min(weight * professionals + (1 - weight) * others, 1.0)
    low, high = chapter.others_behind(pooled, weight)
    assert low - 1e-9 <= others <= high + 1e-9


def test_without_professionals_the_figure_is_that_of_the_others() -> None:
    assert chapter.others_behind(0.42, 0.0) == pytest.approx((0.42, 0.42))


def test_a_sample_of_professionals_alone_says_nothing_of_the_others() -> None:
    assert not any("others" in key for key in records(in_sample=1.0))


@pytest.mark.parametrize("statement_id", ["T11", "T13"])
@pytest.mark.parametrize("share", [0.155, 0.42, 0.425])
def test_at_the_tipping_weight_the_bound_is_the_threshold(statement_id: str, share: float) -> None:
    one = STATEMENTS[statement_id]
    weight = chapter.tipping_weight(share, one)
    assert chapter.others_behind(share, weight).high == pytest.approx(one.threshold)


@given(st.floats(0.51, 1))
def test_more_than_half_tips_at_the_lower_bound(share: float) -> None:
    weight = chapter.tipping_weight(share, STATEMENTS["T14"])
    assume(weight < 0.99)
    assert chapter.others_behind(share, weight).low == pytest.approx(0.5)


def test_the_worst_rounding_tips_sooner() -> None:
    found = records()
    assert found["T11_tipping_weight_worst"] == pytest.approx(0.15)
    assert found["T11_tipping_weight_worst"] < found["T11_tipping_weight"]


def test_only_statements_without_a_stated_population_may_pool() -> None:
    ids = [one.statement_id for one in chapter.pooled_statements(STATEMENTS)]
    assert ids == ["T11", "T13"]
