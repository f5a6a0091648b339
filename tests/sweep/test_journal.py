"""Sweeps without Dask: what is kept, what is refused, and the same bytes in any order."""

import csv
import json
import sys
import types
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actient.paths import Paths
from actient.sweep import journal, sweeping, tidy
from actient.sweep.outcome import Outcome

SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
FAILING = 0.3


class InterruptedSweepError(Exception):
    """Stands for whatever ends a sweep before its end."""


def outcome_of(task, failing=()):
    share = task.given["max_difference"]
    if share in failing:
        return Outcome(task.identifier, "failed", {}, "=SUM(A1): ValueError: no\nmore lines")
    record = {"unit": "proportion", "origin": "computed", "assumption": "all laws, really"}
    records = {"T11_low": {"value": -share, **record}, "T11_high": {"value": 1, **record}}
    return Outcome(task.identifier, "done", records)


@pytest.fixture
def checkout(tmp_path):
    return small_checkout(tmp_path / "checkout")


def small_checkout(root):
    for name in ("data/datapackage.json", "analysis/06_coverage.ipynb", "analysis/actient/a.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("{}", encoding="utf-8")
    (root / "requirements.txt").write_text("", encoding="utf-8")
    (root / "grid.yml").write_text(f"max_difference: {list(SHARES)}\n", encoding="utf-8")
    return Paths(root)


def sweep(paths, out, *, order=None, stop=None, failing=(), seen=None, **options):
    """Sweep as Dask would: finish in `order`, and end abruptly after `stop` scenarios."""

    def run_all(tasks, finished, **_):
        chosen = sorted(tasks, key=lambda one: order.index(one.given["max_difference"]))
        for count, task in enumerate(chosen):
            if count == stop:
                raise InterruptedSweepError
            finished(outcome_of(task, failing))
            if seen is not None:
                seen.append(task.given["max_difference"])

    order = list(order or SHARES)
    fake = types.SimpleNamespace(run_all=run_all)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "actient.sweep.running", fake)
        patch.setattr("actient.sweep.running", fake, raising=False)
        return sweeping.sweep(paths, "06_coverage", paths.root / "grid.yml", out, **options)


def test_the_table_is_tidy(checkout, tmp_path):
    summary = sweep(checkout, tmp_path / "o.csv", failing=(FAILING,))
    frame = pd.read_csv(tmp_path / "o.csv")
    assert list(frame.columns) == tidy.columns("06_coverage")
    assert (summary.scenarios, summary.done, summary.rows) == (5, 4, 9)
    assert frame["max_difference"].tolist() == [0.1, 0.1, 0.2, 0.2, 0.3, 0.4, 0.4, 0.5, 0.5]
    assert set(frame["prevalence_ratio"]) == {"[0.8, 1.25]"}
    (failed,) = frame[frame["status"] == "failed"].to_dict("records")
    assert failed["error"] == "'=SUM(A1): ValueError: no"  # no spreadsheet runs it
    assert pd.isna(failed["record"])
    assert frame["value"].min() == -0.5  # a negative number stays a number
    [(scenario, error)] = summary.failed
    assert (scenario.given, error) == ({"max_difference": 0.3}, "=SUM(A1): ValueError: no")


def test_parquet_holds_the_same_rows(checkout, tmp_path):
    for name in ("o.csv", "o.parquet"):
        sweep(checkout, tmp_path / name)
    text, columnar = pd.read_csv(tmp_path / "o.csv"), pd.read_parquet(tmp_path / "o.parquet")
    assert list(columnar.columns) == list(text.columns)
    for name in text.columns:
        if text[name].notna().any():
            assert list(columnar[name]) == list(text[name]), name
        elif name != "responses":
            assert columnar[name].isna().all(), name
    assert (columnar["max_difference"].dtype, columnar["value"].dtype) == ("float64", "float64")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    paths = small_checkout(folder / "checkout")
    sweep(paths, folder / "o.csv")
    return paths, (folder / "o.csv").read_bytes()


@settings(max_examples=40)
@given(
    order=st.permutations(SHARES),
    stops=st.lists(st.integers(0, 4), max_size=3),
    failing=st.sets(st.sampled_from(SHARES)),
    cut=st.integers(0, 40),
)
def test_the_same_bytes_whatever_the_order_and_the_interruptions(
    undisturbed, tmp_path_factory, order, stops, failing, cut
):
    paths, expected = undisturbed
    out = tmp_path_factory.mktemp("any") / "o.csv"
    kept = journal.place(out)
    for stop in stops:
        try:
            sweep(paths, out, order=order, stop=stop, failing=failing)
        except InterruptedSweepError:
            content = kept.read_bytes()  # a crash in the middle of its last line
            whole = content.rstrip(b"\n").rfind(b"\n") + 1
            kept.write_bytes(content[: max(whole, len(content) - cut)])
    sweep(paths, out, order=order)
    assert out.read_bytes() == expected


def test_only_what_lacks_is_run_again(checkout, tmp_path):
    out, seen = tmp_path / "o.csv", []
    with pytest.raises(InterruptedSweepError):
        sweep(checkout, out, stop=2, failing=(0.1,), seen=seen)
    assert seen == [0.1, 0.2]
    assert not out.exists()  # half a table would pass for a whole one
    summary = sweep(checkout, out, failing=(0.1,), seen=seen)
    assert seen == [0.1, 0.2, 0.1, 0.3, 0.4, 0.5]
    assert (summary.resumed, len(summary.failed)) == (1, 1)
    assert sweep(checkout, out, seen=seen).failed == ()
    assert seen[-1] == 0.1
    before = len(seen)
    assert sweep(checkout, out, seen=seen).resumed == 5
    assert len(seen) == before


def test_a_line_cut_short_is_forgotten_and_written_again(checkout, tmp_path):
    out, seen = tmp_path / "o.csv", []
    with pytest.raises(InterruptedSweepError):
        sweep(checkout, out, stop=2)
    kept = journal.place(out)
    kept.write_bytes(kept.read_bytes()[:-1])  # all but the end of line
    sweep(checkout, out, seen=seen)
    assert seen == [0.2, 0.3, 0.4, 0.5]
    assert all(json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("analysis/actient/a.py", "files changed since: analysis/actient/a.py"),
        ("analysis/06_coverage.ipynb", "analysis/06_coverage.ipynb"),
        ("data/new.csv", "data/new.csv"),
        ("requirements.txt", "requirements.txt"),
        ("grid.yml", "then 5 scenarios, now 2, 1 of them in both"),
    ],
)
def test_nothing_is_mixed_with_what_changed(checkout, tmp_path, change, said):
    out = tmp_path / "o.csv"
    sweep(checkout, out)
    before = out.read_bytes()
    (checkout.root / change).write_text("max_difference: [0.1, 0.9]\n", encoding="utf-8")
    with pytest.raises(journal.JournalError, match="--fresh") as caught:
        sweep(checkout, out)
    assert said in str(caught.value)
    assert out.read_bytes() == before
    seen = []
    sweep(checkout, out, fresh=True, order=[*SHARES, 0.9], seen=seen)
    assert seen


@pytest.mark.parametrize("cut", [b"", b'{"identifier":"cut sho'])
def test_a_sweep_that_ran_nothing_does_not_stand_in_the_way_of_a_corrected_one(
    checkout, tmp_path, cut
):
    out, seen = tmp_path / "o.csv", []
    with pytest.raises(InterruptedSweepError):
        sweep(checkout, out, stop=0)
    kept = journal.place(out)
    kept.write_bytes(kept.read_bytes() + cut)
    (checkout.root / "grid.yml").write_text("max_difference: [0.1, 0.9]\n", encoding="utf-8")
    assert sweep(checkout, out, order=[0.1, 0.9], seen=seen).scenarios == 2
    assert seen == [0.1, 0.9]
    assert sweep(checkout, out).resumed == 2  # its own header took the place of the other's


def test_a_sweep_that_has_finished_nothing_yet_keeps_its_journal(checkout, tmp_path):
    pytest.importorskip("fcntl", reason="NOT RUN: this system has no such locks")
    out = tmp_path / "o.csv"

    def meanwhile(done, total):
        if done == 0:
            before = journal.place(out).read_bytes()
            with pytest.raises(journal.JournalError, match="another sweep"):
                sweep(checkout, out)
            assert journal.place(out).read_bytes() == before

    assert sweep(checkout, out, progress=meanwhile).done == 5


def test_a_sweep_that_writes_in_data_does_not_refuse_itself(checkout):
    out = checkout.data / "sweeps" / "o.csv"
    sweep(checkout, out)
    assert sweep(checkout, out).resumed == 5


def test_totals_of_responses_are_part_of_what_is_read(checkout, tmp_path):
    totals = checkout.root / "_build" / "totals.json"
    totals.parent.mkdir()
    totals.write_text("1", encoding="utf-8")
    listed = "- {max_difference: 0.1, responses: _build/totals.json}\n"
    (checkout.root / "grid.yml").write_text(listed, encoding="utf-8")
    sweep(checkout, tmp_path / "o.csv")
    totals.write_text("2", encoding="utf-8")
    with pytest.raises(journal.JournalError, match=r"_build/totals\.json"):
        sweep(checkout, tmp_path / "o.csv")


def test_a_damaged_journal_is_told_with_its_line(checkout, tmp_path):
    out = tmp_path / "o.csv"
    sweep(checkout, out)
    lines = journal.place(out).read_text(encoding="utf-8").splitlines()
    for at in (0, 2):
        for wrong in ("{", "[]", '{"format": 1}'):
            changed = [*lines[:at], wrong, *lines[at + 1 :], ""]
            journal.place(out).write_text("\n".join(changed), encoding="utf-8")
            with pytest.raises(journal.JournalError, match=f"line {at + 1}"):
                sweep(checkout, out)


def test_two_sweeps_do_not_write_to_one_journal(checkout, tmp_path):
    pytest.importorskip("fcntl", reason="NOT RUN: this system has no such locks")
    out = tmp_path / "o.csv"

    def meanwhile(done, total):
        if done == 2:
            with pytest.raises(journal.JournalError, match="another sweep"):
                sweep(checkout, out, fresh=True)

    assert sweep(checkout, out, progress=meanwhile).done == 5


def test_a_file_of_somebody_else_is_not_replaced(checkout, tmp_path):
    out = tmp_path / "o.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(sweeping.OutError, match="--fresh"):
        sweep(checkout, out)
    assert out.read_text(encoding="utf-8") == "mine"
    with pytest.raises(sweeping.OutError, match=r"\.csv or \.parquet"):
        sweep(checkout, tmp_path / "o.xlsx")


def test_some_records_may_be_chosen_later_without_running_anything(checkout, tmp_path):
    out, seen = tmp_path / "o.csv", []
    sweep(checkout, out, keep=("*_low",), failing=(FAILING,))
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["record"] for row in rows] == ["T11_low"] * 2 + [""] + ["T11_low"] * 2
    sweep(checkout, out, seen=seen)
    assert seen == [FAILING]
    with pytest.raises(sweeping.NoRecordError, match="T11_low, T11_high"):
        sweep(checkout, out, keep=("T99_*",))


def test_progress_counts_what_an_earlier_call_did(checkout, tmp_path):
    told = []
    with pytest.raises(InterruptedSweepError):
        sweep(checkout, tmp_path / "o.csv", stop=3)
    sweep(checkout, tmp_path / "o.csv", progress=lambda *both: told.append(both))
    assert told == [(3, 5), (4, 5), (5, 5)]


def test_the_journal_stands_beside_the_table():
    assert journal.place(Path("a/b.csv")) == Path("a/.b.csv.journal")


def test_going_on_from_another_folder_never_takes_another_file(checkout, tmp_path, monkeypatch):
    (checkout.root / "grid.yml").write_text(
        "- {max_difference: 0.1, responses: totals.json}\n", encoding="utf-8"
    )
    for name in ("here", "there", "nowhere"):
        (tmp_path / name).mkdir()
    for name in ("here", "there", "checkout"):
        (tmp_path / name / "totals.json").write_text(name, encoding="utf-8")
    out = tmp_path / "o.csv"
    monkeypatch.chdir(tmp_path / "here")
    sweep(checkout, out)
    assert set(pd.read_csv(out)["responses"]) == {str(tmp_path / "here" / "totals.json")}
    assert sweep(checkout, out).resumed == 1
    for name in ("there", "nowhere"):
        monkeypatch.chdir(tmp_path / name)
        with pytest.raises(journal.JournalError, match="the grid is not the same"):
            sweep(checkout, out)
