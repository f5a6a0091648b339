"""The page of what was corrected: `{corrections-table}` lists every number that was once wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup
from sphinx.application import Sphinx

from actient import tables
from actient.book.pages import page
from actient.book.pages.dictionaries import with_code
from actient.charts.table import Group, Row, cards
from actient.locale import Lang
from actient.templates import render
from actient.words import translator


def register(app: Sphinx) -> None:
    """Add the part to Sphinx."""
    page.add(app, "corrections-table", corrections_table)


def corrections_table(place: page.Place) -> Markup:
    """Write the table, the latest correction first; each has an anchor of its own (`#X01`)."""
    _ = translator(place.lang)
    corrections = tables.read("corrections", place.paths).to_dict("records")
    latest_first = sorted(corrections, key=lambda row: str(row["date"]), reverse=True)
    head = (
        _("Où et quand"),
        _("Ce qui était montré"),
        _("Ce qui est juste"),
        _("Pourquoi, et comment le constater"),
    )
    rows = tuple(_row(correction, place.lang) for correction in latest_first)
    return cards(head, [Group("", rows)], _("Ce qui a été corrigé"))


def _row(correction: Mapping[Any, Any], lang: Lang) -> Row:
    where, shown, right, why, evidence = (
        with_code(str(correction[f"{name}_{lang}"]))
        for name in ("where", "shown", "right", "why", "evidence")
    )
    place = _part(
        "where",
        lang,
        id=correction["correction_id"],
        page="" if pd.isna(correction["page"]) else correction["page"],
        where=where,
        day=str(correction["date"]),
    )
    reasons = _part("why", lang, why=why, evidence=evidence)
    return Row((place, shown, right, reasons), anchor=str(correction["correction_id"]))


def _part(name: str, lang: Lang, **values: object) -> Markup:
    return render("book/pages/correction.html", lang, part=name, **values)
