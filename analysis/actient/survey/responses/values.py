"""What a cell says: a code, several, a number, a tick. Each wording is understood only once.

A reader is a dictionary from the text of a cell to what it means, which fills itself: columns hold
few different texts, so that reading a column is looking texts up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from actient.survey.questionnaire import Choice, Item
from actient.survey.responses.wording import folded, name_key

MISSING: Final = -1
INVALID: Final = -2
NO_NUMBER: Final = -(2**31)
NOT_A_NUMBER: Final = NO_NUMBER + 1

# Before a formula whose result the file does not hold: no file of text or XML has this character.
NO_RESULT: Final = "\0"

_REMEMBERED: Final = 50_000
_LONGEST: Final = 5_000
_UNANSWERED: Final = frozenset({"", "n/a", "na", "nan", "null"})
_ERROR: Final = re.compile(
    r"#(?:N/A|(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC|VALEUR|NOM|NOMBRE|NUL)\s?[!?])"
    r"|Err\s?:[0-9]{3}",
    re.IGNORECASE,
)
_YES: Final = frozenset({"1", "1.0", "y", "yes", "oui", "true", "vrai", "checked"})
_NO: Final = frozenset({"0", "0.0", "n", "no", "non", "false", "faux", "unchecked"})
_WHOLE: Final = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]0+)?")
_BETWEEN_ANSWERS: Final = re.compile(r"\s*[;,|/\n]\s*| ")
_AROUND_ANSWERS: Final = " ;,|/"
_OTHER: Final = "-oth-"


class Reader(dict[str, int]):
    """Texts already understood; an unknown one is understood, then remembered."""

    def __init__(self, understand: Callable[[str], int]) -> None:
        super().__init__()
        self._understand = understand

    def __missing__(self, text: str) -> int:
        """Understand a text met for the first time."""
        meaning = self._understand(text)
        if len(self) < _REMEMBERED and len(text) <= _LONGEST:
            self[text] = meaning
        return meaning


def has_no_value(text: str) -> bool:
    """Tell what a spreadsheet leaves where there is no value: an error, an uncalculated formula."""
    return text.startswith(NO_RESULT) or _ERROR.fullmatch(text.strip()) is not None


def one_choice(item: Item) -> Reader:
    """Read a single choice: the position of its code, `MISSING` or `INVALID`."""
    wordings = _wordings(item.choices)
    if {"yes", "no"} <= set(item.codes):
        for words, code in ((_YES, "yes"), (_NO, "no")):
            for word in words:
                wordings.setdefault(word, item.codes.index(code))

    def understand(text: str) -> int:
        word = folded(text)
        return wordings.get(word, MISSING if word in _UNANSWERED else INVALID)

    return Reader(understand)


def several_choices(item: Item) -> Reader:
    """Read a multiple choice in one cell: bit k for answer k, `MISSING` or `INVALID`."""
    wordings = _wordings(item.choices)
    longest_first = sorted(wordings, key=len, reverse=True)

    def understand(text: str) -> int:
        if len(text) > _LONGEST:
            return INVALID
        word = folded(text.replace("\n", ";"))
        if word in wordings:
            return 1 << wordings[word]
        if word in _UNANSWERED:
            return MISSING
        bits = _bits(word.strip(_AROUND_ANSWERS), wordings, longest_first)
        return INVALID if bits is None else bits

    return Reader(understand)


def tick(choice: Choice) -> Reader:
    """Read one answer of a multiple choice in its own column: 1, 0, `MISSING` or `INVALID`."""
    own = {folded(choice.code), *map(folded, choice.label.all)}

    def understand(text: str) -> int:
        word = folded(text)
        if word in _YES or word in own - _NO:
            return 1
        if word in _NO:
            return 0
        return MISSING if word in _UNANSWERED else INVALID

    return Reader(understand)


def whole_number(item: Item) -> Reader:
    """Read a whole number: itself, `NO_NUMBER` or `NOT_A_NUMBER` (not whole, or out of bounds)."""

    def understand(text: str) -> int:
        word = folded(text)
        if word in _UNANSWERED:
            return NO_NUMBER
        match = _WHOLE.fullmatch(word)
        if match is None:
            return NOT_A_NUMBER
        value = int(match.group(1).replace(" ", ""))
        low = item.minimum is None or value >= item.minimum
        high = value <= (2**31 - 1 if item.maximum is None else item.maximum)
        return value if low and high else NOT_A_NUMBER

    return Reader(understand)


def choice_of_header(item: Item, text: str) -> Choice | None:
    """Find the answer that a column of 0 and 1 stands for: code, wording, `3` or `A3`.

    Numbers are exact. R writes the `]` after `A3` as a point.
    """
    wanted, exact = name_key(text), folded(text)
    for choice in item.choices:
        number = str(choice.value)
        if exact in (number, f"a{number}", f"a{number}."):
            return choice
        if wanted in {name_key(name) for name in (choice.code, *choice.label.all)}:
            return choice
    return None


def _wordings(choices: tuple[Choice, ...]) -> dict[str, int]:
    """Every way to write an answer, in the order of preference: code, number, wording."""
    found: dict[str, int] = {}
    for position, choice in enumerate(choices):
        found[folded(choice.code)] = position
    for position, choice in enumerate(choices):
        number = str(choice.value)
        for name in (number, f"{number}.0", f"a{number}", *choice.label.all):
            found.setdefault(folded(name), position)
    if "other" in found:
        found[_OTHER] = found["other"]
    return found


def _bits(text: str, wordings: dict[str, int], longest_first: list[str]) -> int | None:
    """Read answers one after the other; wordings may hold separators, so the longest is tried."""
    dead_ends: set[int] = set()

    def ahead(start: int, answers: int) -> int | None:
        if start in dead_ends or answers > 2 * len(wordings):
            return None
        for word in longest_first:
            if not text.startswith(word, start):
                continue
            end = start + len(word)
            bit = 1 << wordings[word]
            if end == len(text):
                return bit
            between = _BETWEEN_ANSWERS.match(text, end)
            rest = ahead(between.end(), answers + 1) if between else None
            if rest is not None:
                return bit | rest
        dead_ends.add(start)
        return None

    return ahead(0, 1)
