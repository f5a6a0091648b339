"""One scenario, run where the work is done: in a process that a Dask scheduler chose."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actient import parameters
from actient.paths import Paths, is_checkout
from actient.runs import execute
from actient.sweep.fingerprint import digest, fingerprint
from actient.sweep.outcome import Outcome


class UnfitWorkerError(RuntimeError):
    """A worker that would not run what the sweep is about; the sweep stops."""

    @classmethod
    def no_checkout(cls, root: str) -> UnfitWorkerError:
        """Say what workers must see."""
        return cls(
            f"a worker finds no checkout at {root}. Workers must see the same checkout at the same "
            "path: a shared file system, or a copy of the same commit in the same place."
        )

    @classmethod
    def other_root(cls, root: str, stated: str) -> UnfitWorkerError:
        """Say that the worker's environment points elsewhere."""
        return cls(
            f"a worker was started with ACTIENT_ROOT={stated}, so its notebooks would read another "
            f"checkout than {root}. Start workers without it, or with the same."
        )

    @classmethod
    def other_content(cls, root: str) -> UnfitWorkerError:
        """Say that files differ, in place or in time."""
        return cls(
            f"what a worker reads in {root} is not what the sweep started from: a file changed "
            "meanwhile, or its copy is of another commit. Nothing of that worker was kept."
        )


@dataclass(frozen=True)
class Task:
    """All that a worker needs to know.

    Attributes
    ----------
    root
        The checkout, at the same path for every worker.
    content
        Digest of what the scenario may read; the worker compares it with what it sees.
    besides, without
        As `fingerprint` takes them.
    """

    identifier: str
    notebook: str
    given: Mapping[str, Any]
    root: str
    content: str
    besides: tuple[str, ...]
    without: tuple[str, ...]


def run(task: Task) -> Outcome:
    """Run one scenario; what goes wrong in the chapter is its outcome, not an exception.

    Raises
    ------
    UnfitWorkerError
        If this process sees another checkout, or its files change while the scenario runs.
    """
    _check_place(task)
    _check_content(task)
    outcome = _run(task)
    _check_content(task)
    return outcome


def _run(task: Task) -> Outcome:
    paths = Paths(Path(task.root))
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = execute.run(
                paths.notebook(task.notebook),
                notebook=Path(folder) / "executed.ipynb",
                results=Path(folder) / "results.json",
                values=task.given,
                kernel_name=_kernel(paths),
            )
        except (execute.ChapterError, parameters.ParameterError) as error:
            return Outcome(task.identifier, "failed", {}, str(error))
    stated = {key: record.as_json() for key, record in done.records.items()}
    return Outcome(task.identifier, "done", stated)


def _kernel(paths: Paths) -> str:
    # A daemonic process, as `dask worker` starts under its nanny, may have no children of
    # multiprocessing's; an ordinary kernel is a plain subprocess.
    daemonic = multiprocessing.current_process().daemon
    return "python3" if daemonic else execute.warm_kernel(paths)


def _check_place(task: Task) -> None:
    if not is_checkout(Path(task.root)):
        raise UnfitWorkerError.no_checkout(task.root)
    stated = os.environ.get("ACTIENT_ROOT")
    if stated and Path(stated).resolve() != Path(task.root):
        raise UnfitWorkerError.other_root(task.root, stated)


def _check_content(task: Task) -> None:
    seen = fingerprint(
        Paths(Path(task.root)), task.notebook, besides=task.besides, without=task.without
    )
    if digest(seen) != task.content:
        raise UnfitWorkerError.other_content(task.root)
