"""Two pages written from descriptions that code and data share: every column, every parameter.

`{data-dictionary}`, `{parameters-table}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape
from sphinx.application import Sphinx

from actient import parameters, tables
from actient.book.pages import page
from actient.charts.table import bare, cards
from actient.locale import Lang, number, typeset
from actient.words import translator

EMPTY: Final = Markup("")


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "data-dictionary", data_dictionary)
    page.add(app, "parameters-table", parameters_table)


def data_dictionary(place: page.Place) -> Markup:
    """Describe every table, column by column."""
    return EMPTY.join(_resource(one, place.lang) for one in tables.resources(place.paths))


def parameters_table(place: page.Place) -> Markup:
    """Describe every parameter of every chapter."""
    lang = place.lang
    return EMPTY.join(
        _chapter(notebook, parameters.describe(model), translator(lang)(model.rules), lang)
        for notebook, model in parameters.MODELS.items()
    )


def _resource(resource: tables.Resource, lang: Lang) -> Markup:
    head = {
        "fr": ("Colonne", "Type", "Unité", "Valeurs admises", "Sens"),
        "en": ("Column", "Type", "Unit", "Allowed values", "Meaning"),
    }[lang]
    columns = tuple(
        (
            _code(field.name),
            said(field.type, lang),
            said(field.unit or "", lang),
            _codes(field.allowed),
            _worded(field.description_fr, field.description, lang),
        )
        for field in resource.fields
    )
    path = f"data/{resource.path}"
    return Markup(
        '<details class="actient-resource" id="table-{name}"><summary><code>{path}</code> · {title}'
        "</summary><p>{description}</p><p>{licence} {licences}</p>{table}</details>"
    ).format(
        name=resource.name,
        path=path,
        title=_worded(resource.title_fr, resource.title, lang),
        description=_worded(resource.description_fr, resource.description, lang),
        licence=_worded("Licence :", "Licence:", lang),
        licences=_worded(" ; ", "; ", lang).join(
            said(licence.title, lang) for licence in resource.licenses
        ),
        table=cards(
            head, bare(columns), {"fr": "Colonnes de", "en": "Columns of"}[lang] + f" {path}"
        ),
    )


def _chapter(
    notebook: str, described: Iterable[parameters.ParameterHelp], rule: str, lang: Lang
) -> Markup:
    head = {
        "fr": ("Paramètre", "Type", "Valeurs admises", "Unité", "Par défaut", "Sens", "Source"),
        "en": ("Parameter", "Type", "Allowed", "Unit", "Default", "Meaning", "Source"),
    }[lang]
    cells = tuple(
        (
            _code(one.name),
            said(one.type, lang),
            _codes(one.allowed.split(", ")) if one.type == "choice" else bounds(one.allowed, lang),
            said(one.unit, lang),
            _default(one.default, lang),
            with_code(_worded(one.meaning("fr"), one.meaning("en"), lang)),
            said(one.source, lang),
        )
        for one in described
    )
    label = {"fr": "Paramètres de", "en": "Parameters of"}[lang] + f" {notebook}"
    return Markup(
        '<section id="{0}"><p><strong><a href="../analysis/{0}.html">{0}</a></strong></p>'
        "{1}{2}</section>"
    ).format(
        notebook,
        cards(head, bare(cells), label),
        Markup("<p>{}</p>").format(with_code(rule)) if rule else "",
    )


def said(words: str, lang: Lang) -> str:
    """Say in `lang` what a description says in short; a name or an identifier stays as it is."""
    return _worded(_FRENCH.get(words, words), _ENGLISH.get(words, words), lang)


def _worded(fr: str, en: str, lang: Lang) -> str:
    """Take the words of a language; the French ones were typed with plain spaces."""
    return typeset(fr) if lang == "fr" else en


def bounds(allowed: str, lang: Lang) -> str:
    """Write what a parameter may be, with the words and numbers of `lang`."""
    for pattern, french in _FRENCH_BOUNDS.items() if lang == "fr" else ():
        allowed = re.sub(pattern, french, allowed)
    return re.sub(r"\d+(?:\.(\d+))?", lambda found: _number(found, lang), allowed)


def _number(found: re.Match[str], lang: Lang) -> str:
    value = float(found[0])
    if 1900 <= value <= 2100 and found[1] is None:  # a year has no separator
        return found[0]
    return number(value, len(found[1] or ""), lang)


def _code(text: str) -> Markup:
    # A narrow column may break a name after an underscore, rather than anywhere.
    parts = Markup("<wbr>").join(re.split(r"(?<=_)", text))
    return Markup("<code>{}</code>").format(parts)


def _default(value: object, lang: Lang) -> Markup | str:
    return {"fr": "vide", "en": "empty"}[lang] if value == "" else _code(str(value))


def with_code(text: str) -> Markup:
    """Mark what stands between backticks as code, as models write it for a terminal."""
    words = re.split(r"`([^`]+)`", text)
    return Markup("").join(
        _code(word) if place % 2 else escape(word) for place, word in enumerate(words)
    )


def _codes(texts: Iterable[str]) -> Markup:
    return Markup(", ").join(_code(text) for text in texts)


_FRENCH_BOUNDS: Final = {
    r"(\d+) to (\d+) values": r"de \1 à \2 valeurs",
    r"\bvalues\b": "valeurs",
    r"\beach\b": "chacune",
}
_ENGLISH: Final = {
    "research: pathway table, three alignments": "our three alignments of the pathway table",
}
_FRENCH: Final = {
    # types
    "choice": "choix",
    "integer": "nombre entier",
    "number": "nombre",
    "string": "texte",
    "text": "texte",
    "path": "chemin d’un fichier",
    "boolean": "oui ou non",
    "list of integer": "liste de nombres entiers",
    "list of number": "liste de nombres",
    # units
    "bytes": "octets",
    "cores": "cœurs",
    "count": "décompte",
    "draws": "tirages",
    "megabytes": "mégaoctets",
    "persons": "personnes",
    "ratio": "rapport",
    "repetitions": "répétitions",
    "requests": "requêtes",
    "rows": "lignes",
    "score from 0 to 1": "note de 0 à 1",
    "seconds": "secondes",
    "see column unit": "voir la colonne unit",
    "shape": "forme",
    "year": "année",
    "years": "années",
    # sources of defaults
    "assumption": "hypothèse",
    "synthetic": "synthétique",
    "assumption: the poster does not state it": "hypothèse : l’affiche ne le dit pas",
    "research: pathway table, three alignments": "nos trois alignements du tableau du parcours",
    "Bernstein et al. 2013: about a third": "Bernstein et al. 2013 : environ un tiers",
    # licences
    "Creative Commons Attribution 4.0 International": "Creative Commons Attribution 4.0 "
    "International",
    "Quoted from the poster for analysis; outside the compendium's licences": "mots de l’affiche, "
    "cités pour l’étude, hors des licences du livre",
}
