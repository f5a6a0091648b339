"""What each chapter works out of a survey: against the formulas, and the identities of no bias."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from publishing import told

from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share
from actient.chapters.combined.numbers import Assumptions
from actient.chapters.coverage.numbers import load_presets
from actient.chapters.supplied import numbers as chapter
from actient.claims import load_claims
from actient.locale import LANGS
from actient.paths import Paths
from actient.survey.publishing.aggregates import (
    AggregatesError,
    ChainShare,
    GroupSize,
    Pooled,
    Weighted,
    Weighting,
    as_json,
)

CLAIMS = load_claims()
ALMOST_NO_BIAS = Assumptions(
    (1 - 1e-6, 1, 1), (1 - 1e-6, 1, 1), (1 / 1.000001, 1.000001), (-1e-6, 0, 1e-6)
)
USUAL = Assumptions((0.85, 0.95, 1.0), (0.7, 0.85, 0.98), (0.5, 2.0), (-0.2, -0.05, 0.1))

WEIGHTED = Weighted(0.35, 0.3, 0.4, 180, 1.11)
CHAINS = (
    ChainShare("M09", "RDS-I", 0.31, 0.2, 0.4, 40),
    ChainShare("M09", "RDS-II", 0.33, 0.22, 0.41, None),
)
POOLED = Pooled(("M09", "M10"), (("patient", 0.9), ("professional", 0.1)), (), 0.35, 0.3, 0.4)
FULL = told(
    ("M07", 150, 200),
    ("M09", 60, 200),
    ("M10", 66, 100),
    ("M11", 42, 100),
    ("M15", 30, 60),
    withheld=["M16"],
    chains=CHAINS,
    pooled=(POOLED,),
)
SURVEY = chapter.beside_the_poster(FULL)
BY_GENDER = Weighting("patient", ("gender",), 5.0, 0, (), 1.1, 180)
WEIGHTED_SURVEY = chapter.beside_the_poster(
    told(
        ("M09", 60, 200),
        ("M10", 66, 100),
        ("M11", 42, 100),
        weighted={"M09": WEIGHTED},
        weightings=(BY_GENDER,),
        pooled=(
            Pooled(
                ("M09", "M10"),
                (("patient", 0.9), ("professional", 0.1)),
                ("patient",),
                0.38,
                0.3,
                0.4,
            ),
        ),
    )
)
NOTHING = chapter.beside_the_poster(told(withheld=["M09", "M11"]))


def rows(frame: pd.DataFrame, measure: str) -> dict[str, tuple[float, float, float]]:
    assert list(frame.columns) == chapter.COLUMNS
    kept = frame[frame["measure_id"] == measure]
    assert kept["series"].is_unique
    return {
        row["series"]: (row["low"], row["share"], row["high"]) for row in kept.to_dict("records")
    }


def test_no_survey_is_no_survey() -> None:
    assert chapter.load("") is None
    assert chapter.records(None, None) == []
    assert chapter.tipping_records(None) == []
    assert chapter.composition_records(None, 0.1) == []


def test_totals_are_read_from_the_top_of_the_checkout(tmp_path) -> None:
    (tmp_path / "totals.json").write_text(as_json(FULL), encoding="utf-8")
    here = Paths(tmp_path)
    with pytest.raises(AggregatesError, match=r"No aggregates at .*nowhere\.json"):
        chapter.load("nowhere.json", here)
    with pytest.raises(FileNotFoundError):
        chapter.load("totals.json", here)  # found; the questionnaire of this folder is not


def test_the_printed_figure_stands_beside_what_is_measured() -> None:
    found = rows(chapter.results(WEIGHTED_SURVEY), "M09")
    assert list(found) == ["printed", "supplied", "weighted"]
    assert found["printed"][1] == CLAIMS["C09"].proportion
    measure = FULL.measure("M09")
    assert found["supplied"] == (measure.low, 0.3, measure.high)
    assert found["weighted"] == (0.3, 0.35, 0.4)
    assert set(chapter.results(SURVEY)["measure_id"]) == {"M07", "M09", "M10", "M11", "M15"}


def test_conclusions_start_from_the_weighted_share_and_what_it_is_worth() -> None:
    # M09 is 0.3 of 200 as answered, 0.35 worth 180 weighted.
    def drawn_from(frame: pd.DataFrame) -> dict[str, tuple[float, float, float]]:
        found = rows(frame, "M09")
        assert {"supplied", "weighted"} <= found.keys()
        return found

    covered = chapter.first_readings(
        chapter.readings(SURVEY.statements.values(), load_presets(), "social_networks")
    )["T09"].preset.value
    bounds = drawn_from(chapter.coverage(WEIGHTED_SURVEY, "social_networks"))["bounds"]
    assert (bounds[0], bounds[2]) == pytest.approx((0.35 * covered, 0.35 * covered + 1 - covered))
    odds = 0.35 / 0.65
    low, _, _ = drawn_from(chapter.selection(WEIGHTED_SURVEY))["selection"]
    assert low == pytest.approx(odds / 2 / (1 + odds / 2))
    corrected = drawn_from(chapter.reliability(WEIGHTED_SURVEY, 0.9, 0.8))["corrected"]
    assert corrected[1] == pytest.approx((0.35 + 0.8 - 1) / (0.9 + 0.8 - 1))
    perfect = drawn_from(chapter.reliability(WEIGHTED_SURVEY, 1.0, 1.0))["corrected"]
    assert (perfect[0], perfect[2]) == pytest.approx(tuple(wilson(0.35, 180)))
    combined = chapter.together(WEIGHTED_SURVEY, ALMOST_NO_BIAS, draws=20_000, seed=1)
    assert drawn_from(combined)["combined"][1] == pytest.approx(0.35, abs=0.01)
    assert {"supplied", "weighted", "pooled"} == set(
        drawn_from(chapter.populations(WEIGHTED_SURVEY))
    )
    tipping = {one.key: one.value for one in chapter.tipping_records(WEIGHTED_SURVEY)}
    threshold = WEIGHTED_SURVEY.statements["T09"].threshold
    reached = corrected_share(0.35, tipping["supplied_M09_tipping_ratio"])
    assert reached == pytest.approx(threshold)
    (bias, _) = chapter.composition_records(WEIGHTED_SURVEY, 0.1)
    assert bias.value == pytest.approx((0.66 - 0.35) * (0.25 - 0.1))


def test_nothing_is_concluded_where_the_weighted_share_is_withheld() -> None:
    # M11 is of patients, who have margins; its weighted share is not told.
    for frame in (
        chapter.coverage(WEIGHTED_SURVEY, "social_networks"),
        chapter.selection(WEIGHTED_SURVEY),
        chapter.reliability(WEIGHTED_SURVEY, 0.9, 0.8),
        chapter.together(WEIGHTED_SURVEY, USUAL, draws=500, seed=1),
    ):
        assert list(rows(frame, "M11")) == ["supplied"]
    keys = {one.key for one in chapter.tipping_records(WEIGHTED_SURVEY)}
    assert keys == {"supplied_M09_tipping_ratio", "supplied_M10_tipping_ratio"}


def test_a_weighted_share_rests_on_what_margins_need_not_on_a_random_sample() -> None:
    found = {
        one.key: one.assumption
        for one in chapter.records(
            WEIGHTED_SURVEY,
            chapter.results(WEIGHTED_SURVEY),
            chapter.populations(WEIGHTED_SURVEY),
            chapter.coverage(WEIGHTED_SURVEY, "social_networks"),
            chapter.selection(WEIGHTED_SURVEY),
        )
    }
    margins = "answers unrelated to responding within the categories of the margins"
    for limit in ("share", "low", "high"):
        assert found[f"supplied_M09_weighted_{limit}"] == margins
    assert found["supplied_M09_bounds_low"].endswith(f"; {margins}")
    assert "random sample" not in found["supplied_M09_bounds_confidence_low"]
    assert found["supplied_M09_selection_low"].endswith("within the categories of the margins")
    assert "margins" not in found["supplied_M10_selection_low"]
    assert "random sample" in found["supplied_M10_low"]
    # Patients are weighted and professionals are not: both are assumed.
    for words in ("groups weigh", margins, "random sample"):
        assert words in found["supplied_M09_pooled_share"]


def test_groups_stand_side_by_side_only_for_the_same_question() -> None:
    found = chapter.populations(SURVEY)
    assert set(found["measure_id"]) == {"M09", "M10"}
    assert rows(found, "M09")["pooled"] == (0.3, 0.35, 0.4)
    alone = chapter.populations(chapter.beside_the_poster(told(("M09", 60, 200))))
    assert alone.empty


def test_bounds_are_those_of_nobody_knowing_the_others() -> None:
    found = rows(chapter.coverage(SURVEY, "social_networks"), "M09")
    covered = chapter.first_readings(
        chapter.readings(SURVEY.statements.values(), load_presets(), "social_networks")
    )["T09"].preset.value
    low, _, high = found["bounds"]
    assert (low, high) == pytest.approx((0.3 * covered, 0.3 * covered + 1 - covered))
    wider = found["bounds_confidence"]
    assert 0 <= wider[0] < low
    assert high < wider[2] <= 1
    assert set(rows(chapter.coverage(SURVEY, "social_networks"), "M15")) == {"supplied"}  # doctors


def test_selection_is_the_odds_times_the_ratio() -> None:
    low, share, high = rows(chapter.selection(SURVEY), "M09")["selection"]
    assert math.isnan(share)
    odds = 0.3 / 0.7
    assert (low, high) == pytest.approx((odds / 2 / (1 + odds / 2), 2 * odds / (1 + 2 * odds)))


def test_the_chain_is_shown_where_there_is_one() -> None:
    found = chapter.diffusion(SURVEY)
    assert rows(found, "M09")["rds_i"] == (0.2, 0.31, 0.4)
    assert rows(found, "M09")["rds_ii"] == (0.22, 0.33, 0.41)
    assert set(rows(found, "M10")) == {"supplied"}


def test_perfect_answers_are_left_as_they_are() -> None:
    found = rows(chapter.reliability(SURVEY, 1.0, 1.0), "M09")
    assert found["corrected"] == pytest.approx(found["supplied"], abs=1e-4)


def test_answers_are_corrected_by_rogan_and_gladen() -> None:
    found = rows(chapter.reliability(SURVEY, 0.9, 0.8), "M09")
    assert found["corrected"][1] == pytest.approx((0.3 + 0.8 - 1) / (0.9 + 0.8 - 1))
    assert 0 <= found["corrected"][0] < found["corrected"][1] < found["corrected"][2] <= 1


def test_accuracies_that_cannot_have_given_a_share_are_not_drawn() -> None:
    assert "corrected" not in rows(chapter.reliability(SURVEY, 0.9, 0.6), "M09")  # 1 − 0.6 > 0.3


def test_almost_without_bias_only_sampling_error_is_left() -> None:
    found = rows(chapter.together(SURVEY, ALMOST_NO_BIAS, draws=20_000, seed=1), "M09")
    assert found["combined"] == pytest.approx(found["supplied"], abs=0.01)


def test_all_biases_together_are_wider_than_sampling_error() -> None:
    found = rows(chapter.together(SURVEY, USUAL, draws=2_000, seed=1), "M11")
    spread = {name: high - low for name, (low, _, high) in found.items()}
    assert spread["combined"] > spread["supplied"]
    assert chapter.together(SURVEY, USUAL, draws=2_000, seed=1).equals(
        chapter.together(SURVEY, USUAL, draws=2_000, seed=1)
    )


def test_who_is_in_the_sample_is_told_only_if_both_groups_are() -> None:
    assert chapter.professionals_in_sample(SURVEY) == pytest.approx(0.25)
    without = replace(FULL, groups=(GroupSize("patient", 300), GroupSize("professional", None)))
    survey = chapter.beside_the_poster(without)
    assert chapter.professionals_in_sample(survey) is None
    assert chapter.composition_records(survey, 0.1) == []


def test_the_composition_bias_vanishes_at_the_targets_own_share() -> None:
    def gap(target: float) -> float:
        found = {one.key: one.value for one in chapter.composition_records(SURVEY, target)}
        return found["supplied_composition_bias"]

    assert gap(0.25) == pytest.approx(0)
    assert gap(0.05) == pytest.approx((0.66 - 0.30) * (0.25 - 0.05))


def test_the_tipping_ratio_puts_the_share_on_the_threshold() -> None:
    found = {one.key: one.value for one in chapter.tipping_records(SURVEY)}
    assert found["supplied_M09_tipping_ratio"] == pytest.approx(0.3 / 0.7)
    assert "supplied_M07_tipping_ratio" not in found  # no statement rests on it


def everything(survey: chapter.Supplied) -> list[pd.DataFrame]:
    return [
        chapter.results(survey),
        chapter.populations(survey),
        chapter.coverage(survey, "social_networks"),
        chapter.selection(survey),
        chapter.diffusion(survey),
        chapter.reliability(survey, 0.9, 0.8),
        chapter.together(survey, USUAL, draws=500, seed=1),
    ]


def test_every_record_says_where_it_comes_from_and_what_it_rests_on() -> None:
    found = {one.key: one for one in chapter.records(SURVEY, *everything(SURVEY))}
    assert (found["supplied_M09_share"].value, found["supplied_M09_share"].origin) == (
        0.3,
        "supplied",
    )
    assert found["supplied_M09_n"].value == 200
    for key, one in found.items():
        exact = key.endswith("_n") or (key.count("_") == 2 and key.endswith("_share"))
        assert one.origin == ("supplied" if exact else "computed"), key
        assert bool(one.assumption) is not exact, key
        assert not math.isnan(one.value)
    assert not [key for key in found if "printed" in key or "M16" in key]


def test_what_is_computed_from_synthetic_answers_is_synthetic_too() -> None:
    survey = chapter.beside_the_poster(replace(FULL, origin="synthetic"))
    found = [
        *chapter.records(survey, *everything(survey)),
        *chapter.tipping_records(survey),
        *chapter.composition_records(survey, 0.1),
    ]
    assert len(found) > 40
    assert {one.origin for one in found} == {"synthetic"}


def test_where_nothing_may_be_told_nothing_is_computed() -> None:
    for frame in everything(NOTHING):
        assert frame.empty
        assert list(frame.columns) == chapter.COLUMNS
    assert chapter.records(NOTHING, *everything(NOTHING)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_groups_have_names(lang) -> None:
    assert SURVEY.group_label("doctor", lang) == {"fr": "Médecins", "en": "Doctors"}[lang]


@pytest.mark.parametrize("count", [1, 199])
def test_shares_near_the_ends_are_worked_out_too(count) -> None:
    survey = chapter.beside_the_poster(told(("M09", count, 200)))
    for frame in everything(survey):
        limits = frame[["low", "share", "high"]].to_numpy()
        assert ((limits >= 0) & (limits <= 1) | pd.isna(limits)).all()
