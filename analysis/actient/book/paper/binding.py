"""One document out of the pages of an edition: what the PDFs are printed from.

Each page gives its article, in reading order. Anchors are prefixed with the page they come from, so
that links inside the book stay links; a link to another file of the site leads to the published
site if its address is known, and is plain text otherwise: paper knows no folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from actient.book.frame.addresses import SiteAddress
from actient.book.translation import catalogues
from actient.locale import Lang
from actient.paths import Paths
from actient.templates import render

ARTICLE: Final = "article.bd-article"

# Of no use on paper: what acts, what folds code, what is drawn for dark screens.
_LEFT_OUT: Final = (
    "script, button, .headerlink, .actient-tools, .actient-dark, details.hide.above-input, "
    "details.actient-data, details.actient-made, details.actient-rerun, details.actient-cite, "
    ".actient-controls"
)
_REFERRING: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "headers", "for")


class BindingError(RuntimeError):
    """Pages that cannot be bound together."""

    @classmethod
    def no_page(cls, path: Path) -> BindingError:
        """Name the page that is missing, and how to make it."""
        return cls(f"{path} is missing: the site has to be built first. Run `actient book`.")

    @classmethod
    def no_article(cls, path: Path) -> BindingError:
        """Say what was expected of the page."""
        return cls(
            f"{path} has no element {ARTICLE!r}: it was not made by this version of the book. "
            "Run `actient book`."
        )


@dataclass(frozen=True)
class Leaf:
    """One page of the book, ready to stand beside the others.

    Attributes
    ----------
    name
        Its name in the table of contents: `book/method`.
    title
        Its first heading, as text.
    html
        Its article, anchors prefixed, links and pictures resolved.
    """

    name: str
    title: str
    html: str

    @property
    def anchor(self) -> str:
        """The anchor of the page in the bound document."""
        return anchor(self.name)


@dataclass(frozen=True)
class Part:
    """Pages under one heading of the table of contents; the home page has no heading."""

    caption: str
    leaves: tuple[Leaf, ...]


def anchor(name: str, fragment: str = "") -> str:
    """Name a page, or a place in it, in the bound document."""
    page = name.replace("/", "-").replace("_", "-")
    return f"{page}--{fragment}" if fragment else page


def parts(paths: Paths, lang: Lang, address: SiteAddress | None = None) -> list[Part]:
    """Read the pages of a built edition in the order of the table of contents.

    Raises
    ------
    BindingError
        If a page was not built.
    """
    contents = yaml.safe_load((paths.root / "_toc.yml").read_text(encoding="utf-8"))
    root = str(contents["root"])
    order = [("", [root])] + [
        (
            catalogues.translated(paths, root, part["caption"], lang),
            list(_names(part["chapters"])),
        )
        for part in contents["parts"]
    ]
    known = frozenset(name for _, names in order for name in names)
    return [
        Part(caption, tuple(leaf(paths, lang, name, known, address) for name in names))
        for caption, names in order
    ]


def leaf(
    paths: Paths,
    lang: Lang,
    name: str,
    known: frozenset[str],
    address: SiteAddress | None = None,
) -> Leaf:
    """Read one built page.

    Parameters
    ----------
    name
        As in the table of contents, such as `book/method`.
    known
        The pages of the bound document: links to them stay inside.

    Raises
    ------
    BindingError
        If the page was not built, or holds no article.
    """
    path = paths.site / lang / f"{name}.html"
    if not path.is_file():
        raise BindingError.no_page(path)
    article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one(ARTICLE)
    if article is None:
        raise BindingError.no_article(path)
    for useless in article.select(_LEFT_OUT):
        useless.decompose()
    for folded in article.select("details"):
        folded["open"] = ""
    _show_pictures(article, path.parent)
    _prefix_anchors(article, name)
    _resolve_links(article, name, known, lang, address)
    heading = article.find("h1")
    title = heading.get_text(strip=True) if heading else name
    return Leaf(name, title, article.decode_contents())


def document(title: str, lang: Lang, styles: Iterable[str], body: Markup) -> str:
    """Wrap what is to be printed into a page that stands alone."""
    return render("book/paper/document.html", lang, title=title, styles=styles, body=body)


def _names(chapters: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for chapter in chapters:
        yield str(chapter["file"])
        yield from _names(chapter.get("sections", ()))


def _show_pictures(article: Tag, folder: Path) -> None:
    for picture in article.select("img[src]"):
        picture["src"] = (folder / unquote(str(picture["src"]))).resolve().as_uri()
        del picture["loading"]  # what is not yet on screen is printed too


def _prefix_anchors(article: Tag, name: str) -> None:
    for element in article.find_all(True):
        if element.get("id"):
            element["id"] = anchor(name, str(element["id"]))
        for attribute in _REFERRING:
            if element.get(attribute):
                value = element[attribute]
                listed = str(value).split() if isinstance(value, str) else list(value)
                element[attribute] = " ".join(anchor(name, one) for one in listed)


def _resolve_links(
    article: Tag, name: str, known: frozenset[str], lang: Lang, address: SiteAddress | None
) -> None:
    for link in article.select("a[href]"):
        parts = urlsplit(str(link["href"]))
        if parts.scheme or parts.netloc:
            continue
        place = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path or "."))
        page = place.removesuffix(".html") if parts.path else name
        if page in known:
            link["href"] = f"#{anchor(page, unquote(parts.fragment))}"
        elif address is not None:
            ending = f"#{parts.fragment}" if parts.fragment else ""
            link["href"] = f"{address.of(place, lang)}{ending}"
        else:
            del link["href"]
