"""Pictures of one's own survey: each origin drawn its way, and a sentence where nothing can be."""

import json
from collections import Counter
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from legibility import SMALLEST, on_a_phone
from publishing import told

from actient import parameters
from actient.chapters.combined.numbers import Assumptions
from actient.chapters.supplied import numbers as chapter
from actient.chapters.supplied import pictures as draw
from actient.charts import theme
from actient.locale import LANGS
from actient.survey.publishing.aggregates import Pooled, Residual, Weighted, Weighting

KINDS = {
    "results": "04_results",
    "populations": "05_populations",
    "coverage": "06_coverage",
    "selection": "07_selection",
    "diffusion": "08_diffusion",
    "reliability": "09_reliability",
    "combined": "10_combined",
}
USUAL = Assumptions((0.85, 0.95, 1.0), (0.7, 0.85, 0.98), (0.5, 2.0), (-0.2, -0.05, 0.1))
POOLED = Pooled(("M09", "M10"), (("patient", 0.9), ("professional", 0.1)), (), 0.35, 0.3, 0.4)
MEASURES = (("M09", 60, 200), ("M10", 66, 100), ("M11", 42, 100))


def survey(**changes: object) -> chapter.Supplied:
    return replace(beside_nothing(), aggregates=told(*MEASURES, **{"pooled": (POOLED,), **changes}))


@cache
def beside_nothing() -> chapter.Supplied:
    """The poster's figures, read once."""
    return chapter.beside_the_poster(told())


def frame(kind: str, given: chapter.Supplied) -> pd.DataFrame:
    frames = {
        "results": chapter.results,
        "populations": chapter.populations,
        "coverage": lambda one: chapter.coverage(one, "social_networks"),
        "selection": chapter.selection,
        "diffusion": chapter.diffusion,
        "reliability": lambda one: chapter.reliability(one, 0.9, 0.8),
        "combined": lambda one: chapter.together(one, USUAL, draws=500, seed=1),
    }
    return frames[kind](given)


def shown(kind: str, lang: str = "fr", given: chapter.Supplied | None = None):
    return on_the_usual_survey(kind, lang) if given is None else on(kind, lang, given)


@cache
def on_the_usual_survey(kind: str, lang: str):
    """Draw once for all that look: read, never changed."""
    return on(kind, lang, survey())


def on(kind: str, lang: str, given: chapter.Supplied):
    return draw.show(kind, frame(kind, given), given, parameters.check(KINDS[kind], {"lang": lang}))


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_survey_nothing_is_drawn(kind) -> None:
    assert draw.show(kind, None, None, parameters.check(KINDS[kind], {})) is None


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_is_drawn_in_both_languages(kind, lang) -> None:
    chart = shown(kind, lang)
    spec = theme.portable_spec(chart.to_dict())
    found = theme.Figure.from_spec(spec)
    assert (found.name, found.lang) == (f"supplied-{kind}", lang)
    assert "supplied" in found.origins
    assert "{" not in found.caption + spec["description"]
    assert len(found.table.rows) == len(frame(kind, survey()))
    assert on_a_phone(theme.svg(spec)) >= SMALLEST
    assert "SYNTH" not in json.dumps(spec)


def test_assumptions_are_said_where_there_are_any() -> None:
    said = {kind: theme.Figure.from_spec(shown(kind).to_dict()).assumption for kind in KINDS}
    assert said == {kind: kind not in {"results", "populations", "diffusion"} for kind in KINDS}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_may_be_told_a_sentence_says_so(kind, lang) -> None:
    nothing = chapter.beside_the_poster(told(withheld=["M09"]))
    note = shown(kind, lang, nothing)
    assert isinstance(note, draw.Note)
    assert "11" in repr(note)
    assert note._repr_markdown_() == f"*{note.text}*"
    assert {"fr": "Trop peu de réponses", "en": "Too few responses"}[lang] in note.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_synthetic_answers_are_marked_on_the_picture_and_in_its_caption(kind, lang) -> None:
    spec = shown(kind, lang, survey(origin="synthetic")).to_dict()
    found = theme.Figure.from_spec(spec)
    assert "synthetic" in found.origins
    assert not {"supplied", "computed"} & set(found.origins)
    word = {"fr": "SYNTHÉTIQUE", "en": "SYNTHETIC"}[lang]
    assert word in found.caption
    marks = [layer for layer in spec["layer"] if layer["mark"].get("type") == "text"]
    assert any(word in json.dumps(layer, ensure_ascii=False) for layer in marks)
    own = {"fr": "Vos réponses", "en": "Your responses"}[lang]
    assert own not in json.dumps(found.table.rows, ensure_ascii=False)


def test_only_totals_are_in_the_specification() -> None:
    spec = shown("results").to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    kinds = Counter(row.get("kind") for row in rows)
    assert kinds["estimate"] == len(MEASURES)
    assert kinds["printed"] == len(MEASURES)
    assert sum(kinds.values()) < 30


def test_what_is_missing_is_said_without_a_reason() -> None:
    captions = {
        "with": theme.Figure.from_spec(shown("results").to_dict()).caption,
        "without": theme.Figure.from_spec(
            shown("results", given=survey(withheld=["M16"])).to_dict()
        ).caption,
    }
    assert "ne sont pas montrées" in captions["without"]
    assert "ne sont pas montrées" not in captions["with"]
    assert "M16" not in captions["without"]


def test_the_own_n_is_in_every_heading() -> None:
    spec = shown("results", "en").to_dict()
    for _, _, base in MEASURES:
        assert f"(n = {base})" in spec["description"]


@pytest.mark.parametrize(
    ("at_limit", "worth", "said"),
    [
        (
            0,
            80.4,
            ["aucun ne l’atteint. Toutes les parts connues sont retrouvées.", "en valent 80"],
        ),
        (12, 80.4, ["dont le poids l’atteint\N{NO-BREAK SPACE}: 12"]),
        (None, None, ["combien l’atteignent n’est pas montré"]),
    ],
)
def test_the_caption_states_weighting_and_its_limit(at_limit, worth, said) -> None:
    effect, met = (None, None) if worth is None else (1.25, ())
    one = Weighting("patient", ("age_band", "region"), 5.0, at_limit, met, effect, worth)
    caption = theme.Figure.from_spec(
        shown("results", given=survey(weightings=(one,))).to_dict()
    ).caption
    expected = ["Votre tranche d’âge, Votre région", "5,0 fois le poids moyen", *said]
    assert [words for words in expected if words not in caption] == []
    assert "Pondération" not in theme.Figure.from_spec(shown("results").to_dict()).caption


WEIGHTED_PATIENTS = {
    "weighted": {name: Weighted(0.35, 0.3, 0.4, 180, 1.11) for name in ("M09", "M11")},
    "weightings": (Weighting("patient", ("gender",), 5.0, 0, (), 1.1, 180),),
}


def caption(kind: str, lang: str, **changes: object) -> str:
    return theme.Figure.from_spec(shown(kind, lang, survey(**changes)).to_dict()).caption


def test_the_margins_reached_are_beside_their_targets() -> None:
    missed = (
        Residual("gender", "woman", 0.52, 0.5353),
        Residual("gender", "man", 0.48, 0.4647),
        Residual("age_band", "18_24", 0.1, 0.1004),  # nobody would see it
    )
    one = Weighting("patient", ("gender", "age_band"), 5.0, 30, missed, 1.2, 200)
    said = caption("results", "en", weightings=(one,))
    assert "reached under that limit: You are, A woman, 52.0%, 53.5%; " in said
    assert "48.0%, 46.5%" in said
    assert "10.0%" not in said
    assert "All known shares are met" not in said


@pytest.mark.parametrize(
    ("weighted", "said"),
    [
        (
            ("patient", "professional"),
            "weighted for Patients, service users and relatives; Health professionals.",
        ),
        (("patient",), "relatives, without weights for Health professionals."),
        ((), None),
    ],
)
def test_a_pooled_figure_says_whose_share_is_weighted(weighted, said) -> None:
    weights = (("patient", 0.9), ("professional", 0.1))
    one = Pooled(("M09", "M10"), weights, weighted, 0.35, 0.3, 0.4)
    found = caption("populations", "en", pooled=(one,))
    assert "figures shown" not in found if said is None else said in found


def test_what_starts_from_a_weighted_share_says_so() -> None:
    for kind in ("coverage", "selection", "reliability", "combined"):
        assert "start from the weighted share" in caption(kind, "en", **WEIGHTED_PATIENTS)
        assert "start from the weighted share" not in caption(kind, "en")


def test_a_weighted_share_that_is_withheld_leaves_a_word() -> None:
    hidden = {**WEIGHTED_PATIENTS, "weighted": {}}
    assert "Measures that are missing" in caption("results", "en", **hidden)
    assert "Measures that are missing" not in caption("results", "en", **WEIGHTED_PATIENTS)
