"""What several tests share: a copy of the checkout, and a built one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from actient.paths import Paths, checkout

settings.register_profile("actient", deadline=None)  # no timing is asserted: machines are shared
settings.load_profile("actient")


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


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A copy of the checkout, built from nothing; shared, so not to be changed."""
    paths = copy_checkout(tmp_path_factory.mktemp("livre bâti"))
    done = actient(paths, "book")
    assert done.returncode == 0, done.stdout + done.stderr
    (paths.build / "first-run.txt").write_text(done.stdout, encoding="utf-8")
    return paths
