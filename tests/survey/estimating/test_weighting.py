"""Raking, with and without a limit, against R's `survey`; margins, and Kish's design effect."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from actient.bias.arguments import ArgumentError
from actient.survey.estimating.weighting import (
    Margin,
    WeightingError,
    calibrate,
    design_effect,
    effective_size,
)

SEX = Margin("sex", ("F", "M"), (0.523, 0.477))
AGE = Margin("age", ("18-34", "35-64", "65+"), (0.26, 0.49, 0.25))
DATA = Path(__file__).parents[2] / "data"
SAMPLE, MARGINS = DATA / "raking_sample.csv", DATA / "raking_margins.json"
BOUNDED = DATA / "calibration_weights.csv"  # made by calibration.R, beside it


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
    raked = calibrate(codes, margins)
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
    ours = calibrate(codes, margins).weights
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
    raked = calibrate(codes, [SEX, AGE])
    for given_codes, margin in zip(codes, [SEX, AGE], strict=True):
        found = np.bincount(given_codes, raked.weights) / given_codes.size
        np.testing.assert_allclose(found, margin.shares, atol=1e-10)
    assert raked.weights.mean() == pytest.approx(1, abs=1e-12)
    assert raked.largest_miss <= 1e-10


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_variables_does_not_matter(seed: int) -> None:
    codes = sample_of(seed)
    one = calibrate(codes, [SEX, AGE])
    other = calibrate(codes[::-1], [AGE, SEX])
    np.testing.assert_allclose(one.weights, other.weights, rtol=1e-9)


def test_one_variable_is_post_stratification() -> None:
    codes = np.array([0] * 30 + [1] * 70)
    raked = calibrate([codes], [SEX])
    expected = np.where(codes == 0, 0.523 / 0.30, 0.477 / 0.70)
    np.testing.assert_allclose(raked.weights, expected, rtol=1e-12)


def test_a_sample_that_meets_its_margins_keeps_equal_weights() -> None:
    half = Margin("group", ("a", "b"), (0.5, 0.5))
    raked = calibrate([np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])], [half, half])
    np.testing.assert_allclose(raked.weights, np.ones(4), rtol=1e-12)


def test_cells_are_those_that_somebody_is_in() -> None:
    codes, margins, _ = reference_sample()
    raked = calibrate(codes, margins)
    assert raked.cell_counts.sum() == 1_000
    assert raked.cell_counts.size == len(set(zip(*(c.tolist() for c in codes), strict=True)))
    np.testing.assert_array_equal(raked.weights, raked.cell_weights[raked.cells])
    np.testing.assert_array_equal(np.bincount(raked.cells), raked.cell_counts)


def test_cells_nobody_is_in_take_no_memory() -> None:
    # 300 categories in each of 9 variables: 2e22 cells, more than an integer can number
    labels = tuple(map(str, range(300)))
    shares = (1.0,) + (0.0,) * 299
    margins = [Margin(f"v{place}", labels, shares) for place in range(9)]
    raked = calibrate([np.zeros(5, dtype=np.int16)] * 9, margins)
    np.testing.assert_allclose(raked.weights, np.ones(5), rtol=1e-12)


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
        calibrate(codes, margins)
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
    weights = calibrate([np.array([0, 1])], [rounded]).weights
    assert weights.mean() == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize("limit", [20, 8, 7, 5.5])
def test_weights_under_a_limit_are_those_of_r_survey(limit: float) -> None:
    header, *rows = BOUNDED.read_text(encoding="utf-8").split()
    column = [float(one) for one in header.split(",")].index(limit)
    theirs = np.array([float(row.split(",")[column]) for row in rows])
    codes, margins, _ = reference_sample()
    ours = calibrate(codes, margins, limit)
    np.testing.assert_allclose(ours.weights, theirs, rtol=1e-9)
    assert ours.at_limit == (theirs > limit - 1e-6).sum()


@pytest.mark.parametrize(
    ("limit", "share", "effect"),
    [(8, 0.3239411995, 2.380588), (7, 0.3226604455, 2.354690), (5.5, 0.3216442983, 2.309506)],
)
def test_what_is_weighted_under_a_limit_is_that_of_r_survey(
    limit: float, share: float, effect: float
) -> None:
    # as calibration.R prints them
    codes, margins, y = reference_sample()
    found = calibrate(codes, margins, limit)
    assert np.average(y, weights=found.weights) == pytest.approx(share, abs=5e-11)
    assert design_effect(found.weights) == pytest.approx(effect, abs=5e-7)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(1.2, 4))
def test_under_a_limit_margins_are_met_and_no_weight_is_above(seed: int, limit: float) -> None:
    codes = sample_of(seed)
    found = calibrate(codes, [SEX, AGE], limit, largest_miss=1)
    assert found.weights.max() <= limit
    assert found.weights.min() >= 0
    assert found.weights.mean() == pytest.approx(1, abs=1e-8)
    for one, margin, reached in zip(codes, [SEX, AGE], found.reached, strict=True):
        weighed = np.bincount(one, found.weights) / one.size
        np.testing.assert_allclose(reached, weighed, atol=1e-12)
        assert np.abs(reached - margin.shares).max() <= found.largest_miss
    if limit > 2.5:  # beyond what any category of these samples needs, and nearly all need less
        assert found.largest_miss <= 1e-9


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(1.2, 4), st.integers(2, 5))
def test_neither_order_nor_size_changes_a_weight(seed: int, limit: float, times: int) -> None:
    codes = sample_of(seed)
    one = calibrate(codes, [SEX, AGE], limit, largest_miss=1).weights
    shuffled = np.random.default_rng(seed).permutation(codes[0].size)
    moved = [code[shuffled] for code in codes[::-1]]
    other = calibrate(moved, [AGE, SEX], limit, largest_miss=1).weights
    np.testing.assert_allclose(other, one[shuffled], rtol=1e-6, atol=1e-9)
    repeated = calibrate([np.tile(c, times) for c in codes], [SEX, AGE], limit, largest_miss=1)
    np.testing.assert_allclose(repeated.weights, np.tile(one, times), rtol=1e-6, atol=1e-9)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_a_limit_that_no_weight_passes_changes_nothing(seed: int) -> None:
    codes = sample_of(seed)
    plain = calibrate(codes, [SEX, AGE])
    found = calibrate(codes, [SEX, AGE], float(plain.weights.max()) + 0.1)
    np.testing.assert_allclose(found.weights, plain.weights, rtol=1e-9)
    assert found.at_limit == 0


THIRTY_MEN = np.repeat([0, 1, 2], [503, 30, 30])
GENDER = Margin("gender", ("woman", "man", "other"), (0.5, 0.48, 0.02))


def test_thirty_men_of_563_cannot_stand_for_half() -> None:
    with pytest.raises(WeightingError) as error:
        calibrate([THIRTY_MEN], [GENDER], 5)
    for words in (
        "gender: “man” reaches a weighted share of 0.266 for a target of 0.48",
        "at most 5 times the mean",
        "each would have to weigh 9.01 times the mean",
        "Merge",
        "--largest-weight",
        "leave this question out",
    ):
        assert words in str(error.value)
    found = calibrate([THIRTY_MEN], [GENDER], 10)
    assert found.largest_miss <= 1e-12
    assert found.weights.max() == pytest.approx(0.48 * 563 / 30)


def test_one_of_a_thousand_cannot_stand_for_nearly_all() -> None:
    margin = Margin("gender", ("woman", "man"), (0.05, 0.95))
    with pytest.raises(WeightingError, match=r"“man” reaches a weighted share of 0\.005 for"):
        calibrate([np.repeat([0, 1], [999, 1])], [margin], 5)


def test_what_one_category_lacks_is_shared_in_proportion_to_the_targets() -> None:
    found = calibrate([THIRTY_MEN], [GENDER], 5, largest_miss=1)
    (reached,) = found.reached
    men = 5 * 30 / 563
    np.testing.assert_allclose(
        reached, [(1 - men) * 0.5 / 0.52, men, (1 - men) * 0.02 / 0.52], atol=1e-8
    )
    assert found.at_limit == 30


def test_a_miss_of_less_than_two_points_is_told_and_not_refused() -> None:
    codes, margins, _ = reference_sample()
    found = calibrate(codes, margins, 5)  # 49 of 1,000 are 65 or more, for a target of 25 %
    assert found.reached[1][-1] == pytest.approx(0.245)
    assert found.largest_miss == pytest.approx(0.005)
    with pytest.raises(WeightingError, match=r"age: “65\+” reaches a weighted share of 0\.221"):
        calibrate(codes, margins, 4.5)


@pytest.mark.parametrize("limit", [1.3, 2])
def test_the_nearest_margins_are_those_of_a_quadratic_programme(limit: float) -> None:
    codes = [np.repeat([0, 1, 0, 1], [40, 5, 4, 11]), np.repeat([0, 0, 1, 1], [40, 5, 4, 11])]
    margins = [Margin("a", ("x", "y"), (0.2, 0.8)), Margin("b", ("x", "y"), (0.3, 0.7))]
    found = calibrate(codes, margins, limit, largest_miss=1)
    part = found.cell_counts / 60
    inside = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], dtype=float) * part
    target = np.array([0.2, 0.8, 0.3, 0.7])
    best = minimize(
        lambda w: (((inside @ w - target) ** 2) / target).sum(),
        np.ones(4),
        method="SLSQP",
        bounds=[(0, limit)] * 4,
        constraints={"type": "eq", "fun": lambda w: part @ w - 1},
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    np.testing.assert_allclose(np.concatenate(found.reached), inside @ best.x, atol=1e-6)
    assert found.largest_miss > 0.01


def test_margins_that_contradict_each_other_are_said_with_the_distance() -> None:
    # Whoever is a is x, and whoever is b is y: two targets for one share.
    codes = [np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1])]
    margins = [
        Margin("letter", ("a", "b"), (0.7, 0.3)),
        Margin("sign", ("x", "y"), (0.4, 0.6)),
    ]
    with pytest.raises(WeightingError) as error:
        calibrate(codes, margins)
    assert "sign: “y” reaches a weighted share of 0.44 for a target of 0.6" in str(error.value)
    assert "some combination of categories" in str(error.value)


def test_margins_that_only_an_empty_cell_can_meet_are_met() -> None:
    # a & x, a & y, b & y: half of a and half of x leave nobody in a & y.
    codes = [np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])]
    half = [Margin("letter", ("a", "b"), (0.5, 0.5)), Margin("sign", ("x", "y"), (0.5, 0.5))]
    np.testing.assert_allclose(calibrate(codes, half, 5).weights, [2, 0, 1, 1], atol=1e-6)


@pytest.mark.parametrize(
    ("argument", "changed"),
    [
        ("largest_ratio", {"largest_ratio": 1}),
        ("largest_ratio", {"largest_ratio": float("nan")}),
        ("largest_miss", {"largest_miss": -0.1}),
    ],
)
def test_impossible_settings_are_named(argument: str, changed: dict) -> None:
    with pytest.raises(ArgumentError) as error:
        calibrate([[0, 1]], [SEX], **changed)
    assert error.value.argument == argument


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
