"""What surrounds the text still works after the diet: contents, search, theme, menu, editions."""

import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
CHAPTER = "analysis/06_coverage.html"


@pytest.mark.parametrize(
    ("toggle", "dialog", "inside"),
    [
        (".primary-toggle", "#pst-primary-sidebar-modal", "a[href$='07_selection.html']"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal", ".page-toc a"),
    ],
    ids=["book", "page"],
)
@pytest.mark.parametrize("by", ["keyboard", "pointer"])
def test_contents_open_and_close_on_a_phone(site, open_page, toggle, dialog, inside, by):
    watched = open_page(site / CHAPTER, PHONE)
    page = watched.page
    assert page.locator(inside).first.is_hidden()
    if by == "keyboard":
        page.locator(toggle).focus()
        page.keyboard.press("Enter")
    else:
        page.locator(toggle).click()
    expect(page.locator(f"{dialog} {inside}").first).to_be_visible()
    if by == "keyboard":
        page.keyboard.press("Escape")
    else:
        box = page.locator(dialog).bounding_box()
        right = box["x"] + box["width"]
        page.mouse.click(right + 20 if right < PHONE["width"] - 30 else box["x"] - 20, 400)
    expect(page.locator(dialog)).to_be_hidden()
    assert watched.problems == []


def test_the_contents_of_the_book_fold_away_on_a_desk(site, open_page):
    page = open_page(site / CHAPTER).page
    link = page.locator("#pst-primary-sidebar a[href$='07_selection.html']")
    expect(link).to_be_visible()
    page.locator(".primary-toggle").click()
    expect(link).to_be_hidden()
    page.locator(".primary-toggle").click()
    expect(link).to_be_visible()


@pytest.mark.parametrize("by", ["shortcut", "button"])
def test_search_finds_a_chapter_from_disk(site, open_page, by):
    watched = open_page(site / CHAPTER)
    page = watched.page
    if by == "shortcut":
        page.keyboard.press("Control+k")
    else:
        page.locator(".search-button__button:visible").first.click()
    field = page.locator("#pst-search-dialog input[name=q]")
    expect(field).to_be_focused()
    field.fill("sélection")
    page.keyboard.press("Enter")
    found = page.locator("#search-results a[href*='07_selection.html']")
    expect(found.first).to_be_visible()
    found.first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "07_selection.html" in page.url
    assert watched.problems == []


@pytest.mark.parametrize(
    ("edition", "word", "count", "none"),
    [
        ("fr", "sélection", "Pages trouvées\u00a0: ", "Aucune page ne contient tous ces mots."),
        ("en", "selection", "Pages found: ", "No page holds all of these words."),
    ],
)
def test_search_says_in_our_words_what_it_found(site, open_page, edition, word, count, none):
    search = site.parent / edition / "search.html"
    page = open_page(f"{search.as_uri()}?q={word}").page
    pages = page.locator("#search-results li")
    expect(pages.first).to_be_visible()
    said = page.locator("#search-results .search-summary")
    expect(said).to_have_text(re.compile(rf"^{count}\d+\.$"))
    assert said.inner_text() == f"{count}{pages.count()}."
    page = open_page(f"{search.as_uri()}?q=zzzz").page
    expect(page.locator("#search-results .search-summary")).to_contain_text(none)


def test_the_theme_goes_round_and_is_remembered(site, open_page):
    page = open_page(site / CHAPTER, color_scheme="light").page
    button, root = page.locator(".theme-switch-button:visible"), page.locator("html")
    seen = [root.get_attribute("data-theme")]
    for _ in range(3):
        button.focus()
        page.keyboard.press("Enter")
        seen.append(root.get_attribute("data-theme"))
        expect(page.locator("svg.theme-switch:visible")).to_have_count(1)
    assert seen == ["light", "dark", "light", "light"]
    button.click()
    page.goto((site / "book" / "index.html").as_uri())
    assert root.get_attribute("data-theme") == "dark"


REFUSED = """Object.defineProperty(window, "localStorage", {
  configurable: true, get() { throw new DOMException("denied", "SecurityError"); } })"""


def test_where_storage_is_refused_contents_and_theme_still_work(site, open_page):
    """As in a frame that may not store, or where a hospital's settings forbid it."""
    watched = open_page("about:blank", PHONE, color_scheme="light")
    page = watched.page
    watched.allowed = ("file:", "data:")
    page.add_init_script(REFUSED)
    page.goto((site / CHAPTER).as_uri())
    page.locator(".theme-switch-button:visible").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator(".primary-toggle").click()
    expect(page.locator("#pst-primary-sidebar-modal a[href$='07_selection.html']")).to_be_visible()
    assert watched.problems == []


def test_a_page_says_once_how_it_fits_a_screen(contents):
    for path in contents:
        assert path.read_text(encoding="utf-8").count('<meta name="viewport"') == 1, path


@pytest.mark.parametrize(
    "wrong",
    [
        "figcaption figcaption",
        "figcaption ~ figcaption",
        "summary p",
        "svg[title]",
        "pre[aria-label]:not([role])",
        "img[height*='.'], img[width*='.']",
        "p p, p div, p ul, p table, p figure",
    ],
)
def test_elements_stand_where_html_lets_them(contents, wrong):
    """What a validator found once; browsers forgive it, each in its own way."""
    for path in contents:
        page = BeautifulSoup(path.read_bytes(), "html.parser")
        assert page.select(wrong) == [], path


def test_the_menu_opens_without_scripts_and_keeps_the_page(host, open_page):
    page = open_page(f"{host}/fr/{CHAPTER}", java_script_enabled=False).page
    source = page.locator(".actient-menu a[download]")
    expect(source).to_be_hidden()
    page.locator(".actient-menu summary").focus()
    page.keyboard.press("Enter")
    expect(source).to_be_visible()
    with page.expect_download() as download:
        source.click()
    assert download.value.suggested_filename == "06_coverage.ipynb"


def test_code_can_be_copied(site, open_page):
    page = open_page(site / "book" / "reproducibility.html").page
    assert page.locator("button.copybtn").count() >= 3


def test_the_other_edition_shows_the_same_page(built, contents):
    langs = sorted(path.name for path in built.site.iterdir() if path.is_dir())
    for path in contents:
        page = path.read_text(encoding="utf-8")
        for lang in langs:
            there = f'href="../../{lang}/{path.parent.name}/{path.name}" hreflang="{lang}"'
            assert (there in page) == (lang != path.parent.parent.name), path


def test_icons_are_drawings(contents):
    for path in contents:
        page = path.read_text(encoding="utf-8")
        assert page.count('<svg class="actient-icon') >= 8
        assert 'class="fa-solid' not in page
        assert 'class="fas' not in page


def test_a_printed_page_is_the_text_alone(site, open_page):
    page = open_page(site / CHAPTER).page
    page.emulate_media(media="print")
    hidden = (
        "#pst-primary-sidebar, #pst-secondary-sidebar, .bd-header-article, .headerlink, "
        ".actient-explore, .copybtn, .prev-next-footer"
    )
    for one in page.locator(hidden).all():
        assert one.is_hidden(), one.evaluate("one => one.outerHTML.slice(0, 100)")
    assert page.locator("h1:visible").count() == 1
    assert page.locator("figure.actient-figure img:visible").count() >= 1


@pytest.mark.parametrize("by", ["escape", "elsewhere"])
def test_the_menu_closes_as_menus_do(editions, open_page, by):
    for edition in editions:
        page = open_page(edition / CHAPTER).page
        menu = page.locator("details.actient-menu")
        menu.locator("summary").click()
        expect(menu.locator("ul")).to_be_visible()
        if by == "escape":
            page.keyboard.press("Tab")
            page.keyboard.press("Escape")
            assert menu.locator("summary").evaluate("one => one === document.activeElement")
        else:
            page.locator("article p").first.click()
        expect(menu.locator("ul")).to_be_hidden()


@pytest.mark.parametrize("by", ["keyboard", "pointer"])
def test_the_other_edition_opens_at_the_section_that_is_read(editions, open_page, by):
    here, there = editions
    page = open_page(here / CHAPTER).page
    sections = page.locator("article section section[id]")
    assert sections.count() > 3
    section = sections.nth(2).get_attribute("id")
    page.locator(f"#{section}").evaluate("one => one.scrollIntoView()")
    follow(page, by)
    assert page.evaluate("location.hash") == f"#{section}"
    assert -5 < page.locator(f"#{section}").bounding_box()["y"] < 300
    page.go_back()
    assert here.name in page.url.split("/")
    assert there.name not in page.url.split("/")


def test_from_its_top_a_page_opens_at_its_top(editions, open_page):
    page = open_page(editions[0] / CHAPTER).page
    follow(page, "pointer")
    assert page.evaluate("[location.hash, scrollY]") == ["", 0]


def test_an_anchor_that_both_editions_have_is_kept(editions, open_page):
    page = open_page((editions[0] / "book" / "provenance.html").as_uri() + "#C11").page
    follow(page, "pointer")
    assert page.evaluate("location.hash") == "#C11"
    assert -5 < page.locator("#C11").bounding_box()["y"] < 300


def follow(page, by):
    """Go to the English edition of a French page."""
    link = page.locator("a.actient-edition")
    if by == "keyboard":
        link.evaluate("one => one.focus({ preventScroll: true })")
        page.keyboard.press("Enter")
    else:
        box = link.bounding_box()  # it stays at the top of the page: nothing needs to scroll
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/en/**")
