"""The benchmark of the reader: its recorded table, and memory that grows no faster than rows."""

import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from actient.paths import checkout

ROOT = checkout(Path(__file__).parent).root


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        import responses
    yield responses
    for name in ("responses", "report", "turns"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def recorded() -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / "benchmarks" / "responses.csv")


def test_every_program_is_recorded_for_every_number_of_rows(
    benchmark: ModuleType, recorded: pd.DataFrame
) -> None:
    expected = {(rows, task) for rows in benchmark.ROWS for task in benchmark.TASKS}
    assert {*zip(recorded["rows"], recorded["task"], strict=True)} == expected
    assert list(recorded.columns) == list(benchmark.Row._fields)
    assert recorded["date"].nunique() == 1, "one run, not several put together"


def test_recorded_memory_grows_no_faster_than_rows(recorded: pd.DataFrame) -> None:
    peak = recorded[recorded["task"] == "actient"].set_index("rows")["peak_mb"]
    per_row = (peak[1_000_000] - peak[10_000]) / 990_000
    assert per_row < 2 * (peak[100_000] - peak[10_000]) / 90_000
    floor = recorded[recorded["task"] == "pandas_floor"].set_index("rows")["peak_mb"]
    assert peak[1_000_000] < floor[1_000_000]  # the yardstick holds the whole file as text


def test_the_reader_leaves_out_what_the_floor_lets_in(recorded: pd.DataFrame) -> None:
    kept = recorded.pivot(index="rows", columns="task", values="kept")
    assert (kept["actient"] < kept["pandas_floor"]).all()
    assert (kept["pandas_floor"] == kept.index).all()


@pytest.mark.slow
def test_a_turn_of_each_program(benchmark: ModuleType, tmp_path: Path) -> None:
    path = benchmark.written(tmp_path, 300)
    turns = [benchmark.measure(task, 300, path) for task in benchmark.TASKS]
    rows = benchmark.summarise(turns, {300: path})
    assert [row.task for row in rows] == ["actient", "pandas_floor"]
    assert rows[0].ratio_to_actient == 1
    assert rows[0].kept < rows[1].kept == 300
    benchmark.write(rows, tmp_path / "made" / "responses.csv")
    assert len(pd.read_csv(tmp_path / "made" / "responses.csv")) == 2
    assert len(list((tmp_path / "made").iterdir())) == 1
    with pytest.raises(Exception, match=r"responses_worker.py actient \S+nowhere.csv") as error:
        benchmark.measure("actient", 300, tmp_path / "nowhere.csv")
    assert type(error.value).__name__ == "TurnError"
