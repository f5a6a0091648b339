"""Checklists of what a survey report should hold, set beside what the poster says.

Nothing here adds items up: a poster is not a report, and a checklist is not a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from actient import tables
from actient.paths import Paths
from actient.tables import Worded

NOTHING: Final = Worded(())
CHECKLISTS: Final = ("cherries", "cross", "strobe")


class UnknownChecklistError(LookupError):
    """No checklist has this name."""

    @classmethod
    def from_name(cls, name: str) -> UnknownChecklistError:
        """Name what was asked for and list what there is."""
        return cls(f"No checklist named {name!r}. There are: {', '.join(CHECKLISTS)}.")


@dataclass(frozen=True)
class ChecklistItem:
    """One point of a checklist, in our words: a row of a table of `data/reporting/`.

    Attributes
    ----------
    item_id
        Stable identifier, such as CHERRIES-22.
    number
        Number, or numbers, in the checklist; empty where not verified.
    status
        What the poster says of it: reported, partly, not_reported or not_applicable.
    quote
        Words of the poster that bear on it, or empty.
    label, note
        Its short name; what a next survey should record.
    category, category_text
        Its family of points, as a key and in words; empty in the brief lists.
    question
        What it asks, if the list says so.
    answered_by
        Fields of `Conduct` that bear on it; empty where responses cannot tell.
    """

    item_id: str
    number: str
    label: Worded
    status: str
    quote: str
    note: Worded
    category: str = ""
    category_text: Worded = NOTHING
    question: Worded = NOTHING
    answered_by: tuple[str, ...] = ()


def load_checklist(name: str = "cherries", paths: Paths | None = None) -> tuple[ChecklistItem, ...]:
    """Load the points of a checklist, in its order.

    Parameters
    ----------
    name
        ``cherries`` (all 30 items), ``cross`` or ``strobe`` (in brief).
    paths
        The checkout to read from; by default the one around the current folder.

    Raises
    ------
    UnknownChecklistError
        If no checklist has this name.
    """
    if name not in CHECKLISTS:
        raise UnknownChecklistError.from_name(name)
    return tuple(map(_item, tables.records(name, paths)))


def _item(row: Mapping[str, Any]) -> ChecklistItem:
    return ChecklistItem(
        item_id=row["item_id"],
        number=str(row.get("item") or row.get("items") or ""),
        label=row["label"],
        status=row["status"],
        quote=row["quote"] or "",
        note=row["note"],
        category=row.get("category") or "",
        category_text=row.get("category_text", NOTHING),
        question=row.get("question", NOTHING),
        answered_by=tuple(filter(None, (row.get("answered_by") or "").split(";"))),
    )
