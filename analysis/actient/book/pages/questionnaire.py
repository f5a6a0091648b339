"""The page of the questionnaire: as a person would see it, and the files for collection tools.

`{questionnaire}` lays it out, both branches, conditions said in words; `{questionnaire-forms}`
offers the files, which are written among the site's own.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.config import Config

from actient.book.pages import page
from actient.locale import Lang, number
from actient.paths import checkout
from actient.survey.forms import conditions, texts, write_all
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    Condition,
    Item,
    Questionnaire,
    Section,
    load_questionnaire,
    reconstructed,
)

EMPTY: Final = Markup("")
_STYLE: Final = "questionnaire.css"
_FORMS: Final = "forms"


def register(app: Sphinx) -> None:
    """Add the parts, their style sheet and the files they offer."""
    app.add_css_file(_STYLE)
    page.add(app, "questionnaire", _questionnaire)
    page.add(app, "questionnaire-forms", _forms)
    app.connect("config-inited", _offer_forms)


def as_seen(questionnaire: Questionnaire, lang: Lang) -> Markup:
    """Lay the questionnaire out as a person would see it, both branches.

    Answers are lists, not form controls: nothing here can be filled in or sent.
    """
    numbers = {item.item_id: place for place, item in enumerate(questionnaire.items, 1)}
    sections = (
        _section(questionnaire, section, numbers, lang) for section in questionnaire.sections
    )
    return Markup('<div class="actient-survey">{0}{1}{2}{0}</div>').format(
        _mark(lang), _parts(questionnaire, lang), EMPTY.join(sections)
    )


def as_offered(lang: Lang) -> Markup:
    """List the files, each with what it is for."""
    items = (
        Markup('<dt><a href="../_static/{0}/{1}" download>{1}</a></dt><dd>{2}</dd>').format(
            _FORMS, name, description[lang]
        )
        for name, description in _FILES.items()
    )
    return Markup('<dl class="actient-forms" aria-label="{}">{}</dl>').format(
        _WORDS[lang]["files"], EMPTY.join(items)
    )


def _questionnaire(place: page.Place) -> Markup:
    return as_seen(load_questionnaire(place.paths), place.lang)


def _offer_forms(app: Sphinx, config: Config) -> None:
    place = Path(app.doctreedir) / "forms-static"
    write_all(load_questionnaire(checkout(Path(app.srcdir))), place / _FORMS, force=True)
    config.html_static_path = [*config.html_static_path, str(place)]


def _forms(place: page.Place) -> Markup:
    return as_offered(place.lang)


def _mark(lang: Lang) -> Markup:
    return Markup('<p class="actient-reconstructed">{}</p>').format(reconstructed(lang))


def _parts(questionnaire: Questionnaire, lang: Lang) -> Markup:
    links = EMPTY.join(
        Markup('<li><a href="#part-{}">{}</a></li>').format(one.section_id, one.title(lang))
        for one in questionnaire.sections
    )
    return Markup('<nav class="actient-survey-parts" aria-label="{0}"><ul>{1}</ul></nav>').format(
        _WORDS[lang]["parts"], links
    )


def _section(
    questionnaire: Questionnaire, section: Section, numbers: dict[str, int], lang: Lang
) -> Markup:
    items = questionnaire.in_section(section.section_id)
    asked = EMPTY
    if section.branch != "all":
        only = Condition(conditions.PROFILE, (section.branch,))
        asked = _condition(questionnaire, only, numbers, "section_if", lang)
    notice = _notice(questionnaire, lang) if questionnaire.item(CONSENT) in items else EMPTY
    return Markup(
        '<section class="actient-survey-part" id="part-{id}" aria-labelledby="part-{id}-name">'
        '<h3 id="part-{id}-name">{title}</h3>{asked}{notice}<ol start="{first}">{items}</ol>'
        "</section>"
    ).format(
        id=section.section_id,
        title=section.title(lang),
        asked=asked,
        notice=notice,
        first=numbers[items[0].item_id],
        items=EMPTY.join(_item(questionnaire, item, numbers, lang) for item in items),
    )


def _notice(questionnaire: Questionnaire, lang: Lang) -> Markup:
    paragraphs = EMPTY.join(
        Markup("<p><strong>{}.</strong> {}</p>").format(one.heading(lang), one.text(lang))
        for one in questionnaire.notice
    )
    return Markup('<div class="actient-notice">{}</div>').format(paragraphs)


def _item(questionnaire: Questionnaire, item: Item, numbers: dict[str, int], lang: Lang) -> Markup:
    words = _WORDS[lang]
    asked = (
        _condition(questionnaire, one, numbers, "asked_if", lang)
        for one in conditions.of_item(questionnaire, item)
        if one.item_id != AGE  # said once, under the question of age
    )
    hint = Markup('<p class="actient-hint">{}</p>').format(item.hint(lang))
    required = Markup(' <span class="actient-required">{}</span>').format(words["required"])
    return Markup(
        '<li id="q-{id}">{asked}<p class="actient-asked">{question}{required}</p>{hint}{answers}'
        "{after}{links}</li>"
    ).format(
        id=item.item_id,
        asked=EMPTY.join(asked),
        question=item.question(lang),
        required=required if item.required else "",
        hint=hint if item.hint(lang) else "",
        answers=_answers(item, lang),
        after=_after(item, lang),
        links=_links(item, lang),
    )


def _answers(item: Item, lang: Lang) -> Markup:
    words = _WORDS[lang]
    if not item.choices:
        return Markup('<p class="actient-blank">{}</p>').format(_blank(item, lang))
    choices = EMPTY.join(Markup("<li>{}</li>").format(one.label(lang)) for one in item.choices)
    alone = [texts.exclusive(one, lang) for one in item.choices if one.exclusive]
    return Markup('<ul class="actient-{kind}" aria-label="{label}">{choices}</ul>{alone}').format(
        kind=item.type.replace("_", "-"),
        label=words[item.type],
        choices=choices,
        alone=Markup('<p class="actient-hint">{}</p>').format(" ".join(alone)) if alone else "",
    )


def _blank(item: Item, lang: Lang) -> str:
    if item.type != "integer":
        return _WORDS[lang]["token"]
    low, high = (number(bound, 0, lang) for bound in texts.limits(item))
    return _WORDS[lang]["integer"].format(low=low, high=high)


def _after(item: Item, lang: Lang) -> Markup:
    stops = {CONSENT: ("if_declined", texts.declined), AGE: ("if_young", texts.too_young)}
    if item.item_id not in stops:
        return EMPTY
    when, said = stops[item.item_id]
    return Markup('<p class="actient-condition">{} <q>{}</q></p>').format(
        _WORDS[lang][when], said(lang)
    )


def _condition(
    questionnaire: Questionnaire,
    condition: Condition,
    numbers: dict[str, int],
    sentence: str,
    lang: Lang,
) -> Markup:
    """Say a condition in words; "unless" where only one answer is left out."""
    words = _WORDS[lang]
    item = questionnaire.item(condition.item_id)
    left_out = [choice for choice in item.choices if choice.code not in condition.codes]
    unless = len(left_out) == 1 < len(condition.codes)
    told = left_out if unless else [c for c in item.choices if c.code in condition.codes]
    labels = (Markup("<q>{}</q>").format(choice.label(lang)) for choice in told)
    question = Markup('<a href="#q-{}">{}</a>').format(
        item.item_id, words["question"].format(numbers[item.item_id])
    )
    return Markup('<p class="actient-condition">{}</p>').format(
        escape(words[f"{sentence}_not" if unless else sentence]).format(
            answers=escape(words["or"]).join(labels), question=question
        )
    )


def _links(item: Item, lang: Lang) -> Markup:
    figures = (("../book/provenance.html", one) for one in item.claim_ids)
    stages = (("../analysis/03_pathway.html", one) for one in item.stage_ids)
    links = [
        Markup('<a href="{0}#{1}">{1}</a>').format(page, anchor)
        for page, anchor in chain(figures, stages)
    ]
    if not links:
        return EMPTY
    return Markup('<p class="actient-links">{} {}</p>').format(
        _WORDS[lang]["links"], Markup(" · ").join(links)
    )


_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "required": "réponse nécessaire",
        "select_one": "Une seule réponse",
        "select_multiple": "Plusieurs réponses possibles",
        "integer": "Un nombre entier, de {low} à {high}",
        "token": "Un code",
        "question": "question {}",
        "or": " ou ",
        "asked_if": "Posée si la réponse à la {question} est {answers}.",
        "asked_if_not": "Posée sauf si la réponse à la {question} est {answers}.",
        "section_if": "Partie montrée si la réponse à la {question} est {answers}.",
        "if_declined": "Si la réponse est non :",
        "if_young": "Au-dessous de 18 ans :",
        "links": "En lien avec",
        "parts": "Les parties du questionnaire",
        "files": "Les fichiers du questionnaire",
    },
    "en": {
        "required": "answer needed",
        "select_one": "One answer",
        "select_multiple": "Several answers possible",
        "integer": "A whole number, from {low} to {high}",
        "token": "A code",
        "question": "question {}",
        "or": " or ",
        "asked_if": "Asked if the answer to {question} is {answers}.",
        "asked_if_not": "Asked unless the answer to {question} is {answers}.",
        "section_if": "Part shown if the answer to {question} is {answers}.",
        "if_declined": "If the answer is no:",
        "if_young": "Under 18:",
        "links": "Related to",
        "parts": "The parts of the questionnaire",
        "files": "The files of the questionnaire",
    },
}
_FILES: Final[dict[str, dict[Lang, str]]] = {
    "xlsform.xlsx": {
        "fr": "KoboToolbox et ODK, dans les deux langues",
        "en": "KoboToolbox and ODK, in both languages",
    },
    "redcap_fr.csv": {
        "fr": "REDCap, dictionnaire de données en français",
        "en": "REDCap, data dictionary in French",
    },
    "redcap_en.csv": {
        "fr": "REDCap, dictionnaire de données en anglais",
        "en": "REDCap, data dictionary in English",
    },
    "limesurvey.txt": {
        "fr": "LimeSurvey, dans les deux langues",
        "en": "LimeSurvey, in both languages",
    },
    "template.csv": {
        "fr": "Tableau vide pour tout autre outil, une colonne par question",
        "en": "Empty table for any other tool, one column per question",
    },
    "codes.csv": {
        "fr": "Les codes admis dans chaque colonne, avec leur libellé",
        "en": "The codes allowed in each column, with their wording",
    },
    "README.txt": {
        "fr": "À lire d’abord : le rôle de chaque fichier, les précautions",
        "en": "Read first: what each file is for, and the precautions",
    },
}
