"""The game, and what may be done about each risk, as parts of a page.

`{risk-game}` and `{statement-game}` lay out the two rounds, `{precautions}` the table. Without its
script a round is a list of questions, each with its answer to unfold; `game.js` checks and counts.
On paper the answers follow the round, on a page of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import page
from actient.chapters.combined.numbers import RARELY
from actient.chapters.game import numbers as game
from actient.charts.table import Group, Row, cards
from actient.locale import Lang, percent
from actient.templates import render
from actient.words import N_, translator

_SCRIPT: Final = "game.js"
_STYLE: Final = "game.css"


@dataclass(frozen=True)
class _Question:
    """One question as a page shows it.

    Attributes
    ----------
    right
        The place of the answer among those offered.
    told
        Why it is the answer, where that is not the poster's to say.
    """

    key: str
    name: str
    about: game.RiskQuestion | game.StatementQuestion
    offered: Sequence[str]
    right: int
    told: Sequence[str] = ()


def register(app: Sphinx) -> None:
    """Add the parts, their look and their script."""
    app.add_css_file(_STYLE)
    app.add_js_file(_SCRIPT, loading_method="defer")
    page.add(app, "risk-game", risk_round)
    page.add(app, "statement-game", statement_round)
    page.add(app, "precautions", precautions)


def risk_round(place: page.Place) -> Markup:
    """Lay out the first round: a risk to recognise at each stage."""
    questions = [
        _Question(
            key=asked.stage_id,
            name=f"{asked.stage_id} · {asked.stage}",
            about=asked,
            offered=[choice.label for choice in asked.offered],
            right=asked.offered.index(asked.right),
        )
        for asked in game.risk_round(place.lang, place.paths)
    ]
    return _round("risks", questions, [origin_badge("printed", place.lang)], place.lang)


def statement_round(place: page.Place) -> Markup:
    """Lay out the second round: statements to weigh."""
    lang = place.lang
    _ = translator(lang)
    questions = [
        _Question(
            key=asked.statement.statement_id,
            name=asked.statement.text(lang),
            about=asked,
            offered=[_(_SOLIDITIES[name]) for name in game.SOLIDITIES],
            right=game.SOLIDITIES.index(asked.right),
            told=_told(asked, lang),
        )
        for asked in game.statement_round(lang, place.paths)
    ]
    origins = [origin_badge("printed", lang), origin_badge("computed", lang)]
    return _round("statements", questions, [*origins, assumption_badge(lang)], lang)


def precautions(place: page.Place) -> Markup:
    """Write the risks, the stages that have them, and what each of the two may do."""
    return precautions_table(game.precautions(place.lang, place.paths), place.lang)


def precautions_table(listed: Iterable[game.Precaution], lang: Lang) -> Markup:
    """Write the table of some precautions."""
    _ = translator(lang)
    rows = tuple(
        Row(
            (
                precaution.label,
                render("book/pages/stages.html", lang, stage_ids=precaution.stage_ids),
                precaution.patient,
                precaution.professional,
            ),
            anchor=f"p-{precaution.theme}",
        )
        for precaution in listed
    )
    return cards(
        (_("Risque"), _("Étapes"), _("Patient"), _("Professionnel")),
        [Group("", rows)],
        _("Une habitude pour le patient et une pour le professionnel, risque par risque"),
    )


def _round(
    name: str, questions: Sequence[_Question], badges: Sequence[Markup], lang: Lang
) -> Markup:
    return render("book/pages/game.html", lang, name=name, questions=questions, badges=badges)


def _told(asked: game.StatementQuestion, lang: Lang) -> list[str]:
    _ = translator(lang)
    told = [
        _(_CONCLUSIONS[asked.right]).format(limit=percent(RARELY, 0, lang)),
        _draws(asked, lang),
    ]
    if asked.warned and asked.right != "unsuited":
        told.append(
            _(
                "Prudence : quelque part, nos hypothèses s’accordent mal avec ce chiffre, et "
                "beaucoup de tirages ont été écartés ou ramenés à une limite."
            )
        )
    if asked.uncovered:
        told.append(
            _(
                "Prudence : nous ne savons pas combien de ces personnes le questionnaire pouvait "
                "atteindre. Ce biais n’est pas compté, et l’énoncé paraît plus solide qu’il ne "
                "l’est."
            )
        )
    return told


def _draws(asked: game.StatementQuestion, lang: Lang) -> str:
    _ = translator(lang)
    own, lowest, highest = (_part(part, lang) for part in (asked.own, asked.lowest, asked.highest))
    if own == lowest == highest:
        return _(
            "Il est faux dans {own} des tirages gardés, sous toutes les hypothèses essayées."
        ).format(own=own)
    return _(
        "Il est faux dans {own} des tirages gardés sous nos hypothèses de départ, et dans "
        "{lowest} à {highest} selon les autres."
    ).format(own=own, lowest=lowest, highest=highest)


def _part(share: float, lang: Lang) -> str:
    # Draws are random: a whole percentage is all that they can tell.
    if 0 < share < 0.005:
        _ = translator(lang)
        return _("moins de {share}").format(share=percent(0.01, 0, lang))
    return percent(share, 0, lang)


_SOLIDITIES: Final[dict[game.Solidity, str]] = {
    "steady": N_("Il tient sous toutes les hypothèses essayées"),
    "shaken": N_("Il tient sous nos hypothèses de départ, pas sous toutes"),
    "fragile": N_("Il ne tient pas, même sous nos hypothèses de départ"),
    "unsuited": N_("On ne peut rien en conclure : nos hypothèses conviennent mal à ce chiffre"),
}
_CONCLUSIONS: Final[dict[game.Solidity, str]] = {
    "steady": N_(
        "L’énoncé est faux dans moins de {limit} des tirages, quel que soit le jeu d’hypothèses "
        "essayé."
    ),
    "shaken": N_(
        "Au départ, l’énoncé est faux dans moins de {limit} des tirages ; sous certaines des "
        "autres hypothèses, il l’est plus souvent."
    ),
    "fragile": N_(
        "L’énoncé est faux dans plus de {limit} des tirages dès nos hypothèses de départ."
    ),
    "unsuited": N_(
        "Dès nos hypothèses de départ, beaucoup de tirages ont dû être écartés ou ramenés à une "
        "limite : ceux qui restent ne disent rien de sûr."
    ),
}
