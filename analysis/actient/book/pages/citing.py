"""Where the book says how to cite it: at the foot of each chapter, and in a file to download.

`{how-to-cite}` cites the whole; `citation.bib`, beside its page, holds the whole and every chapter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient.book.provenance import citation
from actient.book.translation import language
from actient.files import write
from actient.locale import NBSP, Lang
from actient.paths import Paths, checkout

FILE: Final = "citation.bib"
CHAPTERS: Final = "analysis/"
ANCHOR: Final = "citer"  # the label of the section that cites the whole


def register(app: Sphinx) -> None:
    """Add the directive to Sphinx, the box to chapters, and have the file written."""
    app.add_directive("how-to-cite", HowToCite)
    app.connect("html-page-context", _at_the_foot)
    app.connect("build-finished", _write)


class HowToCite(SphinxDirective):
    """The citation of the whole, as text and as BibTeX, and the file with every chapter."""

    def run(self) -> list[nodes.Node]:
        """Write it."""
        paths, lang = checkout(Path(self.env.srcdir)), language.edition(self.config)
        self.env.note_dependency(str(paths.root / citation.FILE))
        compendium = citation.load(paths)
        html = Markup('{}<p><a href="{}" download>{}</a></p>').format(
            cited(compendium.work, compendium, citation.revision(paths), lang),
            FILE,
            _WORDS["file"][lang],
        )
        return [nodes.raw("", html, format="html")]


def cited(
    work: citation.Work, compendium: citation.Compendium, revision: citation.Revision, lang: Lang
) -> Markup:
    """Write a citation as text and as BibTeX, and say what it does not hold."""
    return Markup(
        '<p class="actient-cite-text">{}</p>'
        '<pre class="actient-cite-bibtex" tabindex="0" role="group" aria-label="BibTeX">{}</pre>'
        "<p>{}</p>"
    ).format(
        _said(citation.text(work, compendium, revision, lang), compendium.work.title, lang),
        citation.bibtex(work, compendium, revision).strip(),
        _WORDS["dated" if revision.year else "undated"][lang],
    )


def _said(text: str, english_title: str, lang: Lang) -> Markup:
    before, title, after = text.partition(english_title)
    if lang == "en" or not title:
        return Markup("{}").format(text)
    # A screen reader should not read an English title with French sounds.
    return Markup('{}<span lang="en">{}</span>{}').format(before, title, after)


def bibliography(paths: Paths, lang: Lang) -> str:
    """Write the whole and every chapter as BibTeX, chapters titled in `lang`."""
    compendium, revision = citation.load(paths), citation.revision(paths)
    parts = [citation.chapter(paths, one.stem, lang) for one in paths.notebooks()]
    return "\n".join(
        citation.bibtex(work, compendium, revision) for work in (compendium.work, *parts)
    )


def _at_the_foot(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if doctree is None or not page.startswith(CHAPTERS) or "body" not in context:
        return
    paths, lang = checkout(Path(app.srcdir)), language.edition(app.config)
    compendium = citation.load(paths)
    title = Markup(context["title"]).striptags()  # noqa: S704 — Sphinx's own HTML
    work = citation.part(compendium, page.removeprefix(CHAPTERS), title)
    box = Markup(
        '<details class="actient-cite"><summary>{}</summary>{}'
        '<p><a href="{}book/provenance.html#{}">{}</a></p></details>'
    ).format(
        _WORDS["cite"][lang],
        cited(work, compendium, citation.revision(paths), lang),
        "../" * page.count("/"),
        ANCHOR,
        _WORDS["whole"][lang],
    )
    context["body"] = f"{context['body']}{box}"  # adding Markup would escape the page


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        paths, lang = checkout(Path(app.srcdir)), language.edition(app.config)
        write(Path(app.outdir) / "book" / FILE, bibliography(paths, lang))


_WORDS: Final[dict[str, dict[Lang, str]]] = {
    "cite": {"fr": "Citer ce chapitre", "en": "Cite this chapter"},
    "whole": {"fr": "Citer le livre entier", "en": "Cite the whole book"},
    "file": {
        "fr": "Le livre et chacun de ses chapitres (BibTeX)",
        "en": "The book and each of its chapters (BibTeX)",
    },
    "dated": {
        "fr": f"L’année est celle de la révision citée{NBSP}; il n’existe ni date de publication "
        "ni DOI.",
        "en": "The year is that of the revision cited; there is neither a release date nor a DOI.",
    },
    "undated": {
        "fr": "Il n’existe ni date de publication ni DOI, et cette copie ne dit pas quelle "
        "révision elle est.",
        "en": "There is neither a release date nor a DOI, and this copy does not say which "
        "revision it is.",
    },
}
