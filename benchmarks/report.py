"""What a benchmark says as it goes, and the table that it leaves."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple


def say(text: str) -> None:
    """Write a line at once: a benchmark lasts minutes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def write(rows: Sequence[NamedTuple], path: Path) -> None:
    """Write rows of one kind under the names of their fields; the file is whole or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    first: Any = rows[0]
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(first._fields)
        writer.writerows(rows)
    draft.replace(path)
