"""Referral codes: who is there twice, and who passed the questionnaire on to whom.

Codes make responses pseudonymous, not anonymous. They are compared here, then forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from actient.survey.responses.model import Duplicates

NOBODY: Final = -1

_TOKEN: Final = re.compile(r"[a-z0-9]{4,16}")
_UNANSWERED: Final = frozenset({"", "n/a"})
_WIDTH: Final = 16
_TYPE: Final = f"S{_WIDTH}"

Codes = NDArray[np.bytes_]


@dataclass(frozen=True)
class Recruiters:
    """Who gave whom the questionnaire.

    Attributes
    ----------
    rows
        For each person, the row of their recruiter, or `NOBODY`.
    unknown
        Persons who gave a code that no one kept has.
    loops
        Persons whose chain of recruiters comes back to themselves: it was cut there.
    """

    rows: NDArray[np.int64]
    unknown: int
    loops: int


def codes(texts: Sequence[str]) -> tuple[Codes, NDArray[np.bool_]]:
    """Read referral codes; capitals do not matter, since people copy them by hand.

    Returns
    -------
    codes
        Empty where none was given or it is malformed.
    malformed
        Where a code is not 4 to 16 letters or digits.
    """
    tidy = [text.strip().lower() for text in texts]
    malformed = [_TOKEN.fullmatch(text) is None and text not in _UNANSWERED for text in tidy]
    kept = (
        "" if bad or text in _UNANSWERED else text
        for text, bad in zip(tidy, malformed, strict=True)
    )
    # One string in fixed width: numpy reads it five times faster than a list of strings.
    packed = "".join(text.ljust(_WIDTH, "\0") for text in kept).encode("ascii")
    return np.frombuffer(packed, dtype=_TYPE), np.array(malformed, dtype=bool)


def none_given(rows: int) -> Codes:
    """Give no code to anyone: the file has no such column."""
    return np.zeros(rows, dtype=_TYPE)


def repeated(tokens: Codes, which: Duplicates) -> NDArray[np.bool_]:
    """Tell which rows repeat the code of another, beyond the first (or the last) one."""
    given = np.flatnonzero(tokens != b"")
    if which == "last":
        given = given[::-1]
    _, kept = np.unique(tokens[given], return_index=True)
    again = np.zeros(tokens.size, dtype=bool)
    again[given] = True
    again[given[kept]] = False
    return again


def recruiters(tokens: Codes, given: Codes) -> Recruiters:
    """Find each person's recruiter among the persons kept; cut chains that bite their tail."""
    holders = np.flatnonzero(tokens != b"")
    names, first = np.unique(tokens[holders], return_index=True)
    rows = np.full(given.size, NOBODY, dtype=np.int64)
    if names.size:
        place = np.minimum(np.searchsorted(names, given), names.size - 1)
        found = (given != b"") & (names[place] == given)
        rows[found] = holders[first[place[found]]]
    unknown = int(np.sum((given != b"") & (rows == NOBODY)))
    loops = in_loops(rows)
    rows[loops] = NOBODY
    return Recruiters(rows, unknown, int(loops.size))


def in_loops(recruiter: NDArray[np.int64]) -> NDArray[np.int64]:
    """Find the persons who are their own ancestors.

    Every step doubles the distance jumped along the chains. After as many steps as there are
    persons, whoever still has an ancestor stands in a loop or behind one, and the ancestors reached
    are exactly those in loops.
    """
    nowhere = recruiter.size
    jump = np.append(np.where(recruiter == NOBODY, nowhere, recruiter), nowhere)
    distance = 1
    while distance < nowhere:
        jump = jump[jump]
        distance *= 2
    reached = np.unique(jump[:-1])
    return np.asarray(reached[reached != nowhere], dtype=np.int64)
