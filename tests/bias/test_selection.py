"""Self-selection, against the R package ddi, Meng 2018 and episensr."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actient.bias.selection import (
    corrected_share,
    data_defect_correlation,
    defect_correlation_from_rates,
    effective_sample_size,
    effective_sample_size_from_bias,
    observed_share,
    tipping_ratio,
)

shares = st.floats(0, 1)
inner = st.floats(0.01, 0.99)
ratios = st.floats(1e-2, 1e2)


def odds(share: float) -> float:
    return share / (1 - share)


@pytest.mark.parametrize(
    ("ratio", "share"),
    [(0.5, 0.592), (0.67, 0.519), (1, 0.42), (1.5, 0.326), (2, 0.266), (3, 0.194)],
)
def test_corrected_42_percent(ratio: float, share: float) -> None:
    assert round(corrected_share(0.42, ratio), 3) == share  # methods A.3


@pytest.mark.parametrize(
    ("share", "ratio"),
    [(0.42, 0.724), (0.58, 1.381), (0.69, 2.226), (0.556, 1.252), (0.775, 3.444), (0.64, 1.778)],
)
def test_tipping_ratios(share: float, ratio: float) -> None:
    assert round(tipping_ratio(share, 0.5), 3) == ratio  # methods A.3


def test_data_defect_correlation_of_the_ddi_example() -> None:
    population, n = 136_639_786, 35_829
    truth, observed = 62_984_824 / population, 12_284 / n
    rho = data_defect_correlation(truth, observed, n, population)
    assert rho == pytest.approx(-0.0038371628845574, abs=5e-16)
    assert round(effective_sample_size(rho, n / population), 4) == 17.8136
    assert round(effective_sample_size_from_bias(truth, observed - truth), 4) == 17.8136


def test_effective_sample_size_of_meng() -> None:
    assert round(effective_sample_size(-0.005, 0.01), 2) == 404.04  # methods A.9 #2


@pytest.mark.parametrize(("bias", "n"), [(0.05, 97), (0.10, 24), (0.15, 11), (0.17, 8)])
def test_what_a_bias_at_42_percent_is_worth(bias: float, n: int) -> None:
    assert round(effective_sample_size_from_bias(0.42, -bias)) == n  # methods A.3


def test_a_small_correlation_is_a_large_bias() -> None:
    rho = data_defect_correlation(0.42, 0.52, 500, 52e6)
    assert rho == pytest.approx(6.3e-4, abs=5e-6)  # methods A.3


def test_selection_of_stang() -> None:
    """episensr README: cells 136, 107, 297, 165; selection .94, .85, .64, .25."""
    exposed_cases, cases = 136, 136 + 107
    exposed_controls, controls = 297, 297 + 165
    in_cases = corrected_share(exposed_cases / cases, 0.94 / 0.85)
    in_controls = corrected_share(exposed_controls / controls, 0.64 / 0.25)
    assert round(odds(136 / 243) / odds(297 / 462), 5) == 0.70613
    assert round(odds(in_cases) / odds(in_controls), 6) == 1.634608
    cases_in_exposed = corrected_share(136 / (136 + 297), 0.94 / 0.64)
    cases_in_unexposed = corrected_share(107 / (107 + 165), 0.85 / 0.25)
    assert round(cases_in_exposed / cases_in_unexposed, 6) == 1.483780


def test_selection_factor_of_stang() -> None:
    """The same table, with one selection-bias factor of .43 (episensr)."""
    in_cases = corrected_share(136 / 243, 0.43)
    # noted as 1.6421; exactly it is .706127/.43 = 1.64216, so the last digit is left open
    assert odds(in_cases) / odds(297 / 462) == pytest.approx(1.6421, abs=1e-4)
    assert odds(in_cases) / odds(297 / 462) * 0.43 == pytest.approx(odds(136 / 243) / 1.8)


@given(shares)
def test_neutral_ratio_returns_the_share(share: float) -> None:
    assert corrected_share(share, 1) == share
    assert observed_share(share, 1) == share


@given(shares, ratios)
def test_selection_then_correction_comes_back(share: float, ratio: float) -> None:
    there = observed_share(share, ratio)
    assert corrected_share(there, ratio) == pytest.approx(share, abs=1e-12)
    assert observed_share(corrected_share(share, ratio), ratio) == pytest.approx(share, abs=1e-12)


@given(inner, inner)
def test_tipping_ratio_puts_the_share_on_the_threshold(share: float, threshold: float) -> None:
    ratio = tipping_ratio(share, threshold)
    assert corrected_share(share, ratio) == pytest.approx(threshold, abs=1e-12)


@given(inner, inner, inner)
def test_data_defect_identity(share: float, rate_yes: float, rate_no: float) -> None:
    fraction = share * rate_yes + (1 - share) * rate_no
    population = 1e6
    sample_share = observed_share(share, rate_yes / rate_no)
    from_rates = defect_correlation_from_rates(share, rate_yes, rate_no)
    from_shares = data_defect_correlation(share, sample_share, fraction * population, population)
    assert from_shares == pytest.approx(from_rates, abs=1e-12)


@given(inner, inner, inner)
def test_effective_sample_size_does_not_depend_on_n(
    share: float, rate_yes: float, rate_no: float
) -> None:
    bias = observed_share(share, rate_yes / rate_no) - share
    assume(abs(bias) > 0.02)
    fraction = share * rate_yes + (1 - share) * rate_no
    rho = defect_correlation_from_rates(share, rate_yes, rate_no)
    from_rho = effective_sample_size(rho, fraction)
    assert from_rho == pytest.approx(effective_sample_size_from_bias(share, bias), rel=1e-12)


def test_perfect_selection_is_a_correlation_of_one() -> None:
    assert data_defect_correlation(0.3, 1, 300, 1000) == pytest.approx(1, abs=1e-12)
    assert defect_correlation_from_rates(0.3, 1, 0) == pytest.approx(1, abs=1e-12)
