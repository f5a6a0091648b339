"""Words of pictures, pages and messages: French where they are used, other languages in catalogues.

A function that writes words begins with `_ = translator(lang)` and says `_("…")`. A sentence with
numbers is a template, `_("… {share} …").format(share=share)`: an f-string is no message. A word
kept in a constant is marked `N_("…")` there, and translated where it is told. The command `actient
translations` collects both into `book/locales/<lang>/LC_MESSAGES/actient/`, a catalogue a room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from actient.locale import Lang, Origin
from actient.paths import CheckoutNotFoundError, checkout

SOURCE: Final[Lang] = "fr"
CATALOGUES: Final = Path("book", "locales")


@dataclass(frozen=True)
class Translator:
    """Says French words in one language; what no catalogue knows stays as it is."""

    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """Say a text."""
        return self.known.get(("", text), text)

    def pgettext(self, context: str, text: str) -> str:
        """Say a text that has another translation elsewhere; the context tells which is meant."""
        return self.known.get((context, text), text)


def translator(lang: Lang) -> Translator:
    """Return what says our words in `lang`; outside a checkout there are only the French ones."""
    if lang == SOURCE:
        return Translator()
    try:
        return _translator(checkout().root, lang)
    except CheckoutNotFoundError:  # told where files of one are needed; words alone stop nothing
        return Translator()


def N_(text: str) -> str:  # noqa: N802 — gettext's own name for it
    """Mark a text that is told later, so that it is collected; it stays French here."""
    return text


def origin_word(origin: Origin, lang: Lang) -> str:
    """Say where a number comes from."""
    return translator(lang)(_ORIGINS[origin])


_ORIGINS: Final[Mapping[Origin, str]] = {
    "printed": N_("imprimé sur l’affiche"),
    "public source": N_("source publique"),
    "computed": N_("calculé"),
    "supplied": N_("fourni par l’utilisateur"),
    "synthetic": N_("synthétique"),
}


@lru_cache
def _translator(root: Path, lang: Lang) -> Translator:
    from babel.messages.pofile import read_po  # slow to import, and French needs none

    known: dict[tuple[str, str], str] = {}
    for path in sorted((root / CATALOGUES / lang / "LC_MESSAGES" / "actient").rglob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, charset="utf-8"):
                if message.id and message.string and not message.fuzzy:
                    known[message.context or "", str(message.id)] = str(message.string)
    return Translator(known)
