"""The questionnaire: one source for the forms, the readers, the estimates and the page.

Reconstructed from the poster's themes; the original wording was not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from actient import tables
from actient.locale import Lang
from actient.paths import Paths
from actient.tables import Worded
from actient.words import translator

Branch = Literal["all", "patient", "professional"]
ItemType = Literal["select_one", "select_multiple", "integer", "token"]

CONSENT: Final = "consent"
CONSENTED: Final = "yes"
AGE: Final = "age_band"
UNDER_AGE: Final = "under_18"
CONTACTS: Final = "contacts"
TOKEN: Final = "token"  # noqa: S105 — the name of a column
RECRUITER_TOKEN: Final = "recruiter_token"  # noqa: S105


class UnknownItemError(LookupError):
    """No question, list or group of this name."""

    @classmethod
    def from_name(cls, kind: str, name: str, known: list[str]) -> UnknownItemError:
        """Name what was asked for and list what there is."""
        return cls(f"The questionnaire has no {kind} named {name!r}. It has: {', '.join(known)}.")


@dataclass(frozen=True)
class Choice:
    """One answer of a list: a row of `data/questionnaire/choices.csv`.

    Attributes
    ----------
    value
        Its number in the list, from 1: for the tools that want numbers.
    exclusive
        Whether it excludes the other answers of a multiple choice.
    substantive
        Whether it answers the question: "I do not remember" counts as no answer.
    """

    code: str
    value: int
    label: Worded
    exclusive: bool
    substantive: bool


@dataclass(frozen=True)
class Condition:
    """A question is asked only if another has one of these answers."""

    item_id: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question: a row of `data/questionnaire/items.csv`, with its answers.

    Attributes
    ----------
    branch
        Who is asked: all, patient or professional.
    shown_if
        The further condition under which it is asked, or None.
    minimum, maximum
        Bounds of a whole number, else None.
    claim_ids, stage_ids
        The poster's figures it can measure, the stages of the pathway it concerns.
    """

    item_id: str
    section_id: str
    branch: Branch
    type: ItemType
    choices: tuple[Choice, ...]
    required: bool
    shown_if: Condition | None
    minimum: int | None
    maximum: int | None
    question: Worded
    hint: Worded
    claim_ids: tuple[str, ...]
    stage_ids: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its answers, in order."""
        return tuple(choice.code for choice in self.choices)

    @property
    def substantive(self) -> tuple[str, ...]:
        """The codes of the answers that answer the question, in order."""
        return tuple(choice.code for choice in self.choices if choice.substantive)


@dataclass(frozen=True)
class Section:
    """A part of the questionnaire: a row of `data/questionnaire/sections.csv`."""

    section_id: str
    branch: Branch
    title: Worded


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the information notice: a row of `data/questionnaire/notice.csv`."""

    paragraph_id: str
    heading: Worded
    text: Worded


@dataclass(frozen=True)
class Group:
    """A group estimates are given for: a row of `data/questionnaire/groups.csv`.

    Attributes
    ----------
    item_id, codes
        The question, and the answers that put someone in the group.
    part_of
        The larger group that contains it, or None.
    """

    group_id: str
    item_id: str
    codes: tuple[str, ...]
    part_of: str | None
    label: Worded


@dataclass(frozen=True)
class Measure:
    """What measures a figure of the poster in one group: a row of `measures.csv`.

    Attributes
    ----------
    statement_id
        The statement tested with it, or None.
    success_codes
        The answers in the numerator; the denominator is all that answer the question.
    """

    measure_id: str
    claim_id: str
    statement_id: str | None
    group_id: str
    item_id: str
    success_codes: tuple[str, ...]
    note: Worded


@dataclass(frozen=True)
class Questionnaire:
    """The whole questionnaire, in order of presentation."""

    notice: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    measures: tuple[Measure, ...]

    def item(self, item_id: str) -> Item:
        """Find a question.

        Raises
        ------
        UnknownItemError
            If there is none of that name.
        """
        for item in self.items:
            if item.item_id == item_id:
                return item
        known = [item.item_id for item in self.items]
        raise UnknownItemError.from_name("question", item_id, known)

    def in_section(self, section_id: str) -> tuple[Item, ...]:
        """List the questions of a section, in order."""
        return tuple(item for item in self.items if item.section_id == section_id)


def reconstructed(lang: Lang) -> str:
    """Say that the wording is not the original one: every form and page does."""
    _ = translator(lang)
    return _("Reconstitué d’après l’affiche ; ce n’est pas la formulation d’origine.")


def load_questionnaire(paths: Paths | None = None) -> Questionnaire:
    """Load the questionnaire.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.
    """
    choices = _choices(paths)
    return Questionnaire(
        notice=tables.rows("questionnaire_notice", Paragraph, paths),
        sections=tables.rows("questionnaire_sections", Section, paths),
        items=tuple(_item(row, choices) for row in tables.records("questionnaire_items", paths)),
        groups=tables.rows("questionnaire_groups", Group, paths),
        measures=tables.rows("questionnaire_measures", Measure, paths),
    )


def _choices(paths: Paths | None) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for row in tables.records("questionnaire_choices", paths):
        list_id = row.pop("list_id")
        found[list_id] = (*found.get(list_id, ()), Choice(**row))
    return found


def _item(row: dict[str, Any], choices: dict[str, tuple[Choice, ...]]) -> Item:
    shown_if = row["shown_if_item"]
    return Item(
        item_id=row["item_id"],
        section_id=row["section_id"],
        branch=row["branch"],
        type=row["type"],
        choices=choices[row["list_id"]] if row["list_id"] else (),
        required=row["required"],
        shown_if=Condition(shown_if, _split(row["shown_if_codes"])) if shown_if else None,
        minimum=row["minimum"],
        maximum=row["maximum"],
        question=row["question"],
        hint=row["hint"],
        claim_ids=_split(row["claim_ids"]),
        stage_ids=_split(row["stage_ids"]),
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
