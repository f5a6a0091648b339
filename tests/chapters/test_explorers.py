"""Explorers: what a reader can move, where it starts, and what the picture says before any move."""

from __future__ import annotations

import re
from functools import cache

import pytest
from legibility import SMALLEST, on_a_phone

from actient.bias.coverage import bounded_difference
from actient.bias.reliability import rogan_gladen
from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share
from actient.chapters import explorers
from actient.chapters.reliability.numbers import self_declared
from actient.charts import theme
from actient.claims import load_claims, load_statements
from actient.locale import LANGS, percent

CLAIMS, STATEMENTS = load_claims(), load_statements()
SHARE = CLAIMS["C11"].proportion
DECLARED = self_declared(STATEMENTS)


@cache
def drawn(name, lang, **changes):
    """One explorer's specification, drawn once for all that look at it: read, never changed."""
    given = {"claims": CLAIMS, "lang": lang}
    every = STATEMENTS.values()
    match name:
        case "explorer-n":
            chart = explorers.sample_size(every, **{**given, "confidence": 0.95, **changes})
        case "explorer-coverage":
            start = {"coverage": 0.58, "max_difference": 0.2}
            chart = explorers.coverage(every, **{**given, **start, **changes})
        case "explorer-selection":
            chart = explorers.selection(every, **{**given, **changes})
        case "explorer-reliability":
            start = {"sensitivity": 0.9, "specificity": 0.8}
            chart = explorers.reliability(DECLARED, **{**given, **start, **changes})
    return theme.portable_spec(chart.to_dict())


def params(spec):
    return {one["name"]: one for one in spec["params"]}


def texts(spec):
    found = re.findall(r"<text[^>]*>([^<]*)</text>", theme.svg(spec))
    return [text.replace("\u202f", "\xa0") for text in found]


SLIDERS = {
    "explorer-n": {"n": 100},
    "explorer-coverage": {"coverage": 58, "difference": 20},
    "explorer-selection": {"selection_ratio": 0.8},
    "explorer-reliability": {"sensitivity": 90, "specificity": 80},
}
STARTS = {
    "explorer-n": wilson(SHARE, 100, 0.95),
    "explorer-coverage": bounded_difference(SHARE, 0.58, 0.2),
    "explorer-selection": (corrected_share(SHARE, 0.8),),
    "explorer-reliability": (rogan_gladen(SHARE, 0.9, 0.8).value,),
}
VERDICTS = {  # of T11, where the sliders start
    "explorer-n": "n’est plus sûr de tenir",
    "explorer-coverage": "n’est plus sûr de tenir",
    "explorer-selection": "tient",
    "explorer-reliability": "tient",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", list(SLIDERS))
def test_every_assumption_is_a_labelled_input(name, lang):
    found = params(drawn(name, lang))
    assert {key: found[key]["value"] for key in SLIDERS[name]} == SLIDERS[name]
    assert found.keys() == {"statement", *SLIDERS[name]}
    for one in found.values():
        assert one["bind"]["name"].strip()
    for key in SLIDERS[name]:
        bind = found[key]["bind"]
        assert bind["input"] == "range"
        assert bind["min"] <= found[key]["value"] <= bind["max"]


@pytest.mark.parametrize("name", list(SLIDERS))
def test_labels_are_in_the_language(name):
    french, english = params(drawn(name, "fr")), params(drawn(name, "en"))
    for key in french:
        assert french[key]["bind"]["name"] != english[key]["bind"]["name"]


@pytest.mark.parametrize("name", list(SLIDERS))
def test_the_statements_offered_are_those_the_bias_applies_to(name):
    offered = params(drawn(name, "fr"))["statement"]["bind"]["options"]
    expected = [one.statement_id for one in DECLARED] if "reliability" in name else [*STATEMENTS]
    assert offered == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", list(SLIDERS))
def test_picture_text_alternative_and_table_say_the_estimate_of_python(name, lang):
    spec = drawn(name, lang)
    shown = texts(spec)
    sentence = " ".join(shown[shown.index(next(t for t in shown if t[:3] in ("Si ", "If "))) :])
    table = theme.Figure.from_spec(spec).table
    row = next(
        row for row in table.rows if row[0].startswith("T11") and row[2] in spec["description"]
    )
    for value in STARTS[name]:
        digits = percent(float(value), 1, lang)
        assert digits in sentence
        assert digits in spec["description"]
        assert digits in row
    if lang == "fr":
        assert f"l’énoncé {VERDICTS[name]}." in sentence
        assert row[-1] == VERDICTS[name]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", list(SLIDERS))
def test_the_figure_is_named_as_an_assumption(name, lang):
    figure = theme.Figure.from_spec(drawn(name, lang))
    assert (figure.name, figure.origins, figure.assumption) == (name, ("printed", "computed"), True)
    assert re.search({"fr": r"\bSi\b", "en": r"\bIf\b"}[lang], figure.caption)


@pytest.mark.parametrize(
    ("changes", "says", "verdict"),
    [
        ({"sensitivity": 0.9, "specificity": 0.5}, "−20,0\xa0%", "n’ont pu donner ce chiffre"),
        ({"sensitivity": 0.4, "specificity": 0.9}, "106,7\xa0%", "n’ont pu donner ce chiffre"),
        ({"sensitivity": 0.5, "specificity": 0.5}, "aucune", "n’apprendraient rien"),
    ],
)
def test_an_impossible_correction_is_said_never_clipped(changes, says, verdict):
    spec = drawn("explorer-reliability", "fr", **changes)
    sentence = " ".join(texts(spec))
    assert says in sentence
    assert verdict in sentence
    assert says in spec["description"]
    assert verdict in spec["description"]


@pytest.mark.parametrize(
    ("ratio", "verdict"), [(0.75, "tient"), (0.73, "tient de justesse"), (0.70, "ne tient plus")]
)
def test_the_rounding_of_the_printed_figure_counts(ratio, verdict):
    # T11 tips at k = 0.724 as printed, at 0.739 at the worst end of its rounding
    spec = drawn("explorer-selection", "fr", selection_ratio=ratio)
    assert any(text.startswith(f"l’énoncé {verdict}") for text in texts(spec))
    assert f"l’énoncé {verdict}" in spec["description"]


def test_at_the_threshold_itself_no_statement_holds():
    # 0.42 + (1 - 0.6)·0.2 is 0.5, whatever the last binary digit
    spec = drawn("explorer-coverage", "fr", coverage=0.6, max_difference=0.2)
    assert any("50,0\xa0%" in text for text in texts(spec))
    assert any(text == "l’énoncé n’est plus sûr de tenir." for text in texts(spec))


@pytest.mark.parametrize("lang", LANGS)
def test_the_longest_sentence_is_legible_on_a_phone(lang):
    spec = drawn("explorer-reliability", lang, sensitivity=1.0, specificity=0.5)
    assert on_a_phone(theme.svg(spec)) >= SMALLEST
