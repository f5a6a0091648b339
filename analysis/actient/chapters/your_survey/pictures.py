"""Tables of chapter 12: every answer of every group, and what the reporting checklist asks."""

from __future__ import annotations

from actient.chapters.supplied.numbers import Supplied
from actient.chapters.your_survey.numbers import answers
from actient.charts.table import Folded, Group, ReadableTable, Row
from actient.locale import Lang, number, percent
from actient.survey.publishing.aggregates import Share
from actient.survey.reporting.answers import load_checklist
from actient.words import translator


def all_answers(supplied: Supplied, lang: Lang) -> Folded:
    """Lay out every answer of every group; what is withheld is said, not guessed."""
    _ = translator(lang)
    found = []
    for size in supplied.aggregates.groups:
        group = supplied.group_label(size.group_id, lang)
        head = group
        if size.n:
            persons = _("{group}\N{NO-BREAK SPACE}: {n} personnes")
            head = persons.format(group=group, n=number(size.n, 0, lang))
        if any(one.group_id == size.group_id for one in supplied.aggregates.weightings):
            head += _(", comptées sans pondération")
        for item_id, shares in answers(supplied, size.group_id):
            question = supplied.questionnaire.item(item_id).question(lang)
            found.append(
                Group(
                    f"{_mark(supplied, lang)}{head} — {question}",
                    tuple(_answer(one, supplied, lang) for one in shares),
                )
            )
    title = _("Réponses de chaque groupe, question par question")
    columns = (_("Réponse"), _("Personnes"), _("Sur"), _("Part"), _("Intervalle"))
    return Folded(title, ReadableTable(title, columns, tuple(found), numbers=True))


def reported(supplied: Supplied, lang: Lang) -> ReadableTable:
    """Lay out what the data answer of the reporting checklist."""
    _ = translator(lang)
    labels = {item.number: item.label(lang) for item in load_checklist("cherries")}
    rows = tuple(
        Row((f"{one.number} · {labels[str(one.number)]}", one.fr if lang == "fr" else one.en))
        for one in supplied.aggregates.reported
    )
    title = _("Ce que les réponses disent de l’enquête")
    groups = (Group(f"{_mark(supplied, lang)}{title}", rows),)
    return ReadableTable(title, (_("Point"), _("Réponse des données")), groups)


def _answer(one: Share, supplied: Supplied, lang: Lang) -> Row:
    _ = translator(lang)
    choices = supplied.questionnaire.item(one.item_id).choices
    label = next(choice for choice in choices if choice.code == one.code).label(lang)
    if one.share is None or one.low is None or one.high is None:
        return Row((label, _("non montré"), "", "", ""))
    return Row(
        (
            label,
            number(one.count or 0, 0, lang),
            number(one.base or 0, 0, lang),
            percent(one.share, 1, lang),
            f"{percent(one.low, 1, lang)} – {percent(one.high, 1, lang)}",
        )
    )


def _mark(supplied: Supplied, lang: Lang) -> str:
    _ = translator(lang)
    return _("SYNTHÉTIQUE · ") if supplied.origin == "synthetic" else ""
