"""Figures in a real browser: on demand, in French, light and dark, on paper, and taken away."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from actient.charts.theme import BLUE, DARK, INK, NIGHT
from actient.locale import percent

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
COMPUTED = "(element, name) => getComputedStyle(element)[name]"


def chapters(site):
    found = sorted(site.glob("analysis/[0-9][0-9]_*.html"))
    assert len(found) >= 11
    return found


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def plain(text):
    return " ".join(text.split())


def opened(page, name):
    figure = page.locator(f"#{name}")
    figure.locator(".actient-explore").click()
    figure.locator(".actient-stage svg").wait_for()
    return figure


def test_figures_are_numbered_through_each_chapter_without_scripts(site, open_page):
    for path in chapters(site):
        page = open_page(path, java_script_enabled=False).page
        said = page.locator("figure.actient-figure .caption-number").all_text_contents()
        chapter = int(path.stem[:2])
        assert [plain(one) for one in said] == [
            f"Figure {chapter}.{place}" for place in range(1, len(said) + 1)
        ]
        for figure, number in zip(page.locator("figure.actient-figure").all(), said, strict=True):
            word = plain(number).replace("Figure", "figure")
            assert word in figure.locator(".actient-take").inner_text()
            assert figure.get_attribute("id")


def test_the_bundle_is_loaded_once_and_only_when_asked(site, open_page):
    page = open_page(site / "analysis" / "06_coverage.html").page
    bundles = page.locator("script[src$='vega.js']")
    assert bundles.count() == 0
    opened(page, "coverage-ladder")
    opened(page, "coverage-bounds")
    assert bundles.count() == 1


def test_a_tooltip_writes_french_numbers(site, open_page):
    watched = open_page(site / "analysis" / "04_results.html")
    figure = opened(watched.page, "results-wilson")
    figure.locator(".actient-stage .mark-symbol path").first.hover()
    tooltip = watched.page.locator("#vg-tooltip-element")
    expect(tooltip).to_be_visible()
    said = plain(tooltip.inner_text())
    assert plain(percent(0.93, 1, "fr")) in said  # the first figure of the picture, C09
    assert not re.search(r"\d\.\d", said)
    assert watched.problems == []


@pytest.mark.parametrize(("scheme", "shown"), [("light", "light"), ("dark", "dark")])
def test_a_page_shows_the_picture_of_its_own_mode(site, open_page, scheme, shown):
    page = open_page(site / "analysis" / "06_coverage.html", color_scheme=scheme).page
    for figure in page.locator("figure.actient-figure").all():
        figure.scroll_into_view_if_needed()
        assert figure.locator("img:visible").count() == 1
        image = figure.locator(f"img.actient-{shown}")
        expect(image).to_be_visible()
        page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
        assert image.evaluate(COMPUTED, "filter") == "none"


def test_an_interactive_figure_follows_the_mode_with_no_redrawing(site, open_page):
    page = open_page(site / "analysis" / "06_coverage.html", color_scheme="light").page
    figure = opened(page, "coverage-ladder")
    drawn = figure.locator(".actient-stage svg").inner_html()
    text = figure.locator(f".actient-stage text[fill='{INK}']").first
    line = figure.locator(f".actient-stage [stroke='{BLUE}']").first
    assert text.evaluate(COMPUTED, "fill") == rgb(INK)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert text.evaluate(COMPUTED, "fill") == rgb(DARK[INK])
    assert line.evaluate(COMPUTED, "stroke") == rgb(DARK[BLUE])
    stage = figure.locator(".actient-stage")
    assert stage.evaluate(COMPUTED, "backgroundColor") == rgb(NIGHT)
    assert stage.locator("svg").evaluate(COMPUTED, "backgroundColor") == rgb(NIGHT)
    assert figure.locator(".actient-stage svg").inner_html() == drawn


@pytest.mark.parametrize("viewport", [PHONE, {"width": 794, "height": 1123}], ids=["phone", "A4"])
def test_on_paper_only_picture_caption_and_origins_remain(site, open_page, viewport):
    page = open_page(site / "analysis" / "10_combined.html", viewport, color_scheme="dark").page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.emulate_media(media="print")
    for figure in page.locator("figure.actient-figure").all():
        assert figure.locator("img.actient-light:visible").count() == 1
        assert figure.locator("img.actient-dark:visible").count() == 0
        for left_out in (".actient-tools", "details", "table"):
            assert figure.locator(f"{left_out}:visible").count() == 0
        assert figure.locator(".caption-number").is_visible()
        assert figure.locator(".origin").first.is_visible()
        assert figure.evaluate(COMPUTED, "breakInside") == "avoid"


def test_on_paper_an_interactive_figure_is_dark_on_white(site, open_page):
    page = open_page(site / "analysis" / "06_coverage.html", color_scheme="dark").page
    figure = opened(page, "explorer-coverage")
    page.emulate_media(media="print")
    text = figure.locator(f".actient-stage text[fill='{INK}']").first
    assert text.evaluate(COMPUTED, "fill") == rgb(INK)
    assert figure.locator(".vega-bindings:visible").count() == 0
    assert figure.locator(".actient-stage svg").is_visible()


def test_everything_offered_is_there_and_the_data_are_those_of_the_table(site, open_page):
    for path in chapters(site):
        page = open_page(path, java_script_enabled=False).page
        for figure in page.locator("figure.actient-figure").all():
            links = figure.locator("a[download]").all()
            places = {
                (path.parent / urlsplit(link.get_attribute("href")).path).resolve()
                for link in links
            }
            assert {place.suffix for place in places} == {".csv", ".svg", ".json", ".ipynb"}
            assert all(place.is_file() for place in places)
            (data,) = (place for place in places if place.suffix == ".csv")
            assert data.stem == figure.get_attribute("id")
            text = data.read_bytes().decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
            shown = figure.locator(".actient-data tbody tr").count()
            assert len(rows) == shown + 1
            assert len({len(row) for row in rows}) == 1


def test_the_readout_of_a_slider_does_not_write_a_point(site, open_page):
    page = open_page(site / "analysis" / "07_selection.html").page
    figure = opened(page, "explorer-selection")
    assert figure.locator(".vega-bind input[type=range]").count() == 1
    assert figure.locator(".vega-bind input + span:visible").count() == 0
