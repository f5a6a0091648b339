"""The commit to verify, and a clean clone of it: what git holds, nothing of the files around it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from actient.paths import Paths
from actient.reproduce.certificate import Commit
from actient.runs.revision import ask_git

_GET: Final = (
    "Get the compendium with `git clone ADDRESS` (a ZIP download has no commits) and run "
    "`make reproduce` in that folder."
)


class CloneError(RuntimeError):
    """There is no commit that could be verified."""

    @classmethod
    def no_git(cls) -> CloneError:
        """Say what to install."""
        return cls("git was not found. Install it (https://git-scm.com) and run the command again.")

    @classmethod
    def not_a_clone(cls, root: Path) -> CloneError:
        """Say what the folder lacks."""
        return cls(f"{root} is not a git clone, so there is no commit to verify. {_GET}")

    @classmethod
    def git_failed(cls, what: str, said: str) -> CloneError:
        """Quote git."""
        return cls(f"{what} git says: {said.strip() or 'nothing'}")


def identify(paths: Paths) -> Commit:
    """Name the commit that is checked out.

    Raises
    ------
    CloneError
        Without git, or if the checkout is not a clone of its own, or has no commit yet.
    """
    if not shutil.which("git"):
        raise CloneError.no_git()
    top = ask_git(paths.root, "rev-parse", "--show-toplevel")
    if "dubious ownership" in top.stderr:
        raise CloneError.git_failed(f"The clone {paths.root} cannot be read.", top.stderr)
    if top.returncode or not Path(top.stdout.strip()).samefile(paths.root):
        raise CloneError.not_a_clone(paths.root)
    unsigned = ("-c", "log.showSignature=false")  # someone's own setting would add lines
    head = ask_git(paths.root, *unsigned, "show", "--no-patch", "--format=%H %ct", "HEAD")
    if head.returncode:
        raise CloneError.git_failed(f"{paths.root} has no commit yet.", head.stderr)
    sha, moment = head.stdout.split()
    changed = ask_git(paths.root, "status", "--porcelain", "-z").stdout
    date = datetime.fromtimestamp(int(moment), UTC).date().isoformat()
    return Commit(sha, date, sum(1 for name in changed.split("\0") if name))


def clone(paths: Paths, commit: Commit, folder: Path) -> Paths:
    """Clone the checkout into `folder`, at that commit.

    Raises
    ------
    CloneError
        If git cannot.
    """
    made = ask_git(
        *(paths.root, "clone", "--quiet", "--no-hardlinks", "--no-checkout"),
        *("--", str(paths.root), str(folder)),
    )
    if made.returncode:
        raise CloneError.git_failed(f"{paths.root} cannot be cloned.", made.stderr)
    out = ask_git(folder, "checkout", "--quiet", "--detach", commit.sha)
    if out.returncode:
        raise CloneError.git_failed(f"Commit {commit.sha} cannot be checked out.", out.stderr)
    return Paths(folder.resolve())
