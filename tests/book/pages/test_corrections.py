"""What was corrected: each row whole, in both languages, with an address, and nowhere hidden."""

import datetime

import pytest
from bs4 import BeautifulSoup

from actient import framework, tables
from actient.book.pages.corrections import corrections_table
from actient.book.pages.page import Place
from actient.locale import LANGS, Lang
from actient.paths import checkout

PATHS = checkout()


@pytest.fixture(scope="module")
def pages() -> dict[Lang, BeautifulSoup]:
    return {
        lang: BeautifulSoup(corrections_table(Place(PATHS, lang)), "html.parser") for lang in LANGS
    }


def rows() -> list[dict[str, str]]:
    found = tables.read("corrections", PATHS)
    return found.astype(object).where(found.notna(), "").to_dict("records")


@pytest.mark.parametrize("lang", LANGS)
def test_every_correction_is_shown_with_its_anchor(
    pages: dict[Lang, BeautifulSoup], lang: Lang
) -> None:
    shown = {row["id"]: row.get_text(" ") for row in pages[lang].select("tr[id]")}
    assert shown.keys() == {row["correction_id"] for row in rows()}
    for row in rows():
        told = shown[row["correction_id"]]
        for name in ("where", "shown", "right", "why", "evidence"):
            first = row[f"{name}_{lang}"].partition("`")[0]
            assert first in told


def test_the_latest_comes_first(pages: dict[Lang, BeautifulSoup]) -> None:
    day = {row["correction_id"]: row["date"] for row in rows()}
    days = [day[str(row["id"])] for row in pages["fr"].select("tr[id]")]
    assert days == sorted(days, reverse=True)
    assert all(datetime.date.fromisoformat(one) for one in days)


def test_a_page_that_is_named_is_linked_and_exists(pages: dict[Lang, BeautifulSoup]) -> None:
    named = {row["page"] for row in rows() if row["page"]}
    toc = (PATHS.root / "_toc.yml").read_text(encoding="utf-8")
    assert all(f"- file: {page}\n" in toc for page in named)
    linked = {str(link["href"]) for link in pages["en"].select('a[href^="../"]')}
    assert linked == {f"../{page}.html" for page in named}


def test_identifiers_are_nobody_elses() -> None:
    others = {
        *framework.concepts()["concept_id"],
        *framework.stages()["stage_id"],
        *tables.read("outline", PATHS)["item_id"],
    }
    assert not others & {row["correction_id"] for row in rows()}
