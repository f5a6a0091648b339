"""Chapter 06, against the table of methods A.2 and identities."""

from __future__ import annotations

import pytest

from actient.chapters.coverage import numbers as chapter
from actient.claims import load_claims, load_statements

CLAIMS, STATEMENTS = load_claims(), load_statements()
PRESETS = chapter.load_presets()


def found(frame: str = "social_networks") -> list[chapter.Reading]:
    return chapter.readings(STATEMENTS.values(), PRESETS, frame)


def records(frame: str = "social_networks") -> dict[str, float]:
    readings = found(frame)
    rungs = chapter.ladder(
        chapter.first_readings(readings)["T11"],
        CLAIMS["C11"],
        max_difference=0.2,
        ratios=[0.8, 1.25],
    )
    stated = chapter.records(CLAIMS, readings, statements=STATEMENTS, rungs=rungs)
    assert len({record.key for record in stated}) == len(stated)
    return {record.key: record.value for record in stated}


@pytest.mark.parametrize(
    ("frame", "low", "high"),
    [("social_networks", 0.244, 0.664), ("home_connection", 0.361, 0.501)],
)
def test_the_published_bounds_of_the_checking_of_sources(
    frame: str, low: float, high: float
) -> None:
    stated = records(frame)
    assert stated["T11_bounds_low"] == pytest.approx(low, abs=5e-4)
    assert stated["T11_bounds_high"] == pytest.approx(high, abs=5e-4)


def test_the_published_tipping_shares() -> None:
    assert records()["T11_tipping_share"] == pytest.approx(0.610, abs=5e-4)
    assert records("home_connection")["T11_tipping_share"] == pytest.approx(0.991, abs=5e-4)


def test_the_share_that_tips_puts_the_population_on_the_threshold() -> None:
    stated = records()
    for key in ("T11", "T13", "T09"):
        c, p = stated[f"{key}_coverage"], CLAIMS[STATEMENTS[key].claim_id].proportion
        pooled = c * p + (1 - c) * stated[f"{key}_tipping_share"]
        assert pooled == pytest.approx(STATEMENTS[key].threshold)


def test_a_share_that_nobody_can_have_is_said_to_be_so() -> None:
    readings = found()
    rungs = chapter.ladder(readings[0], CLAIMS["C09"], max_difference=0.2, ratios=[0.8, 1])
    stated = chapter.records(CLAIMS, readings, statements=STATEMENTS, rungs=rungs)
    by_key = {record.key: record for record in stated}
    assert by_key["T09_tipping_share"].value < 0
    assert chapter.OUT_OF_REACH in str(by_key["T09_tipping_share"].assumption)
    assert chapter.OUT_OF_REACH not in str(by_key["T11_tipping_share"].assumption)


def test_no_coverage_is_put_on_doctors_professionals_or_patients() -> None:
    for frame in ("social_networks", "home_connection", "internet_use"):
        known = {one.statement.target_population for one in found(frame)}
        assert not known & {"doctors", "health_professionals", "patients"}


def test_a_population_that_is_not_stated_is_an_assumption() -> None:
    assumed = {one.statement.statement_id for one in found() if one.assumed}
    assert assumed == {"T11", "T13"}
    assert all("read as" in one.assumption for one in found() if one.assumed)


def test_of_two_presets_the_wider_bounds_are_kept() -> None:
    chosen = chapter.first_readings(found("internet_use"))["T11"].preset
    assert (chosen.target_population, chosen.value) == ("residents", 0.82)


@pytest.mark.parametrize("key", list(STATEMENTS))
def test_the_statement_is_safe_above_the_coverage_needed_and_not_below(key: str) -> None:
    one = STATEMENTS[key]
    share = one.worst_end(CLAIMS[one.claim_id])
    enough = chapter.needed_coverage(share, one)
    assert 0 < enough < 1

    def safe(coverage: float) -> bool:
        low, high = coverage * share, coverage * share + 1 - coverage
        return one.holds(low) and one.holds(high)

    assert safe(enough + 1e-9)
    assert not safe(enough - 1e-9)


def test_the_bounds_close_on_the_printed_figure() -> None:
    grid = chapter.bounds_grid(STATEMENTS.values(), CLAIMS, [0.25, 0.5, 1])
    for _, rows in grid.groupby("statement_id"):
        assert list(rows["high"] - rows["low"]) == pytest.approx([0.75, 0.5, 0])
        assert rows["low"].iloc[-1] == pytest.approx(rows["share"].iloc[-1])


def test_each_rung_of_the_ladder_lies_within_the_one_below() -> None:
    reading = chapter.first_readings(found())["T11"]
    rungs = chapter.ladder(reading, CLAIMS["C11"], max_difference=0.2, ratios=[0.8, 1.25])
    assert list(rungs["low"]) == sorted(rungs["low"])
    assert list(rungs["high"]) == sorted(rungs["high"], reverse=True)
    assert list(rungs["may_fail"]) == [True, True, False, False]
    assert rungs["low"].iloc[1] == pytest.approx(0.42 - 0.42 * 0.2)
    assert rungs["high"].iloc[2] == pytest.approx(0.42 * (0.58 + 0.42 * 1.25))
