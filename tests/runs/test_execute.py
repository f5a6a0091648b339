"""Running chapters: what is kept, what is said when a cell fails, what is never left behind."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.connect import LocalPortCache

from actient.parameters import ParameterError
from actient.paths import checkout
from actient.runs import execute, kernel

pytestmark = pytest.mark.slow

PATHS = checkout()


def notebook(folder, *cells, name="04_results", tagged=True):
    first = nbformat.v4.new_code_cell('lang: str = "fr"\nconfidence: float = 0.95')
    if tagged:
        first.metadata["tags"] = ["parameters"]
    made = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, cells)])
    made.metadata["language_info"] = {"name": "python"}
    path = folder / f"{name}.ipynb"
    nbformat.write(made, path)
    return path


def run(source, folder, **values):
    return execute.run(
        source,
        notebook=folder / "out" / source.name,
        results=folder / "out" / "results.json",
        values=values,
        kernel_name=execute.warm_kernel(PATHS),
    )


STATES = (
    "from actient.records import Recorder\n"
    'Recorder(lang)("level", confidence, unit="proportion", origin="computed")'
)


def test_results_and_notebook_are_kept(tmp_path):
    done = run(notebook(tmp_path, STATES), tmp_path, confidence=0.9)
    assert json.loads(done.results.read_text(encoding="utf-8")) == {
        "level": {"value": 0.9, "unit": "proportion", "origin": "computed", "assumption": None}
    }
    executed = done.notebook.read_text(encoding="utf-8")
    assert "90 %".replace(" ", "\N{NO-BREAK SPACE}") in executed
    assert "papermill" not in executed.replace("application/papermill.record", "")


def test_a_failing_cell_is_named_with_its_cause_and_nothing_is_left(tmp_path):
    source = notebook(tmp_path, STATES, "shares = []\nshares[3]")
    with pytest.raises(execute.ChapterError) as caught:
        run(source, tmp_path)
    for part in ("04_results.ipynb", "cell 3", "IndexError", "shares[3]"):
        assert part in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_failure_leaves_the_last_good_results_untouched(tmp_path):
    good = run(notebook(tmp_path, STATES), tmp_path)
    before = good.results.read_bytes(), good.notebook.read_bytes()
    with pytest.raises(execute.ChapterError):
        run(notebook(tmp_path, STATES, "1 / 0"), tmp_path)
    assert (good.results.read_bytes(), good.notebook.read_bytes()) == before
    assert sorted(path.name for path in good.results.parent.iterdir()) == [
        "04_results.ipynb",
        "results.json",
    ]


def test_parameters_are_refused_before_any_kernel_starts(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a kernel would have been started")

    monkeypatch.setattr(execute.papermill, "execute_notebook", refuse)
    with pytest.raises(ParameterError, match="confidence"):
        run(notebook(tmp_path, STATES), tmp_path, confidence="high")


def test_a_notebook_without_a_parameters_cell_is_refused(tmp_path):
    with pytest.raises(execute.ChapterError, match="parameters"):
        run(notebook(tmp_path, STATES, tagged=False), tmp_path)


def test_two_runs_give_the_same_bytes(tmp_path):
    source = notebook(tmp_path, STATES)
    first = run(source, tmp_path, lang="en").notebook.read_bytes()
    second = run(source, tmp_path, lang="en").notebook.read_bytes()
    assert first == second


def test_a_warm_kernel_and_a_new_one_agree(tmp_path):
    cell = "import os, sys\nprint(sorted(sys.path), os.getcwd(), __name__)"
    warm = run(notebook(tmp_path, STATES, cell), tmp_path)
    cold = execute.run(
        notebook(tmp_path, STATES, cell),
        notebook=tmp_path / "cold.ipynb",
        results=tmp_path / "cold.json",
        kernel_name="python3",
    )
    assert warm.results.read_bytes() == cold.results.read_bytes()
    seen = [nbformat.read(done.notebook, as_version=4).cells[2].outputs for done in (warm, cold)]
    assert seen[0] == seen[1]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="NOT RUN: needs /proc to look for processes")
def test_no_kernel_outlives_its_run(tmp_path):
    done = run(notebook(tmp_path, 'import os\nprint("pid", os.getpid())'), tmp_path)
    (output,) = nbformat.read(done.notebook, as_version=4).cells[1].outputs
    pid = int(output.text.split()[1])
    assert pid != os.getpid()
    assert not Path(f"/proc/{pid}").is_dir()


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "results.json"
    execute.write(target, "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(execute.Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        execute.write(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_a_temporary_folder_too_deep_for_a_socket_gets_ordinary_kernels(tmp_path, monkeypatch):
    deep = tmp_path / ("deep-" * 12) / ("deeper-" * 12)
    deep.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    assert kernel.install(tmp_path / "jupyter") == "python3"
    source = notebook(tmp_path, "assert confidence")
    done = execute.run(
        source,
        notebook=tmp_path / "out.ipynb",
        results=tmp_path / "out.json",
        kernel_name=kernel.install(tmp_path / "jupyter"),
    )
    assert done.notebook.is_file()


def test_a_checkout_that_cannot_be_written_to_gets_ordinary_kernels(tmp_path):
    (tmp_path / "jupyter").touch()  # no folder can be made there, whoever asks
    assert kernel.install(tmp_path / "jupyter") == "python3"


def test_a_kernel_specification_that_is_there_is_not_written_again(tmp_path, monkeypatch):
    assert kernel.install(tmp_path / "jupyter") == kernel.KERNEL_NAME
    monkeypatch.setattr(kernel, "write", lambda *_: pytest.fail("it was there"))
    assert kernel.install(tmp_path / "jupyter") == kernel.KERNEL_NAME


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="NOT RUN: needs /proc to look for processes")
@pytest.mark.parametrize("loading", [0.4, 1.5])  # pandas; then, on most machines, a kernel
def test_an_interruption_while_kernels_are_being_readied_is_told_in_a_word(tmp_path, loading):
    with tempfile.TemporaryDirectory() as scratch:  # a short path, or kernels are ordinary ones
        started = _started(tmp_path, scratch)
        time.sleep(loading)
        os.killpg(started.pid, signal.SIGINT)  # as a terminal does
        _, said = started.communicate(timeout=60)
        assert started.returncode == 130
        assert "Traceback" not in said
        assert said.endswith("actient: interrupted.\n")
        assert _files_left(scratch) == []


def test_a_kernel_whose_owner_was_killed_takes_its_connection_file_away(tmp_path, monkeypatch):
    class Killed:
        def join(self):
            pass

    def end(code):
        raise SystemExit(code)

    monkeypatch.setattr(kernel.multiprocessing, "parent_process", Killed)
    monkeypatch.setattr(kernel.os, "_exit", end)
    connection = tmp_path / "actient-kernel-1.json"
    connection.touch()
    for _ in range(2):  # the second time somebody else has tidied up
        with pytest.raises(SystemExit):
            kernel._end_with_owner(connection)
        assert not connection.exists()


@pytest.mark.parametrize("kernel_name", ["python3", "warm"])
def test_a_kernel_says_nothing_of_itself(kernel_name, tmp_path, capfd):
    execute.run(
        notebook(tmp_path, STATES),
        notebook=tmp_path / "out.ipynb",
        results=tmp_path / "out.json",
        kernel_name=execute.warm_kernel(PATHS) if kernel_name == "warm" else kernel_name,
    )
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")


@pytest.mark.parametrize("kernel_name", ["python3", "warm"])
def test_a_port_taken_meanwhile_costs_a_start_and_nothing_else(
    kernel_name, tmp_path, monkeypatch, capfd
):
    find = LocalPortCache.find_available_port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        given = [taken.getsockname()[1]]  # to the first port that is asked for
        monkeypatch.setattr(
            LocalPortCache,
            "find_available_port",
            lambda cache, ip: given.pop() if given else find(cache, ip),
        )
        done = execute.run(
            notebook(tmp_path, STATES),
            notebook=tmp_path / "out.ipynb",
            results=tmp_path / "out.json",
            kernel_name=execute.warm_kernel(PATHS) if kernel_name == "warm" else kernel_name,
        )
    assert given == []
    assert done.records["level"].value == 0.95
    if kernel_name == "warm":
        assert "Traceback" not in capfd.readouterr().err


def test_a_kernel_that_never_starts_is_told_in_words(tmp_path, monkeypatch):
    def die(*_, **__):
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(execute.papermill, "execute_notebook", die)
    with pytest.raises(execute.ChapterError, match="could not be started, 3 times in a row"):
        run(notebook(tmp_path, STATES), tmp_path)


def test_a_kernel_that_is_killed_is_told_in_words_and_not_tried_again(tmp_path, capfd):
    tried = tmp_path / "tried"
    cell = (
        f"import os, signal\nopen({str(tried)!r}, 'a').write('once ')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    with pytest.raises(execute.ChapterError, match=r"04_results.ipynb: the process .* died"):
        run(notebook(tmp_path, cell), tmp_path)
    assert tried.read_text() == "once "
    assert capfd.readouterr().err == ""


def test_a_kernel_can_be_interrupted_by_jupyter(tmp_path):
    cell = "import signal\nassert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])"
    assert run(notebook(tmp_path, cell), tmp_path).notebook.is_file()


def test_that_jupyter_stops_an_idle_kernel_is_no_news():
    def said(text):
        return logging.LogRecord("IPKernelApp", logging.ERROR, "", 0, text, (), None)

    assert not kernel._is_news(said("KeyboardInterrupt caught in kernel."))
    assert kernel._is_news(said("Exception in message handler:"))


def _started(out: Path, scratch: str) -> subprocess.Popen[str]:
    """Start a run, and wait until it readies kernels."""
    started = subprocess.Popen(
        [sys.executable, "-m", "actient", "run", "02_framework", "--out", str(out)],
        cwd=PATHS.root,
        env={**os.environ, "TMPDIR": scratch},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not _servers(started.pid):
        assert started.poll() is None
        time.sleep(0.01)
    return started


def _files_left(scratch: str) -> list[str]:
    """List the files of a folder, once who writes there has had the time to end."""
    for _ in range(200):
        left = [path.name for path in Path(scratch).rglob("*") if path.is_file()]
        if not left:
            break
        time.sleep(0.05)
    return left


def _servers(group: int) -> list[int]:
    """Find the processes of a group that ready kernels."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            if b"forkserver" in words and os.getpgid(int(entry.name)) == group:
                found.append(int(entry.name))
        except OSError:  # it has just ended
            continue
    return found
