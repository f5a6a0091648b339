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
from actient.charts.table import Group, Row, cards
from actient.locale import NBSP, Lang
from actient.survey.reporting.answers import ChecklistItem, load_checklist

_STYLE: Final = "reporting.css"


def register(app: Sphinx) -> None:
    """Add the three parts and their style sheet to Sphinx."""
    app.add_css_file(_STYLE)
    page.add(app, "cherries-table", cherries_table)
    page.add(app, "cross-table", cross_table)
    page.add(app, "strobe-table", strobe_table)


def checklist_table(items: Sequence[ChecklistItem], label: str, lang: Lang) -> Markup:
    """Write a checklist: what is asked, what the poster says, what to record next time.

    Parameters
    ----------
    items
        Points in their order; those of one family stand together under its name.
    label
        What the table holds, for a screen reader.
    """
    heads = [_WORDS[lang][name] for name in ("item", "poster", "next")]
    families = groupby(items, key=lambda item: item.category_text(lang))
    groups = [Group(name, tuple(_row(item, lang) for item in found)) for name, found in families]
    return Markup('<div class="actient-checklist">{}</div>').format(cards(heads, groups, label))


def _row(item: ChecklistItem, lang: Lang) -> Row:
    return Row((_asked(item, lang), _said(item, lang), _to_record(item, lang)), anchor=item.item_id)


def _asked(item: ChecklistItem, lang: Lang) -> Markup:
    number = Markup('<span class="actient-number">{}</span> ').format(item.number)
    question = Markup('<span class="actient-question">{}</span>').format(item.question(lang))
    return Markup("{}<strong>{}</strong>{}").format(
        number if item.number else "",
        item.label(lang),
        question if item.question(lang) else "",
    )


def _said(item: ChecklistItem, lang: Lang) -> Markup:
    words = _STATUS[item.status][lang]
    if not item.quote:
        return Markup("{}.").format(words)
    if item.status == "not_reported":
        words = _WORDS[lang]["raised"]
    french = Markup("") if lang == "fr" else Markup(' lang="fr"')
    colon = f"{NBSP}:" if lang == "fr" else ":"
    return Markup("{}{} <q{}>{}</q>").format(words, colon, french, item.quote)


def _to_record(item: ChecklistItem, lang: Lang) -> Markup:
    read = Markup(' <span class="actient-read">{}</span>').format(_WORDS[lang]["read"])
    return Markup("{}{}").format(item.note(lang), read if item.answered_by else "")


def cherries_table(place: page.Place) -> Markup:
    """Write what CHERRIES asks of a web survey."""
    items = load_checklist("cherries", place.paths)
    return checklist_table(items, _WORDS[place.lang]["cherries"], place.lang)


def cross_table(place: page.Place) -> Markup:
    """Write what CROSS asks of a survey."""
    items = load_checklist("cross", place.paths)
    return checklist_table(items, _WORDS[place.lang]["cross"], place.lang)


def strobe_table(place: page.Place) -> Markup:
    """Write what STROBE asks of an observational study."""
    items = load_checklist("strobe", place.paths)
    return checklist_table(items, _WORDS[place.lang]["strobe"], place.lang)


_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "item": "Ce qui est demandé",
        "poster": "Sur l’affiche",
        "next": "La prochaine fois",
        "raised": "Non imprimé, mais l’affiche en parle",
        "read": "Des réponses recueillies peuvent aider à le dire.",
        "cherries": "La liste CHERRIES, dans nos mots",
        "cross": "La liste CROSS, en bref",
        "strobe": "La liste STROBE, en bref",
    },
    "en": {
        "item": "What is asked",
        "poster": "On the poster",
        "next": "Next time",
        "raised": "Not printed, but the poster raises it",
        "read": "Collected responses can help to tell.",
        "cherries": "The CHERRIES checklist, in our words",
        "cross": "The CROSS checklist, in brief",
        "strobe": "The STROBE checklist, in brief",
    },
}

_STATUS: Final[dict[str, dict[Lang, str]]] = {
    "reported": {"fr": "Dit", "en": "Stated"},
    "partly": {"fr": "Dit en partie", "en": "Stated in part"},
    "not_reported": {"fr": "Non imprimé", "en": "Not printed"},
    "not_applicable": {"fr": "Sans objet", "en": "Does not apply"},
}
