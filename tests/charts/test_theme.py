"""Figures: what every chart must carry, and that its specification is the same everywhere."""

import json

import altair as alt
import pandas as pd
import pytest

from actient.charts import theme
from actient.charts.theme import Figure, FigureError, Table


def chart(shift=0.0):
    frame = pd.DataFrame({"x": [1, 2], "share": [1 / 3 + shift, 0.1 + 0.2]})
    return alt.Chart(frame).mark_point(**theme.points("printed")).encode(x="x:Q", y="share:Q")


def figure(**changes):
    arguments = {
        "name": "test-figure",
        "lang": "fr",
        "caption": "Une légende.",
        "description": "Deux points.",
        "table": pd.DataFrame({"x": ["1", "2"], "part": ["33 %", "30 %"]}),
        "origins": ["printed"],
    }
    return theme.figure(chart(), **{**arguments, **changes})


def test_what_travels_with_a_chart_comes_back():
    found = Figure.from_spec(figure(assumption=True).to_dict())
    assert found == Figure(
        name="test-figure",
        lang="fr",
        caption="Une légende.",
        origins=("printed",),
        assumption=True,
        table=Table(("x", "part"), (("1", "33 %"), ("2", "30 %"))),
    )


def test_what_a_chart_says_of_its_rows_travels_too():
    assert Figure.from_spec(figure(sources=["claims:C11"]).to_dict()).sources == ("claims:C11",)
    assert Figure.from_spec(figure(sources=[]).to_dict()).sources == ()
    silent = figure().to_dict()
    assert Figure.from_spec(silent).sources is None
    assert "sources" not in silent["usermeta"]["actient"]


@pytest.mark.parametrize("missing", ["name", "caption", "description"])
def test_a_figure_without_its_texts_is_refused(missing):
    with pytest.raises(FigureError, match="needed"):
        figure(**{missing: ""})


def test_an_unknown_origin_is_refused():
    with pytest.raises(FigureError, match="guessed"):
        figure(origins=["guessed"])


def test_a_chart_that_did_not_pass_through_the_door_is_refused():
    with pytest.raises(FigureError, match=r"theme\.figure"):
        theme.mime_bundle(chart().to_dict())


def test_the_specification_does_not_depend_on_a_processors_last_digit():
    specs = []
    for shift in (0.0, 1e-12):
        made = theme.figure(
            chart(shift),
            name="same",
            lang="fr",
            caption="c",
            description="d",
            table=pd.DataFrame({"a": ["1"]}),
            origins=["computed"],
        )
        specs.append(theme.portable_spec(made.to_dict()))
    assert specs[0] == specs[1]
    assert list(specs[0]["datasets"]) == ["same-1"]
    assert specs[0]["data"] == {"name": "same-1"}


def test_a_missing_value_is_null_as_json_wants_it():
    frame = pd.DataFrame({"x": [1.0, float("nan")]})
    texts = {"caption": "c", "description": "d", "table": pd.DataFrame({"a": ["1"]})}
    made = theme.figure(
        alt.Chart(frame).mark_point().encode(x="x:Q"),
        **{"name": "n", "lang": "fr", "origins": ["computed"], **texts},
    )
    (rows,) = theme.portable_spec(made.to_dict())["datasets"].values()
    assert [row["x"] for row in rows] == [1.0, None]


def test_a_notebook_receives_specification_and_description_only(monkeypatch):
    for name in ("JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)
    bundle, _ = theme.mime_bundle(figure().to_dict())
    assert list(bundle) == [theme.MIME, "text/plain"]
    assert bundle["text/plain"] == "Deux points."
    json.dumps(bundle)


@pytest.mark.parametrize(
    ("session", "taught", "pictured"),
    [
        ("JPY_SESSION_NAME", False, True),
        ("JPY_SESSION_NAME", True, False),  # JupyterLab draws the specification itself
        ("VSCODE_PID", True, True),
    ],
)
def test_a_session_that_could_not_show_a_chart_receives_a_picture(
    monkeypatch, tmp_path, session, taught, pictured
):
    for name in ("JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(session, "somebody's notebook")
    monkeypatch.setattr(theme, "LAB_EXTENSION", tmp_path)
    if taught:
        (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    bundle, _ = theme.mime_bundle(figure().to_dict())
    assert ("image/svg+xml" in bundle) is pictured
    assert not pictured or bundle["image/svg+xml"].startswith("<svg")


def test_the_drawing_speaks_the_figures_language():
    def drawn(lang):
        frame = pd.DataFrame({"x": [0.0, 0.5], "y": [0, 1]})
        axis = alt.Axis(format=".1%", values=[0.5])
        made = alt.Chart(frame).mark_line().encode(x=alt.X("x:Q", axis=axis), y="y:Q")
        texts = {"caption": "c", "description": "d", "table": pd.DataFrame({"a": ["1"]})}
        spec = theme.figure(made, name="n", lang=lang, origins=["computed"], **texts).to_dict()
        return theme.svg(theme.portable_spec(spec))

    assert "50,0" in drawn("fr")
    assert "50.0%" in drawn("en")
    assert drawn("fr") == drawn("fr")


@pytest.mark.parametrize(("lang", "word"), [("fr", "SYNTHÉTIQUE"), ("en", "SYNTHETIC")])
def test_a_synthetic_world_is_marked_on_the_picture_itself(lang, word):
    spec = figure(lang=lang, origins=["synthetic"]).to_dict()
    assert word in theme.svg(theme.portable_spec(spec))
    assert word not in theme.svg(theme.portable_spec(figure(lang=lang).to_dict()))


def test_a_synthetic_figure_that_no_watermark_would_cover_is_refused():
    facets = chart().facet("x:N")
    with pytest.raises(FigureError, match="watermark"):
        theme.figure(
            facets,
            name="n",
            lang="fr",
            caption="c",
            description="d",
            table=pd.DataFrame({"a": ["1"]}),
            origins=["synthetic"],
        )
