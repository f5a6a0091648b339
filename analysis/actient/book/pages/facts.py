"""Pages that are tables of facts: each part written from its home, in the page's language.

`{poster-outline}` with a kind of item, `{claims-table}`, `{statements-table}`, `{sources-table}`,
`{origin-legend}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from markupsafe import Markup
from sphinx.application import Sphinx

from actient import claims, tables
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import page
from actient.charts.table import Group, Row, bare, cards
from actient.locale import ORIGINS, Lang, date, number, quantity
from actient.templates import render
from actient.words import N_, translator


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "poster-outline", outline, arguments=1)
    page.add(app, "claims-table", claims_table)
    page.add(app, "statements-table", statements_table)
    page.add(app, "sources-table", sources_table)
    page.add(app, "origin-legend", origin_legend)


def outline(place: page.Place, kind: str) -> Markup:
    """List the poster's items of one kind, each with the poster's own words where ours differ."""
    items = claims.load_outline(kind, place.paths)
    return render("book/pages/outline.html", place.lang, items=items)


def claims_table(place: page.Place) -> Markup:
    """Show the figures of the poster, each with its quote, what was found, and public figures."""
    figures = claims.load_claims(place.paths).values()
    comparisons = tables.read("comparisons", place.paths).merge(
        tables.read("sources", place.paths), on="source_id", suffixes=("", "_source")
    )
    return render(
        "book/pages/claims.html",
        place.lang,
        claims=[(claim, claims.printed([claim])[0]) for claim in figures],
        comparisons={
            claim.claim_id: [
                _comparison(row, place.lang)
                for row in comparisons[comparisons["claim_id"] == claim.claim_id].to_dict("records")
            ]
            for claim in figures
        },
        badge=origin_badge("printed", place.lang),
    )


def statements_table(place: page.Place) -> Markup:
    """Show what is tested: statements about a population, with their thresholds."""
    lang = place.lang
    _ = translator(lang)
    figures = claims.load_claims(place.paths)
    stated = [
        (
            f"{statement.statement_id} · {statement.text(lang)}",
            f"{statement.claim_id} · "
            f"{quantity(figures[statement.claim_id].proportion, 'proportion', lang)}",
            statement.target(lang),
            statement.unit_counted_text(lang),
            quantity(statement.threshold, "proportion", lang),
        )
        for statement in claims.load_statements(place.paths).values()
    ]
    head = (
        _("Énoncé"),
        _("Chiffre"),
        _("Population visée"),
        _("On compte"),
        _("Seuil (le nôtre)"),
    )
    return cards(head, bare(stated), _("Énoncés"))


def sources_table(place: page.Place) -> Markup:
    """Show the public sources, and what of each was read."""
    lang = place.lang
    _ = translator(lang)
    rows = tuple(
        Row(
            (
                _linked(row["title"], row["url"], lang),
                render("book/pages/in_french.html", lang, text=row["publisher"]),
                _text(row["year"]),
                _(_KINDS[row["kind"]]),
                row[f"how_read_{lang}"],
            ),
            anchor=row["source_id"],
        )
        for row in tables.read("sources", place.paths).to_dict("records")
    )
    head = (_("Titre"), _("Éditeur"), _("Année"), _("Nature"), _("Ce qui a été lu"))
    return cards(head, [Group("", rows)], _("Sources publiques"))


def origin_legend(place: page.Place) -> Markup:
    """Say how each origin of a number is drawn."""
    _ = translator(place.lang)
    drawn = [(origin_badge(origin, place.lang), _(_DRAWN[origin])) for origin in ORIGINS]
    drawn.append((assumption_badge(place.lang), _(_DRAWN["assumption"])))
    return render("book/pages/legend.html", place.lang, drawn=drawn)


def _comparison(row: Mapping[Any, Any], lang: Lang) -> dict[str, Any]:
    _ = translator(lang)
    when = _text(row["period"]) or _text(row["year"])
    return {
        "value": _compared(row, lang),
        "when": date(when, lang) if when else "",
        "definition": row[f"definition_{lang}"],
        "population": row[f"population_{lang}"],
        "publisher": row["publisher"],
        "title": _linked(row["title"], row["url"], lang),
        "relay": _(_KINDS["relay"]) if row["kind"] == "relay" else "",
    }


def _compared(row: Mapping[Any, Any], lang: Lang) -> str:
    value, unit = float(row["value"]), str(row["unit"])
    if unit == "percent":
        return quantity(value / 100, "proportion", lang)
    if unit.startswith("minutes"):
        return quantity(value, "minutes per day", lang)
    return number(value, 0, lang)


def _linked(title: str, url: Any, lang: Lang) -> Markup:
    # The remark is ours, so it is said in the language of the page; the title is as it was found.
    _ = translator(lang)
    title, unread, _rest = title.partition(f" ({_UNREAD})")
    return render(
        "book/pages/linked.html",
        lang,
        title=title,
        url=_text(url),
        remark=_(_UNREAD) if unread else "",
    )


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


_UNREAD: Final = N_("titre non lu")  # as `data/sources/sources.csv` marks it, in brackets
_KINDS: Final[dict[str, str]] = {
    "official": N_("statistique officielle"),
    "publisher": N_("éditeur"),
    "relay": N_("relais"),
    "study": N_("étude"),
}
_DRAWN: Final[dict[str, str]] = {
    "printed": N_("marque pleine : le nombre tel que l’affiche l’imprime"),
    "public source": N_("marque creuse : un nombre publié, dont la source est citée"),
    "computed": N_("intervalle ou ligne : un nombre calculé à partir des autres"),
    "supplied": N_("marque pleine d’une autre couleur : vos propres données"),
    "synthetic": N_("filigrane et bandeau : un monde simulé, jamais une mesure"),
    "assumption": N_(
        "pointillé, par-dessus n’importe lequel : le nombre repose sur une hypothèse, que la "
        "légende nomme"
    ),
}
