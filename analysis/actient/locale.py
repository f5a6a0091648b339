"""Numbers and words as each language writes them."""

from __future__ import annotations

import datetime
import math
from typing import Final, Literal, get_args

from babel.dates import format_date, format_interval
from babel.numbers import format_decimal, format_percent

Lang = Literal["fr", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)
LANGUAGE_NAMES: Final[dict[Lang, str]] = {"fr": "Français", "en": "English"}

Unit = Literal[
    "proportion",
    "percentage points",
    "minutes per day",
    "minutes",
    "appointments",
    "likes",
    "persons",
    "count",
    "ratio",
    "years",
    "per 1000",
]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)

Origin = Literal["printed", "public source", "computed", "supplied", "synthetic"]
ORIGINS: Final[tuple[Origin, ...]] = get_args(Origin)

DATES: Final[dict[Lang, str]] = {"fr": "fr", "en": "en_GB"}
"""Whose way of writing dates each language follows."""

NBSP: Final = "\N{NO-BREAK SPACE}"
NARROW_NBSP: Final = "\N{NARROW NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"


def typeset(text: str) -> str:
    """Give French text its non-breaking spaces and its apostrophes, where it was typed without."""
    for mark in ";!?%":
        text = text.replace(f" {mark}", f"{NARROW_NBSP}{mark}")
    for mark in ":»":
        text = text.replace(f" {mark}", f"{NBSP}{mark}")
    return text.replace("« ", f"«{NBSP}").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def number(value: float, decimals: int, lang: Lang) -> str:
    """Write a number with the separators of `lang`: `1 234,5` in French, `1,234.5` in English."""
    text = format_decimal(_halves_up(value, decimals), _pattern("#,##0", decimals), locale=lang)
    return text.replace("-", MINUS)


def percent(share: float, decimals: int, lang: Lang) -> str:
    """Write a proportion as a percentage: `55,6 %` in French, `55.6%` in English."""
    pattern = _pattern("#,##0", decimals) + (f"{NBSP}%" if lang == "fr" else "%")
    text = format_percent(_halves_up(share, decimals + 2), pattern, locale=lang)
    return text.replace("-", MINUS)


def duration(minutes: float, lang: Lang) -> str:
    """Write minutes as hours and minutes: `4 h 48` in French, `4 h 48 min` in English."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest}{NBSP}min"
    tail = "" if lang == "fr" else f"{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}{tail}"


def date(text: str, lang: Lang) -> str:
    """Write an ISO 8601 date, month, year or span in words: `avril 2018`, `4 March 2019`.

    A time of day, if there is one, is left out.

    Raises
    ------
    ValueError
        If the text is none of these.
    """
    locale = DATES[lang]
    match text.split("/"):
        case [first, last]:
            days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
            return format_interval(*days, "yMMMd", locale=locale)
        case [one] if len(one) > len("2018-04"):
            day = datetime.date.fromisoformat(one[: len("2018-04-15")])
            words = format_date(day, "long", locale=locale)
            # French counts the first day of a month as the first, which Babel's patterns do not.
            return f"1er{words[1:]}" if lang == "fr" and day.day == 1 else words
        case [one] if "-" in one:
            return format_date(datetime.date.fromisoformat(f"{one}-01"), "LLLL y", locale=locale)
    return f"{int(text):04d}"


def quantity(value: float, unit: Unit, lang: Lang, decimals: int | None = None) -> str:
    """Write `value` the way its unit is read.

    Parameters
    ----------
    value
        In the unit's own scale (a proportion lies in [0, 1], a duration is in minutes).
    decimals
        Decimals shown; for a proportion, of the percentage. Default: enough to be exact up to one
        decimal for proportions, none for counts, two for ratios.
    """
    match unit:
        case "proportion":
            shown = _percent_decimals(value) if decimals is None else decimals
            return percent(value, shown, lang)
        case "percentage points":
            return f"{number(value, 1 if decimals is None else decimals, lang)}{NBSP}points"
        case "minutes per day" | "minutes":
            return duration(value, lang)
        case "ratio":
            return number(value, 2 if decimals is None else decimals, lang)
        case "years":
            return f"{value:.0f}"
        case "per 1000":
            return f"{number(value, 2 if decimals is None else decimals, lang)}{NBSP}‰"
        case "appointments" | "likes" | "persons" | "count":
            return number(value, decimals or 0, lang)


def _pattern(integer: str, decimals: int) -> str:
    return integer + ("." + "0" * decimals if decimals else "")


def _halves_up(value: float, decimals: int) -> float:
    # Babel rounds halves to even, as binary floats happen to fall: 12.25 and 0.125 would differ.
    scale = 10**decimals
    nearest = math.floor(abs(value) * scale * (1 + 1e-12) + 0.5) / scale
    return math.copysign(nearest, value) if nearest else 0.0


def _percent_decimals(share: float) -> int:
    return 0 if math.isclose(share * 100, round(share * 100), abs_tol=1e-9) else 1
