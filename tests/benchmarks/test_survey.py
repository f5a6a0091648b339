"""The survey benchmark: its sample, its summary, its recorded table. No timing."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from actient.paths import checkout
from actient.survey.estimating.weighting import design_effect

ROOT = checkout(Path(__file__).parent).root
RECORDED = ROOT / "data" / "benchmarks" / "survey.csv"


@pytest.fixture(scope="module")
def survey() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        import survey
    yield survey
    for name in ("survey", "survey_model", "report", "turns"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def recorded() -> list[dict[str, str]]:
    with RECORDED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_run_recorded_every_program_at_every_size(
    survey: ModuleType, recorded: list[dict[str, str]]
) -> None:
    tasks = {survey.OURS, *survey.MISSING}
    expected = {(str(size), task) for size in survey.RESPONDENTS for task in tasks}
    assert {(row["respondents"], row["task"]) for row in recorded} == expected
    assert len(recorded) == len(expected)
    assert tuple(recorded[0]) == survey.Row._fields
    assert len({row["date"] for row in recorded}) == 1, "one run, not several put together"
    assert {int(row["repetitions"]) for row in recorded} == {survey.REPETITIONS}


def test_every_program_gave_the_same_weights(recorded: list[dict[str, str]]) -> None:
    assert max(float(row["weights_difference"]) for row in recorded) < 1e-8


def test_recorded_memory_grows_no_faster_than_the_sample(recorded: list[dict[str, str]]) -> None:
    ours = {
        int(row["respondents"]): float(row["peak_mb"]) * 1e6
        for row in recorded
        if row["task"] == "actient"
    }
    small, middle, large = sorted(ours)
    # Bytes for each respondent more, from 1e5 to 1e6: some 40 numbers of 8 bytes.
    assert (ours[large] - ours[middle]) / (large - middle) < 400
    assert ours[middle] - ours[small] < 400 * middle


@pytest.mark.slow
def test_one_turn_of_ours_weights_the_sample(survey: ModuleType, tmp_path: Path) -> None:
    survey.survey_model.write(tmp_path, 3_000)
    measured = survey.measure(survey.OURS, survey.OUR_PROGRAM, 3_000, tmp_path)
    assert measured.difference == 0
    assert measured.peak_mb > 10
    weights = np.fromfile(tmp_path / "actient.bin", "<f8")
    variables, items = survey.survey_model.read(tmp_path)
    assert items.shape == (survey.survey_model.ITEMS, 3_000)
    assert design_effect(weights) > 1.1  # the sample is far from its targets
    for name, target in survey.survey_model.TARGETS.items():
        found = np.bincount(variables[name], weights) / 3_000
        np.testing.assert_allclose(found, target, atol=1e-9)


def test_the_sample_is_the_same_each_time(survey: ModuleType, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        survey.survey_model.write(tmp_path / name, 500)
    for file in ("codes.bin", "items.bin", "targets.csv"):
        one, two = ((tmp_path / name / file).read_bytes() for name in ("one", "two"))
        assert one == two


def test_medians_and_ratios(survey: ModuleType) -> None:
    def turn(task: str, weighting: float, tabulation: float, difference: float) -> object:
        return survey.Measurement(
            task, 10, weighting, tabulation, 50 + weighting, difference, "2.0", ""
        )

    ours, theirs = survey.summarise(
        [
            turn("actient", 1, 1, 0),
            turn("actient", 2, 3, 0),
            turn("actient", 9, 1, 0),
            turn("r_survey", 4, 16, 1e-12),
            turn("r_survey", 4, 16, 3e-11),
        ]
    )
    assert (ours.seconds_median, ours.weighting_median, ours.peak_mb) == (5, 2, 52)
    assert (ours.ratio_to_actient, ours.weighting_ratio, ours.repetitions) == (1, 1, 3)
    assert (theirs.ratio_to_actient, theirs.weighting_ratio) == (4, 2)
    assert theirs.weights_difference == 3e-11


@pytest.mark.slow
def test_a_program_that_fails_says_why(survey: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"survey_worker.py[\s\S]*codes.bin") as error:
        survey.measure(survey.OURS, survey.OUR_PROGRAM, 10, tmp_path / "nowhere")
    assert type(error.value).__name__ == "TurnError"


def test_the_table_is_written_whole(survey: ModuleType, tmp_path: Path) -> None:
    row = survey.Row("actient", 10, 1.0, 1.0, 0.5, 1.0, 50.0, 0.0, 5, "3", "2", "", 2, "2026-01-01")
    survey.write([row], tmp_path / "new" / "survey.csv")
    lines = (tmp_path / "new" / "survey.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(survey.Row._fields)
    assert lines[1].startswith("actient,10,1.0")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["survey.csv"]
