"""The page on what a next survey should record, with no total and no colour.

`{cherries-table}`, `{cross-table}`, `{strobe-table}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.pages import page
from actient.charts.statements import colon
from actient.charts.table import Group, Row, cards
from actient.locale import Lang
from actient.survey.reporting.answers import ChecklistItem, load_checklist
from actient.templates import render
from actient.words import N_, translator

_STYLE: Final = "reporting.css"


def register(app: Sphinx) -> None:
    """Add the three parts and their style sheet to Sphinx."""
    app.add_css_file(_STYLE)
    page.add(app, "cherries-table", cherries_table)
    page.add(app, "cross-table", cross_table)
    page.add(app, "strobe-table", strobe_table)


def cherries_table(place: page.Place) -> Markup:
    """Write what CHERRIES asks of a web survey."""
    _ = translator(place.lang)
    items = load_checklist("cherries", place.paths)
    return checklist_table(items, _("La liste CHERRIES, dans nos mots"), place.lang)


def cross_table(place: page.Place) -> Markup:
    """Write what CROSS asks of a survey."""
    _ = translator(place.lang)
    items = load_checklist("cross", place.paths)
    return checklist_table(items, _("La liste CROSS, en bref"), place.lang)


def strobe_table(place: page.Place) -> Markup:
    """Write what STROBE asks of an observational study."""
    _ = translator(place.lang)
    items = load_checklist("strobe", place.paths)
    return checklist_table(items, _("La liste STROBE, en bref"), place.lang)


def checklist_table(items: Sequence[ChecklistItem], label: str, lang: Lang) -> Markup:
    """Write a checklist: what is asked, what the poster says, what to record next time.

    Parameters
    ----------
    items
        Points in their order; those of one family stand together under its name.
    label
        What the table holds, for a screen reader.
    """
    _ = translator(lang)
    head = (_("Ce qui est demandé"), _("Sur l’affiche"), _("La prochaine fois"))
    families = groupby(items, key=lambda item: item.category_text(lang))
    groups = [Group(name, tuple(_row(item, lang) for item in family)) for name, family in families]
    return _part("table", lang, table=cards(head, groups, label))


def _row(item: ChecklistItem, lang: Lang) -> Row:
    cells = (
        _part("asked", lang, item=item),
        _part("printed", lang, item=item, status=_status(item, lang), colon=colon(lang)),
        _part("next", lang, item=item),
    )
    return Row(cells, anchor=item.item_id)


def _status(item: ChecklistItem, lang: Lang) -> str:
    _ = translator(lang)
    if item.quote and item.status == "not_reported":
        return _("Non imprimé, mais l’affiche en parle")
    return _(_STATUS[item.status])


def _part(name: str, lang: Lang, **values: object) -> Markup:
    return render("book/pages/checklist.html", lang, part=name, **values)


_STATUS: Final[dict[str, str]] = {
    "reported": N_("Dit"),
    "partly": N_("Dit en partie"),
    "not_reported": N_("Non imprimé"),
    "not_applicable": N_("Sans objet"),
}
