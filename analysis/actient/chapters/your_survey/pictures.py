"""Tables of chapter 12: every answer of every group, and what the reporting checklist asks."""

from __future__ import annotations

from typing import Final

from actient.chapters.supplied.numbers import Supplied
from actient.chapters.your_survey.numbers import answers
from actient.charts.table import Folded, Group, ReadableTable, Row
from actient.locale import Lang, number, percent
from actient.survey.publishing.aggregates import Share
from actient.survey.reporting.answers import load_checklist

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "answers": "Réponses de chaque groupe, question par question",
        "answer": "Réponse",
        "count": "Personnes",
        "base": "Sur",
        "share": "Part",
        "interval": "Intervalle",
        "withheld": "non montré",
        "size": "{group}\N{NO-BREAK SPACE}: {n} personnes",
        "unknown": "{group}",
        "unweighted": ", comptées sans pondération",
        "reported": "Ce que les réponses disent de l’enquête",
        "item": "Point",
        "found": "Réponse des données",
        "synthetic": "SYNTHÉTIQUE · ",
    },
    "en": {
        "answers": "Answers of each group, question by question",
        "answer": "Answer",
        "count": "People",
        "base": "Out of",
        "share": "Share",
        "interval": "Interval",
        "withheld": "not shown",
        "size": "{group}: {n} people",
        "unknown": "{group}",
        "unweighted": ", counted without weights",
        "reported": "What the responses say about the survey",
        "item": "Item",
        "found": "What the data say",
        "synthetic": "SYNTHETIC · ",
    },
}


def all_answers(supplied: Supplied, lang: Lang) -> Folded:
    """Lay out every answer of every group; what is withheld is said, not guessed."""
    words = _WORDS[lang]
    found = []
    for size in supplied.aggregates.groups:
        group = supplied.group_label(size.group_id, lang)
        n = number(size.n, 0, lang) if size.n else None
        head = words["size" if n else "unknown"].format(group=group, n=n)
        if any(one.group_id == size.group_id for one in supplied.aggregates.weightings):
            head += words["unweighted"]
        for item_id, shares in answers(supplied, size.group_id):
            question = supplied.questionnaire.item(item_id).question(lang)
            found.append(
                Group(
                    f"{_mark(supplied, lang)}{head} — {question}",
                    tuple(_answer(one, supplied, lang) for one in shares),
                )
            )
    columns = tuple(words[name] for name in ("answer", "count", "base", "share", "interval"))
    return Folded(
        words["answers"], ReadableTable(words["answers"], columns, tuple(found), numbers=True)
    )


def reported(supplied: Supplied, lang: Lang) -> ReadableTable:
    """Lay out what the data answer of the reporting checklist."""
    words = _WORDS[lang]
    labels = {item.number: item.label(lang) for item in load_checklist("cherries")}
    rows = tuple(
        Row((f"{one.number} · {labels[str(one.number)]}", one.fr if lang == "fr" else one.en))
        for one in supplied.aggregates.reported
    )
    title = f"{_mark(supplied, lang)}{words['reported']}"
    return ReadableTable(words["reported"], (words["item"], words["found"]), (Group(title, rows),))


def _answer(one: Share, supplied: Supplied, lang: Lang) -> Row:
    choices = supplied.questionnaire.item(one.item_id).choices
    label = next(choice for choice in choices if choice.code == one.code).label(lang)
    if one.share is None or one.low is None or one.high is None:
        return Row((label, _WORDS[lang]["withheld"], "", "", ""))
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
    return _WORDS[lang]["synthetic"] if supplied.origin == "synthetic" else ""
