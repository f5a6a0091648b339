"""What the head of a page says of it: description, addresses, preview card, other editions."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from docutils import nodes
from markupsafe import Markup

from actient.book.frame.addresses import SiteAddress
from actient.locale import LANGUAGE_NAMES, Lang

WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "home": "Accueil",
        "book": "Sommaire du livre",
        "chapters": "Afficher ou masquer le sommaire du livre",
        "sections": "Afficher le sommaire de la page",
        "keep": "Garder cette page",
        "source": "Télécharger la source",
        "print": "Imprimer, ou enregistrer en PDF",
    },
    "en": {
        "home": "Home",
        "book": "Contents of the book",
        "chapters": "Show or hide the contents of the book",
        "sections": "Show the contents of the page",
        "keep": "Keep this page",
        "source": "Download the source",
        "print": "Print, or save as PDF",
    },
}
CARD: Final = "_static/card.png"
CARD_SIZE: Final = (1200, 630)
_LOCALES: Final[dict[Lang, str]] = {"fr": "fr_FR", "en": "en_GB"}
_LONGEST: Final = 200  # characters of a description; search engines cut near there
_NOT_CONTENT: Final = frozenset({"search", "genindex"})


class Edition(NamedTuple):
    """Another edition of the page at hand, by a link that also works from disk."""

    lang: Lang
    name: str
    href: str


class Page(NamedTuple):
    """What the head needs to know of a page.

    Attributes
    ----------
    name : str
        Its path in the edition, without `.html`.
    lang : Lang
        Language of the edition.
    title, description : str
        Plain text; the description may be empty.
    """

    name: str
    lang: Lang
    title: str
    description: str

    @property
    def is_content(self) -> bool:
        """Whether it says something of its own; an index or a search form does not."""
        return self.name not in _NOT_CONTENT


def other_editions(page: Page, editions: Sequence[Lang]) -> list[Edition]:
    """Link to the same page in the other editions, relative to this one."""
    up = "../" * (page.name.count("/") + 1)
    return [
        Edition(lang, LANGUAGE_NAMES[lang], f"{up}{lang}/{page.name}.html")
        for lang in editions
        if lang != page.lang
    ]


def metatags(page: Page, editions: Sequence[Lang], address: SiteAddress | None) -> Markup:
    """Write the tags of the head; absolute addresses only if the site's own is known.

    Parameters
    ----------
    editions
        Every edition of the site; none if this one stands alone, at the root of the site.
    """
    tags = [Markup('<meta name="color-scheme" content="light dark" />')]
    if not page.is_content:
        return Markup("\n").join([*tags, Markup('<meta name="robots" content="noindex" />')])
    if page.description:
        tags.append(_meta("name", "description", page.description))
    if address is not None:
        tags += [*_addresses(page, editions, address), *_card(page, editions, address)]
    return Markup("\n").join(tags)


def description(doctree: nodes.document | None) -> str:
    """Take a page's own first paragraph, without its opening label, cut at a whole word."""
    if doctree is None:
        return ""
    paragraphs = (
        one for one in doctree.findall(nodes.paragraph) if isinstance(one.parent, nodes.section)
    )
    first = next(paragraphs, None)
    if first is None:
        return ""
    said = [child for child in first.children if child.astext().strip()]
    if said and isinstance(said[0], nodes.strong):  # “The question.”
        del said[0]
    text = "".join(child.astext() for child in said)
    return shortened(re.sub(r"[ \n]+", " ", text).strip())


def stated_description(tags: str) -> str:
    """Read the description among the tags that the page states itself, if it states one."""
    found = re.search(r'<meta (?=[^>]*name="description")[^>]*content="([^"]*)"', tags)
    return html.unescape(found[1]) if found else ""


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Cut at the last whole word that fits, and show the cut."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0].rstrip(" ,;:\u00a0\u202f") + "…"


def _addresses(page: Page, editions: Sequence[Lang], address: SiteAddress) -> list[Markup]:
    file = f"{page.name}.html"
    own = address.of(file, page.lang if editions else None)
    tags = [Markup('<link rel="canonical" href="{}" />').format(own)]
    if len(editions) > 1:
        named = [(str(lang), address.of(file, lang)) for lang in editions]
        for lang, href in [*named, ("x-default", address.of(file, editions[0]))]:
            tags.append(
                Markup('<link rel="alternate" hreflang="{}" href="{}" />').format(lang, href)
            )
    return tags


def _card(page: Page, editions: Sequence[Lang], address: SiteAddress) -> list[Markup]:
    lang = page.lang if editions else None
    width, height = CARD_SIZE
    said = {
        "og:type": "article",
        "og:site_name": "Actient",
        "og:title": page.title,
        "og:description": page.description,
        "og:url": address.of(f"{page.name}.html", lang),
        "og:locale": _LOCALES[page.lang],
        "og:image": address.of(CARD, lang),
        "og:image:type": "image/png",
        "og:image:width": str(width),
        "og:image:height": str(height),
    }
    tags = [_meta("property", name, value) for name, value in said.items() if value]
    return [*tags, _meta("name", "twitter:card", "summary_large_image")]


def _meta(key: str, name: str, value: str) -> Markup:
    return Markup('<meta {}="{}" content="{}" />').format(key, name, value)
