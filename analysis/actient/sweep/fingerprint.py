"""What a scenario reads, by content: results of two states of the checkout must never mix."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from actient.paths import Paths
from actient.runs.inputs import seen_by_notebooks

Fingerprint = Mapping[str, str]  # path from the top of the checkout -> SHA-256


def fingerprint(
    paths: Paths,
    notebook: str,
    *,
    besides: Iterable[str] = (),
    without: Collection[str] = (),
) -> dict[str, str]:
    """Hash what a run of `notebook` may read: the chapter, the package, tables, the lock.

    Parameters
    ----------
    besides
        Other files, such as totals of responses, from the top of the checkout; a missing one is
        told by the chapter itself.
    without
        Files that the sweep writes, or that are its grid, from the top of the checkout.
    """
    files = {paths.notebook(notebook), *seen_by_notebooks(paths)}
    names = {paths.relative(file) for file in files} | set(besides)
    return {
        name: _hash(paths.root / name)
        for name in sorted(names - set(without))
        if (paths.root / name).is_file()
    }


def digest(found: Fingerprint) -> str:
    """Sum a fingerprint up in one line, for two processes to compare."""
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def changed(before: Fingerprint, now: Fingerprint) -> list[str]:
    """List the files whose content differs, in order."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def read_besides(parameters: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """List the files that the scenarios name themselves: totals of responses."""
    return tuple(sorted({str(one["responses"]) for one in parameters if one.get("responses")}))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
