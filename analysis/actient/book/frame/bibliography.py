"""References in two languages: a work keeps its own, the words around it are the edition's.

In `references.bib`, `langid = {french}` says that a work is in French (the others are in English),
and `note_en` gives in English what `note` says of a French work.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, cast

import pybtex.plugin
from docutils import nodes
from pybtex.database import BibliographyData, Entry, Person
from pybtex.richtext import Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import unsrt
from pybtex.style.template import names, sentence
from pybtex_docutils import Backend
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from actient.book.translation.language import edition
from actient.locale import LANGS, NBSP, Lang
from actient.words import translator

_LANGID: Final[dict[str, Lang]] = {"french": "fr", "english": "en"}


def register(app: Sphinx) -> None:
    """Add both styles to Sphinx, and choose one by the language of the edition."""
    for style in (_FrenchEntries, _EnglishEntries):
        pybtex.plugin.register_plugin("pybtex.style.formatting", f"actient_{style.lang}", style)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "actient_fr", _FrenchCitations)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "actient_en", _EnglishCitations)
    # docutils writes the class `language-fr` as the attribute `lang="fr"`.
    tags = cast(dict[str, Any], Backend.tags)
    tags |= {f"language-{lang}": functools.partial(_inline, lang) for lang in LANGS}
    app.connect("config-inited", _choose)
    app.connect("builder-inited", _name_others, priority=900)  # the works are read at 500
    app.connect("doctree-resolved", _say_undated)


class _Entries(unsrt.Style):  # type: ignore[misc]  # pybtex has no types
    """References of the bibliography."""

    lang: ClassVar[Lang]
    _of: Lang = "en"

    def format_entry(
        self, label: str, entry: Entry, bib_data: BibliographyData | None = None
    ) -> FormattedEntry:
        """Write one reference, marked with the language of its work where it is not the page's."""
        self._of = _LANGID[entry.fields.get("langid", "english")]
        if self._of == self.lang:
            return super().format_entry(label, entry, bib_data)
        note = entry.fields.get(f"note_{self.lang}", "")
        work = Entry(entry.type, list(entry.fields.items()), entry.persons)
        work.key = entry.key
        if note:
            work.fields.pop("note", None)
        written = super().format_entry(label, work, bib_data)
        text = Text(Tag(f"language-{self._of}", written.text), f" {note}." if note else "")
        return FormattedEntry(written.key, text, written.label)

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Join names as the language of the work does."""
        people = names(role, sep=", ", sep2=_and(self._of), last_sep=_last_and(self._of))
        return sentence[people] if as_sentence else people


class _FrenchEntries(_Entries):
    lang = "fr"


class _EnglishEntries(_Entries):
    lang = "en"


def _people(lang: Lang) -> PersonStyle:
    return PersonStyle(sep2=_and(lang), last_sep=_last_and(lang))


def _and(lang: Lang) -> str:
    return translator(lang).pgettext("two authors", " et ")


def _last_and(lang: Lang) -> str:
    return translator(lang).pgettext("the last of several authors", " et ")


@dataclass
class _FrenchCitations(AuthorYearReferenceStyle):
    person: PersonStyle = field(default_factory=lambda: _people("fr"))


@dataclass
class _EnglishCitations(AuthorYearReferenceStyle):
    person: PersonStyle = field(default_factory=lambda: _people("en"))


def _inline(lang: Lang, *content: Any) -> nodes.inline:
    return nodes.inline(*content, classes=[f"language-{lang}"])


def _choose(app: Sphinx, config: Config) -> None:
    lang = edition(config)
    config["bibtex_default_style"] = config["bibtex_reference_style"] = f"actient_{lang}"
    # A tooltip would repeat the reference, in a language that an attribute cannot tell.
    config["bibtex_tooltips"] = False


def _name_others(app: Sphinx) -> None:
    # BibTeX writes authors left out as one named “others”.
    for entry in app.env.get_domain("cite").data["bibdata"].data.entries.values():
        for people in entry.persons.values():
            if len(people) > 1 and str(people[-1]) == "others":
                people.pop()
                named = people.pop()
                people.append(_with_others(named))


def _with_others(person: Person) -> Person:
    named = Person(str(person))
    named.last_names[-1] += f"{NBSP}et{NBSP}al."
    return named


def _say_undated(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    _ = translator(edition(app.config))
    undated = _("s.\u00a0d.")
    for citation in doctree.findall(nodes.inline):
        if "bibtex-citation" in citation["classes"]:
            for text in list(citation.findall(nodes.Text)):
                if "n.d." in text:
                    text.parent.replace(text, nodes.Text(text.replace("n.d.", undated)))
