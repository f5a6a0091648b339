"""What supplied responses already answer of CHERRIES, and what remains to record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from actient.locale import LANGS, NBSP, Lang, Unit, date, duration, number, percent
from actient.survey.disclosure import THRESHOLD
from actient.survey.reporting import words
from actient.survey.reporting.checklist import (
    CHECKLISTS,
    ChecklistItem,
    UnknownChecklistError,
    load_checklist,
)
from actient.survey.reporting.conduct import Conduct, ConductError
from actient.survey.reporting.words import Words

__all__ = [
    "CHECKLISTS",
    "Answer",
    "ChecklistItem",
    "Conduct",
    "ConductError",
    "ThresholdError",
    "UnknownChecklistError",
    "answers",
    "completion_rate",
    "load_checklist",
    "participation_rate",
]

State = Literal["answered", "partly", "withheld", "to_record"]
"""Answered; answered in part; known, but of too few persons to show; not in the responses."""

_Shown = Callable[[Lang], str]


class ThresholdError(ValueError):
    """A threshold below which there is nothing to hide."""

    @classmethod
    def from_value(cls, threshold: int) -> ThresholdError:
        """Say what was given and what is expected."""
        return cls(
            f"threshold is {threshold!r}: expected 1 or more, the smallest number of persons shown "
            "as it is (1 hides no count)."
        )


@dataclass(frozen=True)
class Answer:
    """What supplied responses say of one item of CHERRIES.

    Attributes
    ----------
    item
        Number of the item, 1 to 30.
    state
        How far the responses answer it.
    value, unit
        The number that the text gives first, rounded as it is shown; None where there is none, or
        where it is of too few persons to be shown.
    """

    item: int
    state: State
    text_fr: str
    text_en: str
    value: float | None = None
    unit: Unit | None = None

    def text(self, lang: Lang) -> str:
        """Return the answer, or what to record for want of one."""
        return self.text_fr if lang == "fr" else self.text_en


def participation_rate(conduct: Conduct) -> float | None:
    """Share of the persons who opened the first page that agreed to take part.

    ``consented / opened``, each person counted once: item 22 of CHERRIES.

    Parameters
    ----------
    conduct
        What the responses tell.

    Returns
    -------
    float or None
        A proportion; None if either count is unknown, or nobody opened the page.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    return _ratio(conduct.consented, conduct.opened)


def completion_rate(conduct: Conduct) -> float | None:
    """Share of the persons who agreed to take part that reached the last page.

    ``complete / consented``, each person counted once: item 23 of CHERRIES.

    Parameters
    ----------
    conduct
        What the responses tell.

    Returns
    -------
    float or None
        A proportion; None if either count is unknown, or nobody agreed.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    return _ratio(conduct.complete, conduct.consented)


def answers(conduct: Conduct, threshold: int = THRESHOLD) -> Mapping[int, Answer]:
    """Answer the items of CHERRIES that supplied responses bear on.

    Where the responses cannot tell, the answer says what to record. So that nobody is singled
    out, a count from 1 to ``threshold - 1`` is given as "fewer than `threshold`"; a rate is
    given to a tenth of a percentage, and withheld if its numerator or its complement is below
    `threshold`. The numbers of persons who agreed or finished are never stated: a difference
    between two of them could give a hidden one away.

    Parameters
    ----------
    conduct
        What the responses tell.
    threshold
        Smallest number of persons, or of rows, that is shown as it is.

    Returns
    -------
    mapping of int to Answer
        By number of the item, in the order of the checklist.

    Raises
    ------
    ThresholdError
        If `threshold` is below 1.

    References
    ----------
    Eysenbach 2004, corrected 2012.
    """
    if threshold < 1:
        raise ThresholdError.from_value(threshold)
    found = (
        _told(1, conduct.under_age, words.POPULATION),
        _told(3, _first(conduct.consented, conduct.refused), words.CONSENT),
        _told(9, conduct.tool or None, words.TOOL, {"tool": partial(_tool, conduct.tool)}),
        _dates(conduct.months),
        _told(20, conduct.duplicates_removed, words.UNIQUE),
        _told(21, None, words.VIEW),
        _rate(22, conduct.consented, conduct.opened, threshold, words.PARTICIPATION),
        _rate(23, conduct.complete, conduct.consented, threshold, words.COMPLETION),
        *(
            _counted(item, conduct.duplicates_removed, threshold, words.DUPLICATES[item])
            for item in (24, 25, 26)
        ),
        _incomplete(conduct, threshold),
        _speed(conduct, threshold),
        _weighting(conduct.weighted),
    )
    return {answer.item: answer for answer in found}


def _tool(tool: str | None, lang: Lang) -> str:
    name = tool or ""
    return words.TOOLS[name][lang] if name in words.TOOLS else name


def _ratio(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None


def _told(
    item: int, known: object, text: Words, shown: Mapping[str, _Shown] | None = None
) -> Answer:
    """Answer in part what the responses only bear on; say what to record if they do not."""
    return _answer(item, "to_record" if known is None else "partly", text, shown)


def _counted(
    item: int,
    count: int | None,
    threshold: int,
    text: Words,
    shown: Mapping[str, _Shown] | None = None,
) -> Answer:
    if count is None:
        return _answer(item, "to_record", text)
    value = None if 0 < count < threshold else int(count)
    return _answer(item, "partly", text, {"count": _few(count, threshold), **(shown or {})}, value)


def _rate(item: int, part: int | None, whole: int | None, threshold: int, text: Words) -> Answer:
    if part is None or whole is None:
        return _answer(item, "to_record", text)
    if min(part, whole - part) < threshold:
        return _withheld(item, threshold)
    share = round(part / whole, 3)
    rate = {"rate": lambda lang: percent(share, 1, lang)}
    return _answer(item, "answered", text, rate, share, "proportion")


def _dates(months: tuple[str, ...] | None) -> Answer:
    if not months:
        return _answer(13, "to_record", words.DATES)
    first, last, distinct = min(months), max(months), len({*months})
    shown = {
        "first": lambda lang: date(first, lang),
        "last": lambda lang: date(last, lang),
        "months": lambda lang: number(distinct, 0, lang),
    }
    text = words.DATES if distinct > 1 else words.ONE_MONTH
    return _answer(13, "answered", text, shown, distinct)


def _incomplete(conduct: Conduct, threshold: int) -> Answer:
    incomplete, complete = conduct.incomplete, conduct.complete
    if complete is None and incomplete is not None and conduct.consented is not None:
        complete = conduct.consented - incomplete
    if incomplete is not None and complete is not None and 0 < complete < threshold:
        return _withheld(28, threshold)  # what is left would be the few complete ones
    return _counted(28, incomplete, threshold, words.INCOMPLETE)


def _speed(conduct: Conduct, threshold: int) -> Answer:
    seconds, too_fast = conduct.median_seconds, conduct.too_fast
    if seconds is None:
        return _counted(29, too_fast, threshold, words.SPEED)
    responses = _first(conduct.complete, conduct.consented, conduct.received)
    if responses is not None and responses < threshold:
        return _withheld(29, threshold)  # the median of very few persons is nearly one person's
    shown = {"duration": lambda lang: _seconds(seconds, lang)}
    if too_fast is None:
        return _told(29, seconds, words.MEDIAN, shown)
    return _counted(29, too_fast, threshold, words.SPEED_AND_MEDIAN, shown)


def _weighting(weighted: bool | None) -> Answer:
    if weighted is False:
        return _answer(30, "answered", words.UNWEIGHTED)
    return _told(30, weighted, words.WEIGHTED)


def _withheld(item: int, threshold: int) -> Answer:
    shown = {"threshold": lambda lang: number(threshold, 0, lang)}
    return _answer(item, "withheld", words.WITHHELD, shown)


def _answer(
    item: int,
    state: State,
    text: Words,
    shown: Mapping[str, _Shown] | None = None,
    value: float | None = None,
    unit: Unit = "count",
) -> Answer:
    template = text.missing if state == "to_record" else text.found
    french, english = (
        template[lang].format(**{name: show(lang) for name, show in (shown or {}).items()})
        for lang in LANGS
    )
    return Answer(item, state, french, english, value, None if value is None else unit)


def _few(count: int, threshold: int) -> _Shown:
    if 0 < count < threshold:
        return lambda lang: words.FEWER_THAN[lang].format(number(threshold, 0, lang))
    return lambda lang: number(int(count), 0, lang)


def _first(*counts: int | None) -> int | None:
    return next((count for count in counts if count is not None), None)


def _seconds(seconds: float, lang: Lang) -> str:
    return duration(seconds / 60, lang) if seconds >= 60 else f"{seconds:.0f}{NBSP}s"
