"""The path from sources to figures, and back, in the built site."""

import json

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.slow


def parsed(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_from_every_use_to_its_figure_and_back(editions):
    for edition in editions:
        page = parsed(edition / "book" / "provenance.html")
        known = {one["id"] for one in page.select("[id]")}
        assert {f"use-C{place:02}" for place in range(1, 17)} <= known
        links = page.select('.actient-uses a[href*=".html#"]')
        assert links
        pages = {}
        for link in links:
            path, _, anchor = link["href"].partition("#")
            place = (edition / "book" / path).resolve()
            if place not in pages:
                pages[place] = {one["id"] for one in parsed(place).select("[id]")}
            assert anchor in pages[place], link
        inside = {one["href"][1:] for one in page.select('.actient-uses a[href^="#"]')}
        assert inside <= known


def test_numbers_in_the_index_are_those_of_the_captions(editions):
    for edition in editions:
        page = parsed(edition / "book" / "provenance.html")
        for link in page.select('#use-C11 a[href*="analysis/"][href*="#"]'):
            path, _, anchor = link["href"].partition("#")
            caption = parsed(edition / "book" / path).find(id=anchor).select_one(".caption-number")
            assert caption.get_text(strip=True) == f"Figure {link.get_text()}"


def test_the_graph_is_written_and_leads_to_pages_that_exist(editions):
    for edition in editions:
        graph = json.loads((edition / "book" / "provenance.json").read_text(encoding="utf-8"))
        places = {one["href"].partition("#")[0] for one in graph["nodes"] if "href" in one}
        assert places
        assert all((edition / place).is_file() for place in places)


def test_the_picture_is_there_in_both_colours_with_words(editions):
    for edition in editions:
        page = parsed(edition / "book" / "provenance.html")
        pictures = page.select("#provenance-graph img")
        assert len(pictures) == 2
        for one in pictures:
            assert one["alt"]
            assert (edition / "book" / one["src"]).resolve().is_file()
        assert page.select("#provenance-graph details table tbody tr")


def test_each_chapter_ends_with_how_to_cite_it(editions):
    for edition in editions:
        bibliography = (edition / "book" / "citation.bib").read_text(encoding="utf-8")
        for path in sorted(edition.glob("analysis/*.html")):
            page = parsed(path)
            (box,) = page.select("details.actient-cite")
            assert f"actient_{path.stem}" in box.select_one("pre").get_text()
            assert f"{{actient_{path.stem}," in bibliography
            assert "</section>" not in page.article.get_text(), "the page was escaped"
            assert page.article.select("section h1"), "the box took the place of the page"


@pytest.mark.browser
def test_the_picture_scrolls_in_a_box_of_its_own_on_a_phone(site, open_page):
    page = open_page(site / "book" / "provenance.html", {"width": 320, "height": 700}).page
    box = page.locator(".actient-path")
    box.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.actient-path img.actient-light').complete")
    inside, shown = box.evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert inside >= 640 > shown, "shrunk until nobody can read it"
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box.focus()
    assert box.evaluate("one => one === document.activeElement")


@pytest.mark.browser
def test_a_long_entry_does_not_widen_the_page(site, open_page):
    path = site / "analysis" / "07_selection.html"
    page = open_page(path, {"width": 320, "height": 700}).page
    page.locator("details.actient-cite > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
