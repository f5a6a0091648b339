"""What became of one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["done", "failed"]


@dataclass(frozen=True)
class Outcome:
    """What one scenario gave: its records, or why it has none.

    Attributes
    ----------
    records
        Key to value, unit, origin and assumption, as the chapter recorded them; empty if failed.
    error
        Why it failed, several lines; empty if done.
    """

    identifier: str
    status: Status
    records: Mapping[str, Mapping[str, Any]]
    error: str = ""
