"""The validation study: promises kept where they are made, failures shown where they are not."""

import numpy as np
import pandas as pd
import pytest

from actient.bias.arguments import ArgumentError
from actient.bias.populations import post_stratified
from actient.chapters.validation import numbers as validation
from actient.chapters.validation import pictures as charts
from actient.chapters.validation.numbers import StudyParameters
from actient.charts import theme
from actient.locale import LANGS

PARAMETERS = StudyParameters(replications=4_000, launches=60, graphs=1)


@pytest.fixture(scope="module")
def found():
    return validation.study(PARAMETERS)


@pytest.fixture(scope="module")
def of(found):
    return found.set_index(["world", "estimator"])


def test_a_row_for_each_world_and_estimator(found):
    assert list(found.columns) == list(validation.COLUMNS)
    assert not found.duplicated(["world", "estimator"]).any()
    assert found["world"].nunique() == 5 + len(validation.REFERRAL_WORLDS)


def test_the_worlds_have_the_true_share_they_claim():
    truth = post_stratified(validation.STRATA, validation.TARGET).share
    assert truth == pytest.approx(validation.TRUE_SHARE, abs=1e-12)
    assert 1 - validation.COVERED < validation.TRUE_SHARE
    assert {world.share for world in validation.REFERRAL_WORLDS.values()} == {validation.TRUE_SHARE}


def test_intervals_that_promise_coverage_have_it(found):
    promised = found[found["promise"].notna()]
    assert set(promised["estimator"]) == {
        "wilson",
        "transformed_wilson",
        "imbens_manski",
        "post_stratified",
        "corrected_ratio",
    }
    # 4 000 surveys: standard error 0.35 points; the normal approximation at n = 400 and counts that
    # are whole numbers cost up to 1 point. 2.5 points is more than four standard errors over that.
    assert (promised["coverage"] - promised["promise"]).abs().max() < 0.025


def test_naive_intervals_visibly_do_not(found):
    biased = found[(found["role"] == "naive") & (found["world"] != "referral")]
    assert len(biased) == 8
    # The largest is that of homophily, about 0.45; 60 launches leave some 30, standard error 0.09.
    assert biased["coverage"].max() < 0.8


def test_wrong_assumptions_fail_as_plainly(found):
    wrong = found[found["role"] == "wrong"]
    # The largest, "Wilson around the corrected", has about 0.79.
    assert wrong["coverage"].max() < 0.9
    assert {"false_answers", "undercoverage", "composition", "selection"} < set(wrong["world"])
    assert "referral_homophily" in set(wrong["world"])


def test_nothing_is_promised_from_one_seed(found):
    referral = found["world"].isin(list(validation.REFERRAL_WORLDS))
    assert found.loc[referral, "promise"].isna().all()


def test_right_corrections_have_no_bias(found):
    right = found[(found["role"] == "right") & found["mean_bias"].notna()]
    direct = right[~right["world"].isin(list(validation.REFERRAL_WORLDS))]
    # Standard error of a mean of 4 000 estimates: below 0.06 points.
    assert direct["mean_bias"].abs().max() < 0.003


def test_naive_biases_are_those_of_the_formulas(of):
    # p = Se π + (1 - Sp)(1 - π) = 0.46; p = π k/(π k + 1 - π) = 0.5; 0.5(0.64 + 0.34) = 0.49;
    # (π - (1 - c))/c = 0.25.
    for world, bias in {
        "false_answers": 0.06,
        "selection": 0.10,
        "composition": 0.09,
        "undercoverage": -0.15,
    }.items():
        assert of.loc[(world, "naive"), "mean_bias"] == pytest.approx(bias, abs=0.003)


def test_bounds_have_no_point_and_say_so(of):
    for estimator in ("imbens_manski", "bounds_alone", "wrong_coverage"):
        assert np.isnan(of.loc[("undercoverage", estimator), "mean_bias"])
    width = of.loc[("undercoverage", "bounds_alone"), "mean_width"]
    assert width == pytest.approx(1 - validation.COVERED, abs=1e-12)
    # Half of the bounds drawn without sampling error miss a truth that lies on one of them.
    assert of.loc[("undercoverage", "bounds_alone"), "coverage"] == pytest.approx(0.5, abs=0.06)


def test_the_monte_carlo_error_is_that_of_a_share(of):
    row = of.loc[("selection", "wrong_ratio")]
    expected = np.sqrt(row["coverage"] * (1 - row["coverage"]) / row["replications"])
    assert row["mc_error"] == pytest.approx(expected, abs=1e-12)
    assert row["replications"] == 4_000


def test_one_seed_one_study(found):
    pd.testing.assert_frame_equal(found, validation.study(PARAMETERS))


def test_more_surveys_leave_the_referral_worlds_as_they_were(found):
    more = validation.study(StudyParameters(replications=5_000, launches=60, graphs=1))
    referral = found["world"].isin(list(validation.REFERRAL_WORLDS))
    pd.testing.assert_frame_equal(found[referral], more[referral])


def test_everything_stated_is_synthetic_and_finite(found):
    stated = {record.key: record for record in validation.records(found, PARAMETERS)}
    assert {record.origin for record in stated.values()} == {"synthetic"}
    assert all(np.isfinite(record.value) for record in stated.values())
    assert stated["validation_replications"].value == 4_000
    assert "validation_undercoverage_imbens_manski_bias" not in stated
    naive = stated["validation_selection_naive_bias"]
    assert naive.unit == "percentage points"
    assert naive.value == pytest.approx(10, abs=0.3)
    lowest, highest = (stated[f"validation_{end}_promised"].value for end in ("lowest", "highest"))
    assert lowest <= stated["validation_random_wilson_coverage"].value <= highest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("replications", 99),
        ("launches", 19),
        ("n", 99),
        ("n", 20_001),
        ("fewest_respondents", 1),
        ("graphs", 0),
        ("confidence", 1.0),
        ("seed", -1),
    ],
)
def test_impossible_parameters_are_named(name, value):
    with pytest.raises(ArgumentError) as error:
        StudyParameters(**{name: value})
    assert error.value.argument == name


@pytest.mark.parametrize("changes", [{"fewest_respondents": 401}, {"graphs": 601}])
def test_more_required_than_there_can_be(changes):
    with pytest.raises(ArgumentError):
        StudyParameters(**changes)


def test_launches_that_all_die_out_are_an_error_with_a_remedy():
    # A launch grows too slowly to reach everybody before its sharers run out.
    lost = StudyParameters(
        replications=100, launches=20, n=20_000, fewest_respondents=20_000, graphs=1
    )
    with pytest.raises(ArgumentError, match="fewest_respondents is 20000; expected at most"):
        validation.study(lost)


@pytest.mark.parametrize("lang", LANGS)
def test_the_picture_is_marked_synthetic_and_shows_every_row(found, lang):
    spec = theme.portable_spec(charts.coverage(found, PARAMETERS, lang).to_dict())
    figure = theme.Figure.from_spec(spec)
    assert figure.origins == ("synthetic",)
    assert len(figure.table.rows) == len(found)
    # No name left without its number.
    texts = [cell for row in figure.table.rows for cell in row] + [figure.caption]
    assert not any("{" in text or "nan" in text for text in texts)
    assert theme.svg(spec).startswith("<svg")


@pytest.mark.parametrize("lang", LANGS)
def test_every_world_and_estimator_has_its_own_name(found, lang):
    worlds = {charts.world_name(world, lang) for world in found["world"].unique()}
    estimators = {charts.estimator_name(one, lang) for one in found["estimator"].unique()}
    assert len(worlds) == found["world"].nunique()
    assert len(estimators) == found["estimator"].nunique()
