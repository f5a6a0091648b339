"""The layout of figures: whatever the texts and data hold, the page stays whole and honest."""

import json
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from actient.book.figures import FigureRenderer, assumption_badge, html_table, origin_badge
from actient.charts import theme
from actient.locale import ORIGINS

HOSTILE = '<script>alert("x")</script> & =1+1'


class Renderer:
    """The part of MyST-NB's renderer that a figure needs."""

    def __init__(self):
        self.files = {}
        self.renderer = SimpleNamespace(sphinx_env=SimpleNamespace(docname="analysis/04_results"))

    def write_file(self, path, content, overwrite, exists_ok):
        self.files[path[-1]] = content
        return "/" + path[-1]


def laid_out(**changes):
    frame = pd.DataFrame({"x": ["</script><b>", HOSTILE], "y": [1, 2]})
    arguments = {
        "name": "test-figure",
        "lang": "fr",
        "caption": HOSTILE,
        "description": HOSTILE,
        "table": pd.DataFrame({HOSTILE: [HOSTILE, "2"]}),
        "origins": ["computed"],
    }
    chart = alt.Chart(frame).mark_point().encode(x="x:N", y="y:Q")
    spec = theme.portable_spec(theme.figure(chart, **{**arguments, **changes}).to_dict())
    renderer = Renderer()
    data = SimpleNamespace(mime_type=theme.MIME, content=spec)
    (node,) = FigureRenderer.handle_mime(renderer, data, inline=False)
    return node, renderer


def legend_of(node):
    return BeautifulSoup(node.children[-1].astext(), "html.parser")


def test_hostile_text_stays_text():
    node, _ = laid_out()
    soup = legend_of(node)
    assert soup.td.get_text() == HOSTILE
    assert soup.th.get_text() == HOSTILE
    assert [script["type"] for script in soup.select("script")] == ["application/json"]
    assert node.children[0]["alt"] == HOSTILE


def test_the_specification_survives_its_script_element():
    node, _ = laid_out()
    spec = json.loads(legend_of(node).select_one("script.actient-spec").string)
    assert spec["datasets"]["test-figure-1"][0]["x"] == "</script><b>"
    assert "usermeta" not in spec  # the table stands in the page already


def test_the_picture_is_written_under_the_figures_name():
    node, renderer = laid_out()
    assert list(renderer.files) == ["test-figure.svg"]
    assert renderer.files["test-figure.svg"].startswith(b"<svg")
    assert node["ids"] == ["test-figure"]


def test_links_lead_to_notebook_parameters_and_picture():
    links = [link["href"] for link in legend_of(laid_out()[0]).select("details a")]
    assert links == [
        "../_sources/analysis/04_results.ipynb",
        "../book/parameters.html#04_results",
        "../_images/test-figure.svg",
    ]


def test_a_synthetic_figure_wears_a_banner():
    node, _ = laid_out(origins=["synthetic"])
    assert "synthétiques" in node.children[0].astext()
    assert "synthétiques" not in laid_out()[0].children[0].astext()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_origin_has_a_badge_of_its_own(lang):
    badges = [str(origin_badge(origin, lang)) for origin in ORIGINS] + [str(assumption_badge(lang))]
    assert len(set(badges)) == 6


def test_other_outputs_are_left_to_others():
    data = SimpleNamespace(mime_type="text/html", content="<b>")
    assert FigureRenderer.handle_mime(Renderer(), data, inline=False) is None


def test_an_empty_table_is_a_table():
    soup = BeautifulSoup(html_table(theme.Table(("a",), ()), "Un tableau"), "html.parser")
    assert soup.th.get_text() == "a"
    assert soup.div["aria-label"] == "Un tableau"
    assert soup.select("td") == []
