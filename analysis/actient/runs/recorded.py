"""The recorded results of a build, and the committed reference they are compared with."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from actient.locale import Lang, Unit
from actient.paths import Paths

Results = Mapping[str, Mapping[str, Mapping[str, Any]]]  # notebook -> key -> record

# A record keeps ten significant digits (`records.SIGNIFICANT_DIGITS`). Processors differ in the
# last bit of a double, which rounding to ten digits can turn into one unit of the tenth: at most
# 1e-9 of the value, whose own last bit is why twice that passes.
_LAST_DIGIT: Final = 2e-9


@dataclass(frozen=True)
class Tolerance:
    """How far a record may be from its reference: passes if either bound is kept.

    Attributes
    ----------
    kind
        What these units measure; pages name it.
    absolute
        In the unit itself. It decides near zero, where a sum of thousands of terms leaves some
        1e-16 of its largest term instead of nothing.
    relative
        A share of the larger of the two values.
    """

    kind: Literal["whole", "share", "points", "measure"]
    units: tuple[Unit, ...]
    absolute: float
    relative: float

    def passes(self, expected: float, found: float) -> bool:
        """Say whether `found` may stand for `expected`."""
        return math.isclose(expected, found, rel_tol=self.relative, abs_tol=self.absolute)


TOLERANCES: Final[tuple[Tolerance, ...]] = (
    Tolerance("whole", ("count", "appointments", "likes", "years"), 0.0, 0.0),
    Tolerance("share", ("proportion", "ratio"), 1e-12, _LAST_DIGIT),
    Tolerance("points", ("percentage points", "per 1000"), 1e-9, _LAST_DIGIT),
    Tolerance("measure", ("persons", "minutes", "minutes per day"), 1e-9, _LAST_DIGIT),
)
"""Every unit once; the page on reproducing shows this table."""


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

    @property
    def gap(self) -> tuple[float, float | None] | None:
        """Absolute and relative difference of the values; no relative one to nothing.

        None where one side is missing or no number, or the values are the same.
        """
        wanted, got = (_value(side) for side in (self.expected, self.found))
        if wanted is None or got is None or wanted == got:
            return None
        return abs(got - wanted), abs(got - wanted) / abs(wanted) if wanted else None

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


def tolerance_of(unit: Any) -> Tolerance | None:
    """Find the tolerance of a unit; None if it is none of ours, as in an edited reference."""
    return next((one for one in TOLERANCES if unit in one.units), None)


def _same(wanted: Any, got: Any) -> bool:
    before, after = _value(wanted), _value(got)
    if before is None or after is None:
        return bool(wanted == got)
    if _but_value(wanted) != _but_value(got):
        return False
    allowed = tolerance_of(wanted.get("unit"))
    return before == after if allowed is None else allowed.passes(before, after)


def _value(record: Any) -> float | None:
    value = record.get("value") if isinstance(record, Mapping) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _but_value(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in record.items() if name != "value"}
