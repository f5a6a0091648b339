"""The layout of figures: whatever the texts and data hold, the page stays whole and honest."""

import json
import re
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from legibility import SMALLEST, on_a_phone

from actient.book.figures import downloads, numbering
from actient.book.figures.renderer import FigureRenderer, assumption_badge, origin_badge
from actient.charts import theme
from actient.locale import ORIGINS
from actient.paths import checkout
from actient.runs import making

HOSTILE = '<script>alert("x")</script> & =1+1'


class Page:
    """The part of MyST-NB's page renderer that a figure needs."""

    def __init__(self, docname, notebook):
        self.sphinx_env = SimpleNamespace(docname=docname, temp_data={}, srcdir=checkout().root)
        self.nb_client = SimpleNamespace(notebook=notebook)
        self.document = new_document("page")


def notebook(**injected):
    cells = [
        cell('lang: str = "fr"\nshare: float = 0.5\nsizes: list[int] = [3, 10_000]', "parameters"),
        cell("share = 0.9  # not a parameters cell"),
    ]
    if injected:
        source = "# Parameters\n" + "\n".join(f"{k} = {v!r}" for k, v in injected.items())
        cells.insert(1, cell(source, "injected-parameters"))
    return {"cells": cells}


def cell(source, *tags):
    return {"source": source, "metadata": {"tags": list(tags)}}


def laid_out(page=None, **changes):
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
    data = SimpleNamespace(mime_type=theme.MIME, content=spec)
    renderer = SimpleNamespace(renderer=page or Page("analysis/04_results", notebook()))
    (node,) = FigureRenderer.handle_mime(renderer, data, inline=False)
    return node


def shown(node):
    """Return the whole figure, except its caption, as a reader's browser would read it."""
    return BeautifulSoup("".join(raw.astext() for raw in node.findall(nodes.raw)), "html.parser")


def fact(node, name):
    (title,) = [dt for dt in shown(node).select(".actient-made dt") if dt.get_text() == name]
    return title.find_next_sibling("dd")


def test_hostile_text_stays_text():
    node = laid_out()
    soup = shown(node)
    assert soup.td.get_text() == HOSTILE
    assert soup.th.get_text() == HOSTILE
    assert [script["type"] for script in soup.select("script")] == ["application/json"]
    assert {image["alt"] for image in soup.select("img")} == {HOSTILE}


def test_the_specification_survives_its_script_element():
    spec = json.loads(shown(laid_out()).select_one("script.actient-spec").string)
    assert spec["datasets"]["test-figure-1"][0]["x"] == "</script><b>"
    assert "usermeta" not in spec  # the table stands in the page already


def test_the_pictures_stand_in_the_page_with_their_size():
    light, dark = shown(laid_out()).select(".actient-picture img")
    assert light["src"] == "../_images/test-figure.svg"
    assert dark["src"] == "../_images/test-figure.dark.svg"
    for image in (light, dark):
        assert "dark-light" in image["class"]  # or the theme would repaint it
        assert float(image["width"]) > 0
        assert float(image["height"]) > 0


def test_every_file_that_is_offered_is_made():
    node = laid_out()
    offered = {
        link["href"].removeprefix("../_images/test-figure")
        for link in shown(node).select("a[download]")
        if "_images" in link["href"]
    }
    assert offered == {".csv", ".svg", ".vl.json"}
    assert offered | {".dark.svg"} == set(node[downloads.FILES])


def test_links_lead_to_notebook_parameters_and_specification():
    links = [link["href"] for link in shown(laid_out()).select(".actient-made a")]
    assert links == [
        "../_sources/analysis/04_results.ipynb",
        "../book/parameters.html#04_results",
        "../_images/test-figure.vl.json",
    ]


def test_figures_are_numbered_by_chapter_in_the_order_of_the_page():
    page = Page("analysis/06_coverage", notebook())
    first, second = laid_out(page), laid_out(page, name="another")
    assert [first[numbering.NUMBER], second[numbering.NUMBER]] == [(6, 1), (6, 2)]
    links = [link.get_text() for link in shown(second).select(".actient-take a")]
    assert links == ["données de la figure 6.2 (CSV)", "image (SVG)"]
    assert first["ids"] == ["test-figure"]
    assert page.document.nameids["another"] == "another"  # what {numref} looks for


def test_a_figure_outside_the_chapters_is_numbered_alone():
    assert laid_out(Page("book/method", notebook()))[numbering.NUMBER] == (1,)


def test_english_words_for_an_english_figure():
    page = Page("analysis/10_combined", notebook(lang="en"))
    soup = shown(laid_out(page, lang="en"))
    assert soup.select_one(".actient-take a").get_text() == "data of figure 10.1 (CSV)"
    assert "--lang en" in soup.select_one(".actient-rerun").get_text()


def test_the_parameters_are_those_of_the_run():
    node = laid_out(Page("analysis/04_results", notebook(share=0.25)))
    shown_ = [code.get_text() for code in fact(node, "Paramètres").select("code")]
    assert shown_ == ["lang = fr", "share = 0.25", "sizes = [3, 10000]"]
    commands = [code.get_text() for code in shown(node).select(".actient-rerun dd code")]
    assert commands == [
        "actient run 04_results -p share=0.25 --figure test-figure",
        "actient lab 04_results",
    ]


def test_a_figure_outside_the_chapters_offers_no_command():
    assert not shown(laid_out(Page("book/method", notebook()))).select(".actient-rerun")


def test_the_rows_are_those_the_figure_shows_and_those_it_states():
    table = pd.DataFrame({"x": ["T11 · Un énoncé", "C0", "XC13", "C99"]})
    node = laid_out(table=table, sources=["coverage_presets", "claims:C09"])
    rows = fact(node, "Lignes de données")
    said = [item.get_text() for item in rows.select("li")]
    assert said == [
        "Les seize chiffres de l’affiche\N{NO-BREAK SPACE}: C09, C11",
        "Énoncés que les chiffres permettent de tester\N{NO-BREAK SPACE}: T11",
        "Valeurs toutes prêtes de couverture (lignes choisies par le chapitre)",
    ]
    assert rows.select('a[href="../book/provenance.html#use-C11"]')


def test_no_row_is_said_only_where_the_chart_says_so():
    assert "aucune ligne" in fact(laid_out(sources=[]), "Lignes de données").get_text()
    titles = [title.get_text() for title in shown(laid_out()).select(".actient-made dt")]
    assert "Lignes de données" not in titles


@pytest.mark.parametrize("source", ["nowhere", "claims:C99", "nowhere:C01"])
def test_rows_that_do_not_exist_are_refused(source):
    with pytest.raises(making.MakingError, match=f"test-figure.*{source}"):
        laid_out(sources=[source])


def test_a_synthetic_figure_wears_a_banner():
    assert "synthétiques" in laid_out(origins=["synthetic"]).children[0].astext()
    assert "synthétiques" not in laid_out().children[0].astext()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_origin_has_a_badge_of_its_own(lang):
    badges = [str(origin_badge(origin, lang)) for origin in ORIGINS] + [str(assumption_badge(lang))]
    assert len(set(badges)) == 6


def test_other_outputs_are_left_to_others():
    data = SimpleNamespace(mime_type="text/html", content="<b>")
    assert FigureRenderer.handle_mime(SimpleNamespace(), data, inline=False) is None


def described():
    for path in checkout().notebooks():
        for one in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in one.get("outputs", []):
                if spec := output.get("data", {}).get(theme.MIME):
                    yield theme.Figure.from_spec(spec), spec


# English: tests/book/test_build.py; one’s own survey: tests/chapters/supplied/test_pictures.py. The
# path from sources to figures is no chart of a chapter: five columns of names do not fit, so it
# scrolls.
def test_every_picture_is_legible_on_a_phone():
    found = {figure.name: on_a_phone(theme.svg(spec)) for figure, spec in described()}
    assert len(found) >= 20
    assert {name: size for name, size in found.items() if size < SMALLEST} == {}


COLOUR = re.compile(
    r"(?i)\b(noire?s?|violet(te)?s?|bleue?s?|grise?s?|vert(e?s?)?\b(?! d)|roses?|rouges?"
    r"|black|purple|blue|grey|green|pink|red)\b"
)


def test_every_text_alternative_says_what_the_picture_shows():
    figures = list(described())
    assert len(figures) >= 20
    for figure, spec in figures:
        text = spec["description"]
        assert len(text) >= 60, figure.name
        assert re.search(r"\d", text), figure.name
        assert not COLOUR.search(text), figure.name
        assert not re.search(r"(?i)\borange", text), figure.name


def test_no_caption_names_a_colour_that_dark_pages_change():
    # Orange stays orange in both modes, and is never named without its place in the picture.
    for figure, _ in described():
        assert not COLOUR.search(figure.caption), figure.name
        for said in re.finditer(r"En orange, ([^:.]*)", figure.caption):
            assert "moitié" in said[1], figure.name


def test_every_number_of_a_tooltip_is_formatted():
    def tooltips(node):
        if isinstance(node, dict):
            found = node.get("tooltip", [])
            yield from found if isinstance(found, list) else [found]
            for value in node.values():
                yield from tooltips(value)
        elif isinstance(node, list):
            for value in node:
                yield from tooltips(value)

    seen = 0
    for figure, spec in described():
        for tooltip in tooltips(
            {key: spec[key] for key in spec if key not in ("datasets", "usermeta")}
        ):
            seen += 1
            if isinstance(tooltip, dict) and tooltip.get("type") == "quantitative":
                assert tooltip.get("format"), figure.name
    assert seen >= 10


def test_every_committed_figure_tells_its_rows():
    for figure, spec in described():
        found = making.data_rows(figure, spec)
        assert found or figure.sources == (), figure.name
        assert not (found and figure.sources == ()), figure.name
