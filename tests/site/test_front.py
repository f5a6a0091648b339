"""The front page: the answer on the first screen of a phone, pictures and files that are there."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}


def test_question_answer_and_first_door_stand_on_the_first_screen_of_a_phone(editions, open_page):
    for edition in editions:
        page = open_page(edition / "book" / "index.html", PHONE).page
        for one in ("h1", ".actient-answer"):
            box = page.locator(one).first.bounding_box()
            assert box["y"] + box["height"] < PHONE["height"], f"{edition.name}: {one}"
        assert page.locator(".actient-doors li").first.bounding_box()["y"] < PHONE["height"]
        assert page.locator(".actient-doors li").count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "summary", "poster"])
def test_every_key_picture_is_drawn_in_both_modes(editions, open_page, name, scheme):
    for edition in editions:
        page = open_page(edition / "book" / f"{name}.html", color_scheme=scheme).page
        pictures = page.locator(".actient-key-picture")
        assert pictures.count() == {"index": 3, "summary": 1, "poster": 1}[name]
        for picture in pictures.all():
            shown = picture.locator("img:visible")
            assert shown.count() == 1
            shown.scroll_into_view_if_needed()
            drawn = "i => i.decode().then(() => i.naturalWidth)"
            assert shown.evaluate(drawn) > 100
            assert shown.get_attribute("alt")
            assert (".dark.svg" in shown.get_attribute("src")) == (scheme == "dark")


def test_the_plain_page_has_no_percentage_without_a_picture(editions, open_page):
    for edition in editions:
        page = open_page(edition / "book" / "summary.html").page
        assert "%" in page.locator(".pasted-text").all_text_contents()[0]
        assert page.locator(".pasted-text").count() == 1
        assert page.locator(".actient-key-picture").count() == 1


def test_the_data_come_from_disk(editions, open_page):
    for edition in editions:
        page = open_page(edition / "book" / "data.html").page
        links = page.locator("article a[download]")
        files = [links.nth(rank).evaluate("a => a.href") for rank in range(links.count())]
        assert any(one.endswith(".zip") for one in files)
        for one in files:
            assert (edition / one.partition(f"/{edition.name}/")[2]).is_file(), one


def test_the_door_of_an_edition_leads_home_with_language_and_title(editions, open_page):
    for edition in editions:
        written = (edition / "index.html").read_text(encoding="utf-8")
        assert f'<html lang="{edition.name}">' in written
        assert "<title>Actient · " in written
        page = open_page(edition / "index.html").page
        page.wait_for_url("**/book/index.html")
