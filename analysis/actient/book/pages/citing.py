"""Where the book says how to cite it: at the foot of each chapter, and in a file to download.

`{how-to-cite}` cites the whole; `citation.bib`, beside its page, holds the whole and every chapter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.pages import page
from actient.book.provenance import citation
from actient.book.translation import language
from actient.files import write
from actient.locale import Lang
from actient.paths import Paths, checkout
from actient.templates import render

FILE: Final = "citation.bib"
CHAPTERS: Final = "analysis/"
ANCHOR: Final = "citer"  # the label of the section that cites the whole


def register(app: Sphinx) -> None:
    """Add the part to Sphinx, the box to chapters, and have the file written."""
    app.add_directive("how-to-cite", HowToCite)
    app.connect("html-page-context", _at_the_foot)
    app.connect("build-finished", _write)


class HowToCite(page.Part):
    """The citation of the whole, as text and as BibTeX, and the file with every chapter."""

    def written(self) -> nodes.Node:
        """Write it, to be written anew when `CITATION.cff` changes."""
        paths, lang = self.place.paths, self.place.lang
        self.depends_on(paths.root / citation.FILE)
        compendium = citation.load(paths)
        whole = cited(compendium.work, compendium, citation.revision(paths), lang)
        html = render("book/pages/cite_book.html", lang, citation=whole, file=FILE)
        return nodes.raw("", html, format="html")


def cited(
    work: citation.Work, compendium: citation.Compendium, revision: citation.Revision, lang: Lang
) -> Markup:
    """Write a citation as text and as BibTeX, and say what it does not hold."""
    said = citation.text(work, compendium, revision, lang)
    before, title, after = said.partition(compendium.work.title)
    return render(
        "book/pages/citation.html",
        lang,
        before=before,
        title=title,
        after=after,
        bibtex=citation.bibtex(work, compendium, revision).strip(),
        dated=bool(revision.year),
    )


def bibliography(paths: Paths, lang: Lang) -> str:
    """Write the whole and every chapter as BibTeX, chapters titled in `lang`."""
    compendium, revision = citation.load(paths), citation.revision(paths)
    parts = [citation.chapter(paths, one.stem, lang) for one in paths.notebooks()]
    return "\n".join(
        citation.bibtex(work, compendium, revision) for work in (compendium.work, *parts)
    )


def _at_the_foot(
    app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if doctree is None or not name.startswith(CHAPTERS) or "body" not in context:
        return
    paths, lang = checkout(Path(app.srcdir)), language.edition(app.config)
    compendium = citation.load(paths)
    title = Markup(context["title"]).striptags()  # noqa: S704 — Sphinx's own HTML
    work = citation.part(compendium, name.removeprefix(CHAPTERS), title)
    box = render(
        "book/pages/cite_chapter.html",
        lang,
        citation=cited(work, compendium, citation.revision(paths), lang),
        whole=f"{'../' * name.count('/')}book/provenance.html#{ANCHOR}",
    )
    context["body"] = f"{context['body']}{box}"  # adding Markup would escape the page


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        paths, lang = checkout(Path(app.srcdir)), language.edition(app.config)
        write(Path(app.outdir) / "book" / FILE, bibliography(paths, lang))
