"""Scenarios: what a grid file asks for, checked against the chapter before anything runs."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from actient import parameters
from actient.paths import Paths
from actient.sweep.grid_files import Axis, Given, GridError, parse

LARGEST: Final = 10_000  # scenarios: at a second each, three hours


@dataclass(frozen=True)
class Scenario:
    """One parameter set to run a chapter with.

    Attributes
    ----------
    identifier
        Hash of the chapter and of every checked parameter: the same set has the same name in any
        grid and on any machine, however it was written (`1` or `1.0`).
    given
        The values that differ from the defaults, or were written as if they might.
    parameters
        Every parameter of the chapter, checked.
    """

    identifier: str
    notebook: str
    given: Mapping[str, Any]
    parameters: Mapping[str, Any]


def read(file: Path, notebook: str, paths: Paths | None = None) -> tuple[Scenario, ...]:
    """Read a grid file into scenarios, in its own order (the last name of a grid varies fastest).

    Parameters
    ----------
    file
        YAML `name: [values]` lines (every combination), a YAML list of parameter sets, or a CSV
        with one set a line (`.csv`, `.tsv`; an empty cell leaves the default).
    notebook
        The chapter, with or without its extension.
    paths
        The checkout, for files that the grid names from the folder one is in; by default a file's
        name stays as it is written.

    Raises
    ------
    GridError
        For every problem at once: unknown names, values that are not allowed, sets given twice,
        more than `LARGEST` scenarios.
    actient.parameters.ParameterError
        If there is no such chapter.
    """
    name = notebook.removesuffix(".ipynb")
    parameters.model_of(name)
    written = parse(file)
    problems = [*written.problems, *_value_problems(name, written.axes)]
    count = math.prod(len(axis.values) for axis in written.axes)
    if not problems and count > LARGEST:
        sizes = " × ".join(str(len(axis.values)) for axis in written.axes)
        problems.append(
            f"{sizes} = {count:,} scenarios; at most {LARGEST:,} are run. Take fewer values, or "
            "list the sets that matter."
        )
    if not (written.axes or written.sets or problems):
        problems.append("no parameter is given.")
    if problems and not written.sets:  # each combination would only repeat them
        raise GridError.from_problems(file, problems)
    sets = written.sets or _combinations(written.axes)
    if paths is not None:
        sets = _found(sets, paths)
    if len(sets) > LARGEST:
        problems.append(f"{len(sets):,} scenarios; at most {LARGEST:,} are run.")
        raise GridError.from_problems(file, problems)
    scenarios = _checked(name, sets, problems, in_grid=bool(written.axes))
    if problems:
        raise GridError.from_problems(file, problems)
    return scenarios


def identifier(notebook: str, values: Mapping[str, Any]) -> str:
    """Name a scenario by its checked parameters: 64 bits of a SHA-256, in hexadecimal."""
    canonical = json.dumps([notebook, dict(values)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _value_problems(notebook: str, axes: Sequence[Axis]) -> list[str]:
    """Check each value alone; rules between parameters are for whole scenarios."""
    known = parameters.model_of(notebook).model_fields
    return [
        f"line {one.line}: {problem.text}"
        for axis in axes
        for one in (axis.values if axis.name in known else axis.values[:1])
        for problem in parameters.problems(notebook, {axis.name: one.value})
        if problem.name
    ]


def _combinations(axes: Sequence[Axis]) -> tuple[Given, ...]:
    names = [axis.name for axis in axes]
    return tuple(
        Given(
            {name: one.value for name, one in zip(names, chosen, strict=True)},
            max(one.line for one in chosen),
        )
        for chosen in itertools.product(*(axis.values for axis in axes))
    )


def _found(sets: Sequence[Given], paths: Paths) -> tuple[Given, ...]:
    return tuple(replace(one, values=parameters.with_found_file(one.values, paths)) for one in sets)


def _checked(
    notebook: str, sets: Sequence[Given], problems: list[str], *, in_grid: bool
) -> tuple[Scenario, ...]:
    model, found, first = parameters.model_of(notebook), [], dict[str, str]()
    for place, one in enumerate(sets, start=1):
        where = f"scenario {place}" if in_grid else f"scenario {place} (line {one.line})"
        wrong = parameters.problems(notebook, one.values)
        if wrong:
            problems.extend(f"{where}: {problem.text}" for problem in wrong)
            continue
        values = model(**one.values).model_dump()
        name = identifier(notebook, values)
        if name in first:
            problems.append(f"{where}: the same parameters as {first[name]}.")
        first.setdefault(name, where)
        found.append(Scenario(name, notebook, dict(one.values), values))
    return tuple(found)
