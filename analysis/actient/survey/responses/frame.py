"""The table of responses, from the pieces that were checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from actient.survey.questionnaire import Item, Questionnaire
from actient.survey.responses import people, rules
from actient.survey.responses.checker import Adults
from actient.survey.responses.rules import Values
from actient.survey.responses.times import NO_MONTH, Moments, Times, month_name

DTYPES = {"select_one": np.int8, "select_multiple": np.int32, "integer": np.int32}


@dataclass
class Everyone:
    """All the rows that break no rule, column by column."""

    rows: int
    values: dict[str, Values]
    tokens: people.Codes
    recruiters: people.Codes
    start: Moments
    end: Moments
    completeness: NDArray[np.float32]


def compact(adults: Adults, questionnaire: Questionnaire) -> Adults:
    """Keep each answer in as few bytes as it needs."""
    narrow = {
        item.item_id: adults.values[item.item_id].astype(DTYPES[item.type])
        for item in questionnaire.items
        if item.item_id in adults.values
    }
    return Adults(
        narrow,
        adults.tokens,
        adults.recruiters,
        adults.start,
        adults.end,
        adults.completeness,
    )


def joined(pieces: Sequence[Adults]) -> Everyone:
    """Put the pieces of a file end to end."""
    rows = sum(piece.tokens.size for piece in pieces)
    names = pieces[0].values if pieces else {}
    starts = [piece.start for piece in pieces if piece.start is not None]
    ends = [piece.end for piece in pieces if piece.end is not None]
    return Everyone(
        rows=rows,
        values={name: np.concatenate([piece.values[name] for piece in pieces]) for name in names},
        tokens=np.concatenate([people.none_given(0), *(piece.tokens for piece in pieces)]),
        recruiters=np.concatenate([people.none_given(0), *(piece.recruiters for piece in pieces)]),
        start=Moments.joined(starts, rows),
        end=Moments.joined(ends, rows),
        completeness=np.concatenate(
            [np.zeros(0, dtype=np.float32), *(piece.completeness for piece in pieces)]
        ),
    )


def build(
    values: Mapping[str, Values],
    recruiter: NDArray[np.int64],
    times: Times,
    questionnaire: Questionnaire,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    """Make the table: a column per question, or per answer of a multiple choice.

    Parameters
    ----------
    values
        By question: positions of codes, bits of codes, or numbers; questions that the file does
        not have are absent.
    recruiter
        Row of each person's recruiter.
    times
        Duration and month of each row.
    missing
        Answers of multiple choices (`item/code`) that the file has no column for: no one is known
        not to have given them.
    """
    rows = recruiter.size
    columns: dict[str, object] = {}
    for item in questionnaire.items:
        if item.type == "token":
            continue
        read = values.get(item.item_id)
        if read is None:
            read = np.full(rows, rules.empty(item), dtype=np.int32)
        columns |= _columns(item, read, missing)
    columns["recruiter"] = recruiter
    columns["duration"] = times.duration
    columns["month"] = _month(times.month)
    return pd.DataFrame(columns, index=pd.RangeIndex(rows))


def _columns(item: Item, read: Values, missing: Collection[str]) -> dict[str, object]:
    given = rules.answered(item, read)
    match item.type:
        case "select_one":
            return {item.item_id: pd.Categorical.from_codes(read, categories=pd.Index(item.codes))}
        case "integer":
            filled = np.where(given, read, 0).astype(np.int32)
            return {item.item_id: pd.arrays.IntegerArray(filled, ~given)}
        case _:
            names = [f"{item.item_id}/{code}" for code in item.codes]
            return {
                name: pd.arrays.BooleanArray(
                    given & (read >> bit & 1).astype(bool), ~given | (name in missing)
                )
                for bit, name in enumerate(names)
            }


def _month(month: NDArray[np.int32]) -> object:
    known, which = np.unique(month, return_inverse=True)
    names = [pd.NA if value == NO_MONTH else month_name(int(value)) for value in known]
    return pd.array(np.array([*names, pd.NA], dtype=object)[which], dtype="string")
