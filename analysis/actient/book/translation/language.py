"""What Sphinx leaves in French in another edition, and what a page must say of its own words.

Sphinx translates text; here follow the descriptions for search engines, the alphabetical order of
the glossary, and the poster's own words, which stay French and are marked so (`lang="fr"`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from html import unescape
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform

from actient import tables
from actient.book.translation import catalogues
from actient.locale import Lang
from actient.paths import Paths, checkout

# French expressions that our English quotes and the poster's tables do not hold as such.
_OTHER_FRENCH: Final = ("médecin référent", "médecin traitant", "échangent", "Identifier")

# Markup, and elements whose text is not prose or already says its language.
_SKIPPED: Final = re.compile(
    r'<(script|style|pre|code|q)\b.*?</\1>|<span lang="fr">.*?</span>|<[^>]*>', re.DOTALL
)
_QUOTED: Final = re.compile(r"“([^“”]+)”|\((médecin [^()]+)\)")


def register(app: Sphinx) -> None:
    """Add what follows to Sphinx."""
    app.add_transform(GlossaryOrder)
    app.add_transform(TranslatedMeta)
    app.connect("html-page-context", _mark_poster_words)


def edition(config: Config) -> Lang:
    """Name the language that is being built."""
    return "en" if config.language == "en" else "fr"


class GlossaryOrder(SphinxTransform):
    """Put the terms of the glossary in the alphabetical order of the edition."""

    default_priority = 30  # once Sphinx has translated the terms, at 20

    def apply(self, **kwargs: Any) -> None:
        """Sort each list of terms."""
        for terms in self.document.findall(addnodes.glossary):
            for entries in terms.findall(nodes.definition_list):
                entries.children.sort(key=lambda entry: alphabetical(_term(entry)))


class TranslatedMeta(SphinxTransform):
    """Translate descriptions, which MyST puts in the page after Sphinx has translated it."""

    default_priority = 790  # docutils puts them in at 780

    def apply(self, **kwargs: Any) -> None:
        """Translate what the catalogue of the page holds."""
        lang = edition(self.config)
        for meta in self.document.findall(nodes.meta):
            meta["content"] = catalogues.translated(
                Paths(Path(self.env.srcdir)), self.env.docname, meta["content"], lang
            )


def alphabetical(text: str) -> str:
    """Give what to sort a word by: without case, accents or leading signs."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[^\w\s-]", "", plain).strip()


def poster_words(paths: Paths) -> frozenset[str]:
    """Collect the poster's own words: every column named `quote`, in a form to compare with."""
    quotes = [
        str(quote)
        for resource in tables.resources(paths)
        if any(field.name == "quote" for field in resource.fields)
        for quote in tables.read(resource.name, paths)["quote"].dropna()
    ]
    return frozenset(_comparable(quote) for quote in (*quotes, *_OTHER_FRENCH))


def mark_poster_words(html: str, poster: Collection[str]) -> str:
    """Mark as French, in an English page, each quotation that is in the poster's words.

    Parameters
    ----------
    poster
        From `poster_words`.
    """
    pieces: list[str] = []
    end = 0
    for skipped in _SKIPPED.finditer(html):
        pieces += [_marked(html[end : skipped.start()], poster), skipped[0]]
        end = skipped.end()
    return "".join([*pieces, _marked(html[end:], poster)])


def _marked(text: str, poster: Collection[str]) -> str:
    def mark(found: re.Match[str]) -> str:
        quote = found[1] or found[2]
        if not _is_poster(unescape(quote), poster):
            return found[0]
        return found[0].replace(quote, f'<span lang="fr">{quote}</span>')

    return _QUOTED.sub(mark, text)


def _is_poster(quote: str, poster: Collection[str]) -> bool:
    words = _comparable(quote)
    if " " not in words:  # “patient” and “experts” are English too
        return words in map(_comparable, _OTHER_FRENCH) or (words in poster and not words.isascii())
    return any(f" {words} " in f" {whole} " for whole in poster)


def _comparable(text: str) -> str:
    return " ".join(re.findall(r"\w+|%", text.casefold()))


def _term(entry: nodes.Node) -> str:
    term = entry.next_node(nodes.term)
    return term.astext() if term is not None else ""


def _mark_poster_words(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if context.get("body") and edition(app.config) != "fr":
        words = poster_words(checkout(Path(app.srcdir)))
        context["body"] = mark_poster_words(context["body"], words)
