"""Sweeps on real Dask processes: killed workers, killed and interrupted clients, bad scenarios."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from building import actient, copy_checkout

from actient.paths import checkout
from actient.sweep import grid, sweeping

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="NOT RUN: needs /proc for processes"),
]

PATIENCE = 500  # seconds; machines are shared
NO_WORLD, KILLS = 0.55, 0.6

CHAPTER = f"""
import os, signal, time
from actient.records import Recorder

def parent_of(pid):
    with open(f"/proc/{{pid}}/stat") as stat:
        return int(stat.read().rpartition(")")[2].split()[1])

time.sleep(0.7)
if sensitivity == {NO_WORLD}:
    raise ValueError("no such world")
if sensitivity == {KILLS}:
    os.kill(parent_of(os.getppid()), signal.SIGKILL)  # the worker, above the fork server
    time.sleep(60)
Recorder(lang)("youden", sensitivity + specificity - 1, unit="ratio", origin="computed")
"""


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    """A checkout in which one chapter is quick, can fail, and can kill the worker it runs on."""
    made = copy_checkout(tmp_path_factory.mktemp("checkout"))
    source = made.notebook("09_reliability")
    notebook = nbformat.read(source, as_version=4)
    (tagged,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    notebook.cells = [tagged, nbformat.v4.new_code_cell(CHAPTER)]
    nbformat.write(notebook, source)
    return made


GRID = "sensitivity: [0.7, 0.8, 0.9, 1.0]\nspecificity: [0.8, 0.9]\n"


def sweep_command(paths, name, written=GRID, **options):
    grid_file = paths.root / "_build" / f"{name}.yml"
    grid_file.parent.mkdir(exist_ok=True)
    grid_file.write_text(written, encoding="utf-8")
    out = paths.root / "_build" / f"{name}.csv"
    more = [part for key, value in options.items() for part in (f"--{key}", str(value))]
    command = ["sweep", "09_reliability", "--grid", str(grid_file), "--out", str(out), "--json"]
    return [*command, *more], out


def started(paths, arguments, output=subprocess.PIPE, **options):
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root)},
        stdout=output,
        stderr=output,
        text=True,
        **options,
    )


def wait_until(done, what):
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.05)


def finished_count(out):
    kept = out.with_name(f".{out.name}.journal")
    return kept.read_bytes().count(b"\n") - 1 if kept.exists() else 0


def descendants(pid):
    """Every process below `pid`, however deep."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def undisturbed(paths):
    """The table of a run on this machine that nothing disturbed."""
    arguments, out = sweep_command(paths, "undisturbed", workers=2)
    done = actient(paths, *arguments)
    assert done.returncode == 0, done.stderr
    # not a terminal: no bar is drawn
    lines = done.stderr.splitlines()
    assert (lines[0], lines[-1]) == ("0 of 8 scenarios done.", "8 of 8 scenarios done.")
    assert all(line.endswith(" of 8 scenarios done.") for line in lines)
    assert json.loads(done.stdout)["done"] == 8
    return out.read_bytes()


@pytest.fixture
def cluster(paths, tmp_path):
    """A scheduler and two workers on loopback: a bare one, and one under its nanny.

    Gives the scheduler's address, the scheduler, and the bare worker.
    """
    file = tmp_path / "scheduler.json"
    loopback = ["--host", "127.0.0.1", "--no-dashboard"]
    begin = ["dask", "scheduler", *loopback, "--port", "0", "--scheduler-file", str(file)]
    alone = {"output": subprocess.DEVNULL, "start_new_session": True}
    processes = [started(paths, begin, **alone)]
    try:
        # Dask opens the file before it writes it.
        wait_until(lambda: file.exists() and file.read_text("utf-8").endswith("}"), "the scheduler")
        address = json.loads(file.read_text())["address"]
        work = ["dask", "worker", address, *loopback, "--nthreads", "1"]
        for nanny in ("--no-nanny", "--nanny"):
            folder = ["--local-directory", str(tmp_path / nanny)]
            processes.append(started(paths, [*work, nanny, *folder], **alone))
        yield address, *processes[:2]
    finally:
        for process in reversed(processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=PATIENCE)


@pytest.fixture
def ended_with_the_test():
    """Take note of processes, each the leader of its session; a failed test leaves none behind."""
    noted = []
    yield noted.append
    for process in noted:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def test_a_worker_killed_in_mid_run_loses_nothing(paths, cluster, undisturbed, ended_with_the_test):
    address, _, victim = cluster
    arguments, out = sweep_command(paths, "cluster", scheduler=address)
    client = started(paths, ["actient", *arguments], start_new_session=True)
    ended_with_the_test(client)
    # a kernel below the worker: it is in the middle of a scenario
    wait_until(lambda: finished_count(out) >= 1 and len(descendants(victim.pid)) >= 3, "work")
    below = descendants(victim.pid)
    victim.kill()
    told, errors = client.communicate(timeout=PATIENCE)
    assert client.returncode == 0, errors
    assert json.loads(told) | {"out": ""} == {
        "scenarios": 8,
        "done": 8,
        "failed": [],
        "resumed": 0,
        "unmatched": [],
        "rows": 8,
        "out": "",
    }
    assert out.read_bytes() == undisturbed
    wait_until(lambda: not any(map(running, below)), "the dead worker's kernels to end")


def test_a_scheduler_killed_in_mid_run_is_told_in_words(
    paths, cluster, undisturbed, ended_with_the_test
):
    address, scheduler, _ = cluster
    arguments, out = sweep_command(paths, "orphaned", scheduler=address)
    client = started(paths, ["actient", *arguments], start_new_session=True)
    ended_with_the_test(client)
    wait_until(lambda: finished_count(out) >= 1, "work")
    scheduler.kill()
    told, errors = client.communicate(timeout=PATIENCE)
    assert client.returncode == 2
    assert told == ""
    (error,) = [line for line in errors.splitlines() if not line.endswith("scenarios done.")]
    assert error.startswith("actient: The scheduler is gone.")  # Dask's own account is for nobody
    assert not out.exists()
    kept = finished_count(out)
    assert 1 <= kept < 8
    arguments, _ = sweep_command(paths, "orphaned", workers=2)
    done = actient(paths, *arguments)
    assert json.loads(done.stdout)["resumed"] == kept
    assert out.read_bytes() == undisturbed


def test_a_port_that_dask_likes_may_be_taken_and_nothing_is_left(paths, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    arguments, _ = sweep_command(paths, "beside", '[{"sensitivity": 0.7}]', workers=1)
    with socket.socket() as taken:
        with contextlib.suppress(OSError):  # it is taken already
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        done = actient(paths, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "0 of 1 scenarios done.\n1 of 1 scenarios done.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_killed_then_interrupted_goes_on_where_it_was(
    paths, undisturbed, ended_with_the_test
):
    arguments, out = sweep_command(paths, "interrupted", workers=2)
    for number, (blow, code) in enumerate([(signal.SIGKILL, -9), (signal.SIGINT, 130)], start=1):
        client = started(paths, ["actient", *arguments], start_new_session=True)
        ended_with_the_test(client)
        already = finished_count(out)
        wait_until(lambda least=already + 2: finished_count(out) >= least, f"blow {number}")
        below = descendants(client.pid)
        if blow == signal.SIGKILL:
            client.kill()  # and nobody else: nothing below may outlive it
        else:
            os.killpg(client.pid, blow)  # as a terminal does
        _, errors = client.communicate(timeout=PATIENCE)
        assert client.returncode == code, errors
        assert "Traceback" not in errors, errors
        wait_until(lambda pids=below: not any(map(running, pids)), "processes below to end")
        assert not out.exists()
    kept = finished_count(out)
    assert 4 <= kept < 8
    done = actient(paths, *arguments)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["resumed"] == kept
    assert out.read_bytes() == undisturbed


def test_a_scenario_that_fails_or_kills_does_not_stop_the_others(paths, undisturbed):
    sets = [{"sensitivity": one, "specificity": 0.8} for one in (0.7, NO_WORLD, KILLS, 0.8)]
    arguments, out = sweep_command(paths, "failing", json.dumps(sets), workers=2)
    done = actient(paths, *arguments)
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert (told["scenarios"], told["done"]) == (4, 2)
    errors = {one["parameters"]["sensitivity"]: one["error"] for one in told["failed"]}
    assert errors.keys() == {NO_WORLD, KILLS}
    # the third cell of what was run: papermill puts one of its own after the parameters
    assert errors[NO_WORLD] == "09_reliability.ipynb, cell 3: ValueError: no such world"
    assert errors[KILLS].startswith("WorkerDied: ")
    assert pd.read_csv(out)["status"].tolist() == ["done", "failed", "failed", "done"]
    good = [line for line in out.read_text().splitlines() if ",done," in line]
    assert set(good) < set(undisturbed.decode().splitlines())


def test_a_scheduler_that_does_not_answer_is_told_soon(paths):
    arguments, out = sweep_command(paths, "nobody", scheduler="tcp://127.0.0.1:9")
    done = actient(paths, *arguments)
    assert done.returncode == 2
    assert "\nactient: No Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_the_committed_sweep_is_what_its_command_gives(tmp_path):
    committed = checkout()
    table = pd.read_csv(committed.data / "sweeps" / "combined.csv", keep_default_na=False)
    scenarios = grid.read(committed.data / "sweeps" / "combined.yml", "10_combined")
    assert list(dict.fromkeys(table["scenario"])) == [one.identifier for one in scenarios]
    some = tmp_path / "last.yml"
    some.write_text(json.dumps([dict(scenarios[-1].given)]), encoding="utf-8")
    sweeping.sweep(
        committed, "10_combined", some, tmp_path / "o.csv", workers=1, keep=_committed_records()
    )
    again = pd.read_csv(tmp_path / "o.csv", keep_default_na=False)
    expected = table[table["scenario"].isin(again["scenario"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(again, expected, rtol=1e-9)


def _committed_records():
    """The patterns of the Makefile, so that the test runs the command that the page shows."""
    recipe = (checkout().root / "Makefile").read_text(encoding="utf-8")
    words = recipe.partition("actient sweep 10_combined")[2].partition("\n\n")[0].split()
    return [value.strip("'") for word, value in pairwise(words) if word == "--record"]
