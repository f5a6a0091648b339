"""Raking against R's `survey`, trimming, and Kish's design effect."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.bias.arguments import ArgumentError
from actient.survey.estimating.weighting import (
    Margin,
    WeightingError,
    design_effect,
    effective_size,
    rake,
    trim,
)

SEX = Margin("sex", ("F", "M"), (0.523, 0.477))
AGE = Margin("age", ("18-34", "35-64", "65+"), (0.26, 0.49, 0.25))
DATA = Path(__file__).parents[2] / "data"
SAMPLE, MARGINS = DATA / "raking_sample.csv", DATA / "raking_margins.json"


def reference_sample() -> tuple[list[np.ndarray], list[Margin], np.ndarray]:
    """The 1,000 invented persons whose raking R has computed."""
    targets = json.loads(MARGINS.read_text(encoding="utf-8"))
    margins = [Margin(name, tuple(one), tuple(one.values())) for name, one in targets.items()]
    header, *rows = (line.split(",") for line in SAMPLE.read_text(encoding="utf-8").split())
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    codes = [np.array([one.labels.index(v) for v in columns[one.name]]) for one in margins]
    return codes, margins, np.array(columns["y"], dtype=np.int64)


def sample_of(seed: int, size: int = 400) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.integers(0, 2, size), rng.integers(0, 3, size)]


def test_raking_is_that_of_r_survey() -> None:
    # methods A.9 #17: survey::rake of R survey 4.1-1, epsilon 1e-6, as printed
    codes, margins, y = reference_sample()
    raked = rake(codes, margins)
    assert np.average(y, weights=raked.weights) == pytest.approx(0.3243487607, abs=5e-11)
    assert design_effect(raked.weights) == pytest.approx(2.434655, abs=5e-7)


@pytest.mark.slow
def test_every_weight_is_that_of_r_survey(tmp_path: Path) -> None:
    if not shutil.which("Rscript"):
        pytest.skip("NOT RUN: no Rscript on this machine")
    program = tmp_path / "rake.R"
    program.write_text(R_PROGRAM, encoding="utf-8")
    command = ["Rscript", "--vanilla", str(program), str(SAMPLE), str(MARGINS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip("NOT RUN: R has no package survey (on Debian: apt-get install r-cran-survey)")
    assert done.returncode == 0, done.stderr
    theirs = np.array(done.stdout.split(), dtype=np.float64)
    codes, margins, _ = reference_sample()
    ours = rake(codes, margins, tolerance=1e-12).weights
    assert theirs.size == ours.size == 1_000
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


R_PROGRAM = """
suppressPackageStartupMessages(library(survey))
paths <- commandArgs(trailingOnly = TRUE)
sample <- read.csv(paths[1], colClasses = c(sex = "character", age = "character"))
text <- paste(readLines(paths[2], warn = FALSE), collapse = "")
target <- function(name) {
  inside <- regmatches(text, regexpr(paste0('"', name, '": [{][^}]*[}]'), text))
  pairs <- regmatches(inside, gregexpr('"[^"]*": [0-9.]+', inside))[[1]]
  shares <- as.numeric(sub('.*: ', '', pairs))
  frame <- data.frame(gsub('"|: .*', '', pairs), Freq = 1000 * shares)
  names(frame)[1] <- name
  frame
}
design <- svydesign(ids = ~1, weights = rep(1, nrow(sample)), data = sample)
raked <- rake(design, list(~sex, ~age, ~reg), lapply(c("sex", "age", "reg"), target),
              control = list(maxit = 200, epsilon = 1e-13))
cat(sprintf("%.17g", weights(raked)), sep = "\\n")
"""


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_margins_are_met_and_the_mean_weight_is_one(seed: int) -> None:
    codes = sample_of(seed)
    raked = rake(codes, [SEX, AGE])
    for given_codes, margin in zip(codes, [SEX, AGE], strict=True):
        found = np.bincount(given_codes, raked.weights) / given_codes.size
        np.testing.assert_allclose(found, margin.shares, atol=1e-10)
    assert raked.weights.mean() == pytest.approx(1, abs=1e-12)
    assert raked.largest_error <= 1e-10


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_variables_does_not_matter(seed: int) -> None:
    codes = sample_of(seed)
    one = rake(codes, [SEX, AGE], tolerance=1e-13)
    other = rake(codes[::-1], [AGE, SEX], tolerance=1e-13)
    np.testing.assert_allclose(one.weights, other.weights, rtol=1e-9)


def test_one_variable_is_post_stratification() -> None:
    codes = np.array([0] * 30 + [1] * 70)
    raked = rake([codes], [SEX])
    expected = np.where(codes == 0, 0.523 / 0.30, 0.477 / 0.70)
    np.testing.assert_allclose(raked.weights, expected, rtol=1e-14)
    assert raked.iterations == 1


def test_a_sample_that_meets_its_margins_keeps_equal_weights() -> None:
    half = Margin("group", ("a", "b"), (0.5, 0.5))
    raked = rake([np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])], [half, half])
    np.testing.assert_array_equal(raked.weights, np.ones(4))


def test_cells_are_those_that_somebody_is_in() -> None:
    codes, margins, _ = reference_sample()
    raked = rake(codes, margins)
    assert raked.cell_counts.sum() == 1_000
    assert raked.cell_counts.size == len(set(zip(*(c.tolist() for c in codes), strict=True)))
    np.testing.assert_array_equal(raked.weights, raked.cell_weights[raked.cells])
    np.testing.assert_array_equal(np.bincount(raked.cells), raked.cell_counts)


def test_cells_nobody_is_in_take_no_memory() -> None:
    # 300 categories in each of 9 variables: 2e22 cells, more than an integer can number
    labels = tuple(map(str, range(300)))
    shares = (1.0,) + (0.0,) * 299
    margins = [Margin(f"v{place}", labels, shares) for place in range(9)]
    raked = rake([np.zeros(5, dtype=np.int16)] * 9, margins)
    np.testing.assert_array_equal(raked.weights, np.ones(5))


@pytest.mark.parametrize(
    ("codes", "margins", "words"),
    [
        ([[0, 2, 1, 2]], [SEX], ["sex: code 2 at place 1", "2 of 4", "0 (F), 1 (M)"]),
        ([[0, -1]], [SEX], ["sex: code -1 at place 1", "1 of 2"]),
        ([[0, 0, 0]], [SEX], ["sex: nobody", "“M”", "0.477", "Merge"]),
        (
            [[0, 1, 2]],
            [Margin("age", ("a", "b", "c"), (0.4, 0.6, 0.0))],
            ["age: the target share of “c” is 0", "has 1 in it"],
        ),
        ([[0, 1], [0, 1, 2]], [SEX, AGE], ["age: 3 respondents", "2 for the first"]),
        ([[]], [SEX], ["sex: 0 respondents", "at least one"]),
        ([[0.0, 1.0]], [SEX], ["sex: codes of type float64", "whole number"]),
        ([[0, 1]], [SEX, AGE], ["1 variables", "2 margins"]),
        ([], [], ["0 variables", "at least one"]),
    ],
)
def test_what_cannot_be_weighted_is_said(codes: list, margins: list, words: list[str]) -> None:
    with pytest.raises(WeightingError) as error:
        rake(codes, margins)
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize(
    ("labels", "shares", "words"),
    [
        (("F", "M"), (0.5, 0.6), "sex: the target shares add up to 1.1"),
        (("F", "M"), (0.5, 0.49999), "sex: the target shares add up to 0.99999"),
        (("F", "M"), (1.2, -0.2), "target share of “F” is 1.2"),
        (("F", "M"), (0.5, float("nan")), "target share of “M” is nan"),
        (("F",), (0.5, 0.5), "1 labels and 2 shares"),
        ((), (), "0 labels"),
    ],
)
def test_a_target_that_is_no_distribution_is_said(labels: tuple, shares: tuple, words: str) -> None:
    with pytest.raises(WeightingError, match=words):
        Margin("sex", labels, shares)


def test_shares_that_add_up_to_one_but_for_rounding_are_taken() -> None:
    rounded = Margin("group", ("a", "b"), (0.3333333, 0.6666666))
    weights = rake([np.array([0, 1])], [rounded]).weights
    assert weights.mean() == pytest.approx(1, abs=1e-14)


def test_margins_that_no_weight_can_meet_are_said_with_the_distance() -> None:
    # Whoever is a is x, and whoever is b is y: two targets for one share.
    codes = [np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1])]
    margins = [
        Margin("letter", ("a", "b"), (0.7, 0.3)),
        Margin("sign", ("x", "y"), (0.4, 0.6)),
    ]
    with pytest.raises(WeightingError) as error:
        rake(codes, margins, max_iterations=50)
    assert "After 50 iterations" in str(error.value)
    assert "letter, “b” has a weighted share of 0.6 for a target of 0.3" in str(error.value)


@pytest.mark.parametrize("changed", [{"tolerance": 0}, {"max_iterations": 0}])
def test_impossible_settings_are_named(changed: dict) -> None:
    with pytest.raises(ArgumentError) as error:
        rake([[0, 1]], [SEX], **changed)
    assert error.value.argument in changed


def trimmed_by_rounds(weights: np.ndarray, ratio: float) -> np.ndarray:
    """The definition: cut, spread over the others, again until none is above."""
    limit = ratio * weights.mean()
    new, cut = weights.copy(), np.zeros(weights.size, dtype=bool)
    while (new[~cut] > limit * (1 + 1e-12)).any():
        cut |= new > limit * (1 + 1e-12)
        new[cut] = limit
        new[~cut] *= (weights.sum() - limit * cut.sum()) / new[~cut].sum()
    return new


@settings(deadline=None)
@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=40), st.floats(1.01, 5))
def test_trimming_is_cutting_and_spreading_until_stable(weights: list, ratio: float) -> None:
    given_weights = np.array(weights)
    trimmed = trim(given_weights, ratio)
    np.testing.assert_allclose(trimmed.weights, trimmed_by_rounds(given_weights, ratio), rtol=1e-9)
    assert trimmed.weights.max() <= trimmed.limit * (1 + 1e-12) or trimmed.cut == 0
    assert trimmed.weights.sum() == pytest.approx(given_weights.sum())
    assert design_effect(trimmed.weights) <= design_effect(given_weights) * (1 + 1e-12)


def test_trimming_says_how_many_were_cut() -> None:
    # Mean 2, limit 4: 6 are cut off the 10, and spread over weights that add up to 10.
    trimmed = trim([10, 1, 1, 1, 2, 1, 1, 1, 1, 1], 2)
    assert trimmed.limit == 4
    assert trimmed.cut == 1
    np.testing.assert_allclose(trimmed.weights, [4, *np.array([1, 1, 1, 2, 1, 1, 1, 1, 1]) * 1.6])


def test_weights_spread_on_can_be_cut_in_turn() -> None:
    trimmed = trim([10, 3.9, 1, 1, 1, 1, 1, 1, 0.1], 20 / 9)
    assert trimmed.cut == 2


def test_weights_below_the_limit_are_not_touched() -> None:
    weights = np.array([0.1, 0.7, 1.3])
    trimmed = trim(weights, 2)
    assert trimmed.cut == 0
    np.testing.assert_array_equal(trimmed.weights, weights)


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.floats(1e-6, 1e6))
def test_kish(weights: list[float], unit: float) -> None:
    given_weights = np.array(weights)
    effect = design_effect(given_weights)
    spread = given_weights.std() / given_weights.mean()
    assert effect == pytest.approx(1 + spread**2, rel=1e-9)
    assert effective_size(given_weights) == pytest.approx(given_weights.size / effect)
    assert design_effect(unit * given_weights) == pytest.approx(effect, rel=1e-9)


def test_equal_weights_cost_nothing() -> None:
    assert design_effect(np.full(7, 0.3)) == 1
    assert effective_size(np.full(7, 1e-200)) == 7


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: trim([1, 0], 2), "weights"),
        (lambda: trim([], 2), "weights"),
        (lambda: trim([1, 2], 1), "largest_ratio"),
        (lambda: trim([1, 2], float("inf")), "largest_ratio"),
        (lambda: design_effect([]), "weights"),
        (lambda: design_effect([0, 0]), "weights"),
        (lambda: effective_size([1, -1]), "weights"),
        (lambda: effective_size([[1, 1]]), "weights"),
        (lambda: effective_size([1, float("nan")]), "weights"),
    ],
)
def test_impossible_weights_are_named(call: object, argument: str) -> None:
    with pytest.raises(ArgumentError) as error:
        call()
    assert error.value.argument == argument
