"""Rerun from a page: the command of each figure is taken by keyboard; chapters are taken away."""

import json
import shlex

import pytest
from bs4 import BeautifulSoup

from actient import parameters
from actient.book.figures import drawing
from actient.book.translation import notebooks
from actient.paths import checkout

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGE = "analysis/04_results.html"
BOX = "#results-wilson .actient-rerun"


def test_the_command_is_copied_with_the_keyboard_alone(open_page, host) -> None:
    watched = open_page(f"{host}/fr/{PAGE}", permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    page.focus(f"{BOX} > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # to the link of the explanation
    page.keyboard.press("Tab")  # to the first button
    assert page.evaluate("document.activeElement.className") == "actient-copy"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent === 'Copié'")
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken == page.text_content(f"{BOX} code:text-matches('^actient run')")
    assert taken == "actient run 04_results --figure results-wilson"
    assert watched.problems == []


def test_where_the_clipboard_is_closed_the_command_is_selected(open_page, site) -> None:
    page = open_page(site / PAGE).page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click(f"{BOX} > summary")
    page.click(f"{BOX} .actient-copy >> nth=1")
    assert page.evaluate("getSelection().toString()") == "actient lab 04_results"


def test_without_scripts_the_command_is_text(open_page, site) -> None:
    page = open_page(site / PAGE, java_script_enabled=False).page
    page.click(f"{BOX} > summary")
    assert page.locator(f"{BOX} dd code").first.is_visible()
    assert page.locator(f"{BOX} button").count() == 0


def test_every_figure_has_its_command_and_every_command_would_run(editions) -> None:
    for edition in editions:
        for notebook in checkout().notebooks():
            page = BeautifulSoup(
                (edition / "analysis" / f"{notebook.stem}.html").read_bytes(), "html.parser"
            )
            drawn = drawing.specifications(notebook)
            for figure in page.select("figure.actient-figure"):
                run, lab = (code.get_text() for code in figure.select(".actient-rerun dd code"))
                words = shlex.split(run)
                assert words[:3] == ["actient", "run", notebook.stem]
                assert words[words.index("--figure") + 1] == figure["id"]
                assert figure["id"] in drawn
                assert ("--lang" in words) == (edition.name == "en")
                assert lab == f"actient lab {notebook.stem}"
                assert words[2] in parameters.MODELS


def test_a_chapter_taken_away_speaks_the_language_of_its_page(editions) -> None:
    for edition in editions:
        for notebook in checkout().notebooks():
            place = edition / "_sources" / "analysis" / notebook.name
            taken = json.loads(place.read_text(encoding="utf-8"))
            assert taken["cells"][0]["id"] == notebooks.CHECK_ID
            page = BeautifulSoup(
                (edition / "analysis" / f"{notebook.stem}.html").read_bytes(), "html.parser"
            )
            title = page.h1.find(string=True, recursive=False).strip()
            assert "".join(taken["cells"][1]["source"]).startswith(f"# {title}"), place
