"""Every page in a real browser, straight from disk: no error, no foreign request, no barrier.

Where there is no Chromium the tests say NOT RUN and why; under CI=true that is a failure.
"""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


def contents(site: Path) -> list[Path]:
    pages = sorted([*site.glob("book/*.html"), *site.glob("analysis/*.html")])
    assert len(pages) >= 20
    return pages


def test_no_page_errs_asks_elsewhere_or_scrolls_sideways(site, open_page):
    problems = []
    for path in [site / "index.html", *contents(site)]:
        watched = open_page(path, NARROW)
        watched.page.wait_for_load_state("networkidle")
        wide = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        problems += [f"{path.name}: {problem}" for problem in watched.problems]
        problems += [f"{path.name}: {wide} px too wide"] if wide > 0 else []
    assert problems == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_is_a_barrier(site, open_page, viewport):
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    options = {"runOnly": rules, "preload": False}  # preloading would fetch, which a file may not
    barriers = []
    for path in contents(site):
        watched = open_page(path, viewport)
        watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(watched.page, options=options)
        barriers += [
            f"{path.name}: {one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found.response["violations"]
        ]
    assert barriers == []


def figure_pages(site: Path) -> list[Path]:
    return sorted(site.glob("analysis/*.html"))


def test_every_figure_comes_alive_when_asked(site, open_page):
    problems = []
    for path in figure_pages(site):
        watched = open_page(path)
        for figure in watched.page.locator("figure.actient-figure").all():
            figure.locator(".actient-explore").focus()
            watched.page.keyboard.press("Enter")
            figure.locator(".actient-stage svg").wait_for(timeout=10_000)
            assert not figure.locator("img").is_visible()
            name = figure.get_attribute("id")
            problems += [f"{name}: {problem}" for problem in watched.problems]
            watched.problems.clear()
    assert problems == []


def test_without_scripts_everything_is_readable(site, open_page):
    for path in figure_pages(site):
        page = open_page(path, java_script_enabled=False).page
        for image in page.locator("figure.actient-figure img").all():
            assert image.is_visible()
            assert image.get_attribute("alt")
        assert page.locator(".actient-explore:visible").count() == 0


def test_french_numbers_in_interactive_figures(site, open_page):
    watched = open_page(site / "analysis" / "04_results.html")
    figure = watched.page.locator("#results-wilson")
    figure.locator(".actient-explore").click()
    figure.locator(".actient-stage svg").wait_for()
    texts = figure.locator(".actient-stage svg text").all_text_contents()
    assert any(text.replace("\u202f", " ").replace("\xa0", " ") == "20 %" for text in texts)


def test_the_language_is_declared(site, open_page):
    for path in contents(site):
        assert open_page(path).page.locator("html").get_attribute("lang") == "fr"


def test_a_failed_load_leaves_the_picture(site, open_page, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    (copy / "_static" / "vega.js").unlink()
    page = open_page(copy / "analysis" / "04_results.html").page
    button = page.locator("#results-wilson .actient-explore")
    button.click()
    page.wait_for_function("!document.querySelector('#results-wilson .actient-explore').disabled")
    assert page.locator("#results-wilson img").is_visible()
    assert button.is_visible()
