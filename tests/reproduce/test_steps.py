"""The long steps: logged, never silent, stopped with their children, in a clean environment."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from certifying import certified

from actient.paths import Paths
from actient.reproduce import certificate, environment, page, reproduction, rerun, steps

pytestmark = pytest.mark.slow  # programs are started, waited for and stopped


@pytest.fixture
def told():
    return []


@pytest.fixture
def run(told, tmp_path):
    def made(code, **options):
        return steps.run(
            [sys.executable, "-c", code],
            folder=tmp_path,
            environment=steps.clean_environment(tmp_path / "scratch"),
            log=tmp_path / "logs" / "step.log",
            progress=steps.Progress(told.append),
            doing="waiting",
            **options,
        )

    return made


def test_output_goes_to_the_log_and_the_exit_code_comes_back(run, told, tmp_path):
    code = "import sys; print('déjà'); print('lost', file=sys.stderr); sys.exit(3)"
    assert run(code) == (3, ["déjà", "lost"])
    assert (tmp_path / "logs" / "step.log").read_text(encoding="utf-8") == "déjà\nlost\n"
    assert told == []
    run("print('seen')", every_line=True)
    assert told == ["[ 0:00]   seen"]


def test_a_step_without_output_gives_signs_of_life(run, told, monkeypatch):
    monkeypatch.setattr(steps, "SIGN_OF_LIFE", 0.5)
    run("import time; time.sleep(1.6)")
    assert told
    assert all(line.endswith("waiting …") for line in told)


@pytest.fixture
def interruptible():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` ignores it
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interruption_stops_the_step_and_its_children(run, tmp_path, interruptible):
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n"
        "child.wait()"
    )

    def interrupt():
        while not (tmp_path / "child").is_file() or not (tmp_path / "child").read_text():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        run(code)
    child = int((tmp_path / "child").read_text())
    for _ in range(100):  # its parent is gone: whoever adopted it must reap it first
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False
        ).stdout.strip()
        if state in ("", "Z"):
            break
        time.sleep(0.05)
    assert state in ("", "Z")


@pytest.mark.skipif(os.name == "nt", reason="sessions of POSIX")
def test_a_child_that_outlives_its_step_and_still_speaks_disturbs_nobody(
    run, tmp_path, monkeypatch
):
    late = (
        "import time; from pathlib import Path; time.sleep(2); print('late', flush=True);"
        f"time.sleep(1); Path({str(tmp_path / 'ended')!r}).touch()"
    )
    step = (
        "import subprocess, sys, time;"
        f"subprocess.Popen([sys.executable, '-c', {late!r}], start_new_session=True);"
        "print('started', flush=True); time.sleep(60)"
    )

    def interrupt(*_):
        raise KeyboardInterrupt

    errors = []
    monkeypatch.setattr(threading, "excepthook", errors.append)
    monkeypatch.setattr(steps.Progress, "tell", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(step, every_line=True)
    assert not (tmp_path / "ended").exists()
    for _ in range(200):
        if (tmp_path / "ended").exists():
            break
        time.sleep(0.05)
    assert (tmp_path / "ended").exists()  # it could speak to the end
    assert errors == []


def test_a_step_sees_nothing_of_the_machine_that_could_change_what_is_made(monkeypatch, tmp_path):
    for name in ("PYTHONPATH", "SITE_URL", "ACTIENT_ROOT", "JPY_SESSION_NAME", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "here")
    for name in ("PIP_INDEX_URL", "https_proxy", "LC_ALL"):
        monkeypatch.setenv(name, "needed")
    seen = steps.clean_environment(tmp_path / "scratch", MORE="1")
    assert seen["TMPDIR"] == str(tmp_path / "scratch")
    assert "here" not in seen.values()
    assert [seen[name] for name in ("PIP_INDEX_URL", "https_proxy", "MORE")] == [
        *("needed", "needed", "1")
    ]


def test_a_failure_says_what_to_do_how_it_ended_and_where_the_log_is(tmp_path):
    error = steps.StepError.failed(
        "The environment was not made.", "Look at the connection.", ["a"] * 40 + ["end"], tmp_path
    )
    said = str(error)
    assert said.startswith("The environment was not made. Look at the connection.")
    assert said.splitlines()[-2].strip() == "end"
    assert said.endswith(str(tmp_path))
    assert said.count("\n") < 20


def test_a_package_that_is_not_the_one_locked_is_named(tmp_path, monkeypatch):
    said = [
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "    numpy==2.4.5 from https://pypi.example/numpy-2.4.5.whl:",
        f"        Expected sha256 {'0' * 64}",
        *[f"        Expected     or {at:064x}" for at in range(70)],
        f"             Got        {'f' * 64}",
    ]
    monkeypatch.setattr(environment, "run", lambda command, **_: (int("-r" in command), said))
    with pytest.raises(steps.StepError) as caught:
        environment.create(Paths(tmp_path), tmp_path / "log", steps.Progress(lambda _: None))
    assert "numpy==2.4.5" in str(caught.value)
    assert "f" * 64 in str(caught.value)


def test_the_logs_that_a_stopped_rerun_speaks_of_outlive_its_clone(tmp_path, monkeypatch):
    place = rerun.Place(Paths(tmp_path / "clone"), Path(sys.executable))
    theirs = place.paths.build / "logs" / "site-fr.log"

    def build(*_, **__):
        theirs.parent.mkdir()
        theirs.write_text("every warning", encoding="utf-8")
        return 1, ["The fr edition did not build:", f"The whole log: {theirs}"]

    monkeypatch.setattr(rerun, "run", build)
    with pytest.raises(steps.StepError) as caught:
        rerun.build(place, tmp_path / "rerun.log", steps.Progress(lambda _: None))
    assert (tmp_path / "site-fr.log").read_text(encoding="utf-8") == "every warning"
    assert f"The whole log: {tmp_path / 'site-fr.log'}" in str(caught.value)
    assert str(theirs) not in str(caught.value)


CHAPTER_FAILED = """\
[ 3/28] fr/04_results: FAILED
[ 4/28] en/04_results: FAILED
actient: 04_results.ipynb, cell 5: NameError: name 'nosuch' is not defined
The cell:
    nosuch.ipynb: 1
The end of the traceback:
    Cell In[3], line 1
    ----> 1 nosuch
    NameError: name 'nosuch' is not defined

04_results.ipynb, cell 5: NameError: name 'nosuch' is not defined
The cell:
    nosuch.ipynb: 1
The end of the traceback:
    Cell In[3], line 1
    NameError: name 'nosuch' is not defined

06_coverage.ipynb: the process that ran it died: killed, or out of memory?"""


def test_a_chapter_that_fails_in_the_rerun_is_named_with_its_cell(tmp_path, monkeypatch):
    place = rerun.Place(Paths(tmp_path / "clone"), Path(sys.executable))
    log = tmp_path / "rerun.log"
    monkeypatch.setattr(rerun, "run", lambda *_, **__: (1, CHAPTER_FAILED.splitlines()))
    with pytest.raises(steps.StepError) as caught:
        rerun.build(place, log, steps.Progress(lambda _: None))
    assert str(caught.value).splitlines() == [
        "The rerun stopped: there is nothing to compare.",
        "    04_results.ipynb, cell 5: NameError: name 'nosuch' is not defined",
        "    06_coverage.ipynb: the process that ran it died: killed, or out of memory?",
        f"The whole log: {log}",
    ]


def test_a_chapters_error_of_several_lines_is_told_with_its_last(tmp_path, monkeypatch):
    place = rerun.Place(Paths(tmp_path / "clone"), Path(sys.executable))
    said = ["actient: 04_results.ipynb, cell 5: E: first", "second", "The cell:", "    x", ""]
    monkeypatch.setattr(rerun, "run", lambda *_, **__: (1, [*said, "    E: at last"]))
    with pytest.raises(steps.StepError, match="\nIts last line: E: at last\nThe whole log"):
        rerun.build(place, tmp_path / "rerun.log", steps.Progress(lambda _: None))


def test_too_small_a_disk_is_told_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "NEEDED_GB", 10**9)
    with pytest.raises(environment.NoRoomError, match="TMPDIR"):
        environment.check_room(tmp_path)


def test_a_stopped_run_leaves_no_certificate_not_even_an_older_one(tmp_path, monkeypatch):
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    scratch.mkdir()
    out.mkdir()
    (out / "logs").mkdir()
    (out / reproduction.HTML).write_text(page.html(certified()), encoding="utf-8")
    (out / reproduction.JSON).write_text(certificate.as_json(certified()), encoding="utf-8")
    for ours in ("environment.log", "rerun.log", "examine.log", "site-fr.log"):
        (out / "logs" / ours).write_text("of another commit", encoding="utf-8")
    for theirs in ("mine.txt", "logs/mine.log"):
        (out / theirs).write_text("kept", encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setattr(
        reproduction.clone, "identify", lambda _: reproduction.clone.Commit("0" * 40, "", 0)
    )

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(reproduction.clone, "clone", stopped)
    with pytest.raises(KeyboardInterrupt):
        reproduction.reproduce(Paths(tmp_path), out, lambda _: None, keep=True)
    assert sorted(path.name for path in out.iterdir()) == ["logs", "mine.txt"]
    assert [path.name for path in (out / "logs").iterdir()] == ["mine.log"]
    assert list(scratch.iterdir()) == []


def test_no_file_of_somebody_else_is_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr(
        reproduction.clone, "identify", lambda _: reproduction.clone.Commit("0" * 40, "", 0)
    )
    for name in (reproduction.HTML, reproduction.JSON):
        (tmp_path / name).write_text("my own", encoding="utf-8")

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(reproduction.clone, "clone", stopped)
    with pytest.raises(KeyboardInterrupt):
        reproduction.reproduce(Paths(tmp_path), tmp_path, lambda _: None)
    for name in (reproduction.HTML, reproduction.JSON):
        assert (tmp_path / name).read_text(encoding="utf-8") == "my own"
