"""Every page in a real browser, straight from disk: no error, no foreign request, no barrier.

Where there is no Chromium the tests say NOT RUN and why; under CI=true that is a failure.
"""

import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}

# What the keyboard should reach: shown, and not in a closed part of the page.
REACHABLE = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  for (const one of document.querySelectorAll(kinds)) {
    const closed = one.closest("details:not([open])");
    const hidden = closed && !(one.matches("summary") && one.parentElement === closed);
    const shown = one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !hidden;
    if (shown && one.tabIndex >= 0) one.dataset.wanted = "";
  }
  return document.querySelectorAll("[data-wanted]").length;
}"""
# Mark what has the focus, and say what is wrong with it: true when the page has been gone round.
ARRIVED = """() => {
  const one = document.activeElement;
  if (one === document.body || "reached" in one.dataset) return null;
  one.dataset.reached = "";
  // Of radio buttons the keyboard stops at one, and arrows go round the others.
  if (one.type === "radio")
    for (const other of document.getElementsByName(one.name)) other.dataset.reached = "";
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [outlined ? "" : "no visible focus", there ? "" : "focus out of sight"].join(" ").trim();
}"""
MISSED = """() => [...document.querySelectorAll("[data-wanted]:not([data-reached])")]
  .map(one => one.outerHTML.slice(0, 120))"""
# What readers may set for themselves (WCAG 2.1, 1.4.12), and every text that is then cut on a side.
SPACED = """body * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("body *")].filter(one =>
    ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.checkVisibility()
    && one.textContent.trim() && one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.tagName}.${one.className}`)"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def test_no_page_errs_asks_elsewhere_scrolls_sideways_or_cuts_its_words(
    editions, contents, open_page
):
    problems = []
    for path in [*(edition / "index.html" for edition in editions), *contents]:
        watched = open_page(path, NARROW)
        watched.page.wait_for_load_state("networkidle")
        problems += [f"{path.name}: {problem}" for problem in watched.problems]
        for spacing in (":root {}", SPACED):
            watched.page.add_style_tag(content=spacing)
            wide = watched.page.evaluate(WIDER)
            problems += [f"{path.name}: {wide} px too wide"] if wide > 0 else []
            problems += [f"{path.name}: {one} is cut" for one in watched.page.evaluate(CUT)]
    assert problems == []


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone-light", "desk-dark"]
)
def test_no_page_is_a_barrier(contents, open_page, viewport, scheme):
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    # Preloading would fetch, which a file may not; what passes is not described, to save time.
    options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
    barriers = []
    for path in contents:
        watched = open_page(path, viewport, color_scheme=scheme)
        assert watched.page.locator("html").get_attribute("data-theme") == scheme
        watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(watched.page, options=options)
        barriers += [
            f"{path.parent.parent.name}/{path.name}: {one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found.response["violations"]
        ]
    assert barriers == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(contents, open_page, scheme):
    problems = []
    for path in contents if scheme == "light" else contents[::7]:
        page = open_page(path, color_scheme=scheme).page
        wanted = page.evaluate(REACHABLE)
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
            trouble = page.evaluate(ARRIVED)
            if trouble is None:
                break
            if trouble:
                shown = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
                problems.append(f"{path.name}: {trouble}: {shown}")
        problems += [f"{path.name}: not reached: {one}" for one in page.evaluate(MISSED)]
    assert problems == []


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
            assert figure.locator("img:visible").count() == 0
            name = figure.get_attribute("id")
            problems += [f"{name}: {problem}" for problem in watched.problems]
            watched.problems.clear()
    assert problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_everything_is_readable(site, open_page, scheme):
    for path in figure_pages(site):
        page = open_page(path, java_script_enabled=False, color_scheme=scheme).page
        for figure in page.locator("figure.actient-figure").all():
            shown = figure.locator("img:visible")
            assert shown.count() == 1
            assert shown.get_attribute("alt")
        assert page.locator(".actient-explore:visible").count() == 0
        dead = ".primary-toggle:visible, .theme-switch-button:visible, .search-button:visible"
        assert page.locator(dead).count() == 0


def test_without_scripts_the_page_follows_light_and_dark(site, open_page):
    path = site / "book" / "index.html"
    grounds = {}
    for scheme in ("light", "dark"):
        with_scripts = open_page(path, color_scheme=scheme).page
        without = open_page(path, color_scheme=scheme, java_script_enabled=False).page
        grounds[scheme] = [
            page.locator("body").evaluate("b => getComputedStyle(b).backgroundColor")
            for page in (with_scripts, without)
        ]
        assert len(set(grounds[scheme])) == 1
    assert grounds["light"] != grounds["dark"]


def test_french_numbers_in_interactive_figures(site, open_page):
    watched = open_page(site / "analysis" / "04_results.html")
    figure = watched.page.locator("#results-wilson")
    figure.locator(".actient-explore").click()
    figure.locator(".actient-stage svg").wait_for()
    texts = figure.locator(".actient-stage svg text").all_text_contents()
    assert any(text.replace("\u202f", " ").replace("\xa0", " ") == "20 %" for text in texts)


def test_every_image_keeps_its_place_until_it_comes(contents):
    """Without its size, the page moves under the reader, and focus out of sight."""
    for path in contents:
        images = re.findall(r"<img [^>]*>", path.read_text(encoding="utf-8"))
        assert [one for one in images if not (" width=" in one and " height=" in one)] == [], path


def test_the_language_is_declared(contents):
    for path in contents:
        assert f'<html lang="{path.parent.parent.name}"' in path.read_text(encoding="utf-8")


def test_a_failed_load_leaves_the_picture(site, open_page, tmp_path):
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    (copy / "_static" / "vega.js").unlink()
    page = open_page(copy / "analysis" / "04_results.html").page
    button = page.locator("#results-wilson .actient-explore")
    button.click()
    page.wait_for_function("!document.querySelector('#results-wilson .actient-explore').disabled")
    assert page.locator("#results-wilson img:visible").count() == 1
    assert button.is_visible()
