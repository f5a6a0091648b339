"""Grid files as they are written: YAML or CSV, each value with the line it stands on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from actient.files import cells_limited

_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
SEPARATORS: Final = (",", ";", "\t")
LARGEST_FILE: Final = 10_000_000  # bytes


class GridError(ValueError):
    """A grid that cannot be swept: every problem at once, each with its place."""

    @classmethod
    def from_problems(cls, file: Path, problems: list[str], shown: int = 20) -> GridError:
        """List the problems; of very many, the first."""
        lines = [f"- {problem}" for problem in problems[:shown]]
        if len(problems) > shown:
            lines.append(f"- and {len(problems) - shown} more.")
        return cls("\n".join([f"{file} cannot be swept; nothing was run:", *lines]))


@dataclass(frozen=True)
class Value:
    """One value, and the line of the file it stands on."""

    value: Any
    line: int


@dataclass(frozen=True)
class Axis:
    """A parameter of a grid, with the values it takes."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Given:
    """One parameter set of a list, as written."""

    values: dict[str, Any]
    line: int


@dataclass(frozen=True)
class Written:
    """What a file says: axes of a grid, or a list of sets; and what is wrong with its shape."""

    axes: tuple[Axis, ...]
    sets: tuple[Given, ...]
    problems: tuple[str, ...]


def parse(file: Path) -> Written:
    """Read a grid (YAML mapping) or a list of parameter sets (YAML list, or CSV by its extension).

    Raises
    ------
    GridError
        If the file is not text in UTF-8, is not YAML, or holds neither a grid nor a list.
    """
    text = _text(file)
    if file.suffix.lower() in (".csv", ".tsv"):
        return _from_csv(text, file)
    return _from_yaml(text, file)


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST_FILE:
        raise GridError.from_problems(file, [f"larger than {LARGEST_FILE:,} bytes: not a grid."])
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GridError.from_problems(
            file, [f"line {line}: not UTF-8 text; save the file as UTF-8."]
        ) from None


def _from_yaml(text: str, file: Path) -> Written:
    try:
        loader = yaml.SafeLoader(text)  # the safe one; its nodes know their lines
        root = loader.get_single_node()
        problems: list[str] = []
        if isinstance(root, yaml.MappingNode):
            axes = tuple(_axes(loader, root, problems))
            return Written(axes, (), tuple(problems))
        if isinstance(root, yaml.SequenceNode):
            sets = tuple(_sets(loader, root, problems))
            return Written((), sets, tuple(problems))
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise GridError.from_problems(file, [f"{line}not valid YAML ({error.problem})."]) from None
    except (yaml.YAMLError, ValueError) as error:  # a date that does not exist is a ValueError
        raise GridError.from_problems(
            file, [f"not valid YAML ({str(error).splitlines()[0]})."]
        ) from None
    found = "an empty file" if root is None else f"the single value {root.value!r}"
    raise GridError.from_problems(
        file, [f"expected NAME: [VALUES] lines, or a list of parameter sets; found {found}."]
    )


def _axes(loader: yaml.SafeLoader, root: yaml.MappingNode, problems: list[str]) -> Iterator[Axis]:
    for name, node in _named(loader, root, problems):
        where = f"line {node.start_mark.line + 1}: {name}"
        if not isinstance(node, yaml.SequenceNode):
            problems.append(f"{where}: expected a list of values; for one value, write [value].")
        elif not node.value:
            problems.append(f"{where}: the list of values is empty.")
        else:
            yield Axis(name, tuple(_value(loader, item) for item in node.value))


def _sets(loader: yaml.SafeLoader, root: yaml.SequenceNode, problems: list[str]) -> Iterator[Given]:
    if not root.value:
        problems.append("the list of parameter sets is empty.")
    for node in root.value:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            values = {
                name: _value(loader, item).value for name, item in _named(loader, node, problems)
            }
            yield Given(values, line)
        else:
            problems.append(f"line {line}: expected a parameter set, as in {{confidence: 0.9}}.")


def _named(
    loader: yaml.SafeLoader, node: yaml.MappingNode, problems: list[str]
) -> Iterator[tuple[str, yaml.Node]]:
    """Give each name with its node; YAML itself would keep the last of two without a word."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(_value(loader, key).value), key.start_mark.line + 1
        if name in seen:
            problems.append(f"line {line}: {name}: already given on line {seen[name]}.")
        else:
            seen[name] = line
            yield name, value


def _value(loader: yaml.SafeLoader, node: yaml.Node) -> Value:
    return Value(loader.construct_object(node, deep=True), node.start_mark.line + 1)


def _from_csv(text: str, file: Path) -> Written:
    header = text.splitlines()[0] if text.strip() else ""
    separator = max(SEPARATORS, key=header.count)
    problems: list[str] = []
    with cells_limited():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
        except csv.Error as error:
            raise GridError.from_problems(
                file, [f"line {reader.line_num}: not valid CSV ({error})."]
            ) from None
    if len(rows) < 2:
        raise GridError.from_problems(
            file, ["expected a line of parameter names, then one line for each parameter set."]
        )
    names = [name.strip() for name in rows[0][1]]
    where = f"line {rows[0][0]}"
    if "" in names:
        raise GridError.from_problems(file, [f"{where}: column {names.index('') + 1} has no name."])
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(f"{where}: {name}: two columns have this name.")
    sets = tuple(_rows(rows[1:], names, separator, problems))
    return Written((), sets, tuple(problems))


def _rows(
    rows: list[tuple[int, list[str]]], names: list[str], separator: str, problems: list[str]
) -> Iterator[Given]:
    for line, row in rows:
        if len(row) != len(names):
            problems.append(
                f"line {line}: {len(row)} cells under {len(names)} names; a value that holds the "
                "separator must be between quotes."
            )
            continue
        values: dict[str, Any] = {}
        for name, cell in zip(names, row, strict=True):
            if cell.strip():  # an empty cell leaves the parameter its default
                try:
                    values[name] = _cell(cell.strip(), separator)
                except (yaml.YAMLError, ValueError):
                    problems.append(f"line {line}: {name}: {cell!r} is not a value.")
        yield Given(values, line)


def _cell(text: str, separator: str) -> Any:
    if separator != "," and _DECIMAL_COMMA.fullmatch(text):  # as a French spreadsheet writes it
        text = text.replace(",", ".")
    return yaml.safe_load(text)
