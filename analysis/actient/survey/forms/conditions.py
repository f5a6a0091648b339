"""When a question is asked: the conditions that each tool then writes in its own way.

Nothing is asked before consent, and nothing more once someone says they are under age.
"""

from __future__ import annotations

from typing import Final

from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    UNDER_AGE,
    Condition,
    Item,
    Questionnaire,
    Section,
)

PROFILE: Final = "profile"


def of_section(questionnaire: Questionnaire, section: Section) -> tuple[Condition, ...]:
    """List what must hold, all of it, for a section to be shown."""
    order = [one.section_id for one in questionnaire.sections]
    place = order.index(section.section_id)
    if place <= order.index(questionnaire.item(CONSENT).section_id):
        return ()
    found = [Condition(CONSENT, (CONSENTED,))]
    if place > order.index(questionnaire.item(AGE).section_id):
        found.append(of_age(questionnaire))
    if section.branch != "all":
        found.append(Condition(PROFILE, (section.branch,)))
    return tuple(found)


def of_item(questionnaire: Questionnaire, item: Item) -> tuple[Condition, ...]:
    """List what must hold besides for a question of a section that is shown."""
    section = _section(questionnaire, item)
    age = questionnaire.item(AGE)
    order = questionnaire.items
    found = []
    if item.section_id == age.section_id and order.index(item) > order.index(age):
        found.append(of_age(questionnaire))
    if item.branch not in ("all", section.branch):
        found.append(Condition(PROFILE, (item.branch,)))
    if item.shown_if and item.shown_if not in found:
        found.append(item.shown_if)
    return tuple(found)


def all_of(questionnaire: Questionnaire, item: Item) -> tuple[Condition, ...]:
    """List all that must hold for a question to be asked, its section's conditions first."""
    section = _section(questionnaire, item)
    return (*of_section(questionnaire, section), *of_item(questionnaire, item))


def of_age(questionnaire: Questionnaire) -> Condition:
    """Give the answers to the question of age that let someone go on."""
    codes = questionnaire.item(AGE).codes
    return Condition(AGE, tuple(code for code in codes if code != UNDER_AGE))


def _section(questionnaire: Questionnaire, item: Item) -> Section:
    (section,) = (one for one in questionnaire.sections if one.section_id == item.section_id)
    return section
