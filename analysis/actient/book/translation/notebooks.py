"""Chapters as files to take away: in the language of their page, and saying what they need to run.

Sphinx copies each chapter's source into `_sources/`. There, once the pages are built, the text of
another edition is translated with the catalogue of its page, and one cell is put first that tells,
where the package or the checkout is missing, what is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode
from sphinx.application import Sphinx

from actient.book.translation import catalogues, language
from actient.files import write
from actient.locale import Lang
from actient.paths import Paths, checkout
from actient.words import translator

FOLDER: Final = "_sources"
CHECK_ID: Final = "what-it-needs"

_BLANK_LINES: Final = re.compile(r"(\n{2,})")
_ITEM: Final = re.compile(r"(\n(?=\s*(?:[-*]|\d+\.)\s))")
_MARK: Final = re.compile(r"(\s*(?:#+|[-*]|\d+\.|>)\s+)?(.*)", re.DOTALL)
_CHECK: Final = """try:
    from actient.paths import Paths, checkout
    checkout()
except (ModuleNotFoundError, FileNotFoundError) as error:
    raise RuntimeError({needs!r}) from error"""


def register(app: Sphinx) -> None:
    """Have the chapters that pages offer to download made ready for who takes them."""
    app.connect("build-finished", _write)


def to_take(notebook: NotebookNode, lang: Lang, translate: Callable[[str], str]) -> NotebookNode:
    """Translate the text of a notebook, and put first a cell that checks what it needs.

    Parameters
    ----------
    translate
        Gives the translation of one message: a paragraph, a title, an item of a list.
    """
    taken: NotebookNode = nbformat.from_dict(notebook)
    for cell in taken.cells:
        if cell.cell_type == "markdown":
            cell.source = translated(cell.source, translate)
    if taken.cells and taken.cells[0].get("id") != CHECK_ID:
        _ = translator(lang)
        needs = _(
            "Ce chapitre a besoin d’une copie du dépôt Actient et de son environnement : "
            "« make lab » les ouvre dans JupyterLab. Placez ce carnet dans le dossier analysis/ "
            "de cette copie."
        )
        check = nbformat.v4.new_code_cell(_CHECK.format(needs=needs), id=CHECK_ID)
        check.metadata["tags"] = ["remove-cell"]
        taken.cells.insert(0, check)
    return taken


def translated(text: str, translate: Callable[[str], str]) -> str:
    """Translate Markdown message by message, as gettext catalogues cut it; marks stay."""
    return "".join(
        part if _BLANK_LINES.fullmatch(part) else _block(part, translate)
        for part in _BLANK_LINES.split(text)
    )


def _block(block: str, translate: Callable[[str], str]) -> str:
    if block.lstrip().startswith("```"):
        return block  # code is in no catalogue
    # Only a list is cut into lines: those of a paragraph make one message.
    listed = re.match(r"\s*(?:[-*]|\d+\.)\s", block)
    return "".join(
        part if part.isspace() else _message(part, translate)
        for part in (_ITEM.split(block) if listed else [block])
        if part
    )


def _message(text: str, translate: Callable[[str], str]) -> str:
    found = _MARK.fullmatch(text)
    mark, message = (found[1] or "", found[2]) if found else ("", text)
    return mark + translate(message)


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    paths = checkout(Path(app.srcdir))
    lang = language.edition(app.config)
    for file in sorted((Path(app.outdir) / FOLDER).rglob("*.ipynb")):
        page = file.relative_to(Path(app.outdir) / FOLDER).with_suffix("").as_posix()
        taken = to_take(nbformat.read(file, as_version=4), lang, _translator(paths, page, lang))
        write(file, nbformat.writes(taken) + "\n")


def _translator(paths: Paths, page: str, lang: Lang) -> Callable[[str], str]:
    place = catalogues.place(paths, page, lang)
    if lang == "fr" or not place.is_file():
        return str
    catalog = catalogues.read(place)

    def translate(text: str) -> str:
        message = catalog.get(text)
        found = message.string if message and not message.fuzzy else ""
        return str(found or text)

    return translate
