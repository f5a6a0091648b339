"""Chapter 08, against the theory of branching processes and the bounds of chapter 06."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from actient.chapters.coverage.numbers import needed_coverage
from actient.chapters.diffusion import numbers as chapter
from actient.claims import load_claims, load_statements
from actient.records import Record

CLAIMS, STATEMENTS = load_claims(), load_statements()
DEFAULT: dict[str, Any] = {
    "contacts": 190.0,
    "seen": 0.35,
    "answered": 0.05,
    "shared": 0.1,
    "dispersion": 1.0,
}


def records(runs: int = 3000, **changed: float) -> dict[str, Record]:
    of = chapter.launch(**{**DEFAULT, **changed})
    answers = chapter.respondents(of, runs, 20181)
    found = chapter.records(CLAIMS, STATEMENTS, of=of, answers=answers)
    assert len({record.key for record in found}) == len(found)
    return {record.key: record for record in found}


def test_the_mean_agrees_with_theory() -> None:
    found = records(runs=40_000)
    expected = 190 * 0.35 * 0.05 / (1 - 0.3325)
    assert found["reproduction_number"].value == pytest.approx(0.3325)
    assert found["expected_respondents"].value == pytest.approx(expected)
    assert found["simulated_mean"].value == pytest.approx(expected, rel=0.03)


def test_most_launches_stay_below_the_mean() -> None:
    found = records()
    assert found["simulated_median"].value < found["simulated_mean"].value


def test_one_seed_one_result() -> None:
    assert records() == records()


def test_simulated_numbers_are_marked_synthetic() -> None:
    marked = {key for key, record in records().items() if record.origin == "synthetic"}
    assert {"simulated_mean", "simulated_median", "participation_low"} <= marked
    assert not any(key.startswith("T") for key in marked)


def test_every_launch_is_in_one_class() -> None:
    answers = np.array([0, 0, 1, 2, 3, 6, 7, 14, 15, 40])
    frame = chapter.distribution(answers)
    assert list(frame["first"]) == [0, 1, 3, 7, 15, 31]
    assert list(frame["last"]) == [0, 2, 6, 14, 30, 62]
    assert list(frame["share"]) == pytest.approx([0.2, 0.2, 0.2, 0.2, 0.1, 0.1])


def test_a_launch_that_nobody_answers_has_no_participation_rate() -> None:
    found = records(answered=0.0)
    assert found["simulated_none"].value == 1
    assert "participation_low" not in found


def test_a_growing_launch_is_stopped_and_has_no_mean() -> None:
    found = records(runs=200, shared=1.0)
    assert found["extinction_probability"].value < 1
    assert found["simulated_max"].value == chapter.LARGEST_LAUNCH
    assert found["simulated_stopped"].value > 0
    assert "expected_respondents" not in found


def test_participation_is_answers_over_the_most_exposed() -> None:
    low, high = chapter.participation(chapter.launch(**DEFAULT), 100)
    assert low == pytest.approx(100 / (190 + 100 * 0.1 * 190))
    assert high == 1


def test_nobody_answers_twice() -> None:
    crowded = chapter.launch(**{**DEFAULT, "contacts": 2.0})
    assert chapter.participation(crowded, 100).low == 1


@pytest.mark.parametrize("key", list(STATEMENTS))
def test_the_silent_count_as_those_out_of_reach(key: str) -> None:
    one = STATEMENTS[key]
    expected = needed_coverage(one.worst_end(CLAIMS[one.claim_id]), one)
    assert records()[f"{key}_needed_participation"].value == pytest.approx(expected)
