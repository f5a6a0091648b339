"""False answers, against epiR and episensr."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.bias.reliability import (
    apparent_share,
    rogan_gladen,
    rogan_gladen_variance,
    transformed_wilson,
)
from actient.bias.sampling import wilson

shares = st.floats(0, 1)
accuracies = st.floats(0.55, 1)


def odds(share: float) -> float:
    return share / (1 - share)


def test_epir_example() -> None:
    corrected = rogan_gladen(45 / 150, 0.96, 0.89)  # epiR 2.0.57
    assert round(100 * corrected.value, 5) == 22.35294
    assert corrected.in_range is True


def test_epir_on_the_poster() -> None:
    assert round(rogan_gladen(210 / 500, 0.85, 0.80).value, 7) == 0.3384615
    interval = transformed_wilson(210 / 500, 500, 0.85, 0.80)
    assert (round(interval.low, 7), round(interval.high, 7)) == (0.2730913, 0.4057085)


@pytest.mark.parametrize(("specificity", "percent"), [(0.9, 40.0), (0.8, 31.4), (0.7, 20.0)])
def test_42_percent_by_specificity(specificity: float, percent: float) -> None:
    assert round(100 * rogan_gladen(0.42, 0.9, specificity).value, 1) == percent  # methods A.5


def test_misclassification_of_fink_and_lash() -> None:
    """episensr: cells 215, 1449, 668, 4296; Se .78, Sp .99."""
    cases, controls = 215 + 1449, 668 + 4296
    in_cases = rogan_gladen(215 / cases, 0.78, 0.99).value
    in_controls = rogan_gladen(668 / controls, 0.78, 0.99).value
    assert round(odds(in_cases) / odds(in_controls), 4) == 0.9491
    exposed = in_cases * cases, in_controls * controls
    risk_exposed = exposed[0] / sum(exposed)
    unexposed = cases - exposed[0], controls - exposed[1]
    assert round(risk_exposed / (unexposed[0] / sum(unexposed)), 4) == 0.9614


def test_misclassification_with_its_interval() -> None:
    """episensr: cells 126, 92, 71, 224; Se .94, Sp .97; OR from 3.2825 to 7.6909."""
    groups = [(126, 126 + 92), (71, 71 + 224)]
    shares = [rogan_gladen(k / n, 0.94, 0.97).value for k, n in groups]
    variance = sum(
        rogan_gladen_variance(k / n, n, 0.94, 0.97) / (share * (1 - share)) ** 2
        for (k, n), share in zip(groups, shares, strict=True)
    )
    centre, half = math.log(odds(shares[0]) / odds(shares[1])), 1.959964 * math.sqrt(variance)
    assert round(math.exp(centre - half), 4) == 3.2825
    assert round(math.exp(centre + half), 4) == 7.6909


def test_out_of_range_is_flagged_and_not_clipped() -> None:
    corrected = rogan_gladen(0.1, 0.9, 0.8)
    assert corrected.value == pytest.approx(-0.1 / 0.7)
    assert corrected.in_range is False
    above = rogan_gladen([0.42, 0.95], 0.9, 0.8)
    np.testing.assert_array_equal(above.in_range, [True, False])
    assert above.value[1] > 1
    assert transformed_wilson(0.21, 100, 0.9, 0.8).low < 0


@given(shares)
def test_perfect_answers_return_the_share(share: float) -> None:
    assert rogan_gladen(share, 1, 1).value == share
    assert apparent_share(share, 1, 1) == share


@settings(deadline=None)
@given(shares, st.floats(1, 1e6))
def test_perfect_answers_return_the_wilson_limits(share: float, n: float) -> None:
    assert transformed_wilson(share, n, 1, 1) == wilson(share, n)


@given(shares, accuracies, accuracies)
def test_false_answers_then_correction_come_back(share: float, se: float, sp: float) -> None:
    said = apparent_share(share, se, sp)
    assert rogan_gladen(said, se, sp).value == pytest.approx(share, abs=1e-12)


@given(shares, accuracies, accuracies)
def test_in_range_is_what_the_bounds_say(share: float, se: float, sp: float) -> None:
    corrected = rogan_gladen(share, se, sp)
    assert corrected.in_range == (0 <= corrected.value <= 1)
    if 1 - sp + 1e-12 < share < se - 1e-12:
        assert corrected.in_range
    if share < 1 - sp - 1e-12 or share > se + 1e-12:
        assert not corrected.in_range


@settings(deadline=None)
@given(shares, st.floats(1, 1e6), accuracies, accuracies)
def test_transformed_interval_contains_the_corrected_share(
    share: float, n: float, se: float, sp: float
) -> None:
    low, high = transformed_wilson(share, n, se, sp)
    assert low <= rogan_gladen(share, se, sp).value <= high
