"""A page printed from a browser, which by default prints no background."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

A4 = {"width": 718, "height": 1009}  # 19 by 26.7 cm of text


def on_paper(open_page, path):
    page = open_page(path, A4).page
    page.emulate_media(media="print")
    return page


def test_filled_marks_of_origin_stay_filled(site, open_page):
    page = on_paper(open_page, site / "book" / "index.html")
    for mark in ("printed", "supplied", "synthetic"):
        found = page.locator(f".origin-{mark}").first.evaluate(
            "one => getComputedStyle(one, '::before').printColorAdjust"
        )
        assert found == "exact", mark


def test_the_game_is_questions_then_answers_on_their_own_page(editions, open_page):
    for edition, title in zip(editions, ("Les réponses", "The answers"), strict=True):
        page = on_paper(open_page, edition / "book" / "game.html")
        assert (
            page.locator(".actient-game :is(button, summary, [role=status]):visible").count() == 0
        )
        keys = page.locator(".actient-game-key")
        assert keys.count() == 2
        for key in keys.all():
            assert key.locator("h3").inner_text() == title
            assert key.evaluate("one => getComputedStyle(one).breakBefore") == "page"
            assert key.locator("dd:visible").count() == key.locator("dt:visible").count() >= 7
        page.emulate_media(media="screen")
        assert page.locator(".actient-game-key:visible").count() == 0


def test_a_long_command_is_whole(site, open_page):
    page = on_paper(open_page, site / "analysis" / "13_sensitivity.html")
    page.set_viewport_size({"width": 500, "height": 700})
    for command in page.locator("pre").all():
        assert command.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_a_tall_picture_has_its_caption_beside_it(site, open_page):
    page = on_paper(open_page, site / "analysis" / "03_pathway.html")
    figure = page.locator("#pathway-matrix")
    assert figure.bounding_box()["height"] < A4["height"]
    picture = figure.locator("img:visible").bounding_box()
    assert figure.locator("figcaption").bounding_box()["x"] > picture["x"] + picture["width"]


def test_a_table_goes_over_the_page_and_leaves_no_title_behind(site, open_page):
    page = on_paper(open_page, site / "analysis" / "03_pathway.html")
    table = page.locator("table.actient-table:visible").first
    assert table.evaluate("one => getComputedStyle(one).breakInside") == "auto"
    title = table.locator("tr:has(> th[scope=rowgroup])").first
    assert title.evaluate("one => getComputedStyle(one).breakAfter") == "avoid"
