"""How a figure was made: the parameters of its run, the rows of data it draws, how to remake it.

Read from the page's own notebook and from the figure itself, so that nothing has to be declared
twice. Only what is certain is said: a row is named because the figure shows its identifier, or
because the chart states that it read it (`sources` of `charts.theme.figure`).
"""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from actient import tables
from actient.charts import theme
from actient.paths import Paths, checkout

SHOWN_BY_IDENTIFIER: Final = (
    "claims",
    "statements",
    "stages",
    "pathway_items",
    "concepts",
    "relations",
    "indicators",
)
"""Tables whose rows a reader meets by their identifiers (`C11`, `T11`, `U02a`)."""

_IDENTIFIER: Final = re.compile(r"(?<![\w-])[A-Z]\d{1,2}[a-z]?(?![\w-])")


class MakingError(ValueError):
    """A figure that says of its own making what cannot be."""

    @classmethod
    def unknown_source(cls, figure: str, source: str) -> MakingError:
        """Name the figure, what it states, and the form expected."""
        return cls(
            f"Figure {figure!r} states that it read {source!r}, which no table of data/ holds. "
            "Write a table of data/datapackage.json (“comparisons”) or one of its rows "
            "(“claims:C11”) in the `sources` of its chart."
        )

    @classmethod
    def not_literal(cls, line: str) -> MakingError:
        """Quote the line of the parameters cell that is no plain value."""
        return cls(
            f"A parameters cell holds {line!r}; expected a name and a plain value, as in "
            "`confidence: float = 0.95`."
        )


@dataclass(frozen=True)
class Run:
    """The parameters of one executed notebook.

    Attributes
    ----------
    defaults
        Of its cell tagged `parameters`, in its order.
    changed
        What papermill injected for this run.
    """

    defaults: Mapping[str, Any]
    changed: Mapping[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter, with the value that this run used."""
        return {**self.defaults, **self.changed}

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Run:
        """Read the parameters cell and the injected one.

        Raises
        ------
        MakingError
            If a cell holds something else than names and plain values.
        """
        return cls(_tagged(notebook, "parameters"), _tagged(notebook, "injected-parameters"))


@dataclass(frozen=True)
class Rows:
    """The rows of one table that a figure draws; none named where the whole table was read."""

    table: tables.Resource
    identifiers: tuple[str, ...]


def command(notebook: str, run: Run, figure: str | None = None) -> str:
    """Write the command that runs the chapter again with the same parameters.

    Parameters
    ----------
    notebook
        Name of the chapter, without extension.
    figure
        Name of the figure whose files are wanted too.
    """
    words = ["actient", "run", notebook]
    for name, value in run.changed.items():
        if value == run.defaults.get(name):
            continue
        words += ["--lang", value] if name == "lang" else ["-p", f"{name}={yaml_value(value)}"]
    if figure:
        words += ["--figure", figure]
    return shlex.join(words)


def yaml_value(value: Any) -> str:
    """Write a parameter's value as the command line reads it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def data_rows(
    figure: theme.Figure, spec: Mapping[str, Any], paths: Paths | None = None
) -> tuple[Rows, ...]:
    """Find the rows of `data/` that a figure draws, table by table, in the order of the files.

    A statement brings the poster's figure it rests on.

    Raises
    ------
    MakingError
        If the chart states a table or a row that does not exist.
    """
    known = {table.name: table for table in tables.resources(paths)}
    found: dict[str, set[str]] = {}
    for source in figure.sources or ():
        name, _, row = source.partition(":")
        if name not in known or (row and row not in _keys(known[name], paths)):
            raise MakingError.unknown_source(figure.name, source)
        found.setdefault(name, set()).update({row} if row else ())
    shown = {word for text in _texts(figure, spec) for word in _IDENTIFIER.findall(text)}
    for name in SHOWN_BY_IDENTIFIER:
        if here := shown.intersection(_keys(known[name], paths)):
            found.setdefault(name, set()).update(here)
    if "statements" in found:
        found.setdefault("claims", set()).update(_claims_of(found["statements"], paths))
    return tuple(
        Rows(table, tuple(key for key in _keys(table, paths) if key in found[name]))
        for name, table in known.items()
        if name in found
    )


def _tagged(notebook: Mapping[str, Any], tag: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if tag in cell["metadata"].get("tags", []):
            values |= dict(_assigned(cell["source"]))
    return values


def _assigned(source: str) -> Iterator[tuple[str, Any]]:
    for line in ast.parse(source).body:
        match line:
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as given)
                | ast.Assign(targets=[ast.Name(id=name)], value=given)
            ):
                yield name, _literal(line, given)
            case _:
                raise MakingError.not_literal(ast.unparse(line))


def _literal(line: ast.stmt, given: ast.expr) -> Any:
    try:
        return ast.literal_eval(given)
    except ValueError:
        raise MakingError.not_literal(ast.unparse(line)) from None


def _keys(table: tables.Resource, paths: Paths | None) -> tuple[str, ...]:
    if len(table.primary_key) != 1:
        return ()  # no single identifier to name a row by
    paths = paths or checkout()
    written = (paths.data / table.path).stat().st_mtime_ns
    return _keys_as_written(table.name, table.primary_key[0], paths, written)


@lru_cache
def _keys_as_written(name: str, column: str, paths: Paths, written: int) -> tuple[str, ...]:
    # A build asks for the same tables for each of its figures.
    return tuple(str(key) for key in tables.read(name, paths)[column])


def _claims_of(statements: set[str], paths: Paths | None) -> set[str]:
    frame = tables.read("statements", paths)
    return set(frame.loc[frame["statement_id"].isin(list(statements)), "claim_id"])


def _texts(figure: theme.Figure, spec: Mapping[str, Any]) -> Iterator[str]:
    for row in figure.table.rows:
        yield from row
    for rows in spec.get("datasets", {}).values():
        for row in rows:
            yield from (value for value in row.values() if isinstance(value, str))
