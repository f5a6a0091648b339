"""The game: a risk to recognise at each stage, a statement to weigh; every answer from the tables.

Nothing is drawn at random: the order of what is offered follows from the stage's identifier, so
that the page is the same whenever it is built.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from actient import claims, framework, tables
from actient.chapters.combined.numbers import RARELY, coverage_readings
from actient.chapters.coverage.numbers import load_presets
from actient.chapters.sensitivity.numbers import Surface, load_surface
from actient.claims import Statement
from actient.locale import Lang
from actient.paths import Paths

Solidity = Literal["steady", "shaken", "fragile", "unsuited"]
SOLIDITIES: Final[tuple[Solidity, ...]] = ("steady", "shaken", "fragile", "unsuited")

ALIGNMENT: Final = "by_order"  # the one that the book shows first
OFFERED: Final = 3


@dataclass(frozen=True)
class Precaution:
    """What a patient and a professional may do about a risk. Ours, for discussion.

    Attributes
    ----------
    theme, label
        The risk: stable key, and words.
    stage_ids
        Stages at which the poster prints it, in the alignment that the book shows first.
    """

    theme: str
    label: str
    stage_ids: tuple[str, ...]
    patient: str
    professional: str


@dataclass(frozen=True)
class RiskQuestion:
    """A risk of the poster to recognise at one stage of the pathway.

    Attributes
    ----------
    uses
        What the poster prints at the stage, so that the player can reason.
    offered
        Risks: one is printed at the stage, and the others are not, in any alignment.
    right
        The one that is.
    risks
        All the risks of the stage, in the poster's words.
    doubtful
        Whether the transcription leaves a doubt on the place of the risk.
    """

    stage_id: str
    stage: str
    uses: tuple[str, ...]
    offered: tuple[Precaution, ...]
    right: Precaution
    risks: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True)
class StatementQuestion:
    """A statement that a printed figure suggests, to be weighed.

    Attributes
    ----------
    share
        The printed figure, as a proportion.
    right
        ``steady``: rarely false under every set of assumptions tried; ``shaken``: rarely false
        under those of chapter 10, not under all; ``fragile``: not even under those;
        ``unsuited``: nothing can be concluded, since those of chapter 10 suit the figure so badly
        that many draws were discarded or clipped.
    own, lowest, highest
        Part of the draws in which the statement is false: under the assumptions of chapter 10,
        and over those of chapter 13.
    warned
        Whether the assumptions suit the figure so badly somewhere that many draws were discarded
        or clipped.
    uncovered
        Whether coverage may play a part and, unknown, is not undone.
    """

    statement: Statement
    share: float
    right: Solidity
    own: float
    lowest: float
    highest: float
    warned: bool
    uncovered: bool


def precautions(lang: Lang, paths: Paths | None = None) -> tuple[Precaution, ...]:
    """List the risks, in the order of the pathway, each with what may be done about it."""
    layout = framework.pathway(ALIGNMENT, paths)
    risks = layout[layout["role"] == "risk"]
    labels = _by_theme("themes", f"label_{lang}", paths)
    patient = _by_theme("precautions", f"patient_{lang}", paths)
    professional = _by_theme("precautions", f"professional_{lang}", paths)
    return tuple(
        Precaution(
            theme=theme,
            label=labels[theme],
            stage_ids=tuple(risks.loc[risks["theme"] == theme, "stage_id"]),
            patient=patient[theme],
            professional=professional[theme],
        )
        for theme in risks["theme"].unique()
    )


def risk_round(lang: Lang, paths: Paths | None = None) -> tuple[RiskQuestion, ...]:
    """Ask one question per stage of the pathway."""
    known = precautions(lang, paths)
    layout = framework.pathway(ALIGNMENT, paths)
    every = pd.concat([framework.pathway(one, paths) for one in framework.ALIGNMENTS])
    return tuple(
        _risk_question(
            layout[layout["stage_id"] == stage_id],
            # A risk that the stage has in any alignment may not be called wrong.
            frozenset(every.loc[every["stage_id"] == stage_id, "theme"].dropna()),
            known,
            lang,
        )
        for stage_id in framework.stages(paths)["stage_id"]
    )


def statement_round(lang: Lang, paths: Paths | None = None) -> tuple[StatementQuestion, ...]:
    """Ask one question per statement: whether it holds under other assumptions."""
    surface = load_surface(RARELY, paths)
    printed, statements = claims.load_claims(paths), claims.load_statements(paths)
    covered = coverage_readings(statements, load_presets(paths))
    return tuple(
        _statement_question(
            statement,
            printed[statement.claim_id].proportion,
            surface,
            uncovered="coverage" in statement.biases and key not in covered,
        )
        for key, statement in statements.items()
    )


def _risk_question(
    here: pd.DataFrame,
    printed: frozenset[str],
    known: Sequence[Precaution],
    lang: Lang,
) -> RiskQuestion:
    risks = here[here["role"] == "risk"]
    themes = [one.theme for one in known]
    first = themes.index(risks["theme"].iloc[0])
    # Those that follow on the pathway: neighbours are the likeliest to be mistaken for one another.
    after = (*known[first + 1 :], *known[:first])
    wrong = [one for one in after if one.theme not in printed][: OFFERED - 1]
    stage_id = str(here["stage_id"].iloc[0])
    turn = zlib.crc32(stage_id.encode()) % OFFERED
    return RiskQuestion(
        stage_id=stage_id,
        stage=here[f"stage_{lang}"].iloc[0],
        uses=tuple(here.loc[here["role"] == "use", f"text_{lang}"]),
        offered=(*wrong[:turn], known[first], *wrong[turn:]),
        right=known[first],
        risks=tuple(risks[f"text_{lang}"]),
        doubtful=bool((risks["doubt"] != "none").any()),
    )


def _by_theme(table: str, column: str, paths: Paths | None) -> dict[str, str]:
    rows = tables.read(table, paths)
    return dict(zip(rows["theme"].astype(str), rows[column].astype(str), strict=True))


def _statement_question(
    statement: Statement, share: float, surface: Surface, *, uncovered: bool
) -> StatementQuestion:
    found = surface.statements[surface.statements["statement_id"] == statement.statement_id]
    (own,), (unsuited,) = (found.loc[found["own"], name] for name in ("fails", "warned"))
    return StatementQuestion(
        statement=statement,
        share=share,
        right="unsuited" if unsuited else solidity(own, found["fails"].max(), RARELY),
        own=float(own),
        lowest=float(found["fails"].min()),
        highest=float(found["fails"].max()),
        warned=bool(found["warned"].any()),
        uncovered=uncovered,
    )


def solidity(own: float, highest: float, limit: float) -> Solidity:
    """Class a statement by the part of the draws in which it is false.

    Parameters
    ----------
    own, highest
        That part under the book's first assumptions, and the highest under any it tried.
    limit
        Below it, a statement is said to be rarely false.
    """
    if highest < limit:
        return "steady"
    return "shaken" if own < limit else "fragile"
