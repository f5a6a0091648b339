"""The one way to ask git about a folder, and what it says of the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from actient.paths import Paths

_NO_GIT: Final = 127  # what a shell answers for a command that is not there


def ask_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git on the repository that `folder` stands in, and on no other.

    Git's own variables are left out: inside a hook they would lead to another repository. What it
    says is English. Without git the answer is a failure like any other.
    """
    if not shutil.which("git"):
        return subprocess.CompletedProcess(arguments, _NO_GIT, "", "git was not found")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(  # noqa: S603 — our own arguments
        ["git", "-C", str(folder), *arguments],  # noqa: S607
        env={**environment, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def commit(paths: Paths) -> str:
    """Name the commit of the checkout, `+` if it has changes, or nothing outside git."""
    if _answer(paths, "rev-parse", "--show-toplevel") != str(paths.root):
        return ""
    name = _answer(paths, "rev-parse", "--short=10", "HEAD")
    return name + ("+" if name and _answer(paths, "status", "--porcelain") else "")


def commit_date(paths: Paths, *files: Path) -> str:
    """Give the day (`2026-01-31`) of the last commit, of one of `files` if there are any.

    Nothing outside git, or if no commit holds them.
    """
    names = [paths.relative(file) for file in files]
    return _answer(paths, "log", "-1", "--format=%cs", "--", *names)


def _answer(paths: Paths, *arguments: str) -> str:
    done = ask_git(paths.root, *arguments)
    return done.stdout.strip() if done.returncode == 0 else ""
