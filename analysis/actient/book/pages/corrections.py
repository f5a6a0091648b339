"""The page of what was corrected: `{corrections-table}` lists every number that was once wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from markupsafe import Markup, escape
from sphinx.application import Sphinx

from actient import tables
from actient.book.pages import page
from actient.book.pages.dictionaries import with_code
from actient.charts.table import Group, Row, cards
from actient.locale import Lang, date

_COLUMNS: Final = ("place", "shown", "right", "why")


def register(app: Sphinx) -> None:
    """Add the part to Sphinx."""
    page.add(app, "corrections-table", corrections_table)


def corrections_table(place: page.Place) -> Markup:
    """Write the table, the latest correction first; each has an anchor of its own (`#X01`)."""
    lang = place.lang
    found = tables.read("corrections", place.paths).to_dict("records")
    latest_first = sorted(found, key=lambda row: str(row["date"]), reverse=True)
    words = _WORDS[lang]
    rows = tuple(
        Row(
            (
                _place(row, lang),
                *(_said(row, name, lang) for name in ("shown", "right")),
                _why(row, lang),
            ),
            anchor=str(row["correction_id"]),
        )
        for row in latest_first
    )
    return cards([words[name] for name in _COLUMNS], [Group("", rows)], words["label"])


def _said(row: Mapping[Any, Any], name: str, lang: Lang) -> Markup:
    return with_code(str(row[f"{name}_{lang}"]))


def _why(row: Mapping[Any, Any], lang: Lang) -> Markup:
    return Markup("{}<br>{}").format(_said(row, "why", lang), _said(row, "evidence", lang))


def _place(row: Mapping[Any, Any], lang: Lang) -> Markup:
    where = _said(row, "where", lang)
    if not pd.isna(row["page"]):
        where = Markup('<a href="../{}.html">{}</a>').format(row["page"], where)
    return Markup('<a href="#{0}">{0}</a> · {1}, {2}').format(
        escape(row["correction_id"]), where, date(str(row["date"]), lang)
    )


_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "label": "Ce qui a été corrigé",
        "place": "Où et quand",
        "shown": "Ce qui était montré",
        "right": "Ce qui est juste",
        "why": "Pourquoi, et comment le constater",
    },
    "en": {
        "label": "Corrections",
        "place": "Where and when",
        "shown": "What was shown",
        "right": "What is right",
        "why": "Why, and how it can be seen",
    },
}
