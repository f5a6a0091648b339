"""Two pages written from descriptions that code and data share: every column, every parameter.

`{data-dictionary}`, `{parameters-table}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from markupsafe import Markup
from sphinx.application import Sphinx

from actient import parameters, tables
from actient.book.pages import page
from actient.charts.table import bare, cards
from actient.locale import Lang, number, typeset
from actient.templates import render
from actient.words import N_, SOURCE, translator


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "data-dictionary", data_dictionary)
    page.add(app, "parameters-table", parameters_table)


def data_dictionary(place: page.Place) -> Markup:
    """Describe every table, column by column."""
    resources = [_resource(resource, place.lang) for resource in tables.resources(place.paths)]
    return render("book/pages/data_dictionary.html", place.lang, resources=resources)


def parameters_table(place: page.Place) -> Markup:
    """Describe every parameter of every chapter."""
    lang = place.lang
    chapters = [
        (
            notebook,
            _parameters(notebook, parameters.describe(model), lang),
            with_code(translator(lang)(model.rules)),
        )
        for notebook, model in parameters.MODELS.items()
    ]
    return render("book/pages/parameters.html", lang, chapters=chapters)


def said(words: str, lang: Lang) -> str:
    """Say in `lang` what a description says in short; a name or an identifier stays as it is."""
    _ = translator(lang)
    if words == "string":  # of a column; a parameter's is "text"
        return _.pgettext("column", "texte")
    return _(_SHORT.get(words, words))


def bounds(allowed: str, lang: Lang) -> str:
    """Write what a parameter may be, with the words and numbers of `lang`."""
    _ = translator(lang)
    allowed = re.sub(r"(\d+) to (\d+) values", _(r"de \1 à \2 valeurs"), allowed)
    allowed = re.sub(r"\bvalues\b", _("valeurs"), allowed)
    allowed = re.sub(r"\beach\b", _("chacune"), allowed)
    return re.sub(r"\d+(?:\.(\d+))?", lambda found: _number(found, lang), allowed)


def with_code(text: str) -> Markup:
    """Mark what stands between backticks as code, as models write it for a terminal."""
    return render("book/pages/with_code.html", SOURCE, text=text)  # it has no words of ours


def _resource(resource: tables.Resource, lang: Lang) -> dict[str, str]:
    _ = translator(lang)
    head = (_("Colonne"), _("Type"), _("Unité"), _("Valeurs admises"), _("Sens"))
    columns = [
        (
            _codes([field.name]),
            said(field.type, lang),
            said(field.unit or "", lang),
            _codes(field.allowed),
            _worded(field.description, lang),
        )
        for field in resource.fields
    ]
    path = f"data/{resource.path}"
    licences = [said(licence.title, lang) for licence in resource.licenses]
    return {
        "name": resource.name,
        "path": path,
        "title": _worded(resource.title, lang),
        "description": _worded(resource.description, lang),
        "licences": _("\N{NARROW NO-BREAK SPACE}; ").join(licences),
        "table": cards(head, bare(columns), _("Colonnes de {table}").format(table=path)),
    }


def _parameters(notebook: str, described: Iterable[parameters.ParameterHelp], lang: Lang) -> Markup:
    _ = translator(lang)
    head = (
        _("Paramètre"),
        _("Type"),
        _.pgettext("parameter", "Valeurs admises"),
        _("Unité"),
        _("Par défaut"),
        _("Sens"),
        _("Source"),
    )
    cells = [
        (
            _codes([one.name]),
            said(one.type, lang),
            _codes(one.allowed.split(", ")) if one.type == "choice" else bounds(one.allowed, lang),
            said(one.unit, lang),
            _("vide") if one.default == "" else _codes([str(one.default)]),
            with_code(_worded(one.meaning, lang)),
            said(one.source, lang),
        )
        for one in described
    ]
    return cards(head, bare(cells), _("Paramètres de {chapter}").format(chapter=notebook))


def _worded(words: Callable[[Lang], str], lang: Lang) -> str:
    """Take the words of a language; the French ones were typed with plain spaces."""
    return typeset(words(lang)) if lang == SOURCE else words(lang)


def _number(found: re.Match[str], lang: Lang) -> str:
    value = float(found[0])
    if 1900 <= value <= 2100 and found[1] is None:  # a year has no separator
        return found[0]
    return number(value, len(found[1] or ""), lang)


def _codes(names: Sequence[str]) -> Markup:
    return with_code(", ".join(f"`{name}`" for name in names))


_SHORT: Final[dict[str, str]] = {
    # types
    "choice": N_("choix"),
    "integer": N_("nombre entier"),
    "number": N_("nombre"),
    "text": N_("texte"),
    "path": N_("chemin d’un fichier"),
    "boolean": N_("oui ou non"),
    "list of integer": N_("liste de nombres entiers"),
    "list of number": N_("liste de nombres"),
    # units
    "bytes": N_("octets"),
    "cores": N_("cœurs"),
    "count": N_("décompte"),
    "draws": N_("tirages"),
    "megabytes": N_("mégaoctets"),
    "persons": N_("personnes"),
    "ratio": N_("rapport"),
    "repetitions": N_("répétitions"),
    "requests": N_("requêtes"),
    "rows": N_("lignes"),
    "score from 0 to 1": N_("note de 0 à 1"),
    "seconds": N_("secondes"),
    "see column unit": N_("voir la colonne unit"),
    "shape": N_("forme"),
    "year": N_("année"),
    "years": N_("années"),
    # sources of defaults
    "assumption": N_("hypothèse"),
    "synthetic": N_("synthétique"),
    "assumption: the poster does not state it": N_("hypothèse : l’affiche ne le dit pas"),
    "research: pathway table, three alignments": N_("nos trois alignements du tableau du parcours"),
    "Bernstein et al. 2013: about a third": N_("Bernstein et al. 2013 : environ un tiers"),
    # licences
    "Quoted from the poster for analysis; outside the compendium's licences": N_(
        "mots de l’affiche, cités pour l’étude, hors des licences du livre"
    ),
}
