"""The benchmark: its summary, its recorded table, and memory that does not grow. No timing."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from actient import tables
from actient.book.pages.benchmarks import simulation_table
from actient.book.pages.page import Place
from actient.claims import load_claims
from actient.locale import Lang
from actient.paths import checkout

FOLDER = checkout(Path(__file__).parent).root / "benchmarks"
POINT = 0.01


@pytest.fixture(scope="module")
def simulation() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FOLDER))
        import simulation
    yield simulation
    for name in ("simulation", "simulation_model", "report", "turns"):
        sys.modules.pop(name, None)


def test_every_program_is_recorded_for_every_number_of_draws(simulation: ModuleType) -> None:
    recorded = tables.read("benchmark_simulation")
    programs = {*simulation.PYTHON_TASKS, *simulation.R_TASKS}
    expected = {(draws, task) for draws in simulation.DRAWS for task in programs}
    assert {*zip(recorded["draws"], recorded["task"], strict=True)} == expected
    assert list(recorded.columns) == list(simulation.Row._fields)
    assert recorded["date"].nunique() == 1, "one run, not several put together"


def test_r_and_the_package_agree_on_the_recorded_quantiles() -> None:
    recorded = tables.read("benchmark_simulation").dropna(subset="q50")
    # methods A.7: the spread of a limit between seeds at 1e5 draws is about 0.05 point
    for _, rows in recorded.groupby("draws"):
        assert len(rows) == 3
        for column in ("q025", "q50", "q975"):
            assert rows[column].max() - rows[column].min() < 0.3 * POINT
    assert recorded["q50"].to_list() == pytest.approx([0.325] * len(recorded), abs=0.3 * POINT)


def test_recorded_memory_is_flat_as_draws_grow() -> None:
    recorded = tables.read("benchmark_simulation").set_index(["task", "draws"])["peak_mb"]
    ours = recorded["actient"]
    assert ours.max() < 1.2 * ours.min()
    assert recorded["r_vectors"].max() > 2 * recorded["r_vectors"].min()  # the yardstick can see it


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is read with os.wait4")
def test_memory_of_a_process_is_flat_as_draws_grow(simulation: ModuleType) -> None:
    model = simulation.Model(share=0.42)

    def measured(draws: int) -> float:
        return simulation.measure("actient", simulation.Run(draws, 20_000, 1), model).peak_mb

    # 2e6 draws of one law alone, held together, would be 16 MB; of six, 96
    assert measured(2_000_000) - measured(40_000) < 10


def test_the_share_is_the_posters(simulation: ModuleType) -> None:
    assert simulation.published_share() == load_claims()["C11"].proportion


def test_the_model_survives_a_command_line(simulation: ModuleType) -> None:
    model = replace(simulation.Model(share=0.42), difference=(-0.1, 0.0, 0.2))
    assert simulation.Model.from_arguments(model.arguments()) == model
    with pytest.raises(ValueError, match="16 numbers; 2 were given"):
        simulation.Model.from_arguments(["0.42", "400"])


def test_medians_and_ratios(simulation: ModuleType) -> None:
    def turn(task: str, seconds: float, *quantiles: float) -> object:
        return simulation.Measurement(task, 10, seconds, 50 + seconds, quantiles, "2.0")

    measured = [
        turn("actient", 1, 0.1, 0.2, 0.3),
        turn("actient", 2, 0.1, 0.2, 0.5),
        turn("actient", 9, 0.2, 0.4, 0.6),
        turn("random_draws", 1),
    ]
    ours, draws = simulation.summarise(measured)
    assert (ours.seconds_median, ours.ratio_to_actient, ours.peak_mb) == (2, 1, 52)
    assert (ours.q025, ours.q50, ours.q975, ours.repetitions) == (0.1, 0.2, 0.5, 3)
    assert (draws.ratio_to_actient, draws.q50, draws.repetitions) == (0.5, None, 1)


def test_a_program_that_fails_says_why(simulation: ModuleType) -> None:
    impossible = simulation.Model(share=2.0)
    with pytest.raises(Exception, match=r"simulation_worker.py actient 10 [\s\S]*share") as error:
        simulation.measure("actient", simulation.Run(10, 10, 1), impossible)
    assert type(error.value).__name__ == "TurnError"


@pytest.mark.parametrize(("lang", "word"), [("fr", "ce livre"), ("en", "this book")])
def test_the_book_shows_ratios_memory_and_the_date(lang: Lang, word: str) -> None:
    html = simulation_table(Place(checkout(), lang))
    recorded = tables.read("benchmark_simulation")
    assert html.count(word) >= recorded["draws"].nunique()
    assert recorded["date"].iloc[0][:4] in html
    assert html.count("<tr>") == len(recorded) + 1
