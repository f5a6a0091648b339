"""`actient sweep`: exit codes, words, and nothing heavy loaded before it is needed."""

import json
import subprocess
import sys
import types

import pytest
from click.testing import CliRunner

from actient import cli
from actient.cli import progress
from actient.paths import checkout
from actient.runs import recorded
from actient.sweep.outcome import Outcome


@pytest.fixture
def invoke(monkeypatch, tmp_path):
    """Run the command in a folder with a grid of two scenarios; 0.3 fails; Dask is not started."""

    def run_all(tasks, finished, **_):
        for task in tasks:
            share = task.given["max_difference"]
            if share == 0.4:
                raise KeyboardInterrupt
            if share == 0.3:
                finished(Outcome(task.identifier, "failed", {}, "cell 2: ValueError: no\nmore"))
            else:
                record = {"value": 1, "unit": "count", "origin": "computed", "assumption": None}
                finished(Outcome(task.identifier, "done", {"T11_low": record}))

    fake = types.SimpleNamespace(run_all=run_all)
    monkeypatch.setitem(sys.modules, "actient.sweep.running", fake)
    monkeypatch.setattr("actient.sweep.running", fake, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(shares, *arguments, out="o.csv", debug=False):
        (tmp_path / "grid.yml").write_text(f"max_difference: {shares}\n", encoding="utf-8")
        options = ["--grid", "grid.yml", "--out", out, *arguments]
        before = ["--debug"] if debug else []
        return CliRunner().invoke(cli.main, [*before, "sweep", "06_coverage", *options])

    return call


def test_all_done_is_zero_and_json_says_what_was_done(invoke, tmp_path):
    result = invoke([0.1, 0.2], "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "scenarios": 2,
        "done": 2,
        "failed": [],
        "resumed": 0,
        "unmatched": [],
        "rows": 2,
        "out": str(tmp_path / "o.csv"),
    }
    assert result.stderr == "0 of 2 scenarios done.\n2 of 2 scenarios done.\n"
    again = invoke([0.1, 0.2])
    assert again.exit_code == 0
    assert "2 of 2 scenarios done, 2 of them by an earlier call" in again.output


def test_a_failed_scenario_is_told_and_is_one(invoke):
    result = invoke([0.1, 0.3])
    assert result.exit_code == 1
    assert "Failed: max_difference=0.3: cell 2: ValueError: no\n" in result.output
    assert "1 of 2 scenarios done" in result.output
    (failed,) = json.loads(invoke([0.1, 0.3], "--json").stdout)["failed"]
    assert failed["parameters"] == {"max_difference": 0.3}


def test_an_interruption_says_how_to_go_on(invoke, tmp_path):
    result = invoke([0.1, 0.4])
    assert result.exit_code == 130
    assert "the same command goes on" in result.output
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize(
    ("shares", "arguments", "said"),
    [
        ([2], (), "max_difference = 2: expected"),
        ([0.1], ("--scheduler", "tcp://x:1", "--workers", "2"), "a --scheduler has its own"),
        ([0.1], ("--scheduler", ""), "the address is empty"),
        ([0.1], ("--scheduler", " "), "the address is empty"),
        ([0.1], ("--workers", "0"), "1<=x<=512"),
    ],
)
def test_a_mistake_is_told_in_words_and_is_two(invoke, tmp_path, shares, arguments, said):
    result = invoke(shares, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "o.csv").exists()


def test_a_pattern_that_names_nothing_is_told_before_and_after_and_is_one(invoke, tmp_path):
    result = invoke([0.1, 0.2], "--record", "T99")
    assert result.exit_code == 1  # it ran
    warned, _, ended = result.stderr.partition("2 of 2")
    assert "--record T99: no record known has such a name" in warned
    assert "Known: " in warned
    assert "No record is named T99. Recorded: T11_low. No table was written." in ended
    assert not (tmp_path / "o.csv").exists()
    assert invoke([0.1, 0.2], "--record", "T11_*").exit_code == 0  # nothing is run again


def test_of_several_patterns_each_that_names_nothing_is_told(invoke, tmp_path):
    several = ("--record", "T98_*", "--record", "T11_*", "--record", "T99")
    result = invoke([0.1, 0.2], *several)
    assert result.exit_code == 1
    assert "--record T98_* and T99: no record known" in result.stderr
    for pattern in ("T98_*", "T99"):
        assert f"Recorded by no scenario: {pattern}\n" in result.stderr
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").count("T11_low") == 2
    told = json.loads(invoke([0.1, 0.2], *several, "--json").stdout)
    assert told["unmatched"] == ["T98_*", "T99"]


def test_a_known_pattern_is_not_doubted(invoke):
    (known, *_) = recorded.reference(checkout())["06_coverage"]
    assert "no record known" not in invoke([0.1], "--record", known).stderr


def test_without_a_terminal_a_line_says_now_and_then_how_far_it_is(monkeypatch, capsys):
    clock = iter([0, 1, 9.9, 10, 15, 21, 22])
    monkeypatch.setattr("actient.cli.progress.time.monotonic", lambda: next(clock))
    with progress.shown(None, unit="scenario", err=True) as watch:
        for done in range(7):
            watch.reach(done, 6)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"{done} of 6 scenarios done." for done in (0, 3, 5, 6)]


def test_other_mistakes_too(invoke, tmp_path, monkeypatch):
    assert invoke([0.1], out="o.xlsx").exit_code == 2
    assert invoke([0.1], out="folder/o.csv").exit_code == 0
    (tmp_path / "o.csv").write_text("mine", encoding="utf-8")
    assert "--fresh" in invoke([0.1]).output
    assert invoke([0.1], "--fresh").exit_code == 0
    changed = invoke([0.1, 0.2])
    assert changed.exit_code == 2
    assert "the grid is not the same" in changed.output
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    outside = invoke([0.1], out="p.csv")
    assert outside.exit_code == 2
    assert "ACTIENT_ROOT" in outside.output


def test_a_grid_is_not_replaced_by_its_own_table(invoke, tmp_path):
    grid = tmp_path / "sets.csv"
    grid.write_text("max_difference\n0.1\n", encoding="utf-8")
    result = invoke([0.1], "--fresh", "--grid", "sets.csv", out="./sets.csv")
    assert result.exit_code == 2
    assert "this file is the grid" in result.stderr
    assert grid.read_text(encoding="utf-8") == "max_difference\n0.1\n"


def test_what_the_system_refuses_is_told_in_its_words(invoke, tmp_path):
    (tmp_path / "a file").touch()
    result = invoke([0.1], out="a file/o.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"actient: {tmp_path / 'a file'}: ")
    assert "Errno" not in result.stderr
    assert "Traceback" in invoke([0.1], out="a file/o.csv", debug=True).stderr


def test_on_a_terminal_a_bar_says_how_far_it_is(invoke, monkeypatch):
    monkeypatch.setattr("actient.cli.progress.visible", lambda: True)
    said = invoke([0.1, 0.2, 0.3]).stderr
    for part in ("0/3 scenarios", "2/3 scenarios", "3/3 scenarios", "< 00:00"):
        assert part in said
    assert "None" not in said


@pytest.mark.slow
def test_help_loads_nothing_heavy():
    code = (
        "import sys; from actient.cli import main\n"
        "try: main(['sweep', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'dask', 'distributed', 'pandas', 'papermill', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Examples" in done.stdout
