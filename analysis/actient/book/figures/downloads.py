"""What a reader can take away from a figure: its picture, its data, its specification.

The data are written for the reader's own spreadsheet, which opens them at a double click: UTF-8
with a byte-order mark, without which Excel misreads accents; in French, semicolons between cells,
since the comma is the decimal mark (in English, commas). Cells are those of the table in the page,
but plain spaces and hyphens stand for typographic ones, so that numbers are taken as numbers. Who
wants unformatted numbers takes the specification: JSON, with every value the picture draws.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from actient.charts import theme
from actient.charts.theme import in_dark
from actient.files import harmless, write
from actient.locale import MINUS, NBSP, Lang

FOLDER: Final = "_images"
FILES: Final = "actient_files"  # attribute of a figure's node: suffix -> content

_BYTE_ORDER_MARK: Final = "\ufeff"
_SEPARATOR: Final[dict[Lang, str]] = {"fr": ";", "en": ","}
_PLAIN: Final = str.maketrans({NBSP: " ", "\N{NARROW NO-BREAK SPACE}": " "})
_NUMBER: Final = re.compile(rf"[-{MINUS}+]?\d[\d .,]*(%|‰)?")


def register(app: Sphinx) -> None:
    """Write the files of every figure once the pages are built."""
    app.connect("build-finished", _write)


def files(figure: theme.Figure, spec: Mapping[str, Any]) -> dict[str, str]:
    """Draw and write out everything a figure offers, by file suffix."""
    drawn = theme.svg(spec)
    return {
        ".svg": drawn,
        ".dark.svg": in_dark(drawn),
        ".csv": csv_text(figure.table, figure.lang),
        ".vl.json": json.dumps(spec, indent=1, ensure_ascii=False) + "\n",
    }


def csv_text(table: theme.Table, lang: Lang) -> str:
    """Write a table as the spreadsheets of `lang` read it.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_SEPARATOR[lang], lineterminator="\r\n")  # RFC 4180
    for row in (table.columns, *table.rows):
        writer.writerow([_cell(cell) for cell in row])
    return _BYTE_ORDER_MARK + text.getvalue()


def _cell(text: str) -> str:
    plain = text.translate(_PLAIN)
    if _NUMBER.fullmatch(plain):
        return plain.replace(MINUS, "-")
    return harmless(plain)


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    for page in sorted(app.env.found_docs):
        for figure in app.env.get_doctree(page).findall(nodes.figure):
            written: dict[str, str] = figure.get(FILES, {})
            for suffix, content in written.items():
                write(Path(app.outdir) / FOLDER / f"{figure['ids'][0]}{suffix}", content)
