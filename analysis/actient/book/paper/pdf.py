"""The book and the poster as PDF, printed by the Chromium of the system from the built site.

`_build/pdf/actient-<lang>.pdf` is the whole book, figures included: cover, contents with page
numbers, links that work, bookmarks, tags for screen readers. `_build/pdf/poster-<lang>.pdf` is the
poster laid out anew, on one A0 sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from actient import __version__
from actient.book.frame.addresses import SiteAddress
from actient.book.paper import binding, pdf_pages
from actient.book.paper.binding import Leaf, Part
from actient.book.paper.printing import PdfError, find_browser, printed
from actient.files import write_bytes
from actient.locale import Lang
from actient.paths import Paths
from actient.runs import revision
from actient.templates import render
from actient.words import translator

SCREEN_STYLES: Final = ("actient.css", "figures.css", "front.css", "poster.css")
POSTER: Final = "book/poster"


class Airiness(NamedTuple):
    """How much room the poster's words are given: size of letters (pt), gap between parts (mm)."""

    letters: float
    gap: float


AIRINESS: Final = (
    *(Airiness(27, 12), Airiness(26.5, 12), Airiness(26, 12), Airiness(26, 9)),
    *(Airiness(25.5, 8), Airiness(25, 7), Airiness(24.5, 6), Airiness(24, 5)),
)
"""The first that fits is taken: an edition that quotes the French too has more words."""


class TooLongError(PdfError):
    """A poster that does not fit on its sheet."""

    @classmethod
    def from_sheets(cls, place: Path, count: int) -> TooLongError:
        """Say by how much."""
        return cls(
            f"The poster takes {count} sheets instead of one; {place} was not replaced. Make it "
            "shorter (book/poster.md), or allow smaller letters (AIRINESS in "
            "actient/book/paper/pdf.py)."
        )


def build_pdfs(paths: Paths, langs: Sequence[Lang], say: Callable[[str], None]) -> list[Path]:
    """Print the book and the poster of each built edition.

    Parameters
    ----------
    say
        Told of each file once it is in its place.

    Raises
    ------
    actient.book.paper.printing.PdfError
        If there is no Chromium, or it does not print.
    actient.book.paper.binding.BindingError
        If an edition was not built.
    """
    browser, address = find_browser(), SiteAddress.from_environment()
    made: list[Path] = []
    for lang in langs:
        for print_one in (book_pdf, poster_pdf):
            made.append(print_one(paths, lang, browser, address))
            say(str(made[-1]))
    return made


def book_pdf(
    paths: Paths, lang: Lang, browser: str | None = None, address: SiteAddress | None = None
) -> Path:
    """Print a whole edition as one PDF.

    It is printed twice: the page numbers of its contents are read from the first print.

    Raises
    ------
    PdfError, actient.book.paper.binding.BindingError
        As `build_pdfs`.
    """
    browser = browser or find_browser()
    place = paths.build / "pdf" / f"actient-{lang}.pdf"
    parts = binding.parts(paths, lang, address)
    draft = printed(browser, _book(paths, lang, parts, {}), place)
    pages = pdf_pages.destinations(draft)
    write_bytes(place, printed(browser, _book(paths, lang, parts, pages), place))
    return place


def poster_pdf(
    paths: Paths, lang: Lang, browser: str | None = None, address: SiteAddress | None = None
) -> Path:
    """Print the poster laid out anew on one A0 sheet.

    Raises
    ------
    PdfError
        As `build_pdfs`.
    TooLongError
        If the poster does not fit with the smallest letters allowed.
    actient.book.paper.binding.BindingError
        If the edition was not built.
    """
    browser = browser or find_browser()
    place = paths.build / "pdf" / f"poster-{lang}.pdf"
    leaf = binding.leaf(paths, lang, POSTER, frozenset({POSTER}), address)
    count = 0
    for airiness in AIRINESS:
        whole = printed(browser, poster_document(paths, lang, leaf, airiness, address), place)
        if (count := len(pdf_pages.sizes(whole))) == 1:
            write_bytes(place, whole)
            return place
    raise TooLongError.from_sheets(place, count)


def poster_document(
    paths: Paths, lang: Lang, leaf: Leaf, airiness: Airiness, address: SiteAddress | None = None
) -> str:
    """Lay out the page of the poster as the A0 sheet that is printed."""
    body = render(
        "book/paper/poster.html",
        lang,
        leaf=leaf,
        version=_version(paths),
        published=address.of("book/index.html", lang) if address else "",
    )
    sizes = f":root {{ --letters: {airiness.letters}pt; --gap: {airiness.gap}mm; }}"
    styles = [sizes, *_styles(paths, *SCREEN_STYLES, "poster-a0.css")]
    return binding.document(leaf.title, lang, styles, body)


def _book(paths: Paths, lang: Lang, parts: Sequence[Part], pages: Mapping[str, int]) -> str:
    heads = "\n".join(_running_head(leaf) for part in parts for leaf in part.leaves)
    body = render("book/paper/book.html", lang, parts=parts, pages=pages, version=_version(paths))
    styles = [*_styles(paths, *SCREEN_STYLES, "print.css"), heads]
    _ = translator(lang)
    title = _("Actient : une affiche relue chiffre par chiffre")
    return binding.document(title, lang, styles, body)


def _version(paths: Paths) -> str:
    commit = revision.commit(paths)
    return f"Actient {__version__}" + (f" · {commit}" if commit else "")


def _running_head(leaf: Leaf) -> str:
    title = re.sub(r'["\\\n<]', " ", leaf.title)
    return f'@page {leaf.anchor} {{ @top-left {{ content: "{title}"; }} }}'


def _styles(paths: Paths, *names: str) -> list[str]:
    return [(paths.book / "_static" / name).read_text(encoding="utf-8") for name in names]
