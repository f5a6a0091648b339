"""The page of the questionnaire: as a person would see it, and the files for collection tools.

`{questionnaire}` lays it out, both branches, conditions said in words; `{questionnaire-forms}`
offers the files, which are written among the site's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config

from actient.book.pages import page
from actient.locale import Lang
from actient.paths import checkout
from actient.survey.forms import conditions, texts, write_all
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    Condition,
    Item,
    Paragraph,
    Questionnaire,
    Section,
    load_questionnaire,
    reconstructed,
)
from actient.templates import render
from actient.words import translator

_STYLE: Final = "questionnaire.css"
_FORMS: Final = "forms"


@dataclass(frozen=True)
class _Asked:
    """When something is asked: the answers to a question that lead to it, or all but those."""

    item_id: str
    number: int
    answers: tuple[str, ...]
    unless: bool


@dataclass(frozen=True)
class _Question:
    """A question as the page shows it.

    Attributes
    ----------
    limits
        Between which bounds a number is asked for, if one is.
    alone
        Which answers go with no other.
    stop
        Who answers no further, and what they are told.
    links
        Pages and anchors of the figures and stages that it is about.
    """

    item: Item
    asked: tuple[_Asked, ...]
    limits: tuple[int, int] | None
    alone: tuple[str, ...]
    stop: tuple[str, str] | None
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Part:
    """A section as the page shows it; `first` is the number of its first question."""

    section: Section
    asked: _Asked | None
    notice: tuple[Paragraph, ...]
    first: int
    questions: tuple[_Question, ...]


def register(app: Sphinx) -> None:
    """Add the parts, their style sheet and the files they offer."""
    app.add_css_file(_STYLE)
    page.add(app, "questionnaire", as_seen)
    page.add(app, "questionnaire-forms", as_offered)
    app.connect("config-inited", _offer_forms)


def as_seen(place: page.Place) -> Markup:
    """Lay the questionnaire out as a person would see it, both branches.

    Answers are lists, not form controls: nothing here can be filled in or sent.
    """
    questionnaire = load_questionnaire(place.paths)
    return render(
        "book/pages/questionnaire.html",
        place.lang,
        reconstructed=reconstructed(place.lang),
        parts=[_part(questionnaire, section, place.lang) for section in questionnaire.sections],
    )


def as_offered(place: page.Place) -> Markup:
    """List the files, each with what it is for."""
    return render("book/pages/forms.html", place.lang, folder=f"../_static/{_FORMS}")


def _offer_forms(app: Sphinx, config: Config) -> None:
    place = Path(app.doctreedir) / "forms-static"
    write_all(load_questionnaire(checkout(Path(app.srcdir))), place / _FORMS, force=True)
    config.html_static_path = [*config.html_static_path, str(place)]


def _part(questionnaire: Questionnaire, section: Section, lang: Lang) -> _Part:
    items = questionnaire.in_section(section.section_id)
    only = Condition(conditions.PROFILE, (section.branch,))
    return _Part(
        section=section,
        asked=None if section.branch == "all" else _asked(questionnaire, only, lang),
        notice=questionnaire.notice if questionnaire.item(CONSENT) in items else (),
        first=_number(questionnaire, items[0]),
        questions=tuple(_question(questionnaire, item, lang) for item in items),
    )


def _question(questionnaire: Questionnaire, item: Item, lang: Lang) -> _Question:
    _ = translator(lang)
    stops = {
        CONSENT: (_("Si la réponse est non :"), texts.declined(lang)),
        AGE: (_("Au-dessous de 18 ans :"), texts.too_young(lang)),
    }
    return _Question(
        item=item,
        asked=tuple(
            _asked(questionnaire, condition, lang)
            for condition in conditions.of_item(questionnaire, item)
            if condition.item_id != AGE  # said once, under the question of age
        ),
        limits=texts.limits(item) if item.type == "integer" else None,
        alone=tuple(texts.exclusive(choice, lang) for choice in item.choices if choice.exclusive),
        stop=stops.get(item.item_id),
        links=(
            *(("../book/provenance.html", claim_id) for claim_id in item.claim_ids),
            *(("../analysis/03_pathway.html", stage_id) for stage_id in item.stage_ids),
        ),
    )


def _asked(questionnaire: Questionnaire, condition: Condition, lang: Lang) -> _Asked:
    """Turn a condition round where only one answer is left out."""
    item = questionnaire.item(condition.item_id)
    left_out = [choice for choice in item.choices if choice.code not in condition.codes]
    unless = len(left_out) == 1 < len(condition.codes)
    told = left_out if unless else [one for one in item.choices if one.code in condition.codes]
    answers = tuple(choice.label(lang) for choice in told)
    return _Asked(item.item_id, _number(questionnaire, item), answers, unless)


def _number(questionnaire: Questionnaire, item: Item) -> int:
    return questionnaire.items.index(item) + 1
