"""Back from a number, a statement or a table to the figures that draw it, as tables to be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from actient import claims, tables
from actient.book.figures import numbering
from actient.book.provenance import citation
from actient.book.provenance.graph import Drawn, Graph
from actient.book.translation import catalogues
from actient.charts.table import Group, Row, cards
from actient.locale import Lang
from actient.paths import Paths

_EMPTY: Final = Markup("")


def index(paths: Paths, found: Graph, lang: Lang, up: str) -> Markup:
    """List who draws what.

    Parameters
    ----------
    up
        The way from the page to the root of the edition: `../` or nothing.

    Returns
    -------
    Markup
        Three tables; a row's anchor is `use-C11`, `use-T11` or `use-table-comparisons`.
    """
    words = _WORDS[lang]
    stated = claims.load_statements(paths).values()
    of_claims = [
        Row(
            (
                Markup('<a href="#{0}">{0}</a> · {1}').format(one.claim_id, one.label(lang)),
                _joined(
                    Markup('<a href="#use-{0}">{0}</a>').format(other.statement_id)
                    for other in stated
                    if other.claim_id == one.claim_id
                ),
                _figures(found.drawing("claims", one.claim_id), up),
                _pages(paths, found.quoting("claims", one.claim_id), lang, up),
            ),
            anchor=f"use-{one.claim_id}",
        )
        for one in claims.load_claims(paths).values()
    ]
    of_statements = [
        Row(
            (
                f"{one.statement_id} · {one.text(lang)}",
                Markup('<a href="#use-{0}">{0}</a>').format(one.claim_id),
                _figures(found.drawing("statements", one.statement_id), up),
                _pages(paths, found.quoting("statements", one.statement_id), lang, up),
            ),
            anchor=f"use-{one.statement_id}",
        )
        for one in stated
    ]
    of_tables = [
        Row(
            (
                Markup('<a href="data_dictionary.html#table-{}">{}</a>').format(
                    one.name, one.title_fr if lang == "fr" else one.title
                ),
                _figures(found.drawing(one.name), up),
                _pages(paths, found.quoting(one.name), lang, up),
            ),
            anchor=f"use-table-{one.name}",
        )
        for one in tables.resources(paths)
        if found.drawing(one.name)
    ]
    last = (words["figures"], words["pages"])
    listed = _EMPTY.join(
        cards(heads, [Group("", tuple(content))], label)
        for heads, content, label in (
            ((words["claim"], words["statements"], *last), of_claims, words["of claims"]),
            ((words["statement"], words["claims"], *last), of_statements, words["of statements"]),
            ((words["table"], *last), of_tables, words["of tables"]),
        )
    )
    return Markup('<div class="actient-uses">{}</div>').format(listed)


def _figures(drawn: Iterable[Drawn], up: str) -> Markup:
    return _joined(
        Markup('<a href="{}{}">{}</a>').format(up, one.place, numbering.written(one.number))
        for one in drawn
    )


def _pages(paths: Paths, pages: Iterable[str], lang: Lang, up: str) -> Markup:
    return _joined(
        Markup('<a href="{}{}.html">{}</a>').format(up, page, _title(paths, page, lang))
        for page in pages
    )


def _title(paths: Paths, page: str, lang: Lang) -> str:
    title = citation.page_title(paths, page)
    return catalogues.translated(paths, page, title, lang)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(", ").join(parts) or Markup("—")


_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "claim": "Chiffre de l’affiche",
        "claims": "Chiffre",
        "statement": "Énoncé",
        "statements": "Énoncés",
        "table": "Table",
        "figures": "Figures qui le montrent",
        "pages": "Pages qui le citent",
        "of claims": "Où sert chaque chiffre de l’affiche",
        "of statements": "Où sert chaque énoncé",
        "of tables": "Où sert chaque table",
    },
    "en": {
        "claim": "Figure of the poster",
        "claims": "Poster figure",
        "statement": "Statement",
        "statements": "Statements",
        "table": "Table",
        "figures": "Figures that show it",
        "pages": "Pages that quote it",
        "of claims": "Where each figure of the poster is used",
        "of statements": "Where each statement is used",
        "of tables": "Where each table is used",
    },
}
