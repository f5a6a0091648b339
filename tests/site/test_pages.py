"""Every page in a real browser, straight from disk: no error, no foreign request, no barrier.

Where there is no Chromium the tests say NOT RUN and why; under CI=true that is a failure.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    reason = "NOT RUN: no Chromium on this machine (Debian: apt-get install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(built) -> Path:
    return built.site / "fr"


def contents(site: Path) -> list[Path]:
    pages = sorted([*site.glob("book/*.html"), *site.glob("analysis/*.html")])
    assert len(pages) >= 20
    return pages


class Watched:
    """A page that remembers what went wrong while it was open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.problems.append(f"foreign request: {request.url}")


@pytest.fixture
def open_page(browser):
    contexts = []

    def opened(path: Path, viewport=DESKTOP, **options) -> Watched:
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(path.as_uri())
        return watched

    yield opened
    for context in contexts:
        context.close()


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
