"""The branching process of one questionnaire from one profile."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.bias.diffusion import (
    CascadeParameters,
    expected_exposed,
    exposed_max,
    extinction_probability,
    participation_bounds,
    reproduction_number,
    simulate_cascades,
    summarise_cascades,
)

# methods A.4: mean contacts 200, seen .06, answered .25, shared .30
LAUNCH = CascadeParameters(200, 200.0, 0.06, 0.25, 0.30)


def test_reproduction_number_and_mean_of_the_example() -> None:
    assert reproduction_number(200, 0.06, 0.25, 0.30) == pytest.approx(0.9)
    assert LAUNCH.reproduction_number == pytest.approx(0.9)
    assert expected_exposed(200, 0.06, 0.9) == pytest.approx(120)


def test_participation_has_an_unknown_denominator() -> None:
    most = exposed_max(190, 20, 190, 1e7)
    assert most == 190 + 20 * 190
    assert participation_bounds(399, most) == (0.1, 1.0)
    assert exposed_max(190, 1e6, 190, 1000) == 1000


def test_extinction_is_certain_up_to_one() -> None:
    np.testing.assert_array_equal(extinction_probability([0, 0.5, 1]), [1, 1, 1])
    assert extinction_probability(1.0, 0.1) == 1.0


def test_extinction_of_a_geometric_law_has_a_closed_form() -> None:
    r0 = np.array([1.0001, 1.5, 2, 10])
    np.testing.assert_allclose(extinction_probability(r0, 1.0), 1 / r0, atol=1e-10)


@given(st.floats(1.01, 20), st.one_of(st.floats(0.05, 100), st.just(math.inf)))
def test_extinction_is_the_smallest_fixed_point(r0: float, k: float) -> None:
    def generating(z: float) -> float:
        mean = r0 * (1 - z)
        return math.exp(-mean) if math.isinf(k) else (1 + mean / k) ** -k

    z = extinction_probability(r0, k)
    assert 0 <= z < 1
    assert generating(z) == pytest.approx(z, abs=1e-12)
    for smaller in np.linspace(0, z * 0.999, 20):
        assert generating(float(smaller)) > smaller


def test_uneven_contacts_make_extinction_likelier() -> None:
    extinct = extinction_probability(2.0, [0.1, 1, 10, math.inf])
    assert np.all(np.diff(extinct) < 0)


def test_simulated_mean_is_the_theoretical_one() -> None:
    runs = 20_000
    respondents = simulate_cascades(LAUNCH, runs, seed=1, max_respondents=100_000)
    theory = expected_exposed(200, 0.06, LAUNCH.reproduction_number) * LAUNCH.answered
    error = respondents.std() / math.sqrt(runs)
    assert respondents.mean() == pytest.approx(theory, abs=4 * error)
    summary = summarise_cascades(respondents, 100_000)
    assert summary.mean == respondents.mean()
    assert summary.median < summary.mean / 5  # heavy-tailed: most launches stay small
    assert summary.q95 > 3 * summary.mean
    assert summary.stopped == 0


@pytest.mark.parametrize("dispersion", [0.5, 1.0, math.inf])
def test_launches_that_grow_without_end_are_those_that_theory_says(dispersion: float) -> None:
    parameters = CascadeParameters(1, 20.0, 0.5, 0.5, 0.4, dispersion)  # R₀ = 2
    runs = 20_000
    stopped = summarise_cascades(simulate_cascades(parameters, runs, 3, 2000), 2000).stopped
    starts = 0.5 * 0.5 * 0.4  # the one contact of the profile sees, answers and shares
    theory = starts * (1 - extinction_probability(2.0, dispersion))
    assert stopped == pytest.approx(theory, abs=4 * math.sqrt(theory * (1 - theory) / runs))


def test_collection_stops_where_told() -> None:
    growing = CascadeParameters(100, 100.0, 0.5, 0.5, 0.5)
    respondents = simulate_cascades(growing, 100, seed=2, max_respondents=400)
    assert respondents.max() == 400
    assert summarise_cascades(respondents, 400).stopped > 0.9


def test_one_seed_one_result() -> None:
    first, again, other = (simulate_cascades(LAUNCH, 200, seed, 400) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(("name", "most"), [("seen", 0), ("answered", 0), ("shared", 10)])
def test_a_broken_link_ends_the_chain(name: str, most: int) -> None:
    links = {"seen": 1.0, "answered": 1.0, "shared": 1.0, name: 0.0}
    respondents = simulate_cascades(CascadeParameters(10, 10.0, **links), 50, 1, 400)
    np.testing.assert_array_equal(respondents, most)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed_contacts", -1),
        ("seed_contacts", 1.5),
        ("mean_contacts", 0),
        ("mean_contacts", math.nan),
        ("mean_contacts", [1.0, 2.0]),
        ("seen", 1.1),
        ("answered", -0.1),
        ("shared", math.nan),
        ("dispersion", 0),
        ("dispersion", math.nan),
    ],
)
def test_impossible_launches(name: str, value: object) -> None:
    values: dict[str, object] = {
        "seed_contacts": 10,
        "mean_contacts": 10.0,
        "seen": 0.5,
        "answered": 0.5,
        "shared": 0.5,
        name: value,
    }
    with pytest.raises(ArgumentError) as caught:
        CascadeParameters(**values)  # type: ignore[arg-type]  # not what it takes
    assert caught.value.argument == name


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((0, 1, 10), "runs"), ((10, -1, 10), "seed"), ((10, 1, 0), "max_respondents")],
)
def test_impossible_simulations(arguments: tuple[int, int, int], name: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        simulate_cascades(LAUNCH, *arguments)
    assert caught.value.argument == name


def test_impossible_summaries() -> None:
    with pytest.raises(ArgumentError, match="at least one launch"):
        summarise_cascades(np.array([], dtype=np.int64), 10)
    with pytest.raises(ArgumentError, match="max_respondents"):
        summarise_cascades(np.array([11]), 10)
