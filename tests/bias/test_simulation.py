"""Probabilistic bias analysis: laws, order, bounded memory, and the worked default."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from actient.bias.arguments import ArgumentError
from actient.bias.reliability import apparent_share
from actient.bias.selection import observed_share
from actient.bias.simulation import (
    BINS,
    Beta,
    Constant,
    Law,
    LawSpecification,
    LogNormal,
    Trapezoidal,
    Triangular,
    Uniform,
    one_factor_at_a_time,
    parse_law,
    simulate,
)

POINT = 0.01
# methods A.7
DEFAULT: dict[str, LawSpecification] = {
    "sensitivity": Triangular(0.85, 0.95, 1),
    "specificity": Triangular(0.70, 0.85, 0.98),
    "selection_ratio": LogNormal(1, 2),
    "coverage": Triangular(0.58, 0.86, 0.89),
    "difference": Triangular(-0.20, -0.05, 0.10),
}
LAWS_AND_DISTRIBUTIONS = [
    (Uniform(0.2, 0.9), stats.uniform(0.2, 0.7)),
    (Triangular(0.7, 0.85, 0.98), stats.triang(0.15 / 0.28, 0.7, 0.28)),
    (Trapezoidal(0.1, 0.3, 0.6, 1.0), stats.trapezoid(0.2 / 0.9, 0.5 / 0.9, 0.1, 0.9)),
    (Trapezoidal(0.1, 0.1, 0.6, 0.6), stats.uniform(0.1, 0.5)),
    (Trapezoidal(0.1, 0.4, 0.4, 0.6), stats.triang(0.6, 0.1, 0.5)),
    (Beta(2.5, 7), stats.beta(2.5, 7)),
    (LogNormal(1.5, 3), stats.lognorm(math.log(2) / stats.norm.ppf(0.975), scale=1.5)),
]


@pytest.mark.parametrize(
    ("law", "distribution"),
    LAWS_AND_DISTRIBUTIONS,
    ids=[str(law) for law, _ in LAWS_AND_DISTRIBUTIONS],
)
def test_laws_draw_from_their_distribution(law: Law, distribution: object) -> None:
    draws = law.draw(np.random.default_rng(5), 20_000)
    assert stats.kstest(draws, distribution.cdf).statistic < 1.63 / math.sqrt(draws.size)
    low, high = law.support
    assert low <= draws.min()
    assert draws.max() <= high


@pytest.mark.parametrize(
    "law", [Constant(0.3), *(law for law, _ in LAWS_AND_DISTRIBUTIONS)], ids=str
)
def test_laws_draw_the_same_in_pieces_and_read_back(law: Law) -> None:
    whole, pieces = np.random.default_rng(1), np.random.default_rng(1)
    np.testing.assert_array_equal(
        law.draw(whole, 1000), np.concatenate([law.draw(pieces, 700), law.draw(pieces, 300)])
    )
    assert parse_law(str(law)) == law
    assert parse_law(law) is law


def test_lognormal_is_told_by_its_central_range() -> None:
    law = stats.lognorm(LogNormal(1, 2).sigma)
    assert law.ppf([0.025, 0.5, 0.975]) == pytest.approx([0.5, 1, 2])


@pytest.mark.parametrize(
    ("specification", "law"),
    [
        (0.9, Constant(0.9)),
        (1, Constant(1.0)),
        ("triangular(.7, .85, .98)", Triangular(0.7, 0.85, 0.98)),
        (["beta", 2, 3], Beta(2, 3)),
        (("lognormal", "1", "2"), LogNormal(1, 2)),
        ("  uniform(0,1) ", Uniform(0, 1)),
    ],
)
def test_laws_are_read(specification: LawSpecification, law: Law) -> None:
    assert parse_law(specification) == law


@pytest.mark.parametrize(
    "specification",
    [
        "normal(0, 1)",
        "triangular",
        "triangular(1, 2)",
        "uniform(a, b)",
        "uniform(2, 1)",
        "uniform(1, 1)",
        "uniform(0, nan)",
        "triangular(0, 2, 1)",
        "trapezoidal(0, 0.5, 0.4, 1)",
        "beta(0, 1)",
        "lognormal(2, 1)",
        "lognormal(0, 1)",
        "constant(inf)",
        math.nan,
        [],
        [0.5, 0.6],
        None,
        True,
        {"law": "uniform"},
    ],
)
def test_impossible_laws(specification: LawSpecification) -> None:
    with pytest.raises(ArgumentError):
        parse_law(specification)


def test_default_of_the_42_percent() -> None:
    result = simulate(0.42, 400, **DEFAULT)
    low, high = result.interval()
    assert result.median == pytest.approx(0.325, abs=0.3 * POINT)
    assert (low, high) == pytest.approx((0.152, 0.532), abs=0.3 * POINT)
    assert result.below(0.5) == pytest.approx(0.95, abs=0.5 * POINT)
    assert not result.too_many_discarded


def test_sampling_error_is_small_beside_bias() -> None:
    result = simulate(0.42, None, **DEFAULT)
    assert result.interval() == pytest.approx((0.162, 0.522), abs=0.3 * POINT)
    alone = simulate(0.42, 400).interval()
    assert alone.width < result.interval().width / 3


def test_same_laws_on_55_6_percent_settle_nothing() -> None:
    assert simulate(0.556, 400, **DEFAULT).below(0.5) == pytest.approx(0.50, abs=POINT)


def test_laws_that_do_not_fit_a_share_are_seen() -> None:
    specificity = Triangular(0.70, 0.85, 0.98)
    result = simulate(0.155, 400, sensitivity=DEFAULT["sensitivity"], specificity=specificity)
    assert result.discard_rate == pytest.approx(0.499, abs=0.6 * POINT)
    assert result.too_many_discarded
    assert result.kept + result.discarded == result.draws


def test_discard_rate_is_that_of_the_law() -> None:
    specificity = Triangular(0.70, 0.85, 0.98)
    result = simulate(0.155, None, specificity=specificity)
    expected = stats.triang(0.15 / 0.28, 0.7, 0.28).cdf(1 - 0.155)  # Sp below it is impossible
    assert result.discard_rate == pytest.approx(expected, abs=0.6 * POINT)


def test_clipped_draws_are_counted() -> None:
    result = simulate(0.1, coverage=0.5, difference=Uniform(-0.2, 0.2))
    assert result.clip_rate == pytest.approx(0.25, abs=0.6 * POINT)
    assert result.too_many_clipped
    assert result.minimum == pytest.approx(0.05, abs=1e-15)
    assert simulate(0.1, coverage=1, difference=-0.5).clipped == 0


@pytest.mark.parametrize("n", [30, 500])
def test_sampling_alone_is_its_beta_law(n: int) -> None:
    result = simulate(0.42, n, draws=200_000)
    law = stats.beta(n * 0.42 + 0.5, n * 0.58 + 0.5)
    for probability in (0.025, 0.25, 0.5, 0.75, 0.975):
        assert law.cdf(result.quantile(probability)) == pytest.approx(probability, abs=0.005)
    assert result.mean == pytest.approx(law.mean(), abs=5 * law.std() / math.sqrt(result.draws))
    assert result.below(0.40) == pytest.approx(law.cdf(0.40), abs=0.005)
    assert result.above(0.40) == pytest.approx(1 - result.below(0.40), abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1), st.integers(1, 50))
def test_neutral_laws_return_the_share_exactly(share: float, draws: int) -> None:
    result = simulate(share, draws=draws, chunk=7)
    assert (result.mean, result.minimum, result.maximum) == (share, share, share)
    assert result.median == share
    assert result.interval() == (share, share)
    assert (result.discarded, result.clipped) == (0, 0)
    assert result.below(share) == 0
    assert result.above(share) == 0


@settings(deadline=None, max_examples=100)
@given(
    st.floats(0, 1),
    st.floats(-1, 1),
    st.floats(0.05, 1),
    st.floats(0.1, 10),
    st.floats(0.6, 1),
    st.floats(0.6, 1),
)
def test_biases_then_their_undoing_come_back(
    covered: float, difference: float, coverage: float, ratio: float, se: float, sp: float
) -> None:
    assume(0 <= covered + difference <= 1)
    assume(0.001 < covered < 0.999)  # at the very ends the last digit decides on a discard
    said = apparent_share(observed_share(covered, ratio), se, sp)
    result = simulate(
        said,
        sensitivity=se,
        specificity=sp,
        selection_ratio=ratio,
        coverage=coverage,
        difference=difference,
        draws=1,
    )
    truth = coverage * covered + (1 - coverage) * (covered + difference)
    assert result.mean == pytest.approx(truth, abs=1e-12)


def test_chunks_do_not_change_the_result() -> None:
    whole, pieces = (simulate(0.42, 400, **DEFAULT, draws=5000, chunk=c) for c in (5000, 37))
    np.testing.assert_array_equal(whole.counts, pieces.counts)
    assert (whole.minimum, whole.maximum) == (pieces.minimum, pieces.maximum)
    assert (whole.discarded, whole.clipped) == (pieces.discarded, pieces.clipped)
    assert whole.mean == pytest.approx(pieces.mean, abs=1e-14)


def test_seeds_decide() -> None:
    first, again, other = (simulate(0.42, 400, **DEFAULT, draws=500, seed=s) for s in (1, 1, 2))
    assert first.mean == again.mean
    assert first.mean != other.mean


def test_memory_is_flat_as_draws_grow() -> None:
    def peak(draws: int) -> int:
        tracemalloc.start()
        simulate(0.42, 400, **DEFAULT, draws=draws, chunk=10_000)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10_000)  # what is imported on first use is not the simulation's
    assert peak(1_000_000) < 1.1 * peak(50_000)


def test_histogram_for_a_picture() -> None:
    result = simulate(0.42, 400, **DEFAULT)
    edges, shares = result.histogram(50)
    assert (edges[0], edges[-1], edges.size, shares.size) == (0, 1, 51, 50)
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    assert shares[:25].sum() == pytest.approx(result.below(0.5), abs=1e-12)
    assert result.counts.size == BINS
    with pytest.raises(ArgumentError, match="bins"):
        result.histogram(7)


def test_each_factor_alone() -> None:
    effects = dict(one_factor_at_a_time(0.42, 500, **DEFAULT))
    assert list(effects) == ["sampling", "reliability", "selection", "coverage", "combined"]
    # methods A.7: sampling alone [37.7; 46.4]
    assert effects["sampling"].interval() == pytest.approx((0.377, 0.464), abs=0.3 * POINT)
    together = effects["combined"].interval().width
    assert all(effects[name].interval().width < together for name in list(effects)[:-1])
    np.testing.assert_array_equal(effects["combined"].counts, simulate(0.42, 500, **DEFAULT).counts)


def test_factors_that_are_neutral_do_nothing() -> None:
    effects = dict(one_factor_at_a_time(0.42, selection_ratio=Uniform(0.5, 2), draws=1000))
    assert "sampling" not in effects
    assert effects["reliability"].interval() == (0.42, 0.42)
    assert effects["coverage"].interval() == (0.42, 0.42)
    assert effects["selection"].interval() == effects["combined"].interval()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"share": 1.2}, "share"),
        ({"share": math.nan}, "share"),
        ({"share": [0.4, 0.5]}, "share"),
        ({"n": 0}, "n"),
        ({"n": math.nan}, "n"),
        ({"sensitivity": 1.1}, "sensitivity"),
        ({"specificity": Uniform(-0.1, 0.9)}, "specificity"),
        ({"sensitivity": LogNormal(0.5, 0.9)}, "sensitivity"),
        ({"sensitivity": 0.5, "specificity": 0.5}, "sensitivity + specificity"),
        ({"specificity": 0.5}, "sensitivity + specificity"),
        ({"selection_ratio": 0}, "selection_ratio"),
        ({"selection_ratio": Uniform(0, 2)}, "selection_ratio"),
        ({"coverage": 0}, "coverage"),
        ({"coverage": Uniform(0.5, 1.1)}, "coverage"),
        ({"difference": -1.1}, "difference"),
        ({"difference": "uniform(0, 2)"}, "difference"),
        ({"difference": "nothing"}, "difference: law"),
        ({"draws": 0}, "draws"),
        ({"draws": 1e5}, "draws"),
        ({"seed": -1}, "seed"),
        ({"chunk": 0}, "chunk"),
    ],
)
def test_impossible_simulations(arguments: dict[str, object], name: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        simulate(**{"share": 0.42, **arguments})  # type: ignore[arg-type]  # not what it takes
    assert caught.value.argument == name


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_impossible_questions_to_a_result(probability: float) -> None:
    result = simulate(0.42, draws=1)
    for ask in (result.quantile, result.interval, result.below, result.above):
        with pytest.raises(ArgumentError):
            ask(probability)


def test_open_laws_may_touch_their_bounds() -> None:
    result = simulate(0.42, selection_ratio=LogNormal(1, 2), coverage=Beta(8, 2), draws=100)
    assert 0 < result.minimum < result.maximum < 1
