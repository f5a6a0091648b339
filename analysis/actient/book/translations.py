"""The English edition kept in step with the French sources.

Sphinx's gettext builder says what there is to translate, page by page, and `translation.code` what
the package says, room by room; `catalogues` keeps what is translated already. `check` tells what is
left, `update` prepares the files for a translator.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog

from actient.book import site
from actient.book.translation import catalogues, code
from actient.book.translation.catalogues import Problem
from actient.files import write
from actient.locale import Lang
from actient.paths import Paths

Pages = Mapping[str, Sequence[str]]  # page -> its messages, in the order of the page


class ExtractionError(RuntimeError):
    """Sources that Sphinx cannot read."""

    @classmethod
    def from_log(cls, text: str) -> ExtractionError:
        """Quote the errors, or else the end of what Sphinx said."""
        said = _errors(text) or text.splitlines()[-20:]
        cause = "\n".join(said[:20])
        return cls(f"The texts to translate could not be read from the French pages:\n{cause}")


def extract(paths: Paths) -> dict[str, tuple[str, ...]]:
    """List what each French page and each room of the package gives to translate, in its order.

    Only sources are read; nothing is run.

    Raises
    ------
    ExtractionError
        If Sphinx cannot read the pages.
    """
    paths.build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.build, prefix="gettext-") as name:
        folder = Path(name)
        notebooks = _outputs_hidden(paths, folder / "notebooks")
        site.stage(paths, "fr", notebooks, folder / "source")
        builder = ("--builder", "custom", "--custom-builder", "gettext")
        done = site.jupyter_book(paths, folder / "source", folder, *builder)
        templates = folder / "_build" / "gettext"
        found = sorted(templates.rglob("*.pot"))
        if done.returncode or not found or _errors(done.stdout):  # an error drops a text
            raise ExtractionError.from_log(done.stdout)
        pages = {
            path.relative_to(templates).with_suffix("").as_posix(): catalogues.texts(
                catalogues.read(path)
            )
            for path in found
        }
    return pages | code.texts(paths)


def check(paths: Paths, pages: Pages | None = None, lang: Lang = "en") -> tuple[Problem, ...]:
    """Say what is missing, fuzzy, obsolete, altered or divided; nothing said, all is translated.

    Parameters
    ----------
    pages
        What there is to translate (default: read from the sources).

    Raises
    ------
    ExtractionError, actient.book.translation.catalogues.CatalogueError
        If the sources or a catalogue cannot be read.
    """
    wanted = extract(paths) if pages is None else pages
    known = catalogues.load(paths, lang)
    terms = catalogues.glossary(known)
    problems = [
        problem
        for page in sorted({*wanted, *known})
        for problem in catalogues.problems(
            page, wanted.get(page, ()), known.get(page) or Catalog(), terms
        )
    ]
    rooms = {page: catalog for page, catalog in known.items() if page.startswith(code.PACKAGE)}
    return (*problems, *catalogues.divided(rooms))


def update(paths: Paths, pages: Pages | None = None, lang: Lang = "en") -> tuple[Problem, ...]:
    """Bring every catalogue in step with the sources, and say what is left to translate.

    A sentence that changed keeps its translation, marked fuzzy, beside the French it was made from;
    a sentence or a page that left is dropped. A catalogue that needs no change keeps its bytes.

    Raises
    ------
    ExtractionError, actient.book.translation.catalogues.CatalogueError
        Before anything is written.
    """
    wanted = extract(paths) if pages is None else pages
    known = catalogues.load(paths, lang)
    texts = {
        page: catalogues.serialised(
            catalogues.updated(known.get(page) or Catalog(), messages), lang
        )
        for page, messages in wanted.items()
    }
    for page, text in texts.items():
        place = catalogues.place(paths, page, lang)
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            write(place, text)
    for page in {*known} - {*wanted}:
        catalogues.place(paths, page, lang).unlink()
    return check(paths, wanted, lang)


def _errors(text: str) -> list[str]:
    return [line for line in text.splitlines() if "ERROR" in line]


def _outputs_hidden(paths: Paths, folder: Path) -> Path:
    # Hidden, not dropped: a page may show a chapter's figure again, with a text of its own.
    folder.mkdir()
    for source in paths.notebooks():
        notebook = nbformat.read(source, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.metadata["tags"] = [*cell.metadata.get("tags", []), "remove-output"]
        nbformat.write(notebook, folder / source.name)
    return folder
