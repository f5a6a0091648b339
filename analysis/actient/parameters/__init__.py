"""The parameters of every chapter: one typed model each, checked before a run starts.

Papermill accepts any name and any value. These models do not: they feed the check of the command
line, the cells of the notebooks, the help, and the parameter page of the book.
"""

from actient.parameters.checking import (
    ParameterError,
    Problem,
    check,
    model_of,
    problems,
    takes_responses,
)
from actient.parameters.description import ParameterHelp, describe
from actient.parameters.models import MODELS, Parameters
from actient.parameters.places import with_found_file

__all__ = [
    "MODELS",
    "ParameterError",
    "ParameterHelp",
    "Parameters",
    "Problem",
    "check",
    "describe",
    "model_of",
    "problems",
    "takes_responses",
    "with_found_file",
]
