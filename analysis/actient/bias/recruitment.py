"""Who recruited whom: the trees of a sample recruited by chain referral, checked.

Answers and numbers of contacts may be missing: such a person stays in the tree, since others may
have come through them, but counts in no estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from actient.bias.arguments import FloatArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

SEED = -1


class RecruitmentError(ValueError):
    """A sample is no set of recruitment trees, or too little of one for what is asked."""

    @classmethod
    def unequal_lengths(cls, recruiters: int, degrees: int, answers: int) -> RecruitmentError:
        """Say how many values each array has."""
        return cls(
            f"{recruiters} recruiters, {degrees} numbers of contacts and {answers} answers; "
            "expected one of each for every respondent, at least one, in the same order."
        )

    @classmethod
    def not_places(cls, given: NDArray[np.generic]) -> RecruitmentError:
        """Say that recruiters are not whole numbers."""
        return cls(
            f"recruiters are of type {given.dtype} and shape {given.shape}; expected one whole "
            "number for each respondent: the place (from 0) of the recruiter, or -1 for a seed."
        )

    @classmethod
    def unknown_recruiter(cls, recruiters: IntArray, place: int) -> RecruitmentError:
        """Name the respondent whose recruiter does not exist."""
        return cls(
            f"The recruiter of the respondent at place {place} (from 0) is {recruiters[place]}; "
            f"expected the place of another respondent, 0 to {recruiters.size - 1}, or -1 for a "
            "seed. Give -1 where the token of the recruiter is in no response."
        )

    @classmethod
    def circle(cls, places: Sequence[int]) -> RecruitmentError:
        """Name respondents who would all have recruited one another."""
        shown = [*places[:10], "…"] if len(places) > 10 else [*places, places[0]]
        return cls(
            f"Respondents at places {' ← '.join(map(str, shown))} (from 0) recruited one another "
            "in a circle; expected every chain to lead back to a seed. Check their tokens, or give "
            "-1 as the recruiter of the one who answered first."
        )

    @classmethod
    def bad_value(cls, name: str, place: int, value: float, expected: str) -> RecruitmentError:
        """Name the respondent whose answer or number of contacts is impossible."""
        return cls(
            f"{name} of the respondent at place {place} (from 0) is {value:g}; expected {expected}."
        )

    @classmethod
    def no_links(cls, respondents: int) -> RecruitmentError:
        """Say that there is no chain, and what to use instead."""
        return cls(
            f"None of the {respondents} respondents was recruited by another: there is no chain to "
            "resample. Check that recruiters were linked by their tokens, or use an interval for "
            "independent respondents."
        )

    @classmethod
    def no_branch(cls, respondents: int) -> RecruitmentError:
        """Say that the tree is a single line, which resampling can only repeat."""
        return cls(
            f"The {respondents} respondents form one line: one seed, and nobody recruited two. "
            "Resampling such a tree can only repeat it: no interval can be drawn from it."
        )

    @classmethod
    def one_answer(cls, respondents: int) -> RecruitmentError:
        """Say that all answers agree, so that resampling can show nothing."""
        return cls(
            f"All {respondents} respondents who can be counted gave one answer: resampling them "
            "can only repeat it. Show the share with the Wilson interval of so many persons."
        )

    @classmethod
    def too_thin(cls, undefined: int, resamples: int) -> RecruitmentError:
        """Say that most resamples gave no estimate."""
        return cls(
            f"{undefined} of {resamples} resamples hold no recruitment between the groups, hence "
            "no estimate: there are too few recruitments for an interval. Report the share without "
            "one, and say why."
        )


@dataclass(frozen=True, eq=False)
class Recruitment:
    """Respondents, what they said, and the trees that recruited them. Made by `recruitment`.

    Attributes
    ----------
    recruiters : ndarray of int
        Place of each respondent's recruiter; `SEED` for none.
    degrees : ndarray
        Number of contacts of each, in persons; 1 for who is not counted, never used.
    answers : ndarray of int
        1 for yes, 0 for no; 0 for who is not counted, never used.
    counted : ndarray of bool
        Whether the answer is known and the number of contacts is known and above 0.
    waves : ndarray of int
        Links between each respondent and the seed: 0 for a seed.
    """

    recruiters: IntArray
    degrees: FloatArray
    answers: IntArray
    counted: BoolArray
    waves: IntArray

    @property
    def size(self) -> int:
        """Respondents, counted or not."""
        return self.recruiters.size

    @property
    def dropped(self) -> int:
        """Respondents who are in the tree and count in no estimate."""
        return self.size - int(self.counted.sum())

    @property
    def recruits(self) -> IntArray:
        """Places of those who count and were recruited by someone who counts."""
        recruited = self.counted & (self.recruiters != SEED)
        recruited[recruited] = self.counted[self.recruiters[recruited]]
        return np.flatnonzero(recruited)


def recruitment(recruiters: ArrayLike, degrees: ArrayLike, answers: ArrayLike) -> Recruitment:
    """Check who recruited whom and set apart those who cannot be counted.

    Parameters
    ----------
    recruiters : array_like of int
        Place (from 0) of each respondent's recruiter in these same arrays; -1 for a seed.
    degrees : array_like
        Number of contacts of each, in persons. 0 or NaN (missing) drops the respondent from the
        estimates: who has no contact cannot have been recruited through one.
    answers : array_like
        1 or True for yes, 0 or False for no; NaN where missing, which drops the respondent.

    Returns
    -------
    Recruitment
        The trees.

    Raises
    ------
    RecruitmentError
        If the numbers of values differ, a recruiter does not exist, chains close in a circle, a
        number of contacts is negative or infinite, or an answer is neither yes nor no.
    """
    places = np.asarray(recruiters)
    contacts, said = (np.asarray(given, dtype=np.float64) for given in (degrees, answers))
    if not places.size or not places.shape == contacts.shape == said.shape:
        raise RecruitmentError.unequal_lengths(places.size, contacts.size, said.size)
    if places.dtype.kind not in "iu" or places.ndim != 1:
        raise RecruitmentError.not_places(places)
    _check_values("The number of contacts", contacts, (contacts >= 0) & (contacts < np.inf))
    _check_values("The answer", said, (said == 0) | (said == 1))
    places = places.astype(np.int64)
    unknown = (places < SEED) | (places >= places.size) | (places == np.arange(places.size))
    if unknown.any():
        raise RecruitmentError.unknown_recruiter(places, int(np.argmax(unknown)))
    counted = (contacts > 0) & ~np.isnan(said)
    return Recruitment(
        recruiters=places,
        degrees=np.where(counted, contacts, 1.0),
        answers=np.where(counted, said, 0).astype(np.int64),
        counted=counted,
        waves=_waves(places),
    )


def _check_values(name: str, values: FloatArray, possible: BoolArray) -> None:
    wrong = ~possible & ~np.isnan(values)
    if wrong.any():
        place = int(np.argmax(wrong))
        expected = "0 for no, 1 for yes" if name == "The answer" else "a finite number, 0 or more"
        value = float(values[place])
        raise RecruitmentError.bad_value(name, place, value, f"{expected}, or NaN where missing")


def _waves(recruiters: IntArray) -> IntArray:
    """Climb all chains together, in strides that double; who never arrives is in a circle."""
    top = recruiters.size
    above = np.append(np.where(recruiters == SEED, top, recruiters), top)
    links = np.append(np.ones(top, dtype=np.int64), 0)
    for _ in range(top.bit_length()):
        links += links[above]
        above = above[above]
    lost = above[:top] != top
    if lost.any():
        raise RecruitmentError.circle(_circle(recruiters, int(above[:top][lost][0])))
    return links[:top] - 1


def _circle(recruiters: IntArray, start: int) -> list[int]:
    """List the circle of a place that is on one, from the first of them."""
    places = [start]
    while recruiters[places[-1]] != start:
        places.append(int(recruiters[places[-1]]))
    first = places.index(min(places))
    return places[first:] + places[:first]
