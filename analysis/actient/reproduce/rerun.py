"""The full rerun in the clean environment, and its examination there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from actient.paths import Paths
from actient.reproduce.certificate import Examined, read_examined
from actient.reproduce.environment import SCRATCH
from actient.reproduce.steps import Progress, StepError, clean_environment, run

_EXAMINED: Final = "examined.json"
# As `actient book` names a chapter that failed; the cell and traceback that follow are indented.
_CAUSE: Final = re.compile(r"(?:actient: )?(?P<cause>\S+\.ipynb(?:, cell \d+)?: .+)")


@dataclass(frozen=True)
class Place:
    """A clean clone and the Python of its clean environment."""

    paths: Paths
    python: Path


def build(place: Place, log: Path, progress: Progress) -> None:
    """Execute every chapter and build both editions, as `make book` does.

    Raises
    ------
    StepError
        If a chapter fails or the site does not build.
    """
    _run(
        place,
        ["-m", "actient", "book"],
        log,
        progress,
        doing="building the book",
        failure="The rerun stopped: there is nothing to compare.",
        every_line=True,
    )


def examine(place: Place, log: Path, progress: Progress) -> Examined:
    """Compare what was built with the references of the same commit, by its own comparer.

    Raises
    ------
    StepError
        If the comparison itself fails.
    """
    outcome = place.paths.build / _EXAMINED
    _run(
        place,
        ["-m", "actient.reproduce.examine", str(place.paths.root), str(outcome)],
        log,
        progress,
        doing="comparing",
        failure="What was made could not be compared.",
    )
    return read_examined(outcome.read_text(encoding="utf-8"))


def _run(
    place: Place,
    arguments: Sequence[str],
    log: Path,
    progress: Progress,
    *,
    doing: str,
    failure: str,
    every_line: bool = False,
) -> None:
    settings = place.paths.build / "settings"  # empty: nobody's own Jupyter or IPython set-up
    settings.mkdir(parents=True, exist_ok=True)
    code, said = run(
        [str(place.python), *arguments],
        folder=place.paths.root,
        environment=clean_environment(
            place.paths.root.parent / SCRATCH,
            ACTIENT_ROOT=str(place.paths.root),
            PATH=os.pathsep.join([str(place.python.parent), os.environ.get("PATH", "")]),
            IPYTHONDIR=str(settings / "ipython"),
            JUPYTER_CONFIG_DIR=str(settings / "jupyter"),
            JUPYTER_DATA_DIR=str(settings / "jupyter-data"),
        ),
        log=log,
        progress=progress,
        doing=doing,
        every_line=every_line,
    )
    if code:
        # The clone is about to go, and with it the logs of its sites, which its words lead to.
        theirs, ours = place.paths.build / "logs", log.parent
        for one in theirs.glob("*.log"):
            shutil.copy(one, ours)
        told = [line.replace(str(theirs), str(ours)) for line in said]
        if causes := _causes(told):
            last = next(line.strip() for line in reversed(told) if line.strip())
            raise StepError.with_causes(failure, causes, last, log)
        raise StepError.failed(failure, "", told, log)


def _causes(output: Sequence[str]) -> list[str]:
    """Give the lines that name a chapter that failed, once each: both editions fail alike."""
    found = (_CAUSE.match(line) for line in output)
    return list(dict.fromkeys(one["cause"] for one in found if one))
