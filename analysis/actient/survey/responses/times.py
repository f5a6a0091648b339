"""When answers were given: read as tools and spreadsheets write it, then only two things are kept.

What leaves this module is a duration in seconds and a month; days and hours do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from actient.survey.responses.model import Message
from actient.words import N_

NO_MONTH: Final = -1

_EARLIEST, _LATEST = 1990, 2100
_SPREADSHEET_DAY_ZERO: Final = datetime(1899, 12, 30)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_CLOCK: Final = (
    r"(?:(?:,? +|T)(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?: *(?P<half>[AP]M))?(?: *(?:(?:UTC|GMT) *(?P<zone>[+\-−]\d{1,2}(?::?\d{2})?)?|Z))?)?"
)
_TO_THE_SECOND: Final = 19
_SECOND: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}")
_ZONE: Final = re.compile(r"(?:[.][0-9]{3}|[.][0-9]{6})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_YEAR_FIRST: Final = re.compile(r"(?P<y>\d{4})[/.](?P<b>\d{1,2})[/.](?P<a>\d{1,2})" + _CLOCK, re.I)
_YEAR_LAST: Final = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>\d{4})" + _CLOCK, re.I)
_DAY_MONTH_NAME: Final = re.compile(
    r"(?P<a>\d{1,2})(?:er)? (?P<name>[^\W\d_]+)\.? (?P<y>\d{4})" + _CLOCK, re.I
)
_MONTH_NAME_DAY: Final = re.compile(
    r"(?P<name>[^\W\d_]+)\.? (?P<a>\d{1,2}),? (?P<y>\d{4})" + _CLOCK, re.I
)
_MONTH_NAMES: Final = (
    ("janvier", "janv", "january", "jan"),
    ("février", "févr", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("août", "aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("décembre", "december", "déc", "dec"),
)
_MONTH_OF: Final = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names}


class Moment(NamedTuple):
    """A time as written, in seconds since 1970 on the local clock.

    Attributes
    ----------
    day_first, month_first
        Read as day/month and as month/day; the same where the order is sure, NaN where impossible.
    zone
        Seconds ahead of UTC, NaN where not told.
    """

    day_first: float
    month_first: float
    zone: float


UNKNOWN: Final = Moment(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class Moments:
    """The times of a column; one row per time, the columns of `Moment`."""

    values: NDArray[np.float64]

    @classmethod
    def read(cls, texts: Sequence[str]) -> Moments:
        """Read times; what cannot be read is unknown."""
        alike = _alike(texts)
        if alike is None:
            alike = np.array([moment(text) for text in texts], dtype=float).reshape(-1, 3)
        return cls(alike)

    @classmethod
    def joined(cls, pieces: Sequence[Moments], rows: int) -> Moments:
        """Put pieces end to end; without any, every time is unknown."""
        if not pieces:
            return cls(np.full((rows, 3), np.nan))
        return cls(np.concatenate([piece.values for piece in pieces]))

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which times could be read."""
        return np.asarray(~np.isnan(self.values[:, :2]).all(axis=1))


@dataclass(frozen=True)
class Times:
    """What is kept of the times.

    Attributes
    ----------
    duration
        Seconds from start to end, NaN where unknown.
    month
        Months since year 0 (12 · year + month - 1), `NO_MONTH` where unknown.
    notes
        What could not be known, in words.
    """

    duration: NDArray[np.float64]
    month: NDArray[np.int32]
    notes: tuple[Message, ...]


def moment(text: str) -> Moment:
    """Read one time: ISO 8601, day/month/year, month/day/year, names of months, serial numbers."""
    text = text.strip()
    try:
        if text[4:5] == "-":
            return _sure(datetime.fromisoformat(text))
        if _SERIAL.fullmatch(text):
            return _sure(_SPREADSHEET_DAY_ZERO + timedelta(days=float(text.replace(",", "."))))
        return _written(" ".join(text.split()))
    except (ValueError, OverflowError):
        return UNKNOWN


def kept(start: Moments, end: Moments, *, day_first: bool = False) -> Times:
    """Keep a duration and a month, and forget the rest.

    The order of day and month is that of the whole file: the one in which the most dates exist.
    Where both are possible, the month is unknown.

    Parameters
    ----------
    start, end
        Times of the same rows.
    day_first
        Whether the day comes first where no date tells: the file is in French.
    """
    readings = [_under(start, end, order) for order in (0, 1)]
    lost = [np.isnan(reading).sum() for reading in readings]
    order = int(lost[1] < lost[0])
    same = np.array_equal(readings[0], readings[1], equal_nan=True)
    undecided = bool(lost[0] == lost[1] and not same and not day_first)
    starts, ends = start.values[:, order], end.values[:, order]
    month = _months(np.where(np.isnan(ends), starts, ends))
    if undecided:
        differs = (start.values[:, 0] != start.values[:, 1]) & start.known
        differs |= (end.values[:, 0] != end.values[:, 1]) & end.known
        month = np.where(differs, NO_MONTH, month).astype(np.int32)
    duration = _durations(starts, start.values[:, 2], ends, end.values[:, 2])
    backwards = duration < 0
    return Times(
        np.where(backwards, np.nan, duration), month, _notes(undecided, int(backwards.sum()))
    )


def month_name(month: int) -> str:
    """Write a month, as kept, in the form `YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _alike(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """Read times that all are ISO 8601 to the second, at once; None if one of them is not.

    Only for speed: `moment` reads the same, one by one.
    """
    zones = {"": np.nan}
    for ending in {text[_TO_THE_SECOND:] for text in texts} - {""}:
        match = _ZONE.fullmatch(ending)
        if match is None:
            return None
        zones[ending] = 0.0 if match[1] == "Z" else _zone(match[1])
    if any(text and _SECOND.fullmatch(text[:_TO_THE_SECOND]) is None for text in texts):
        return None
    try:
        clock = np.array([text[:_TO_THE_SECOND] for text in texts], dtype="datetime64[s]")
    except ValueError:
        return None
    years = clock.astype("datetime64[Y]").astype(np.int64) + 1970
    known = ~np.isnat(clock) & (years >= _EARLIEST) & (years <= _LATEST)
    seconds = np.where(known, clock.astype(np.int64), np.nan)
    ahead = np.array([zones[text[_TO_THE_SECOND:]] for text in texts], dtype=float)
    return np.column_stack([seconds, seconds, np.where(known, ahead, np.nan)])


def _sure(when: datetime) -> Moment:
    # LimeSurvey writes 1980-01-01 for surveys that keep no dates.
    if not _EARLIEST <= when.year <= _LATEST:
        return UNKNOWN
    offset = when.utcoffset()
    seconds = when.replace(tzinfo=UTC, microsecond=0).timestamp()
    return Moment(seconds, seconds, np.nan if offset is None else offset.total_seconds())


def _written(text: str) -> Moment:
    for form in (_YEAR_FIRST, _YEAR_LAST, _DAY_MONTH_NAME, _MONTH_NAME_DAY):
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        if "name" in parts:
            parts["b"] = str(_MONTH_OF.get(parts["name"].lower(), 0))
        zone = _zone(parts["zone"])
        day_first = _seconds(parts, parts["a"], parts["b"])
        if form is not _YEAR_LAST:
            return Moment(day_first, day_first, zone)
        return Moment(day_first, _seconds(parts, parts["b"], parts["a"]), zone)
    return UNKNOWN


def _seconds(parts: dict[str, str | None], day: str | None, month: str | None) -> float:
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"].upper() == "PM")
    try:
        when = datetime(
            int(parts["y"] or 0),
            int(month or 0),
            int(day or 0),
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return np.nan
    return when.timestamp() if _EARLIEST <= when.year <= _LATEST else np.nan


def _zone(text: str | None) -> float:
    if not text:
        return np.nan
    sign = 1 if text[0] == "+" else -1
    hours, _, minutes = text[1:].partition(":")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    return sign * (3600 * int(hours) + 60 * int(minutes or 0))


def _under(start: Moments, end: Moments, order: int) -> NDArray[np.float64]:
    """Take the times that are known, read in one order of day and month."""
    return np.concatenate([times.values[times.known, order] for times in (start, end)])


def _durations(
    start: NDArray[np.float64],
    start_zone: NDArray[np.float64],
    end: NDArray[np.float64],
    end_zone: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Subtract; unknown where one of the two tells its zone and the other does not."""
    naive = np.isnan(start_zone) & np.isnan(end_zone)
    return end - start - np.where(naive, 0.0, end_zone - start_zone)


def _months(seconds: NDArray[np.float64]) -> NDArray[np.int32]:
    known = ~np.isnan(seconds)
    dates = np.where(known, seconds, 0).astype("datetime64[s]").astype("datetime64[M]")
    return np.where(known, dates.astype(np.int64) + 12 * 1970, NO_MONTH).astype(np.int32)


def _notes(undecided: bool, backwards: int) -> tuple[Message, ...]:
    notes = []
    if undecided:
        notes.append(
            Message(
                N_(
                    "Aucune date ne permet de dire si le jour vient avant le mois : le mois de "
                    "ces réponses reste inconnu."
                )
            )
        )
    if backwards:
        notes.append(
            Message(
                N_("Fin avant le début : {count} ; la durée reste inconnue."),
                {"count": backwards},
            )
        )
    return tuple(notes)
