"""A copy of the checkout, the command line run in it, and git."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from actient.paths import Paths, checkout


def copy_checkout(folder: Path) -> Paths:
    """Copy what git would hand to a newcomer: tracked files, and new ones that are not ignored."""
    root = checkout().root
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    return Paths(folder)


def actient(paths: Paths, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in that checkout."""
    return subprocess.run(
        [sys.executable, "-m", "actient", *arguments],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular; return what it prints."""
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.invalid")
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
