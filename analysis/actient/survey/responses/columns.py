"""Which column is which question, whatever the tool made of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actient.survey.questionnaire import Choice, Item, Questionnaire
from actient.survey.responses.model import Message, Problem, ResponsesError
from actient.survey.responses.values import choice_of_header
from actient.survey.responses.wording import (
    heading,
    key,
    listed,
    name_key,
    shown,
    without_markup,
)
from actient.words import N_

SYNTHETIC: Final = "synthetic"

# In order of preference; written as `key` writes them.
_STARTS: Final = ("start", "startdate", "datestarted", "starttime")
_ENDS: Final = (
    "end",
    "submitdate",
    "datesubmitted",
    "endtime",
    "horodateur",
    "timestamp",
    "surveytimestamp",
    "questionnairetimestamp",
    "submissiondate",
    "submissiontime",
)

_CHOICE_FORMS: Final = (
    re.compile(r"(?P<question>.+?)___(?P<answer>.+)", re.DOTALL),
    re.compile(r"(?P<question>.+?)\s*\(choice=(?P<answer>.+)\)", re.DOTALL | re.IGNORECASE),
    re.compile(r"(?P<question>.+?)_(?P<answer>[aA][0-9]+)"),
)
_BRACKETED: Final = re.compile(r"(?P<question>.+?)\s*\[(?P<answer>[^\[\]]+)\]", re.DOTALL)
_CODE_AND_TEXT: Final = re.compile(
    r"(?P<code>[A-Za-z]\w*(?:\[\w+\])?)[.:] +(?P<text>.+)", re.DOTALL
)
_JOINTS: Final = re.compile(r"[/.:-]")
_MARKS: Final = ("/", ".", "-", "_", "[", "=")
_PATH: Final = re.compile(r"[\w./:-]+")
_FREE_TEXT: Final = "other"
_LONGEST: Final = 1_000


@dataclass(frozen=True)
class Place:
    """A column that is read, whatever for: its position, and its name, fit to be shown."""

    index: int
    header: str


@dataclass(frozen=True)
class Column(Place):
    """A column that is kept: a question, or one answer of a multiple choice."""

    item: Item
    choice: Choice | None

    @property
    def name(self) -> str:
        """Its name in the frame."""
        return f"{self.item.item_id}/{self.choice.code}" if self.choice else self.item.item_id


@dataclass(frozen=True)
class Columns:
    """What the header lets recognise.

    Attributes
    ----------
    kept
        Columns that are read, in the order of the file.
    start, end
        Positions of the columns of times, or None.
    synthetic
        Position of the column that marks synthetic data, or None.
    dropped
        Names of the other columns, fit to be shown.
    unlisted
        Those of them that hold an answer which their multiple choice does not have: a code for
        missing data, a free text.
    """

    header: tuple[str, ...]
    kept: tuple[Column, ...]
    start: int | None
    end: int | None
    synthetic: int | None
    dropped: tuple[str, ...]
    unlisted: tuple[str, ...] = ()

    def times(self) -> tuple[Place, ...]:
        """Return the columns of times."""
        found = (index for index in (self.start, self.end) if index is not None)
        return tuple(Place(index, heading(self.header[index])) for index in found)

    def of(self, item_id: str) -> tuple[Column, ...]:
        """Return the columns of a question."""
        return tuple(column for column in self.kept if column.item.item_id == item_id)


class Names:
    """The names under which tools export the questions of a questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.items = questionnaire.items
        self._ids = {name_key(item.item_id): item for item in self.items}
        self._questions = {
            name_key(question): item for item in self.items for question in item.question.all
        }

    def columns(self, header: Sequence[str]) -> Columns:
        """Recognise the columns of a header."""
        names = [without_markup(name) for name in header]
        found = [self._find(name.strip()) for name in names]
        keys = [key(name) for name in names]
        start, end = _first(_STARTS, keys), _first(_ENDS, keys)
        synthetic = _first((SYNTHETIC,), keys)
        special = {start, end, synthetic}
        dropped = [
            (heading(name) or f"({index + 1})", name)
            for index, (name, match) in enumerate(zip(names, found, strict=True))
            if match is None and index not in special
        ]
        return Columns(
            header=tuple(names),
            kept=tuple(
                Column(index, heading(names[index], whole=True), *match)
                for index, match in enumerate(found)
                if match is not None
            ),
            start=start,
            end=end,
            synthetic=synthetic,
            dropped=tuple(said for said, _ in dropped),
            unlisted=tuple(said for said, name in dropped if self._is_unlisted(name.strip())),
        )

    def fitness(self, header: Sequence[str]) -> int:
        """Count the columns that a header lets recognise."""
        return len(self.columns(header).kept)

    def _find(self, header: str) -> tuple[Item, Choice | None] | None:
        if len(header) > _LONGEST:
            return None
        if (item := self._item(header)) is not None:
            return item, None
        if (match := _CODE_AND_TEXT.fullmatch(header)) is not None:
            found = self._find(match["code"])
            if found and self._asks(found[0], match["text"]):
                return found
        for item, answer in self._listed(header):
            choice = choice_of_header(item, answer)
            if choice is not None:
                return item, choice
        return None

    def _listed(self, header: str) -> Iterator[tuple[Item, str]]:
        """Take a header for an answer of a multiple choice, in every way it can be one."""
        for question, answer in _answers(header):
            item = self._item(question)
            if item is not None and item.type == "select_multiple":
                yield item, answer

    def _is_unlisted(self, header: str) -> bool:
        return len(header) <= _LONGEST and any(self._listed(header))

    def _item(self, name: str) -> Item | None:
        """Find a question by its name or wording, alone or after the names of groups."""
        whole = name_key(name)
        if item := self._ids.get(whole) or self._questions.get(whole):
            return item
        for mark in _JOINTS.finditer(name):
            group, tail = name[: mark.start()], name_key(name[mark.end() :])
            plain = _PATH.fullmatch(group) is not None
            # "Address / region" is not the question on the region; "You/Your region:" is.
            if plain and (item := self._ids.get(tail)):
                return item
            if (plain or mark.group() == "/") and (item := self._questions.get(tail)):
                return item
        return None

    def _asks(self, item: Item, text: str) -> bool:
        return any(key(text).startswith(key(question)) for question in item.question.all)


def check(columns: Columns) -> None:
    """Refuse a header that holds a question twice.

    Raises
    ------
    ResponsesError
        If two columns are the same question; each pair is named.
    """
    problems = []
    first: dict[str, Column] = {}
    for column in columns.kept:
        other = first.setdefault(column.name, column)
        if other is not column:
            problems.append(_repeated(column, other))
    if problems:
        summary = Message(
            N_("Des colonnes portent la même question. Ne gardez que la bonne, puis recommencez.")
        )
        raise ResponsesError(summary, problems)


def _repeated(column: Column, other: Column) -> Problem:
    expected = Message(
        N_("une seule colonne pour {name} ; les colonnes {first} et {second} la portent"),
        {"name": column.name, "first": other.index + 1, "second": column.index + 1},
    )
    return Problem(1, column.header, shown(column.header), expected, "column")


def missing(columns: Columns, questionnaire: Questionnaire) -> tuple[str, ...]:
    """List the questions, and the answers of multiple choices, that the file has no column for."""
    absent = []
    for item in questionnaire.items:
        found = columns.of(item.item_id)
        if not found:
            absent.append(item.item_id)
        elif all(column.choice is not None for column in found):
            present = {column.name for column in found}
            names = [f"{item.item_id}/{code}" for code in item.codes]
            absent += [name for name in names if name not in present]
    return tuple(absent)


def require(columns: Columns, item_ids: Sequence[str]) -> None:
    """Refuse a file without the columns that decide whether a row may be read.

    Raises
    ------
    ResponsesError
        If one of the questions has no column.
    """
    present = {column.item.item_id for column in columns.kept}
    if not present:
        raise ResponsesError(
            Message(
                N_(
                    "Aucune colonne du questionnaire n’a été reconnue. La première ligne doit "
                    "porter le nom des questions (par exemple consent, profile, age_band) ou "
                    "leur texte, comme dans les formulaires d’« actient forms »."
                )
            )
        )
    absent = [item_id for item_id in item_ids if item_id not in present]
    if absent:
        raise ResponsesError(
            Message(
                N_(
                    "Il manque la colonne {columns}. Sans le consentement et la tranche d’âge, "
                    "on ne peut pas écarter les personnes qui n’ont pas accepté ou qui ont moins "
                    "de 18 ans : le fichier n’est pas lu. Exportez-le à nouveau avec toutes ses "
                    "questions."
                ),
                {"columns": listed(absent)},
            )
        )


def _answers(header: str) -> Iterator[tuple[str, str]]:
    """Take a header apart into question and answer, in every way a tool may have joined them."""
    for form in _CHOICE_FORMS:
        if (match := form.fullmatch(header)) is not None:
            yield match["question"], match["answer"]
    # `uses[other]` is what people typed, not an answer of the list.
    match = _BRACKETED.fullmatch(header)
    if match is not None and key(match["answer"]) != _FREE_TEXT:
        yield match["question"], match["answer"]
    for mark in _JOINTS.finditer(header):
        question, answer = header[: mark.start()], header[mark.end() :]
        if not _is_minus(mark.group(), question, answer):
            yield question, answer


def _is_minus(mark: str, question: str, answer: str) -> bool:
    """Tell a minus from a joint, as in `uses-9`, `uses/-9`, and `uses..9`, which R makes of it."""
    if mark == "-" and answer[:1].isdigit():
        return True
    return mark in ("-", ".") and question.endswith(_MARKS)


def _first(wanted: Sequence[str], keys: Sequence[str]) -> int | None:
    return next((keys.index(name) for name in wanted if name in keys), None)
