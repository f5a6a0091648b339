"""Problems: told with what was expected, in the order of the file, the first ones only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from actient.locale import Lang, number
from actient.survey.questionnaire import Item, Questionnaire
from actient.survey.responses.columns import Place
from actient.survey.responses.model import SHOWN_PROBLEMS, Message, Problem, Rule
from actient.survey.responses.values import NO_RESULT
from actient.survey.responses.wording import listed, shown
from actient.words import N_, translator

HIDDEN_TOKEN: Final = "\N{BULLET}" * 4
_SHORT_LIST: Final = 8

Value = Callable[[int], str]


@dataclass(frozen=True)
class Flaw:
    """One rule that some rows break in one column.

    Attributes
    ----------
    positions
        Which rows, among those that are checked.
    value
        Gives the value to show of one of them.
    """

    column: Place
    rule: Rule
    positions: NDArray[np.intp]
    value: Value
    expected: Message


@dataclass
class Ledger:
    """The first problems of a file, and how many there are."""

    first: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(
        self,
        found: Sequence[tuple[Sequence[int], Flaw]],
        ragged: Sequence[tuple[int, int]],
        width: int,
    ) -> None:
        """Add what is wrong in some consecutive rows.

        Parameters
        ----------
        found
            Flaws, each with the lines of the rows that its positions count.
        ragged
            Lines that do not have as many cells as the header, and how many they have.
        width
            Cells of the header.
        """
        self.total += len(ragged) + sum(flaw.positions.size for _, flaw in found)
        room = SHOWN_PROBLEMS - len(self.first)
        if room <= 0 or not (found or ragged):
            return
        first = [_length(line, cells, width) for line, cells in ragged[:room]]
        first += [_problem(*each) for each in _earliest(found, room)]
        self.first += sorted(first, key=lambda problem: problem.line)[:room]


def expected_choice(item: Item) -> Message:
    """Say which answers there are; a short list is given with its wordings."""
    last = item.choices[-1].value

    def codes(lang: Lang) -> str:
        names = (
            f"{choice.code} ({choice.label(lang)})" if last <= _SHORT_LIST else choice.code
            for choice in item.choices
        )
        return listed(names, at_most=20)

    told = (
        N_("un ou plusieurs de ces codes, leur texte, ou leur numéro de 1 à {last} : {codes}")
        if item.type == "select_multiple"
        else N_("un de ces codes, son texte, ou son numéro de 1 à {last} : {codes}")
    )
    return Message(told, {"last": last, "codes": codes})


def expected_tick() -> Message:
    """Say what a column of one answer may hold."""
    return Message(N_("1 (coché) ou 0 (non coché)"))


def expected_agreement(item: Item) -> Message:
    """Say that the two layouts of a multiple choice must agree."""
    return Message(
        N_("les mêmes réponses dans cette colonne et dans celles de {question} en 0 et 1"),
        {"question": item.item_id},
    )


def expected_number(item: Item) -> Message:
    """Say what bounds a whole number has."""
    low, high = item.minimum or 0, item.maximum
    if high is None:
        return Message(N_("un nombre entier, {low} ou plus"), {"low": low})
    bounds = {"low": partial(number, low, 0), "high": partial(number, high, 0)}
    return Message(N_("un nombre entier de {low} à {high}"), bounds)


def expected_token() -> Message:
    """Say what a referral code looks like; the code itself is never shown."""
    return Message(N_("un code de 4 à 16 lettres ou chiffres, sans accent ni espace"))


def expected_value() -> Message:
    """Say what to do about a cell in which a spreadsheet left no value."""
    return Message(
        N_(
            "une valeur ; la cellule porte une formule dont le résultat n’est pas dans "
            "le fichier, ou une erreur de tableur. Ouvrez le fichier dans un tableur, "
            "corrigez les erreurs et enregistrez-le, ou exportez-le en CSV"
        )
    )


def expected_alone(item: Item) -> Message:
    """Say which answers exclude the others."""

    def answers(lang: Lang) -> str:
        _ = translator(lang)
        alone = (choice.label(lang) for choice in item.choices if choice.exclusive)
        return listed(_("« {answer} »").format(answer=answer) for answer in alone)

    return Message(N_("{answers} sans autre réponse"), {"answers": answers})


def expected_nothing(item: Item, questionnaire: Questionnaire) -> Message:
    """Say who is asked the question, so that others leave it empty."""
    if item.shown_if is not None:
        asked = questionnaire.item(item.shown_if.item_id)
        codes = listed(item.shown_if.codes)
        if item.branch == "all":
            return Message(
                N_("rien : la question suit les réponses {codes} à {question}"),
                {"codes": codes, "question": asked.item_id},
            )
        return Message(
            N_(
                "rien : la question est posée si profile est {profile} et si {question} est {codes}"
            ),
            {"profile": item.branch, "question": asked.item_id, "codes": codes},
        )
    return Message(
        N_("rien : la question est posée si profile est {profile}"), {"profile": item.branch}
    )


def _earliest(
    found: Sequence[tuple[Sequence[int], Flaw]], room: int
) -> list[tuple[int, Flaw, int]]:
    if not found:
        return []
    positions = np.concatenate([flaw.positions for _, flaw in found])
    lines = np.concatenate([np.asarray(lines)[flaw.positions] for lines, flaw in found])
    which = np.repeat(np.arange(len(found)), [flaw.positions.size for _, flaw in found])
    columns = np.array([flaw.column.index for _, flaw in found])[which]
    order = np.lexsort((columns, lines))[:room]
    return [(int(lines[each]), found[which[each]][1], int(positions[each])) for each in order]


def _problem(line: int, flaw: Flaw, position: int) -> Problem:
    return Problem(
        line=line,
        column=flaw.column.header,
        value=shown(flaw.value(position).removeprefix(NO_RESULT)),
        expected=flaw.expected,
        rule=flaw.rule,
    )


def _length(line: int, cells: int, width: int) -> Problem:
    expected = Message(
        N_("{cells} cellules, comme dans la ligne des noms de colonnes"), {"cells": width}
    )
    return Problem(line, "", str(cells), expected, "length")
