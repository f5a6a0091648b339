"""Rules between answers: who is asked what, what excludes what, what is required."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from actient.survey.questionnaire import Item, Questionnaire
from actient.survey.responses.values import INVALID, MISSING, NO_NUMBER, NOT_A_NUMBER

PROFILE = "profile"

Values = NDArray[np.int32]
Mask = NDArray[np.bool_]


def answered(item: Item, values: Values) -> Mask:
    """Tell who gave an answer that could be read."""
    if item.type == "integer":
        return np.asarray((values != NO_NUMBER) & (values != NOT_A_NUMBER))
    return np.asarray(values >= 0)


def invalid(item: Item, values: Values) -> Mask:
    """Tell whose answer could not be read."""
    return np.asarray(values == (NOT_A_NUMBER if item.type == "integer" else INVALID))


def exclusive_bits(item: Item) -> int:
    """Give the bits of the answers that exclude the others."""
    return sum(1 << bit for bit, choice in enumerate(item.choices) if choice.exclusive)


def contradictory(item: Item, values: Values) -> Mask:
    """Tell who gave an exclusive answer together with others."""
    alone = exclusive_bits(item)
    several = (values & (values - 1)) != 0
    return np.asarray((values > 0) & ((values & alone) != 0) & several)


class Asked:
    """Who was asked what, as far as the answers tell.

    Parameters
    ----------
    questionnaire
        The questions and their conditions.
    values
        Answers by question: positions of codes, bits of codes, or numbers.
    rows
        Number of persons.
    """

    def __init__(
        self, questionnaire: Questionnaire, values: Mapping[str, Values], rows: int
    ) -> None:
        self._items = {item.item_id: item for item in questionnaire.items}
        self._values = values
        self._rows = rows

    def excluded(self, item: Item) -> Mask:
        """Tell who cannot have been asked: another answer of theirs rules the question out."""
        out = np.zeros(self._rows, dtype=bool)
        for item_id, codes in self._conditions(item):
            known, meets = self._meets(item_id, codes)
            out |= known & ~meets
        return out

    def asked(self, item: Item) -> Mask:
        """Tell who surely was asked."""
        sure = np.ones(self._rows, dtype=bool)
        for item_id, codes in self._conditions(item):
            known, meets = self._meets(item_id, codes)
            sure &= known & meets
        return sure

    def completeness(self) -> NDArray[np.float32]:
        """Give the share of required questions answered, among those asked and in the file."""
        asked = np.zeros(self._rows, dtype=np.int32)
        given = np.zeros(self._rows, dtype=np.int32)
        for item_id, values in self._values.items():
            item = self._items[item_id]
            if item.required:
                sure = self.asked(item)
                asked += sure
                given += sure & answered(item, values)
        return np.where(asked, given / np.maximum(asked, 1), 1.0).astype(np.float32)

    def _conditions(self, item: Item) -> list[tuple[str, tuple[str, ...]]]:
        conditions: list[tuple[str, tuple[str, ...]]] = []
        if item.branch != "all" and item.item_id != PROFILE:
            conditions.append((PROFILE, (item.branch,)))
        if item.shown_if is not None:
            conditions.append((item.shown_if.item_id, item.shown_if.codes))
        return conditions

    def _meets(self, item_id: str, codes: tuple[str, ...]) -> tuple[Mask, Mask]:
        """Tell of whom the answer is known, and who gave one of these answers."""
        values = self._values.get(item_id)
        if values is None:
            nobody = np.zeros(self._rows, dtype=bool)
            return nobody, nobody
        item = self._items[item_id]
        positions = [item.codes.index(code) for code in codes]
        if item.type == "select_multiple":
            meets = (values & sum(1 << position for position in positions)) != 0
        else:
            meets = np.isin(values, positions)
        known = answered(item, values)
        return known, known & meets


def empty(item: Item) -> int:
    """Give the value of a question that was not answered."""
    return NO_NUMBER if item.type == "integer" else MISSING
