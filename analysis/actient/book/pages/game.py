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
from actient.book.pages.game_words import WORDS
from actient.chapters.combined.numbers import RARELY
from actient.chapters.game import numbers as game
from actient.charts.table import Group, Row, cards
from actient.locale import Lang, Origin, percent, quantity

EMPTY: Final = Markup("")
_SCRIPT: Final = "game.js"
_STYLE: Final = "game.css"
_MARK: Final = "actient-game"


@dataclass(frozen=True)
class _Question:
    """One question as a page shows it; `right` is the place of the answer among those offered."""

    key: str
    name: str
    lines: Sequence[str]
    offered: Sequence[str]
    right: int
    told: Markup


def register(app: Sphinx) -> None:
    """Add the parts, their look and their script."""
    app.add_css_file(_STYLE)
    app.add_js_file(_SCRIPT, loading_method="defer")
    page.add(app, "risk-game", _risk_game)
    page.add(app, "statement-game", _statement_game)
    page.add(app, "precautions", _precautions)


def precautions_table(listed: Iterable[game.Precaution], lang: Lang) -> Markup:
    """Write the risks, the stages that have them, and what each of the two may do."""
    words = WORDS[lang]
    head = tuple(words[name] for name in ("risk", "stages", "patient", "professional"))
    rows = tuple(
        Row((one.label, _stages(one.stage_ids), one.patient, one.professional), f"p-{one.theme}")
        for one in listed
    )
    return cards(head, (Group("", rows),), words["precautions"])


def risk_round(questions: Iterable[game.RiskQuestion], lang: Lang) -> Markup:
    """Lay out the first round: a risk to recognise at each stage."""
    return _round("risks", [_risk(one, lang) for one in questions], ("printed",), lang)


def statement_round(questions: Iterable[game.StatementQuestion], lang: Lang) -> Markup:
    """Lay out the second round: statements to weigh."""
    laid_out = [_statement(one, lang) for one in questions]
    return _round("statements", laid_out, ("printed", "computed"), lang, assumption=True)


def _precautions(place: page.Place) -> Markup:
    return precautions_table(game.precautions(place.lang, place.paths), place.lang)


def _risk_game(place: page.Place) -> Markup:
    return risk_round(game.risk_round(place.lang, place.paths), place.lang)


def _statement_game(place: page.Place) -> Markup:
    return statement_round(game.statement_round(place.lang, place.paths), place.lang)


def _risk(one: game.RiskQuestion, lang: Lang) -> _Question:
    words = WORDS[lang]
    told = [
        Markup('<p>{} <a href="../analysis/03_pathway.html#{}">{}</a></p>').format(
            words["poster_prints"].format(words["join"].join(one.risks)),
            one.stage_id,
            words["see_stage"].format(one.stage_id),
        ),
        Markup("<p>{}</p>").format(words["doubtful"]) if one.doubtful else EMPTY,
        Markup(
            '<p>{}</p><dl class="actient-game-habits"><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd>'
            "</dl>"
        ).format(
            words["proposed"],
            *(words["patient"], one.right.patient),
            *(words["professional"], one.right.professional),
        ),
    ]
    return _Question(
        key=one.stage_id,
        name=f"{one.stage_id} · {one.stage}",
        lines=(
            Markup("<strong>{} · {}</strong>").format(one.stage_id, one.stage),
            words["printed_there"].format(words["join"].join(one.uses)),
            words["which_risk"],
        ),
        offered=[choice.label for choice in one.offered],
        right=one.offered.index(one.right),
        told=EMPTY.join(told),
    )


def _statement(one: game.StatementQuestion, lang: Lang) -> _Question:
    words = WORDS[lang]
    statement = one.statement
    told = [
        words[f"told_{one.right}"].format(limit=percent(RARELY, 0, lang)),
        _draws(one, lang),
        words["warned"] if one.warned and one.right != "unsuited" else "",
        words["uncovered"] if one.uncovered else "",
        Markup('<a href="provenance.html#{0}">{1}</a>').format(
            statement.claim_id, words["where_from"].format(statement.claim_id)
        ),
    ]
    return _Question(
        key=statement.statement_id,
        name=statement.text(lang),
        lines=(
            words["printed_figure"].format(quantity(one.share, "proportion", lang)),
            Markup("<strong>{}</strong>").format(statement.text(lang)),
            words["how_solid"],
        ),
        offered=[words[name] for name in game.SOLIDITIES],
        right=game.SOLIDITIES.index(one.right),
        told=EMPTY.join(Markup("<p>{}</p>").format(line) for line in told if line),
    )


def _draws(one: game.StatementQuestion, lang: Lang) -> str:
    own, lowest, highest = (_part(share, lang) for share in (one.own, one.lowest, one.highest))
    same = own == lowest == highest
    return WORDS[lang]["draws_same" if same else "draws"].format(
        own=own, lowest=lowest, highest=highest
    )


def _round(
    name: str,
    questions: Sequence[_Question],
    origins: Sequence[Origin],
    lang: Lang,
    *,
    assumption: bool = False,
) -> Markup:
    words = WORDS[lang]
    badges = [origin_badge(origin, lang) for origin in origins]
    if assumption:
        badges.append(assumption_badge(lang))
    return Markup(
        '<div class="{mark}" id="{mark}-{name}" data-score="{score}" data-done="{done}">'
        '<p class="actient-game-origins">{badges}</p><ol>{questions}</ol>'
        '<p class="actient-game-score" role="status" hidden></p>'
        '<p><button type="button" class="actient-game-again" hidden>{again}</button></p>'
        '<div class="actient-game-key" hidden><h3>{answers}</h3><dl>{key}</dl></div></div>'
    ).format(
        mark=_MARK,
        name=name,
        score=words["score"],
        done=words["done"],
        badges=Markup(" ").join(badges),
        questions=EMPTY.join(_laid_out(one, lang) for one in questions),
        again=words["again"],
        answers=words["answers"],
        key=EMPTY.join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(one.name, one.offered[one.right])
            for one in questions
        ),
    )


def _laid_out(one: _Question, lang: Lang) -> Markup:
    words = WORDS[lang]
    choices = EMPTY.join(
        Markup(
            '<label class="actient-game-choice"><input type="radio" name="g-{key}" value="{value}"'
            "{right}> <span>{text}</span></label>"
        ).format(
            key=one.key,
            value=place,
            right=Markup(" data-right") if place == one.right else EMPTY,
            text=text,
        )
        for place, text in enumerate(one.offered)
    )
    return Markup(
        '<li class="actient-game-question" id="g-{key}"><fieldset><legend>{asked}</legend>'
        '{choices}</fieldset><p><button type="button" class="actient-game-check" hidden>{check}'
        '</button> <span class="actient-game-verdict" role="status" data-right="{yes}" '
        'data-wrong="{no}" data-none="{none}"></span></p>'
        '<details class="actient-game-answer"><summary>{summary}</summary>'
        "<p><strong>{answer}</strong></p>{told}</details></li>"
    ).format(
        key=one.key,
        asked=Markup("<br>").join(one.lines),
        choices=choices,
        check=words["check"],
        yes=words["yes"],
        no=words["no"],
        none=words["none"],
        summary=words["answer"],
        answer=one.offered[one.right],
        told=one.told,
    )


def _stages(stage_ids: Iterable[str]) -> Markup:
    return Markup(", ").join(
        Markup('<a href="../analysis/03_pathway.html#{0}">{0}</a>').format(one) for one in stage_ids
    )


def _part(share: float, lang: Lang) -> str:
    # Draws are random: a whole percentage is all that they can tell.
    if 0 < share < 0.005:
        return WORDS[lang]["less_than"].format(percent(0.01, 0, lang))
    return percent(share, 0, lang)
