"""Chapter 09, against the numbers of methods A.5 and identities."""

from __future__ import annotations

import pytest

from actient.bias.reliability import apparent_share
from actient.chapters.reliability import numbers as chapter
from actient.claims import load_claims, load_statements
from actient.records import Record

CLAIMS, STATEMENTS = load_claims(), load_statements()
TESTED = chapter.self_declared(STATEMENTS)


def records(sensitivity: float = 0.9, specificity: float = 0.8) -> dict[str, Record]:
    found = chapter.records(CLAIMS, STATEMENTS, sensitivity=sensitivity, specificity=specificity)
    assert len({record.key for record in found}) == len(found)
    return {record.key: record for record in found}


@pytest.mark.parametrize(("sp", "percent"), [("sp90", 40.0), ("sp80", 31.4), ("sp70", 20.0)])
def test_the_published_corrections_of_42_percent(sp: str, percent: float) -> None:
    assert records()[f"T11_corrected_{sp}"].value * 100 == pytest.approx(percent, abs=0.05)


def test_answers_taken_at_their_word_change_nothing() -> None:
    found = records(1.0, 1.0)
    for one in TESTED:
        expected = CLAIMS[one.claim_id].proportion
        assert found[f"{one.statement_id}_corrected"].value == pytest.approx(expected)


def test_doctors_feelings_are_not_corrected() -> None:
    assert [one.statement_id for one in TESTED] == ["T09", "T10", "T11", "T13", "T14"]


def test_an_impossible_share_is_kept_and_flagged() -> None:
    found = records()
    assert found["T09_corrected"].value > 1
    assert found["T13_corrected"].value < 0
    flagged = {key for key, one in found.items() if chapter.IMPOSSIBLE in str(one.assumption)}
    assert flagged == {"T09_corrected", "T13_corrected"}


def test_a_share_is_impossible_below_the_least_specificity_only() -> None:
    frame = chapter.corrected([STATEMENTS["T13"]], CLAIMS, 0.9)
    least = records()["T13_least_specificity"].value
    assert least == pytest.approx(0.845)
    apart = frame[(frame["specificity"] - least).abs() > 1e-9]
    assert (apart["possible"] == (apart["specificity"] > least)).all()


@pytest.mark.parametrize("key", ["T09", "T10", "T14"])
def test_more_than_half_tips_at_its_specificity(key: str) -> None:
    one = STATEMENTS[key]
    worst = one.worst_end(CLAIMS[one.claim_id])
    specificity = records()[f"{key}_tipping_specificity_worst"].value
    assert chapter.tipping_specificity(worst, 0.9, one.threshold) == pytest.approx(specificity)
    if specificity + 0.9 > 1:
        assert apparent_share(one.threshold, 0.9, specificity) == pytest.approx(worst)


@pytest.mark.parametrize("key", ["T11", "T13"])
def test_fewer_than_half_tips_at_its_sensitivity(key: str) -> None:
    one = STATEMENTS[key]
    sensitivity = records()[f"{key}_tipping_sensitivity_worst"].value
    worst = one.worst_end(CLAIMS[one.claim_id])
    assert apparent_share(one.threshold, sensitivity, 1.0) == pytest.approx(worst)


def test_failing_is_never_said_of_an_impossible_share() -> None:
    frame = chapter.corrected(TESTED, CLAIMS, 0.9)
    assert not (frame["fails"] & ~frame["possible"]).any()
    fails = frame[frame["fails"]].groupby("statement_id")["specificity"].max()
    assert fails.to_dict() == pytest.approx({"T10": 0.56, "T14": 0.52}, abs=0.011)


def test_specificities_that_tell_nothing_are_left_out() -> None:
    frame = chapter.corrected([STATEMENTS["T11"]], CLAIMS, 0.3, [0.6, 0.7, 0.8])
    assert list(frame["specificity"]) == [0.8]
