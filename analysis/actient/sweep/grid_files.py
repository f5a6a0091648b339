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

from actient import spreadsheets, yaml_values
from actient.files import TooLargeError, cells_limited, read_at_most

_NUMBER: Final = r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?"
_FRENCH_LIST: Final = re.compile(rf"\[\s*{_NUMBER}(?:\s*;\s*{_NUMBER})+\s*\]")
_TABLE_HEADER: Final = re.compile(r"\w+(?:\s*[;,\t]\s*\w+)+")  # names, and no YAML between
_MERGE: Final = "tag:yaml.org,2002:merge"
_LIST_HINT: Final = (
    "; inside a list, decimals take a point, not a comma, and values a comma between them, as in "
    "[0.8, 1.25]"
)
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
        If the file is not text in UTF-8 or UTF-16, is not YAML, or holds neither a grid nor a list.
    """
    text = _text(file)
    if file.suffix.lower() in (".csv", ".tsv"):
        return _from_csv(text, file)
    return _from_yaml(text, file)


def _text(file: Path) -> str:
    try:
        return spreadsheets.decoded(read_at_most(file, LARGEST_FILE))
    except TooLargeError:
        problem = f"larger than {LARGEST_FILE:,} bytes: not a grid."
        raise GridError.from_problems(file, [problem]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GridError.from_problems(
            file, [f"line {line}: not UTF-8 text; save the file as UTF-8."]
        ) from None


def _from_yaml(text: str, file: Path) -> Written:
    try:
        loader = yaml_values.Loader(text)  # a safe one; its nodes know their lines
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
        problem = f"{line}not valid YAML ({error.problem}).{_named_otherwise(text, file)}"
        raise GridError.from_problems(file, [problem]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = f"not valid YAML ({yaml_values.said(error)})."
        raise GridError.from_problems(file, [problem]) from None
    found = "an empty file" if root is None else f"the single value {root.value!r}"
    problem = f"expected NAME: [VALUES] lines, or a list of parameter sets; found {found}."
    raise GridError.from_problems(file, [problem + _named_otherwise(text, file)])


def _named_otherwise(text: str, file: Path) -> str:
    """Say how to name what is a table by its first line: only its name makes it YAML."""
    header = text.strip().partition("\n")[0]
    if not _TABLE_HEADER.fullmatch(header.strip()):
        return ""
    suffix = ".tsv" if spreadsheets.separator(header) == "\t" else ".csv"
    return f" If it is a table of parameter sets, name it {file.stem}{suffix}."


def _axes(
    loader: yaml_values.Loader, root: yaml.MappingNode, problems: list[str]
) -> Iterator[Axis]:
    for name, node in _named(loader, root, problems):
        where = f"line {node.start_mark.line + 1}: {name}"
        if not isinstance(node, yaml.SequenceNode):
            problems.append(f"{where}: expected a list of values; for one value, write [value].")
        elif not node.value:
            problems.append(f"{where}: the list of values is empty.")
        else:
            yield Axis(name, tuple(_value(loader, item) for item in node.value))


def _sets(
    loader: yaml_values.Loader, root: yaml.SequenceNode, problems: list[str]
) -> Iterator[Given]:
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
    loader: yaml_values.Loader, node: yaml.MappingNode, problems: list[str]
) -> Iterator[tuple[str, yaml.Node]]:
    """Give each name with its node; YAML itself would keep the last of two without a word."""
    own = [pair for pair in node.value if pair[0].tag != _MERGE]
    yield from _merged(loader, node, own)
    seen: dict[str, int] = {}
    for key, value in own:
        name, line = str(_value(loader, key).value), key.start_mark.line + 1
        if name in seen:
            problems.append(f"line {line}: {name}: already given on line {seen[name]}.")
        else:
            seen[name] = line
            yield name, value


def _merged(
    loader: yaml_values.Loader, node: yaml.MappingNode, own: list[tuple[yaml.Node, yaml.Node]]
) -> Iterator[tuple[str, yaml.Node]]:
    """Give what `<<: *other` brings, but for the names that the mapping gives itself."""
    if len(own) == len(node.value):
        return
    given = {str(_value(loader, key).value) for key, _ in own}
    loader.flatten_mapping(node)  # what was brought comes first; of two, the last is kept
    brought = node.value[: len(node.value) - len(own)]
    named = {str(_value(loader, key).value): value for key, value in brought}
    yield from ((name, value) for name, value in named.items() if name not in given)


def _value(loader: yaml_values.Loader, node: yaml.Node) -> Value:
    return Value(loader.construct_object(node, deep=True), node.start_mark.line + 1)


def _from_csv(text: str, file: Path) -> Written:
    header = text.splitlines()[0] if text.strip() else ""
    separator = spreadsheets.separator(header)
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
    used = max(at for _, row in rows for at, cell in enumerate(row, start=1) if cell.strip())
    names = [name.strip() for name in rows[0][1][:used]]  # a spreadsheet adds empty columns
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
    for line, every in rows:
        row = every if any(map(str.strip, every[len(names) :])) else every[: len(names)]
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
                except ValueError:
                    hint = _LIST_HINT if _FRENCH_LIST.fullmatch(cell.strip()) else ""
                    problems.append(f"line {line}: {name}: {cell!r} is not a value{hint}.")
        yield Given(values, line)


def _cell(text: str, separator: str) -> Any:
    if _FRENCH_LIST.fullmatch(text):  # YAML would read [0,8; 1,25] as three other values
        raise ValueError(text)
    return yaml_values.load(spreadsheets.decimal_point(text, separator))
