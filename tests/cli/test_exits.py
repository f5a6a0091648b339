"""How a command ends: with the code that says it, in words, and never with a traceback unasked."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from actient import cli
from actient.cli import exits
from actient.cli.exits import Exit
from actient.paths import checkout
from actient.runs import recorded

ROOT = checkout().root


def invoke(*arguments: str | Path):
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def as_program(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACTIENT_")}
    return subprocess.run(
        [sys.executable, "-m", "actient", *arguments],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def failing(monkeypatch):
    """Have `actient results` meet an error."""

    def fail_with(error: BaseException) -> None:
        def read(*_: object) -> None:
            raise error

        monkeypatch.setattr(recorded, "read", read)

    return fail_with


def test_a_defect_is_told_in_words_and_its_traceback_kept(failing, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    failing(ZeroDivisionError("of ours"))
    result = invoke("results", "04_results")
    assert result.exit_code == Exit.DEFECT
    assert "a defect of ours: ZeroDivisionError: of ours" in result.stderr
    assert "Traceback" not in result.output
    assert "actient --debug results 04_results" in result.stderr
    (report,) = tmp_path.iterdir()
    assert str(report) in result.stderr
    text = report.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "ZeroDivisionError: of ours" in text


@pytest.mark.parametrize("how", ["option", "environment"])
def test_the_traceback_is_printed_when_asked_for(failing, monkeypatch, how) -> None:
    failing(ZeroDivisionError("of ours"))
    monkeypatch.setenv(exits.DEBUG, "1" if how == "environment" else "0")
    words = ["--debug"] if how == "option" else []
    result = invoke(*words, "results")
    assert result.exit_code == Exit.DEFECT
    assert "Traceback" in result.stderr
    assert os.environ[exits.DEBUG] == ("1" if how == "environment" else "0")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/x/forms"), "/x/forms: Permission"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device."),
        (OSError(errno.EROFS, "Read-only file system", "/x"), "/x: Read-only"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/x"), "/x: No such"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(failing, error, said) -> None:
    failing(error)
    result = invoke("results")
    assert result.exit_code == Exit.REFUSED
    assert result.stderr.startswith(f"actient: {said}")
    assert "Errno" not in result.stderr


def test_an_interruption_has_its_own_code(failing) -> None:
    failing(KeyboardInterrupt())
    result = invoke("results")
    assert result.exit_code == Exit.INTERRUPTED
    assert "interrupted" in result.stderr


def test_errors_of_use_keep_their_code() -> None:
    for words in (["nowhere"], ["run"], ["params", "--nowhere"], ["--root", "nowhere", "params"]):
        assert invoke(*words).exit_code == Exit.USAGE


@pytest.mark.slow
@pytest.mark.parametrize("words", [["params"], ["--help"], ["params", "--json"]])
def test_a_reader_that_leaves_is_no_accident(words) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "actient", *words],
            stdout=closed,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == Exit.UNREAD
    assert done.stderr == b""


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_long_work_goes_on_when_nobody_reads_what_it_says(stream) -> None:
    program = (
        "import time, click\nfrom actient import cli\nfrom actient.cli import progress\n"
        "@cli.main.command()\n"
        "def work():\n"
        f"    with progress.shown(3, unit='step', err={stream == 'stderr'}) as watch:\n"
        "        for step in range(3): watch.say('a line')\n"
        "    open('made', 'w').close()\n"
        "cli.main(['work'])"
    )
    read_end, write_end = os.pipe()
    os.close(read_end)
    with tempfile.TemporaryDirectory() as folder, os.fdopen(write_end, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", program],
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: closed},
            cwd=folder,
            check=False,
        )
        assert (Path(folder) / "made").is_file()
    assert done.returncode == Exit.UNREAD
    assert not done.stdout
    assert not done.stderr


def test_a_closed_pipe_is_no_refusal() -> None:
    def write() -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        exits.or_exit(write)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="NOT RUN: no numbered streams here")
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_standard_streams_are_no_accident(closed, tmp_path) -> None:
    program = (
        "import os, subprocess, sys\nfrom actient import cli\n"
        "@cli.main.command()\n"
        "def work():\n"
        "    assert os.open('made', os.O_CREAT | os.O_WRONLY) > 2\n"
        "    sys.stdout.write(''), sys.stderr.isatty()\n"
        "    child = 'import os; [os.fstat(number) for number in range(3)]'\n"
        "    subprocess.run([sys.executable, '-c', child], check=True)\n"
        "cli.main(['work'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        check=False,
        preexec_fn=lambda: [os.close(number) for number in closed],
    )
    assert done.returncode == Exit.DONE
    assert (tmp_path / "made").is_file()


@pytest.mark.slow
def test_a_character_that_cannot_be_shown_is_no_accident() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "actient", "params", "04_results"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == Exit.DONE, done.stderr
    assert b"\\u2265 1" in done.stdout  # at least 1


@pytest.mark.slow
@pytest.mark.parametrize("words", [["params"], ["--help"]])
def test_a_full_disk_is_told_in_words(words) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "actient", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            check=False,
        )
    assert done.returncode == Exit.REFUSED
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


# the checkout


@pytest.mark.slow
def test_outside_a_checkout_a_package_that_is_in_none_says_what_it_needs(tmp_path) -> None:
    site = tmp_path / "site"  # as after `pip install` of a wheel
    shutil.copytree(ROOT / "analysis" / "actient", site / "actient")
    elsewhere = tmp_path / "mon dossier"
    elsewhere.mkdir()
    for words in (["results"], ["book"], ["run", "04_results"], ["forms", "--out", "f"]):
        done = as_program(*words, cwd=elsewhere, PYTHONPATH=str(site))
        assert done.returncode == Exit.USAGE, done.stderr
        assert "No checkout of Actient found" in done.stderr
        assert "--root DIR" in done.stderr
        assert "Traceback" not in done.stderr
    done = as_program("params", cwd=elsewhere, PYTHONPATH=str(site))  # needs none
    assert done.returncode == Exit.DONE
    assert list(elsewhere.iterdir()) == []


@pytest.mark.slow
def test_root_works_from_any_folder_and_paths_stay_the_users(tmp_path) -> None:
    elsewhere = tmp_path / "mon dossier"
    elsewhere.mkdir()
    (tmp_path / "dépôt").symlink_to(ROOT)
    done = as_program("--root", "../dépôt", "forms", "--out", "forms", "--json", cwd=elsewhere)
    assert done.returncode == Exit.DONE, done.stderr
    assert {(elsewhere / name).is_file() for name in json.loads(done.stdout)} == {True}
    assert not (ROOT / "forms").exists()


def test_a_root_that_is_no_checkout_is_a_mistake_of_use(tmp_path) -> None:
    result = invoke("--root", tmp_path, "params")
    assert result.exit_code == Exit.USAGE
    assert "is not a checkout of Actient" in result.stderr


def test_root_wins_over_the_environment_and_leaves_it_as_it_was(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    assert invoke("--root", ROOT, "forms", "--out", tmp_path / "f").exit_code == Exit.DONE
    assert os.environ["ACTIENT_ROOT"] == str(tmp_path)
    assert invoke("forms", "--out", tmp_path / "f").exit_code == Exit.USAGE


def test_what_is_miswritten_has_one_code_whatever_the_command(tmp_path) -> None:
    grid = tmp_path / "grid.yml"
    grid.write_text("nope: [1]\n", encoding="utf-8")
    for words in (
        ["run", "nowhere"],
        ["run", "04_results", "-p", "nope=1"],
        ["params", "nowhere"],
        ["results", "nowhere"],
        ["sweep", "nowhere", "--grid", grid, "--out", tmp_path / "o.csv"],
        ["sweep", "04_results", "--grid", grid, "--out", tmp_path / "o.csv"],
        ["run", "04_results", "--lang", "de"],
        ["run", "06_coverage", "--figure", "nosuch", "--out", tmp_path],
        ["cite", "nowhere"],
        ["synthesize", "--n", "-5", "--out", tmp_path / "s.csv"],
    ):
        assert invoke(*words).exit_code == Exit.USAGE, words


# nothing a user can give leads to a traceback


HOSTILE = ["", "-", "\x07", "é" * 500, "../../etc/passwd", "04_results\n", "--", "%s{0}", "💥"]


@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["params"],
        ["results"],
        ["lab", "--only-teach"],
        ["validate"],
        ["run", "04_results", "-p"],
        ["run", "04_results", "-f"],
        ["run", "04_results", "--lang"],
        ["completion"],
        ["tabulate", "--out", "x.json"],
        ["book", "--responses"],
    ],
    ids=" ".join,
)
def test_hostile_words_are_answered_in_words(words, given, monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACTIENT_ROOT", str(ROOT))
    monkeypatch.setattr("actient.book.lab.teach", lambda *_: pytest.fail("nothing was to be done"))
    if words[0] in ("params", "results", "lab") and given in ("", "--"):
        return  # no chapter named: all of them
    result = invoke(*words, given)
    assert result.exit_code in (Exit.REFUSED, Exit.USAGE), result.output
    assert result.stderr.strip()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "value",
    [
        *(
            "[" * 600,
            "9" * 5000,
            "2018-13-45",
            "!!python/object:os.system 1",
            "*a",
            "{a: 1, a: 2}",
        ),
        *("\x00", "[1,", ".nan", "{}", "null", "true", "2018-01-01", "&a [*a]"),
    ],
    ids=lambda value: value[:12].replace("\x00", "NUL"),
)
@pytest.mark.parametrize("source", ["pair", "file"])
def test_hostile_values_are_answered_in_words(value, source, tmp_path) -> None:
    file = tmp_path / "values.yml"
    file.write_text(f"confidence: {value}\n", encoding="utf-8")
    words = ["-f", file] if source == "file" else ["-p", f"confidence={value}"]
    result = invoke("run", "04_results", *words)
    assert result.exit_code in (Exit.REFUSED, Exit.USAGE), result.output[:500]
    assert result.stderr.startswith(("actient: ", "Usage: "))
    assert len(result.stderr) < 1000


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["sample_size=[30]"], "Did you mean sample_sizes?"),
        (["confidance=0.9"], "Did you mean confidence?"),
        (["confidence=0.9", "lang=de"], "one of fr, en"),
        (["sample_sizes=50"], "list of integer"),
        (["sample_sizes=[30, many]"], "(item 2) = 'many'"),
        (["confidence='0.9'"], "confidence = '0.9'"),
    ],
)
def test_a_mistyped_parameter_is_told_with_what_was_meant(pairs, said) -> None:
    result = invoke("run", "04_results", *(word for pair in pairs for word in ("-p", pair)))
    assert result.exit_code == Exit.USAGE
    assert said in result.stderr


def test_a_mistyped_chapter_is_told_with_what_was_meant() -> None:
    assert "Did you mean 04_results?" in invoke("run", "04_result").stderr


def test_two_languages_for_one_run_are_refused() -> None:
    result = invoke("run", "04_results", "-p", "lang=en", "--lang", "fr")
    assert result.exit_code == Exit.USAGE
    assert "which of the two" in result.stderr


@pytest.mark.parametrize("written", ["9e-1", "+9E-1", "0.9", ".9", "90.0e-2"])
def test_numbers_are_read_as_everyone_writes_them(written) -> None:
    from actient.cli import assignments

    assert assignments.from_pairs([f"confidence={written}"]) == {"confidence": 0.9}


def test_a_name_given_twice_in_a_file_is_told(tmp_path) -> None:
    file = tmp_path / "values.yml"
    file.write_text("confidence: 0.9\nconfidence: 0.8\n", encoding="utf-8")
    result = invoke("run", "04_results", "-f", file)
    assert result.exit_code == Exit.USAGE
    assert "'confidence' is given twice" in result.stderr


def test_a_file_that_would_fill_the_memory_is_answered_soon(tmp_path) -> None:
    file = tmp_path / "values.yml"
    levels = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12)]
    file.write_text("\n".join(["a0: &a0 [lol]", *levels, "sample_sizes: *a11"]), encoding="utf-8")
    result = invoke("run", "04_results", "-f", file)
    assert result.exit_code == Exit.USAGE
    assert "sample_sizes (item 1) = [" in result.stderr
    assert len(result.stderr) < 10_000


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="NOT RUN: no /dev/zero here")
def test_a_file_without_end_is_answered_soon() -> None:
    result = invoke("run", "04_results", "-f", "/dev/zero")
    assert result.exit_code == Exit.USAGE
    assert "larger than 1,000,000 bytes" in result.stderr


def test_a_name_with_control_characters_reaches_no_terminal(tmp_path) -> None:
    file = tmp_path / "values.yml"
    file.write_text('"\\u001b[31mred": 1\n', encoding="utf-8")
    assert "'\\x1b[31mred': unknown parameter" in invoke("run", "04_results", "-f", file).stderr


@pytest.mark.slow
def test_an_interrupted_program_ends_with_its_code(tmp_path) -> None:
    code = (
        "import click, time\nfrom actient import cli\n"
        "@cli.main.command()\ndef wait():\n    print('ready', flush=True); time.sleep(30)\n"
        "cli.main(['wait'])"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout.readline() == "ready\n"
    begun = time.monotonic()
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=20)
    assert started.returncode == Exit.INTERRUPTED
    assert "interrupted" in said
    assert "Traceback" not in said
    assert time.monotonic() - begun < 20


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "code"), [("SIGINT", Exit.INTERRUPTED), ("SIGTERM", Exit.TERMINATED)]
)
def test_a_polite_stop_is_an_interruption_with_its_own_code(asked, code) -> None:
    program = (
        "import os, signal, time\nfrom actient import cli\nfrom actient.cli import exits\n"
        "@cli.main.command()\n"
        "def wait():\n"
        "    with exits.terminable():\n"
        f"        try: os.kill(os.getpid(), signal.{asked}); time.sleep(60)\n"
        "        finally: print('cleaned up')\n"
        "cli.main(['wait'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == code
    assert (done.stdout, done.stderr) == ("cleaned up\n", "\nactient: interrupted.\n")


@pytest.mark.slow
@pytest.mark.parametrize(("second", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_second_interrupt_ends_at_once(second, code) -> None:
    program = (
        "import signal, time, os\nfrom actient.cli import exits\n"
        "try:\n"
        "    with exits.second_interrupt_ends():\n"
        "        try: os.kill(os.getpid(), signal.SIGINT); time.sleep(60)\n"
        f"        finally: os.kill(os.getpid(), signal.{second}); time.sleep(60)\n"
        "except KeyboardInterrupt: print('never')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == code
    assert (done.stdout, done.stderr) == ("", "")
