"""A clean environment: an empty one, then the lock file, every package checked by its hash."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from actient.paths import Paths
from actient.reproduce.steps import Progress, StepError, clean_environment, run

FOLDER: Final = ".venv"
SCRATCH: Final = "t"  # beside the clone; short, since Unix limits the length of a socket's path
NEEDED_GB: Final = 3  # the packages of the lock and the two editions take about half of it

# pip lists every hash that a package could have had, which are some seventy, after its name.
_OTHER_HASH: Final = re.compile(r"\s+Expected +or [0-9a-f]+$")
_NO_VENV: Final = (
    "An empty environment could not be made with this Python. On Debian and Ubuntu it needs the "
    "package python3-venv."
)
_NO_PACKAGES: Final = (
    "The packages of requirements.txt could not be installed. pip needs the package registry "
    "(https://pypi.org, or the one that its settings name): look at the connection and run the "
    "command again. If pip speaks of a hash, what it was given is not what the lock names."
)


class NoRoomError(RuntimeError):
    """A disk without the room that a clean environment takes."""

    @classmethod
    def at(cls, folder: Path, free: float) -> NoRoomError:
        """Say what is needed and how to go elsewhere."""
        return cls(
            f"{folder} has {free:.1f} GB free; a clean clone and environment need {NEEDED_GB} GB. "
            "Set TMPDIR to a folder on a larger disk."
        )


def check_room(folder: Path) -> None:
    """Refuse to start where the disk would fill up half-way.

    Raises
    ------
    NoRoomError
        If too little is free.
    """
    free = shutil.disk_usage(folder).free / 1e9
    if free < NEEDED_GB:
        raise NoRoomError.at(folder, free)


def create(paths: Paths, log: Path, progress: Progress) -> Path:
    """Make the environment of a clone, as `make` does; return its Python.

    Raises
    ------
    StepError
        If Python cannot make one, or pip cannot install what the lock names.
    """
    place = paths.root / FOLDER
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    commands: tuple[tuple[str, Sequence[str], str], ...] = (
        ("making an empty environment", [sys.executable, "-m", "venv", str(place)], _NO_VENV),
        (
            "installing the packages of the lock",
            # Modules are compiled when they are imported: most never are.
            [*pip, "--no-compile", "--require-hashes", "-r", "requirements.txt"],
            _NO_PACKAGES,
        ),
        (
            "installing actient",
            [*pip, "--no-deps", "--no-build-isolation", "--editable", "."],
            "The package itself could not be installed.",
        ),
    )
    for doing, command, advice in commands:
        code, said = run(
            command,
            folder=paths.root,
            environment=clean_environment(
                paths.root.parent / SCRATCH, PIP_DISABLE_PIP_VERSION_CHECK="1"
            ),
            log=log,
            progress=progress,
            doing=doing,
        )
        if code:
            told = [line for line in said if not _OTHER_HASH.match(line)]
            raise StepError.failed("The clean environment was not made.", advice, told, log)
    return python
