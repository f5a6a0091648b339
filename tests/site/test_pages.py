"""Every page in a real browser, from disk and from a host: no error, no request, no barrier.

A page is visited once by day and once by night, and each visit checks all that it can.

Where there is no Chromium the tests say NOT RUN and why; under CI=true that is a failure.
"""

import re
import shutil
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from actient.paths import checkout

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
CONTENTS = yaml.safe_load((checkout(Path(__file__).parent).root / "_toc.yml").read_text("utf-8"))
PAGES = [
    CONTENTS["root"],
    *(chapter["file"] for part in CONTENTS["parts"] for chapter in part["chapters"]),
]
# Both editions are laid out alike; what words change is how wide they are, and that is always run.
EACH_EDITION = pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.long)])

# What the keyboard should reach: shown, and not in a closed part of the page. Before each Tab, what
# has the focus is marked, and what is wrong with it noted, until the page has been gone round.
WATCH_THE_KEYBOARD = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  for (const one of document.querySelectorAll(kinds)) {
    const closed = one.closest("details:not([open])");
    const hidden = closed && !(one.matches("summary") && one.parentElement === closed);
    const shown = one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !hidden;
    if (shown && one.tabIndex >= 0) one.dataset.wanted = "";
  }
  window.troubles = [];
  window.goneRound = false;
  let began = false;
  window.arrived = () => {
    const one = document.activeElement;
    if (!began) { began = true; return; }
    if (one === document.body || "reached" in one.dataset) window.goneRound = true;
    if (window.goneRound) return;
    one.dataset.reached = "";
    // Of radio buttons the keyboard stops at one, and arrows go round the others.
    if (one.type === "radio")
      for (const other of document.getElementsByName(one.name)) other.dataset.reached = "";
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const box = one.getBoundingClientRect();
    const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    for (const [right, wrong] of [[outlined, "no visible focus"], [there, "focus out of sight"]])
      if (!right) window.troubles.push(`${wrong}: ${one.outerHTML.slice(0, 120)}`);
  };
  addEventListener("keydown", window.arrived, { capture: true });
  return document.querySelectorAll("[data-wanted]").length;
}"""
MISSED = """() => [...document.querySelectorAll("[data-wanted]:not([data-reached])")]
  .map(one => `not reached: ${one.outerHTML.slice(0, 120)}`)"""
TABS = 25  # between two questions to the page
CHART_PAGE = 250_000  # bytes on the wire
# What readers may set for themselves (WCAG 2.1, 1.4.12), and every text that is then cut on a side.
SPACED = """body * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("body *")].filter(one =>
    ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.checkVisibility()
    && one.textContent.trim() && one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.tagName}.${one.className}`)"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def test_every_page_of_the_site_is_visited(editions, contents):
    found = sorted(path.relative_to(path.parents[2]).as_posix() for path in contents)
    assert found == sorted(f"{one.name}/{page}.html" for one in editions for page in PAGES)


@EACH_EDITION
@pytest.mark.parametrize("page", PAGES)
def test_by_day_a_page_errs_nowhere_asks_nobody_fits_a_phone_and_is_no_barrier(
    built, open_page, page, lang
):
    watched = open_page(built.site / lang / f"{page}.html", NARROW, color_scheme="light")
    assert too_wide_or_cut(watched.page) == []
    watched.page.set_viewport_size(PHONE)
    assert barriers(watched.page, "light") == []
    assert watched.problems == []


@EACH_EDITION
@pytest.mark.parametrize("page", PAGES)
def test_by_night_a_page_is_light_within_reach_of_the_keyboard_and_no_barrier(
    host, open_page, page, lang
):
    watched = open_page("about:blank", color_scheme="dark")
    sizes = watched.transferred(f"{host}/{lang}/{page}.html")
    assert f"{page}.html".rpartition("/")[2] in sizes
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:4]
    assert sum(sizes.values()) <= CHART_PAGE, largest
    assert beyond_the_keyboard(watched.page) == []
    assert barriers(watched.page, "dark") == []
    assert watched.problems == []


@pytest.mark.parametrize("page", PAGES)
def test_english_words_err_nowhere_and_fit_a_narrow_screen_too(built, open_page, page):
    watched = open_page(built.site / "en" / f"{page}.html", NARROW)
    assert too_wide_or_cut(watched.page) == []
    assert watched.problems == []


def test_the_doors_err_nowhere_and_fit_a_narrow_screen(editions, open_page):
    for edition in editions:
        watched = open_page(edition / "index.html", NARROW)
        watched.page.wait_for_url("**/book/index.html")
        assert too_wide_or_cut(watched.page) == []
        assert watched.problems == []


@pytest.mark.parametrize("page", PAGES[::7])
def test_by_day_too_the_keyboard_reaches_everything_and_shows_where_it_is(site, open_page, page):
    opened = open_page(site / f"{page}.html", color_scheme="light").page
    assert beyond_the_keyboard(opened) == []


FAULTS = """<html lang="fr" data-theme="dark"><style>:focus { outline: 2px solid }</style><body>
  <a href="#a" style="outline: none">unseen</a> <a href="#b">seen</a>
  <p style="width: 60rem">wide</p>
  <p style="overflow: hidden; width: 5rem; white-space: nowrap">words that are cut short</p>
  <button onkeydown="event.key === 'Tab' && event.preventDefault()">a trap</button>
  <button>beyond</button> <details><summary>shut</summary><input></details>
</body></html>"""


def test_faults_planted_in_a_page_are_found(open_page):
    page = open_page("about:blank", NARROW).page
    page.set_content(FAULTS)
    wide, cut, *_ = too_wide_or_cut(page)
    assert wide.endswith("px too wide")
    assert cut == "P. is cut"
    trap, *missed = beyond_the_keyboard(page)
    assert trap.startswith("no visible focus: <a")
    assert [one.partition(">")[2] for one in missed] == ["beyond</button>", "shut</summary>"]
    assert [one.partition(":")[0] for one in barriers(page, "dark")] == ["document-title", "label"]


def too_wide_or_cut(page) -> list[str]:
    """What does not fit the width of the screen, as it is and with the spacing of 1.4.12."""
    found = []
    for spacing in (":root {}", SPACED):
        style = page.add_style_tag(content=spacing)
        wide = page.evaluate(WIDER)
        found += [f"{wide} px too wide"] if wide > 0 else []
        found += [f"{one} is cut" for one in page.evaluate(CUT)]
        style.evaluate("one => one.remove()")
    return found


def barriers(page, scheme: str) -> list[str]:
    """What axe finds in the way of anyone, with everything unfolded."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    # Preloading would fetch, which a file may not; what passes is not described, to save time.
    options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
    assert page.locator("html").get_attribute("data-theme") == scheme
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def beyond_the_keyboard(page) -> list[str]:
    """What Tab does not reach, and what does not show that it has the focus."""
    wanted = page.evaluate(WATCH_THE_KEYBOARD)
    for _ in range(0, wanted + 40, TABS):
        for _ in range(TABS):
            page.keyboard.press("Tab")
        if page.evaluate("goneRound"):
            break
    return page.evaluate("troubles") + page.evaluate(MISSED)


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
