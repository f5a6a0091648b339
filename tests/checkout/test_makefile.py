"""What make is given reaches the command whole, and nothing in it runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from actient.cli import given_words
from actient.paths import checkout

ROOT = checkout().root
pytestmark = pytest.mark.slow  # make is started
HOSTILE = [
    "a`touch X`.csv",
    "a$(touch X).csv",
    "a$$(touch X).csv",
    "$(shell touch X)",
    "$$(shell touch X)",
    "${shell touch X}",
    "$(eval $(shell touch X))",
    'a"; touch X; ".csv',
    "a'; touch X; '.csv",
    "a; touch X",
    "a | touch X & touch X",
    "price$.csv",
    "price$$.csv",
    "$HOME/$RESPONSES/$(RESPONSES)",
    "two words  and   more.csv",
    " edges ",
    "~/answers.csv",
    "*.md",
    "line\ntouch X\n",
    "\ttouch X",
    "back\\slash\\\\.csv",
    "end\\",
    "-x",
    "--lang=en",
    "#1 of 100 %.csv",
    "a=b:=c",
    "élève « été ».csv",
    "\u202e",
]
OPTIONS = {
    "--lang fr  --json": ["--lang", "fr", "--json"],
    "--pool 'a b'=\"0.5\" -x\\ y": ["--pool", "a b=0.5", "-x y"],
    "\n--json\n": ["--json"],
    "`touch X` $(touch X) $$(touch X) ; touch X": [
        *("`touch", "X`", "$(touch", "X)", "$$(touch", "X)", ";", "touch", "X")
    ],
    "$(shell touch X) * ~ #no %d $HOME": [
        *("$(shell", "touch", "X)", "*", "~", "#no", "%d", "$HOME")
    ],
    "'$(shell touch X)'": ["$(shell touch X)"],
    "": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with the real Makefile, where `actient` writes down the words it was given."""
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("requirements.txt", "pyproject.toml", "notes.md"):
        (tmp_path / name).touch()
    programs = tmp_path / "environment" / "bin"
    programs.mkdir(parents=True)
    _program(programs / "python", f'exec "{sys.executable}" "$@"\n')
    _program(programs / "actient", """printf '%s\\0' "$@" > "given-$1"\n""")
    (programs.parent / ".installed").touch()
    return tmp_path


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
    path.chmod(0o755)


def made(
    folder: Path, targets: tuple[str, ...], given: dict[str, str], *, by: str
) -> subprocess.CompletedProcess[str]:
    """Run make with variables on its command line or in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    inherited = kept | (given if by == "environment" else {})
    words = [f"{name}={value}" for name, value in given.items() if by == "command line"]
    return subprocess.run(
        ["make", *targets, "VENV=environment", *words],
        cwd=folder,
        env=inherited,
        capture_output=True,
        text=True,
        check=False,
    )


def received(
    folder: Path, given: dict[str, str], *, by: str, targets: tuple[str, ...] = ("book",)
) -> list[list[str]]:
    """Return the words that reached `actient`, by target; nothing else may have been written."""
    before = {path.name for path in folder.iterdir()}
    done = made(folder, targets, given, by=by)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in folder.iterdir()} - before == {f"given-{one}" for one in targets}
    files = [folder / f"given-{one}" for one in targets]
    return [os.fsdecode(file.read_bytes()).split("\0")[:-1] for file in files]


@pytest.mark.parametrize("by", ["command line", "environment"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_reaches_the_command_whole(folder: Path, value: str, by: str) -> None:
    given = dict.fromkeys(("RESPONSES", "MARGINS", "NOTEBOOK"), value)
    book, lab = received(folder, given, by=by, targets=("book", "lab"))
    # make itself drops the blanks that follow `=` on its command line, before it reads a Makefile
    whole = value.lstrip() if by == "command line" else value
    assert book == ["book", f"--responses={whole}", f"--margins={whole}"]
    assert lab == ["lab", "--", whole]


@pytest.mark.parametrize("by", ["command line", "environment"])
@pytest.mark.parametrize("options", OPTIONS)
def test_options_are_split_into_words_and_not_run(folder: Path, options: str, by: str) -> None:
    (book,) = received(folder, {"RESPONSES": "a b.csv", "OPTIONS": options}, by=by)
    assert book == ["book", "--responses=a b.csv", *OPTIONS[options]]


def test_without_variables_there_is_the_command_alone(folder: Path) -> None:
    found = received(folder, {}, by="environment", targets=("book", "lab"))
    assert found == [["book"], ["lab", "--"]]


@pytest.mark.parametrize("by", ["command line", "environment"])
@pytest.mark.parametrize("target", ["check", "help", "pdf"])
def test_a_target_that_does_not_read_a_value_does_not_run_it(
    folder: Path, target: str, by: str
) -> None:
    given = dict.fromkeys(
        ("RESPONSES", "MARGINS", "OPTIONS", "NOTEBOOK"), "$(shell touch X)`touch X`"
    )
    made(folder, (target,), given, by=by)  # `check` calls make again, and hands the values on
    assert not (folder / "X").exists()


def test_a_quotation_without_an_end_is_told(folder: Path) -> None:
    done = made(folder, ("book",), {"OPTIONS": "--out 'a"}, by="command line")
    assert done.returncode != 0
    assert """OPTIONS cannot be split into words (no closing quotation): "--out 'a".""" in (
        done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not (folder / "given-book").exists()


def test_words_follow_the_command() -> None:
    given = {"OPTIONS": "--lang 'en'"}
    assert given_words.command(["OPTIONS", "actient", "book"], given) == [
        *("actient", "book", "--lang", "en")
    ]
    assert given_words.command(["OPTIONS", "actient"], {}) == ["actient"]
