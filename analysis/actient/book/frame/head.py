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
from actient.templates import render
from actient.words import translator

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


def words(lang: Lang) -> dict[str, str]:
    """Say what the templates of the frame name."""
    _ = translator(lang)
    return {
        "home": _("Accueil"),
        "book": _("Sommaire du livre"),
        "chapters": _("Afficher ou masquer le sommaire du livre"),
        "sections": _("Afficher le sommaire de la page"),
        "keep": _("Garder cette page"),
        "source": _("Télécharger la source"),
        "print": _("Imprimer, ou enregistrer en PDF"),
    }


def metatags(page: Page, editions: Sequence[Lang], address: SiteAddress | None) -> Markup:
    """Write the tags of the head; absolute addresses only if the site's own is known.

    Parameters
    ----------
    editions
        Every edition of the site; none if this one stands alone, at the root of the site.
    """
    return render(
        "book/frame/metatags.html",
        page.lang,
        page=page,
        file=f"{page.name}.html",
        editions=editions,
        edition=page.lang if editions else None,
        address=address,
        locale=_LOCALES[page.lang],
        card=CARD,
        card_size=CARD_SIZE,
    )


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
