"""Parameters as people write them, in pairs or in a file; `actient.parameters` judges them."""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from actient.files import TooLargeError, read_at_most

LARGEST_FILE: Final = 1_000_000  # bytes; the parameters of a chapter take some hundred


def from_pairs(pairs: Sequence[str]) -> dict[str, Any]:
    """Read `NAME=VALUE` pairs, each value as YAML.

    Raises
    ------
    click.UsageError
        If a pair is not one, its value is not YAML, or a name is given twice.
    """
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not (equals and name):
            raise click.UsageError(
                f"-p {reprlib.repr(pair)}: expected NAME=VALUE, as in -p confidence=0.9."
            )
        if name in values:
            raise click.UsageError(f"-p {name}: given twice.")
        values[name] = _parsed(text, f"-p {reprlib.repr(name)}")
    return values


def from_file(file: Path | None) -> dict[str, Any]:
    """Read the parameters of a YAML file; none if there is no file or nothing in it.

    Raises
    ------
    click.UsageError
        If it is not UTF-8 YAML, is far too large, or holds something else than names and values.
    """
    if file is None:
        return {}
    try:
        text = read_at_most(file, LARGEST_FILE).decode("utf-8-sig")
    except TooLargeError as error:
        raise click.UsageError(f"{error}: not a file of parameters.") from None
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file}: not a UTF-8 text file ({error.reason}).") from None
    content = _parsed(text, str(file))
    if content is None:  # an empty file states nothing
        return {}
    if not isinstance(content, dict):
        raise click.UsageError(
            f"{file}: expected NAME: VALUE lines, found {type(content).__name__}."
        )
    return {str(name): value for name, value in content.items()}


def _parsed(text: str, where: str) -> Any:
    from actient.yaml_values import load

    try:
        return load(text)
    except ValueError as error:
        raise click.UsageError(f"{where}: not valid YAML ({error}).") from None
