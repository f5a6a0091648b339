"""One figure of one run: the files that the book offers of it, from an executed chapter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from actient.book.figures import downloads
from actient.charts import theme
from actient.files import write


class NoSuchFigureError(ValueError):
    """A figure that a chapter does not draw."""

    @classmethod
    def among(cls, name: str, notebook: Path, known: Mapping[str, Any]) -> NoSuchFigureError:
        """Name the figures that the chapter draws."""
        drawn = f"It draws: {', '.join(known)}." if known else "It draws none."
        return cls(f"{notebook.stem} draws no figure named {name!r}. {drawn}")


def specifications(notebook: Path) -> dict[str, dict[str, Any]]:
    """Read the figures of a notebook's stored outputs, by name, in its order."""
    found = {}
    for cell in nbformat.read(notebook, as_version=4).cells:
        for output in cell.get("outputs", []):
            if spec := output.get("data", {}).get(theme.MIME):
                found[theme.Figure.from_spec(spec).name] = spec
    return found


def check(name: str, notebook: Path) -> None:
    """Make sure that a notebook draws a figure.

    Raises
    ------
    NoSuchFigureError
        If it does not.
    """
    known = specifications(notebook)
    if name not in known:
        raise NoSuchFigureError.among(name, notebook, known)


def write_files(name: str, notebook: Path, folder: Path) -> list[Path]:
    """Write a figure of an executed notebook as the book's pages offer it: SVG, CSV, JSON.

    Returns
    -------
    list of Path
        The files: picture, picture for dark pages, data, specification.

    Raises
    ------
    NoSuchFigureError
        If this run did not draw it.
    """
    known = specifications(notebook)
    if name not in known:
        raise NoSuchFigureError.among(name, notebook, known)
    spec = known[name]
    files = downloads.files(theme.Figure.from_spec(spec), spec)
    for suffix, content in files.items():
        write(folder / f"{name}{suffix}", content)
    return [folder / f"{name}{suffix}" for suffix in files]
