"""What the head says of a page, with and without the address of the site."""

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

from actient.book.frame import head
from actient.book.frame.addresses import SiteAddress

ADDRESS = SiteAddress("https://example.org/actient/")
PAGE = head.Page("analysis/06_coverage", "fr", "Non connectés = non consultés", "Une « question ».")


def tags(page=PAGE, editions=("fr", "en"), address=ADDRESS) -> BeautifulSoup:
    return BeautifulSoup(str(head.metatags(page, editions, address)), "html.parser")


def links(soup: BeautifulSoup, rel: str) -> dict[str, str]:
    return {link.get("hreflang", ""): link["href"] for link in soup.select(f'link[rel="{rel}"]')}


def test_without_an_address_nothing_absolute_is_said():
    soup = tags(address=None)
    assert soup.select_one('meta[name="description"]')["content"] == PAGE.description
    assert soup.select("link, meta[property]") == []
    assert "http" not in str(soup)


def test_with_an_address_each_edition_is_named_where_it_is():
    soup = tags()
    there = "https://example.org/actient/{}/analysis/06_coverage.html"
    assert links(soup, "canonical") == {"": there.format("fr")}
    assert links(soup, "alternate") == {
        "fr": there.format("fr"),
        "en": there.format("en"),
        "x-default": there.format("fr"),
    }


def test_an_edition_that_stands_alone_is_at_the_root_and_has_no_alternate():
    soup = tags(editions=())
    there = "https://example.org/actient/analysis/06_coverage.html"
    assert links(soup, "canonical") == {"": there}
    assert links(soup, "alternate") == {}


def test_the_preview_card_is_whole():
    soup = tags(PAGE._replace(lang="en"))
    said = {meta["property"]: meta["content"] for meta in soup.select("meta[property]")}
    assert said["og:title"] == PAGE.title
    assert said["og:description"] == PAGE.description
    assert said["og:image"] == "https://example.org/actient/en/_static/card.png"
    assert said["og:url"] == links(soup, "canonical")[""]
    assert said["og:locale"] == "en_GB"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert all(said.values())


def test_a_page_without_description_makes_no_empty_tag():
    soup = tags(PAGE._replace(description=""))
    assert soup.select('meta[name="description"], meta[property="og:description"]') == []


@pytest.mark.parametrize("name", ["search", "genindex"])
def test_a_form_or_an_index_is_no_page_to_find(name):
    soup = tags(PAGE._replace(name=name))
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"
    assert soup.select("link, meta[property]") == []


def test_what_a_page_says_cannot_end_its_tag():
    soup = tags(PAGE._replace(title='a"><script>', description="<b>&"))
    assert soup.select("script, b") == []
    assert soup.select_one('meta[property="og:title"]')["content"] == 'a"><script>'


def test_the_other_edition_is_the_same_page_by_a_relative_link():
    assert head.other_editions(PAGE, ["fr", "en"]) == [
        ("en", "English", "../../en/analysis/06_coverage.html")
    ]
    search = PAGE._replace(name="search", lang="en")
    assert head.other_editions(search, ["fr", "en"]) == [("fr", "Français", "../fr/search.html")]
    assert head.other_editions(PAGE, []) == []


def document(*children: nodes.Node) -> nodes.document:
    doctree = new_document("page")
    section = nodes.section("", nodes.title("", "Title"), *children)
    doctree += section
    return doctree


def test_the_description_is_the_first_paragraph_without_its_label():
    label = [nodes.Text(""), nodes.strong("", "La question."), nodes.Text(" Que\nvaut\u00a0il ?")]
    doctree = document(nodes.paragraph("", "", *label), nodes.paragraph("", "Ensuite."))
    assert head.description(doctree) == "Que vaut\u00a0il ?"


def test_a_paragraph_inside_something_else_does_not_describe_the_page():
    inside = nodes.note("", nodes.paragraph("", "Une note."))
    assert head.description(document(inside, nodes.paragraph("", "Le texte."))) == "Le texte."
    assert head.description(document(inside)) == ""
    assert head.description(None) == ""


def test_a_stated_description_is_read_whatever_the_order_of_its_attributes():
    stated = '<meta content="Une &quot;affiche&quot;" name="description" />'
    assert head.stated_description(stated) == 'Une "affiche"'
    assert head.stated_description('<meta name="viewport" content="x" />') == ""


def test_a_long_description_is_cut_at_a_word():
    cut = head.shortened("mot " * 100)
    assert len(cut) <= 200
    assert cut.endswith("mot…")
    assert head.shortened("court") == "court"


def test_every_word_of_the_frame_is_in_both_languages():
    french, english = head.words("fr"), head.words("en")
    assert french.keys() == english.keys()
    assert all(english[name] != word for name, word in french.items())
