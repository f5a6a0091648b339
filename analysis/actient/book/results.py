"""The recorded results of a build, and the committed reference they are compared with."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from actient.locale import Lang
from actient.paths import Paths

Results = Mapping[str, Mapping[str, Mapping[str, Any]]]  # notebook -> key -> record

RELATIVE_TOLERANCE: Final = 1e-9  # one digit more than a record keeps


class NoResultsError(FileNotFoundError):
    """Nothing has been built yet."""

    @classmethod
    def at(cls, folder: Path) -> NoResultsError:
        """Say what to run."""
        return cls(f"No recorded results in {folder}. Build the book first: make book.")


@dataclass(frozen=True)
class Difference:
    """One record that is not what the reference says."""

    notebook: str
    key: str
    expected: Mapping[str, Any] | None
    found: Mapping[str, Any] | None

    def __str__(self) -> str:
        """Read as a sentence."""
        if self.expected is None:
            return f"{self.notebook} · {self.key}: not in the reference; found {self.found}"
        if self.found is None:
            return f"{self.notebook} · {self.key}: missing; expected {self.expected}"
        return f"{self.notebook} · {self.key}: expected {self.expected}, found {self.found}"


def read(paths: Paths, lang: Lang = "fr", notebook: str | None = None) -> Results:
    """Read the recorded results of the last build in `lang`.

    Raises
    ------
    NoResultsError
        If that chapter, or any chapter, has not been built.
    """
    folder = paths.results / lang
    pattern = f"{notebook.removesuffix('.ipynb')}.json" if notebook else "*.json"
    files = sorted(folder.glob(pattern))
    if not files:
        raise NoResultsError.at(folder)
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def reference(paths: Paths) -> Results:
    """Read the committed results of the default parameters."""
    committed: Results = json.loads(paths.reference_results.read_text(encoding="utf-8"))
    return committed


def compare(expected: Results, found: Results) -> list[Difference]:
    """List every record that differs: value beyond the tolerance, unit, origin or assumption."""
    return [
        Difference(notebook, key, wanted, got)
        for notebook in sorted(expected.keys() | found.keys())
        for key in sorted(expected.get(notebook, {}).keys() | found.get(notebook, {}).keys())
        if not _same(
            wanted := expected.get(notebook, {}).get(key),
            got := found.get(notebook, {}).get(key),
        )
    ]


def _same(wanted: Mapping[str, Any] | None, got: Mapping[str, Any] | None) -> bool:
    if wanted is None or got is None:
        return wanted is got
    rest = ("unit", "origin", "assumption")
    return all(wanted[part] == got[part] for part in rest) and math.isclose(
        wanted["value"], got["value"], rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-12
    )
