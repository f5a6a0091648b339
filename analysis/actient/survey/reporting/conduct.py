"""How a survey was conducted, as far as its responses tell: the counts that reporting asks for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from numbers import Integral
from typing import Final

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

_COUNTS: Final = (
    *("received", "opened", "refused", "under_age", "consented"),
    *("complete", "incomplete", "duplicates_removed", "too_fast"),
)

# Parts that exclude one another, and their whole.
_PARTS: Final = (
    (("consented", "refused"), "opened"),
    (("complete", "incomplete"), "consented"),
    (("duplicates_removed",), "received"),
)


class ConductError(ValueError):
    """Counts that cannot be those of one survey."""

    @classmethod
    def from_count(cls, name: str, value: object) -> ConductError:
        """Name a count that is not one."""
        return cls(
            f"{name} is {value!r}: expected a whole number, 0 or more, or None if the responses "
            "cannot tell."
        )

    @classmethod
    def from_parts(cls, parts: dict[str, int], whole: str, value: int) -> ConductError:
        """Name parts that exceed their whole."""
        listed = " + ".join(f"{name} ({count})" for name, count in parts.items())
        return cls(
            f"{listed} exceeds {whole} ({value}). Check that both count the same persons, or give "
            "None for the one that the responses cannot tell."
        )

    @classmethod
    def from_month(cls, month: object) -> ConductError:
        """Quote a month that is not written as expected."""
        return cls(f"months holds {month!r}: expected a year and a month, such as '2026-03'.")

    @classmethod
    def from_duration(cls, seconds: float) -> ConductError:
        """Quote a duration that is not one."""
        return cls(f"median_seconds is {seconds!r}: expected seconds, 0 or more, or None.")


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """What supplied responses tell about how the survey went; None where they cannot tell.

    Attributes
    ----------
    received
        Rows in the export.
    opened
        Distinct persons who opened the first page (or the consent page), answered or not. Most
        exports hold only what was sent: leave None unless every opening left a row, or the
        collection tool counted them.
    refused, under_age
        Persons who declined, or said they were too young, and whose answers were dropped.
    consented
        Distinct persons who agreed to take part.
    complete, incomplete
        Of those who agreed, persons who reached the last page, and persons who did not.
    duplicates_removed
        Rows removed because their person had another one.
    too_fast
        Responses faster than the threshold of the survey, kept or not.
    months
        Months with at least one response, as 'YYYY-MM'.
    median_seconds
        Median time taken to respond, in seconds.
    weighted
        Whether the estimates are weighted.
    tool
        Collection tool whose layout the export has.

    Raises
    ------
    ConductError
        If a count is negative or not whole, parts exceed their whole, or a month or a duration
        is not one.
    """

    received: int | None = None
    opened: int | None = None
    refused: int | None = None
    under_age: int | None = None
    consented: int | None = None
    complete: int | None = None
    incomplete: int | None = None
    duplicates_removed: int | None = None
    too_fast: int | None = None
    months: tuple[str, ...] | None = None
    median_seconds: float | None = None
    weighted: bool | None = None
    tool: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no survey can have given."""
        for name in _COUNTS:
            _check_count(name, getattr(self, name))
        for parts, whole in _PARTS:
            self._check_parts(parts, whole)
        for month in self.months or ():
            if not isinstance(month, str) or not _MONTH.fullmatch(month):
                raise ConductError.from_month(month)
        seconds = self.median_seconds
        if seconds is not None and not (math.isfinite(seconds) and seconds >= 0):
            raise ConductError.from_duration(seconds)

    def _check_parts(self, parts: tuple[str, ...], whole: str) -> None:
        known = {name: getattr(self, name) for name in parts if getattr(self, name) is not None}
        value = getattr(self, whole)
        if value is not None and sum(known.values()) > value:
            raise ConductError.from_parts(known, whole, value)


def _check_count(name: str, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < 0:
        raise ConductError.from_count(name, value)
