"""The check before a run: every problem at once, with parameter, value and what is allowed."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from actient.parameters.description import expected
from actient.parameters.models import MODELS, Parameters

# A value is quoted so far that it is recognised: a file can hold one that would fill the memory.
_BRIEF: Final = reprlib.Repr()
_BRIEF.maxlevel = 2
_BRIEF.maxlist = _BRIEF.maxdict = _BRIEF.maxset = 12
_BRIEF.maxstring = _BRIEF.maxlong = _BRIEF.maxother = 100


@dataclass(frozen=True)
class Problem:
    """What is wrong with a parameter; `name` is empty for a rule between parameters."""

    name: str
    text: str


class ParameterError(ValueError):
    """Parameters that a chapter cannot run with: one line per problem."""

    @classmethod
    def unknown_notebook(cls, notebook: str) -> ParameterError:
        """Name the chapters that exist."""
        return cls(
            f"No chapter is named {notebook!r}.{_nearest(notebook, MODELS)} "
            f"Chapters: {', '.join(MODELS)}."
        )

    @classmethod
    def from_validation(cls, notebook: str, error: ValidationError) -> ParameterError:
        """Name each parameter, its value, and what is allowed."""
        lines = [f"- {problem.text}" for problem in _problems(MODELS[notebook], error)]
        return cls("\n".join([f"{notebook} cannot run with these parameters:", *lines]))


def model_of(notebook: str) -> type[Parameters]:
    """Find the model of a chapter, with or without `.ipynb`.

    Raises
    ------
    ParameterError
        If no chapter has that name.
    """
    try:
        return MODELS[notebook.removesuffix(".ipynb")]
    except KeyError:
        raise ParameterError.unknown_notebook(notebook) from None


def takes_responses(notebook: str) -> bool:
    """Tell whether a chapter can show responses to one's own survey."""
    return "responses" in model_of(notebook).model_fields


def check(notebook: str, values: Mapping[str, Any]) -> Parameters:
    """Check parameter values before a run starts.

    Raises
    ------
    ParameterError
        For an unknown chapter or name, a value of another type or out of bounds; all at once.
    """
    model = model_of(notebook)
    try:
        return model(**values)
    except ValidationError as error:
        raise ParameterError.from_validation(notebook.removesuffix(".ipynb"), error) from None


def problems(notebook: str, values: Mapping[str, Any]) -> tuple[Problem, ...]:
    """List what `check` would refuse; empty if a run can start.

    Raises
    ------
    ParameterError
        If no chapter has that name.
    """
    model = model_of(notebook)
    try:
        model(**values)
    except ValidationError as error:
        return _problems(model, error)
    return ()


def _problems(model: type[Parameters], error: ValidationError) -> tuple[Problem, ...]:
    return tuple(_problem(model, dict(detail)) for detail in error.errors())


def _problem(model: type[Parameters], detail: Mapping[str, Any]) -> Problem:
    location = detail["loc"]
    if not location:  # a rule between parameters; its message names them
        return Problem("", f"{detail['ctx']['error']}.")
    name = str(location[0])
    if detail["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        quoted = name if name.isprintable() and len(name) < _BRIEF.maxstring else _BRIEF.repr(name)
        return Problem(
            name,
            f"{quoted}: unknown parameter.{_nearest(name, model.model_fields)} "
            f"This chapter takes {known}.",
        )
    field = model.model_fields[name]
    item = f" (item {location[1] + 1})" if len(location) > 1 else ""
    found = _BRIEF.repr(detail["input"])
    return Problem(name, f"{name}{item} = {found}: expected {expected(field)}.")


def _nearest(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, known, n=1)
    return f" Did you mean {found[0]}?" if found else ""
