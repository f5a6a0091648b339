"""Checklists of what a survey report should hold, set beside what the poster says.

Nothing here adds items up: a poster is not a report, and a checklist is not a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from actient import tables
from actient.locale import Lang
from actient.paths import Paths

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
    category
        Key of its family of points; empty in the brief lists.
    answered_by
        Fields of `Conduct` that bear on it; empty where responses cannot tell.
    """

    item_id: str
    number: str
    label_fr: str
    label_en: str
    status: str
    quote: str
    note_fr: str
    note_en: str
    category: str = ""
    category_fr: str = ""
    category_en: str = ""
    question_fr: str = ""
    question_en: str = ""
    answered_by: tuple[str, ...] = ()

    def label(self, lang: Lang) -> str:
        """Return its short name."""
        return self.label_fr if lang == "fr" else self.label_en

    def note(self, lang: Lang) -> str:
        """Return what a next survey should record."""
        return self.note_fr if lang == "fr" else self.note_en

    def family(self, lang: Lang) -> str:
        """Return the name of its family of points, if it has one."""
        return self.category_fr if lang == "fr" else self.category_en

    def question(self, lang: Lang) -> str:
        """Return what it asks, if the list says so."""
        return self.question_fr if lang == "fr" else self.question_en


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
    frame = tables.read(name, paths).rename(columns={"item": "number", "items": "number"})
    texts = frame.astype("string").fillna("")
    return tuple(_item(row) for row in texts.to_dict("records"))


def _item(row: Mapping[Any, Any]) -> ChecklistItem:
    fields = tuple(filter(None, row.get("answered_by", "").split(";")))
    return ChecklistItem(**{**row, "answered_by": fields})
