"""Which records are asked for: patterns such as `T11_*`, and those that name nothing."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Sequence

from actient.paths import Paths
from actient.runs import recorded


def is_asked_for(record: str, patterns: Sequence[str]) -> bool:
    """Tell whether a record is; without patterns, every one."""
    return not patterns or any(fnmatch.fnmatchcase(record, pattern) for pattern in patterns)


def unmatched(patterns: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """List the patterns that name none of the records known."""
    return tuple(
        pattern
        for pattern in dict.fromkeys(patterns)
        if not any(fnmatch.fnmatchcase(record, pattern) for record in known)
    )


def of_reference(paths: Paths, notebook: str) -> list[str]:
    """List what a chapter records with its default parameters, as committed; none if unknown."""
    try:
        return list(recorded.reference(paths).get(notebook, {}))
    except FileNotFoundError:
        return []
