"""Names of what is published: the same in the release, in its protection, and when it is told."""

from __future__ import annotations


def group_id(group: str) -> str:
    """Name the cell of a group's size."""
    return group


def base_id(group: str, item: str) -> str:
    """Name the cell of those of a group who answered a question."""
    return f"{group}/{item}"


def option_id(group: str, item: str, code: str) -> str:
    """Name the cell of an answer in a group."""
    return f"{group}/{item}/{code}"


def numerator_id(measure: str) -> str:
    """Name the cell of a measure's numerator."""
    return f"{measure}/numerator"


def weighted_id(measure: str) -> str:
    """Name the weighted estimate of a measure."""
    return f"{measure}/weighted"


def interval_id(measure: str) -> str:
    """Name the interval of a measure's weighted estimate."""
    return f"{measure}/weighted interval"
