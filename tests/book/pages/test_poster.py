"""The poster laid out anew: all it prints, from the tables, with origin, source and doubt."""

import pytest
from bs4 import BeautifulSoup

from actient import claims, framework, tables
from actient.book.pages import front, poster
from actient.book.pages.page import Place
from actient.book.pages.poster import UnknownSectionError
from actient.locale import LANGS, quantity
from actient.paths import checkout

PATHS = checkout()


def soup(html):
    return BeautifulSoup(str(html), "html.parser")


@pytest.mark.parametrize("lang", LANGS)
def test_every_figure_of_the_poster_is_shown_with_origin_and_source(lang):
    shown = [poster.figures(Place(PATHS, lang), one) for one in poster.SECTIONS]
    page = soup("".join([*shown, poster.pathway(Place(PATHS, lang))]))
    for name, claim in claims.load_claims(PATHS).items():
        (source,) = page.select(f'a[href="provenance.html#{name}"]')
        item = source.find_parent("li")
        (record,) = claims.printed([claim])
        value = item.select_one(".poster-value").text
        assert value == quantity(record.value, record.unit, lang)
        assert item.select_one(".origin-printed")
        assert claim.label(lang) in item.text


def test_an_unknown_section_is_told_with_the_known_ones():
    with pytest.raises(UnknownSectionError, match=r"'title'.*header_block.*dialogue_block"):
        poster.figures(Place(PATHS, "fr"), "title")


@pytest.mark.parametrize("lang", LANGS)
def test_the_pathway_is_a_table_whose_cells_have_heads(lang):
    table = soup(poster.pathway(Place(PATHS, lang))).select_one("table")
    assert len(table.select('thead th[scope="col"]')) == 3
    stages = framework.stages(PATHS)
    rows = table.select('tbody th[scope="row"]')
    assert len(rows) == len(stages)
    for row, label in zip(rows, stages[f"label_{lang}"], strict=True):
        assert row.text.startswith(label)
    for row in rows:  # a stage with figures has a second line under the same head
        spans = row.get("rowspan") == "2"
        second = row.find_parent("tr").find_next_sibling("tr")
        has_second = second is not None and second.find("th") is None
        assert spans == has_second


def test_a_doubtful_place_is_dashed_and_said_a_sure_one_is_not():
    items = soup(poster.pathway(Place(PATHS, "fr"))).select("tbody li")
    layout = framework.pathway(poster.ALIGNMENT, PATHS)
    doubtful = [one for one in items if "poster-doubtful" in one["class"]]
    assert len(items) == len(layout)
    assert len(doubtful) == int((layout["doubt"] != "none").sum())
    assert all("place incertaine" in one.text for one in doubtful)
    assert not any("place incertaine" in one.text for one in items if one not in doubtful)


def test_the_words_of_the_poster_are_french_in_the_english_page():
    page = soup(poster.pathway(Place(PATHS, "en")))
    quotes = {one.text for one in page.select('q[lang="fr"]')}
    assert set(tables.read("pathway_items", PATHS)["quote"]) <= quotes
    assert soup(poster.head(Place(PATHS, "en"))).select_one('q[lang="fr"]')
    assert not soup(poster.pathway(Place(PATHS, "fr"))).select("q")


@pytest.mark.parametrize("lang", LANGS)
def test_the_head_names_the_author_and_says_whose_rereading_it_is(lang):
    page = soup(poster.head(Place(PATHS, lang)))
    (title,) = claims.load_outline("title", PATHS)
    assert page.select_one(".poster-title q").text == title.quote
    assert "Annick Delpech" in page.select_one(".poster-author").text
    said = {"fr": "ne l’a pas relue", "en": "has not reviewed"}[lang]
    assert said in page.select_one(".poster-notice").text


def test_words_follow_the_outline_and_an_unknown_kind_is_told():
    page = soup(poster.words(Place(PATHS, "fr"), "objective"))
    expected = [one.label("fr") for one in claims.load_outline("objective", PATHS)]
    assert [one.text for one in page.select("li")] == expected
    with pytest.raises(claims.UnknownKindError, match="objectif"):
        poster.words(Place(PATHS, "fr"), "objectif")


def test_indicators_have_no_value_but_a_definition_that_is_ours():
    page = soup(poster.indicators(Place(PATHS, "fr")))
    assert len(page.select("li")) == len(tables.read("indicators", PATHS))
    assert all("notre lecture" in one.text for one in page.select(".poster-definition"))
    assert "%" not in page.text


def test_a_key_picture_shows_the_files_of_its_figure_and_their_origin():
    spec = front.specification(PATHS.notebook("06_coverage"), "coverage-ladder")
    page = soup(front.picture(spec, "../"))
    names = [one["src"] for one in page.select("img")]
    assert names == ["../_images/coverage-ladder.svg", "../_images/coverage-ladder.dark.svg"]
    assert all(one["alt"] == spec["description"] and one["width"] for one in page.select("img"))
    assert page.select(".origin-printed")
    assert page.select(".assumption")


def test_a_picture_that_is_not_there_is_told():
    with pytest.raises(front.PictureError, match=r"'ladder'.*coverage-ladder"):
        front.specification(PATHS.notebook("06_coverage"), "ladder")
    with pytest.raises(front.PictureError, match="no chapter '12_dreams'"):
        front.specification(PATHS.notebook("12_dreams"), "ladder")
