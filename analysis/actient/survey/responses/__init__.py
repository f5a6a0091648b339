"""Reading survey responses: whatever tool exported them, the same checked table."""

from actient.survey.responses.model import (
    Counts,
    Duplicates,
    Message,
    Options,
    Problem,
    Responses,
    ResponsesError,
    Source,
    Tool,
)
from actient.survey.responses.reading import read
from actient.survey.responses.report import (
    account,
    as_json,
    holds_problems,
    problem_table,
    write_problems,
)

__all__ = [
    "Counts",
    "Duplicates",
    "Message",
    "Options",
    "Problem",
    "Responses",
    "ResponsesError",
    "Source",
    "Tool",
    "account",
    "as_json",
    "holds_problems",
    "problem_table",
    "read",
    "write_problems",
]
