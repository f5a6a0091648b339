"""Counts: each answer to each question, in each group. Nothing here may be published as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from actient.survey.questionnaire import (
    CONSENT,
    UNDER_AGE,
    Group,
    Item,
    Measure,
    Questionnaire,
)

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """One question in one group.

    Attributes
    ----------
    base
        Persons of the group who answered.
    counts
        Persons per answer; they add up to the base for a single choice only.
    """

    group_id: str
    item: Item
    base: int = field(repr=False)
    counts: dict[str, int] = field(repr=False)


@dataclass(frozen=True)
class Measured:
    """One measure in its group: persons in its numerator; its base is its question's."""

    measure: Measure
    count: int = field(repr=False)


def members(frame: pd.DataFrame, group: Group) -> Mask:
    """Tell which respondents are in a group."""
    return np.asarray(frame[group.item_id].isin(group.codes), dtype=np.bool_)


def answered(frame: pd.DataFrame, item: Item) -> Mask:
    """Tell who answered a question: "I do not remember" and the like count as no answer."""
    if item.type == "select_multiple":
        return np.asarray(frame[f"{item.item_id}/{item.codes[0]}"].notna(), dtype=np.bool_)
    return np.asarray(frame[item.item_id].isin(item.substantive), dtype=np.bool_)


def chosen(frame: pd.DataFrame, item: Item, code: str) -> Mask:
    """Tell who gave an answer; False where they did not answer."""
    if item.type == "select_multiple":
        return np.asarray(frame[f"{item.item_id}/{code}"].fillna(False), dtype=np.bool_)
    return np.asarray(frame[item.item_id] == code, dtype=np.bool_)


def success(frame: pd.DataFrame, measure: Measure) -> Mask:
    """Tell who is in the numerator of a measure, whatever the group."""
    return np.asarray(frame[measure.item_id].isin(measure.success_codes), dtype=np.bool_)


def countable(questionnaire: Questionnaire) -> tuple[Item, ...]:
    """List the questions whose answers are counted: choices, consent left out."""
    return tuple(item for item in questionnaire.items if item.choices and not _settled(item))


def tables(frame: pd.DataFrame, questionnaire: Questionnaire, group: Group) -> list[Table]:
    """Count the answers of one group to each question that it is asked and that the file holds."""
    inside = members(frame, group)
    found = []
    for item in countable(questionnaire):
        if not _put_to(item, group) or not answered(frame, item).any():
            continue
        who = inside & answered(frame, item)
        counts = {code: int((who & chosen(frame, item, code)).sum()) for code in _counted(item)}
        found.append(Table(group.group_id, item, int(who.sum()), counts))
    return found


def measured(frame: pd.DataFrame, questionnaire: Questionnaire, group: Group) -> list[Measured]:
    """Count what measures the poster's figures in one group."""
    inside = members(frame, group)
    return [
        Measured(measure, int((inside & success(frame, measure)).sum()))
        for measure in questionnaire.measures
        if measure.group_id == group.group_id
    ]


def _counted(item: Item) -> list[str]:
    # Nobody under age is kept: a count of 0 that everyone knows.
    return [code for code in item.substantive if code != UNDER_AGE]


def _settled(item: Item) -> bool:
    return item.item_id in {CONSENT, "profile"}  # the same for all kept; the groups themselves


def _put_to(item: Item, group: Group) -> bool:
    branch = group.part_of or group.group_id
    return item.branch in {"all", branch} and item.item_id != group.item_id
