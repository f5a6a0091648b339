"""How to cite the compendium and its chapters, as text and as BibTeX.

`CITATION.cff` is the one home of title, version and authors; chapters add their own title. What
does not exist is left out: there is no DOI, no release date. The year is that of the revision
cited, and is left out where git does not say which one that is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pybtex.database import BibliographyData, Entry, Person

from actient.book.translation import catalogues
from actient.locale import Lang
from actient.paths import Paths
from actient.runs import revision as git
from actient.words import translator

FILE: Final = "CITATION.cff"
KEY: Final = "actient"

Form = Literal["text", "bibtex"]

_HEADING: Final = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)


class CitationError(ValueError):
    """What cannot be cited."""

    @classmethod
    def unreadable(cls, path: Path, cause: str) -> CitationError:
        """Name the file, and what is wrong in it."""
        return cls(
            f"{path} cannot be read as a citation file: {cause}. Expected: the Citation File "
            "Format 1.2.0, with title, version and authors."
        )

    @classmethod
    def no_chapter(cls, name: str, known: list[str]) -> CitationError:
        """Name what was asked for, and list what there is."""
        return cls(f"There is no chapter {name!r} to cite. Chapters: {', '.join(known)}.")


@dataclass(frozen=True)
class Work:
    """A work that can be cited, with authors as they are to be printed.

    Attributes
    ----------
    key
        Its BibTeX key.
    within
        The work that holds it; None for a work of its own.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    within: str | None = None


@dataclass(frozen=True)
class Compendium:
    """What `CITATION.cff` says of the compendium."""

    work: Work
    abstract: str
    version: str
    licence: str
    keywords: tuple[str, ...]
    poster: Work


@dataclass(frozen=True)
class Revision:
    """The state of the repository that is cited; empty words where git does not say."""

    commit: str
    year: str


def load(paths: Paths) -> Compendium:
    """Read `CITATION.cff`.

    Raises
    ------
    CitationError
        If it lacks what a citation needs.
    """
    path = paths.root / FILE
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        (poster,) = stated["references"]
        return Compendium(
            work=Work(KEY, stated["title"], _authors(stated)),
            abstract=" ".join(stated["abstract"].split()),
            version=str(stated["version"]),
            licence=stated["license"],
            keywords=tuple(stated["keywords"]),
            poster=Work("poster", poster["title"], _authors(poster)),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise CitationError.unreadable(path, f"{type(error).__name__}: {error}") from None


def revision(paths: Paths) -> Revision:
    """Name the revision of the checkout and its year, from git."""
    commit = git.commit(paths)
    return Revision(commit, git.commit_date(paths).partition("-")[0] if commit else "")


def chapter(paths: Paths, name: str, lang: Lang) -> Work:
    """Describe a chapter as a part of the compendium, titled in `lang`.

    Raises
    ------
    CitationError
        If there is no such chapter.
    """
    name = name.removesuffix(".ipynb")
    known = [path.stem for path in paths.notebooks()]
    if name not in known:
        raise CitationError.no_chapter(name, known)
    title = heading(json.loads(paths.notebook(name).read_text(encoding="utf-8")))
    return part(load(paths), name, catalogues.translated(paths, f"analysis/{name}", title, lang))


def part(compendium: Compendium, name: str, title: str) -> Work:
    """Describe a part of the compendium by its name and its title."""
    return Work(f"{KEY}_{name}", title, compendium.work.authors, within=compendium.work.title)


def page_title(paths: Paths, page: str) -> str:
    """Read the French title of a page (`book/method`) or a chapter (`analysis/07_selection`)."""
    path = paths.root / f"{page}.md"
    if path.is_file():
        found = _HEADING.search(path.read_text(encoding="utf-8"))
        return found[1] if found else ""
    notebook = (paths.root / page).with_suffix(".ipynb")
    return heading(json.loads(notebook.read_text(encoding="utf-8")))


def heading(notebook: Mapping[str, Any]) -> str:
    """Read the title of a notebook: its first heading."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and (found := _HEADING.search("".join(cell["source"]))):
            return found[1]
    return ""


def text(work: Work, compendium: Compendium, revision: Revision, lang: Lang) -> str:
    """Write a citation as one sentence.

    Examples
    --------
    Actient contributors (2026). “Selection: who chooses to respond?” In: Actient: a research
    compendium…, version 0.1.0, revision 5f367c96ab.
    """
    _ = translator(lang)
    year = f" ({revision.year})" if revision.year else ""
    title = work.title
    if work.within:
        title = _("« {title} », dans {book}").format(title=title, book=work.within)
    version = _("version {version}").format(version=compendium.version)
    if revision.commit:
        version = _("{version}, révision {commit}").format(version=version, commit=revision.commit)
    return f"{', '.join(work.authors)}{year}. {title}, {version}."


def bibtex(work: Work, compendium: Compendium, revision: Revision) -> str:
    """Write a citation as one BibTeX entry."""
    version = f"Version {compendium.version}"
    about = {
        "title": f"{{{work.title}}}",
        **({"booktitle": f"{{{work.within}}}"} if work.within else {}),
        **({"year": revision.year} if revision.year else {}),
        "note": f"{version}, revision {revision.commit}" if revision.commit else version,
    }
    people = {"author": [Person(f"{{{name}}}") for name in work.authors]}
    entry = Entry("incollection" if work.within else "misc", list(about.items()), people)
    written: str = BibliographyData({work.key: entry}).to_string("bibtex")
    return written


def _authors(stated: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        one["name"] if "name" in one else f"{one['given-names']} {one['family-names']}"
        for one in stated["authors"]
    )
