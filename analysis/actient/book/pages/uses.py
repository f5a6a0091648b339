"""Back from a number, a statement or a table to the figures that draw it, as tables to be read."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from actient import claims, tables
from actient.book.figures import numbering
from actient.book.pages import page
from actient.book.provenance import citation
from actient.book.provenance.graph import Graph
from actient.book.translation import catalogues
from actient.charts.table import Group, Row, cards
from actient.locale import Lang
from actient.templates import render
from actient.words import translator


def index(place: page.Place, found: Graph) -> Markup:
    """List who draws what.

    Returns
    -------
    Markup
        Three tables; a row's anchor is `use-C11`, `use-T11` or `use-table-comparisons`.
    """
    lang = place.lang
    _ = translator(lang)
    stated = claims.load_statements(place.paths).values()
    of_claims = [
        Row(
            (
                _links([(f"#{claim.claim_id}", claim.claim_id)], lang) + f" · {claim.label(lang)}",
                _links(
                    (
                        (f"#use-{statement.statement_id}", statement.statement_id)
                        for statement in stated
                        if statement.claim_id == claim.claim_id
                    ),
                    lang,
                ),
                *_used(place, found, "claims", claim.claim_id),
            ),
            anchor=f"use-{claim.claim_id}",
        )
        for claim in claims.load_claims(place.paths).values()
    ]
    of_statements = [
        Row(
            (
                f"{statement.statement_id} · {statement.text(lang)}",
                _links([(f"#use-{statement.claim_id}", statement.claim_id)], lang),
                *_used(place, found, "statements", statement.statement_id),
            ),
            anchor=f"use-{statement.statement_id}",
        )
        for statement in stated
    ]
    of_tables = [
        Row(
            (
                render(
                    "book/pages/described_table.html",
                    lang,
                    name=table.name,
                    title=table.title(lang),
                ),
                *_used(place, found, table.name),
            ),
            anchor=f"use-table-{table.name}",
        )
        for table in tables.resources(place.paths)
        if found.drawing(table.name)
    ]
    last = (_("Figures qui le montrent"), _("Pages qui le citent"))
    parts = (
        (
            (_("Chiffre de l’affiche"), _("Énoncés"), *last),
            of_claims,
            _("Où sert chaque chiffre de l’affiche"),
        ),
        (
            (_("Énoncé"), _.pgettext("uses", "Chiffre"), *last),
            of_statements,
            _("Où sert chaque énoncé"),
        ),
        ((_("Table"), *last), of_tables, _("Où sert chaque table")),
    )
    listed = [cards(head, [Group("", tuple(rows))], label) for head, rows, label in parts]
    return render("book/pages/uses.html", lang, tables=listed)


def _used(place: page.Place, found: Graph, *row: str) -> tuple[Markup, Markup]:
    """Link the figures that draw a row, or any of a table, and the pages that quote it."""
    lang = place.lang
    figures = (
        (f"{place.up}{figure.place}", numbering.written(figure.number))
        for figure in found.drawing(*row)
    )
    pages = ((f"{place.up}{name}.html", _title(place, name)) for name in found.quoting(*row))
    return _links(figures, lang), _links(pages, lang)


def _title(place: page.Place, name: str) -> str:
    title = citation.page_title(place.paths, name)
    return catalogues.translated(place.paths, name, title, place.lang)


def _links(links: Iterable[tuple[str, str]], lang: Lang) -> Markup:
    return render("book/pages/links.html", lang, links=list(links))
