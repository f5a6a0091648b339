"""Impossible input of every estimator: an error that names the argument, never NaN."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from actient.bias import coverage, diffusion, populations, reliability, selection
from actient.bias.arguments import ArgumentError
from actient.survey.estimating import estimates

VALID: dict[Callable[..., Any], dict[str, float]] = {
    estimates.wilson: {"share": 0.42, "n": 500, "confidence": 0.95},
    estimates.minimum_sample_size: {"share": 0.42, "threshold": 0.5, "confidence": 0.95},
    populations.pooled_share: {"share_a": 0.67, "share_b": 0.93, "weight_a": 0.2},
    populations.composition_bias: {
        "share_a": 0.67,
        "share_b": 0.93,
        "weight_sample": 0.5,
        "weight_target": 0.2,
    },
    coverage.manski_bounds: {"share": 0.42, "coverage": 0.86},
    coverage.bounded_difference: {"share": 0.42, "coverage": 0.86, "max_difference": 0.2},
    coverage.prevalence_ratio: {"share": 0.42, "coverage": 0.86, "ratio": 1.2},
    coverage.tipping_share: {"share": 0.42, "coverage": 0.86, "threshold": 0.5},
    coverage.manski_confidence_interval: {
        "share": 0.42,
        "coverage": 0.86,
        "n": 500,
        "confidence": 0.95,
    },
    coverage.imbens_manski: {"low": 0.3, "high": 0.4, "standard_error": 0.02, "confidence": 0.95},
    coverage.imbens_manski_critical_value: {
        "width": 0.1,
        "standard_error": 0.02,
        "confidence": 0.95,
    },
    selection.corrected_share: {"share": 0.42, "selection_ratio": 1.5},
    selection.observed_share: {"true_share": 0.42, "selection_ratio": 1.5},
    selection.tipping_ratio: {"share": 0.42, "threshold": 0.5},
    selection.data_defect_correlation: {
        "population_share": 0.42,
        "sample_share": 0.5,
        "n": 500,
        "population": 10_000,
    },
    selection.defect_correlation_from_rates: {
        "population_share": 0.42,
        "rate_yes": 0.2,
        "rate_no": 0.1,
    },
    selection.effective_sample_size: {"correlation": -0.005, "sampling_fraction": 0.01},
    selection.effective_sample_size_from_bias: {"population_share": 0.42, "bias": 0.1},
    reliability.rogan_gladen: {"share": 0.42, "sensitivity": 0.9, "specificity": 0.8},
    reliability.rogan_gladen_variance: {
        "share": 0.42,
        "n": 500,
        "sensitivity": 0.9,
        "specificity": 0.8,
    },
    reliability.transformed_wilson: {
        "share": 0.42,
        "n": 500,
        "sensitivity": 0.9,
        "specificity": 0.8,
        "confidence": 0.95,
    },
    reliability.apparent_share: {"true_share": 0.42, "sensitivity": 0.9, "specificity": 0.8},
    diffusion.exposed_max: {
        "seed_contacts": 190,
        "sharers": 10,
        "mean_contacts": 190,
        "frame": 1e7,
    },
    diffusion.participation_bounds: {"respondents": 100, "exposed_max": 2000},
    diffusion.reproduction_number: {"contacts": 190, "seen": 0.3, "answered": 0.1, "shared": 0.1},
    diffusion.expected_exposed: {"seed_contacts": 190, "seen": 0.3, "reproduction": 0.5},
    diffusion.extinction_probability: {"reproduction": 1.5, "dispersion": 1.0},
}

# Beyond each argument's own bounds, by the name it has wherever it appears.
OUT_OF_BOUNDS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(
        [
            "share",
            "share_a",
            "share_b",
            "weight_a",
            "weight_sample",
            "weight_target",
            "max_difference",
            "threshold",
            "true_share",
            "sample_share",
            "rate_yes",
            "rate_no",
            "sensitivity",
            "specificity",
            "seen",
            "answered",
            "shared",
        ],
        (-1e-9, 1.000001, 42),
    ),
    **dict.fromkeys(["confidence", "population_share", "sampling_fraction"], (0, 1, -0.1, 1.1)),
    **dict.fromkeys(
        ["n", "selection_ratio", "standard_error", "population", "frame", "respondents"], (0, -5)
    ),
    **dict.fromkeys(
        [
            "ratio",
            "width",
            "seed_contacts",
            "sharers",
            "mean_contacts",
            "contacts",
            "first",
            "second",
        ],
        (-1,),
    ),
    "coverage": (0, -0.1, 1.1),
    "correlation": (0, -1.1, 1.1),
    "bias": (0, 0.9, -0.5),
    "reproduction": (-0.1,),
    "dispersion": (0, -1),
    "exposed_max": (99, 0),
    "both": (-1, 151),
    "low": (),
    "high": (),
}

EVERY_ARGUMENT = [
    pytest.param(function, name, id=f"{function.__name__}-{name}")
    for function, arguments in VALID.items()
    for name in arguments
]
EVERY_FUNCTION = [pytest.param(function, id=function.__name__) for function in VALID]


def numbers_in(result: object) -> list[Any]:
    if isinstance(result, tuple):
        return list(result)
    if isinstance(result, (coverage.TippingShare, reliability.CorrectedShare)):
        return [result.value]
    return [result]


@pytest.mark.parametrize("module", [coverage, selection, reliability])
def test_no_public_function_is_left_out(module: Any) -> None:
    public = {
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public <= set(VALID)


@pytest.mark.parametrize("function", EVERY_FUNCTION)
def test_scalars_give_python_numbers(function: Callable[..., Any]) -> None:
    for number in numbers_in(function(**VALID[function])):
        assert type(number) in (float, int)
        assert math.isfinite(number)


@pytest.mark.parametrize(("function", "name"), EVERY_ARGUMENT)
def test_arrays_agree_with_scalars(function: Callable[..., Any], name: str) -> None:
    scalar = numbers_in(function(**VALID[function]))
    array = numbers_in(
        function(**{**VALID[function], name: np.full((2, 3), VALID[function][name])})
    )
    for one, many in zip(scalar, array, strict=True):
        assert many.shape == (2, 3)
        np.testing.assert_allclose(many, one, rtol=1e-14)


@pytest.mark.parametrize("bad", [math.nan, None, "0.5", True, [0.5, math.nan], [[0.5], [1, 2]]])
@pytest.mark.parametrize(("function", "name"), EVERY_ARGUMENT)
def test_what_is_no_number_is_refused(function: Callable[..., Any], name: str, bad: object) -> None:
    with pytest.raises(ArgumentError) as caught:
        function(**{**VALID[function], name: bad})
    assert caught.value.argument == name
    assert "expected" in str(caught.value)


@pytest.mark.parametrize(("function", "name"), EVERY_ARGUMENT)
def test_out_of_bounds_is_refused(function: Callable[..., Any], name: str) -> None:
    infinite = () if name == "dispersion" else (math.inf, -math.inf)
    for bad in (*OUT_OF_BOUNDS[name], *infinite):
        with pytest.raises(ArgumentError) as caught:
            function(**{**VALID[function], name: bad})
        assert caught.value.argument == name
        assert caught.value.value == bad
        with pytest.raises(ArgumentError, match=name):
            function(**{**VALID[function], name: [VALID[function][name], bad]})


@pytest.mark.parametrize("function", EVERY_FUNCTION)
def test_shapes_that_do_not_broadcast_are_refused(function: Callable[..., Any]) -> None:
    first, second, *_ = VALID[function]
    values = VALID[function]
    bad = {first: [values[first]] * 2, second: [values[second]] * 3}
    with pytest.raises(ArgumentError, match="broadcast") as caught:
        function(**{**values, **bad})
    assert first in caught.value.argument or second in caught.value.argument


def test_the_error_reads_as_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^coverage is 0\.0; expected a number in \]0, 1\]\.$"):
        coverage.manski_bounds(0.42, 0)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: reliability.rogan_gladen(0.4, 0.5, 0.5), "sensitivity + specificity"),
        (lambda: reliability.rogan_gladen(0.4, [0.9, 0.2], 0.5), "sensitivity + specificity"),
        (lambda: reliability.apparent_share(0.4, 0.2, 0.3), "sensitivity + specificity"),
        (lambda: coverage.prevalence_ratio(0.42, 0.86, 2.4), "ratio"),
        (lambda: coverage.tipping_share(0.42, 1.0, 0.5), "coverage"),
        (lambda: coverage.imbens_manski(0.5, 0.4, 0.1), "high - low"),
        (lambda: coverage.manski_confidence_interval(0, 0.8, 100), "share"),
        (lambda: selection.data_defect_correlation(0.4, 0.5, 100, 100), "n"),
        (lambda: selection.data_defect_correlation(0.1, 0.9, 900, 1000), "sample_share"),
        (lambda: selection.defect_correlation_from_rates(0.4, 0, 0), "sampling fraction"),
        (lambda: selection.effective_sample_size(1e-200, 0.5), "correlation"),
        (lambda: selection.tipping_ratio(1, 0.5), "share"),
        (lambda: estimates.minimum_sample_size(0.5, 0.5), "share"),
        (lambda: estimates.minimum_sample_size([0.4, 0.5], 0.5), "share"),
        (lambda: estimates.minimum_sample_size(0.5 + 1e-15, 0.5), "share - threshold"),
        (lambda: estimates.minimum_sample_size(0.4, 0), "threshold"),
        (lambda: diffusion.expected_exposed(200, 0.3, 1), "reproduction"),
        (lambda: diffusion.expected_exposed(200, 0.3, [0.5, 1.2]), "reproduction"),
    ],
)
def test_arguments_that_contradict_one_another(call: Callable[[], Any], argument: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        call()
    assert caught.value.argument == argument
