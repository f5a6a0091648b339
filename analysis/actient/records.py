"""Results a notebook states: one output each, for readers (glued text) and for machines (JSON).

A record is an ordinary output of its cell, so the executed notebook is the only thing that carries
it: nothing is written beside the kernel, and nbval compares it like any other output. MyST-NB finds
the formatted text under its own "glue" prefix; `collect` finds the unformatted value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from IPython.display import display

from actient.locale import ORIGINS, UNITS, Lang, Origin, Unit, quantity

RECORD_MIME: Final = "application/vnd.actient.record+json"
# The prefix under which MyST-NB collects glued outputs (myst_nb.ext.glue.GLUE_PREFIX; a test
# compares the two). Its own `glue` shows one object; a record needs text and value in one output.
GLUE_PREFIX: Final = "application/papermill.record/"
SIGNIFICANT_DIGITS: Final = 10  # beyond these, processors disagree

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class RecordError(ValueError):
    """A result that cannot be recorded as stated."""


@dataclass(frozen=True)
class Record:
    """One stated result: its value in its unit, where it comes from, what it rests on.

    Attributes
    ----------
    assumption
        The assumption the number rests on, in a few English words, or None.
    """

    key: str
    value: float
    unit: Unit
    origin: Origin
    assumption: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the machine's view, without the key."""
        return {
            "value": self.value,
            "unit": self.unit,
            "origin": self.origin,
            "assumption": self.assumption,
        }


@dataclass(frozen=True)
class Recorder:
    """Records results in one language: `record = Recorder("fr")`, `record("key", 0.42, ...)`."""

    lang: Lang

    def __call__(
        self,
        key: str,
        value: float,
        *,
        unit: Unit,
        origin: Origin,
        assumption: str | None = None,
        decimals: int | None = None,
    ) -> None:
        """State one result.

        Parameters
        ----------
        key
            Letters, digits and underscores; unique in the notebook.
        value
            A finite number in the scale of `unit` (a proportion in [0, 1]).
        decimals
            Decimals of the formatted text; the recorded value keeps its precision.

        Raises
        ------
        RecordError
            For a malformed key, a value that is not a finite number, or an unknown unit or origin.
        """
        record = checked(key, value, unit=unit, origin=origin, assumption=assumption)
        text = quantity(record.value, unit, self.lang, decimals)
        display(
            {
                GLUE_PREFIX + "text/plain": repr(text),
                RECORD_MIME: {"key": key, **record.as_json()},
                "text/plain": f"{key} = {text}",
            },
            raw=True,
            metadata={"scrapbook": {"name": key, "mime_prefix": GLUE_PREFIX}},
        )

    def many(self, records: Iterable[Record]) -> None:
        """State several results, each with its unit's default number of decimals."""
        for record in records:
            self(
                record.key,
                record.value,
                unit=record.unit,
                origin=record.origin,
                assumption=record.assumption,
            )


def checked(
    key: str, value: float, *, unit: Unit, origin: Origin, assumption: str | None = None
) -> Record:
    """Build a `Record`, or say which part of it cannot be.

    Raises
    ------
    RecordError
        See `Recorder.__call__`.
    """
    if not _KEY.fullmatch(key):
        raise RecordError(f"Record key {key!r}: expected letters, digits and underscores.")
    if unit not in UNITS:
        raise RecordError(f"Record {key!r}: unknown unit {unit!r}; expected one of {list(UNITS)}.")
    if origin not in ORIGINS:
        raise RecordError(
            f"Record {key!r}: unknown origin {origin!r}; expected one of {list(ORIGINS)}."
        )
    try:
        as_float = float(value)
    except (TypeError, ValueError):
        raise RecordError(f"Record {key!r}: {value!r} is not a number.") from None
    if not math.isfinite(as_float):
        raise RecordError(f"Record {key!r}: {value!r} is not a finite number.")
    return Record(key, _portable(as_float), unit, origin, assumption)


def collect(notebook: Mapping[str, Any]) -> dict[str, Record]:
    """Read the records back from an executed notebook, in order.

    Raises
    ------
    RecordError
        If two cells record the same key.
    """
    found: dict[str, Record] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            stated = output.get("data", {}).get(RECORD_MIME)
            if stated is None:
                continue
            if stated["key"] in found:
                raise RecordError(f"Record {stated['key']!r} is stated twice in this notebook.")
            found[stated["key"]] = Record(**stated)
    return found


def _portable(value: float) -> float:
    rounded = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded
