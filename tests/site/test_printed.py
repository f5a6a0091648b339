"""The PDFs, printed by a real Chromium: one A0 sheet for the poster, the whole book on A4."""

import re
import shutil

import pytest
from bs4 import BeautifulSoup

from actient.book.paper import binding, pdf, pdf_pages
from actient.paths import Paths

pytestmark = [pytest.mark.slow, pytest.mark.browser]

A0, A4 = (2384, 3370), (595, 842)

SMALLEST = """() => {
  const sizes = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size > 0) sizes.push([size * 0.75, walker.currentNode.data.trim()]);
  }
  return sizes.sort((a, b) => a[0] - b[0])[0];
}"""


@pytest.fixture(scope="module")
def printed(built, chromium, tmp_path_factory) -> tuple[Paths, list[str]]:
    """The PDFs of a copy of the built checkout."""
    root = tmp_path_factory.mktemp("à imprimer") / "livre"
    shutil.copytree(built.root, root, symlinks=True)
    paths = Paths(root)
    langs = [lang for lang in ("fr", "en") if (paths.site / lang).is_dir()]
    said = []
    pdf.build_pdfs(paths, langs, said.append)
    assert len(said) == 2 * len(langs)
    return paths, langs


def sheets(paths: Paths, name: str) -> tuple[bytes, list[tuple[int, int]]]:
    whole = (paths.build / "pdf" / f"{name}.pdf").read_bytes()
    return whole, [(round(width), round(height)) for width, height in pdf_pages.sizes(whole)]


def test_the_poster_is_one_a0_sheet(printed):
    paths, langs = printed
    for lang in langs:
        whole, found = sheets(paths, f"poster-{lang}")
        assert found == [A0]
        assert f"/Lang ({lang})".encode() in whole
        assert b"/StructTreeRoot" in whole


def test_nothing_on_the_poster_is_under_24_points_or_outside_the_sheet(printed, browser):
    paths, langs = printed
    for lang in langs:
        leaf = binding.leaf(paths, lang, pdf.POSTER, frozenset({pdf.POSTER}))
        context = browser.new_context(viewport={"width": 3179, "height": 4494})  # A0 at 96 dpi
        page = context.new_page()
        page.set_content(pdf.poster_document(paths, lang, leaf, pdf.AIRINESS[-1]))
        page.emulate_media(media="print")
        size, text = page.evaluate(SMALLEST)
        assert size >= 24, f"{lang}: {size} pt: {text}"
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, lang
        context.close()


def test_the_book_holds_every_page_of_the_contents_where_its_contents_say(printed):
    paths, langs = printed
    for lang in langs:
        whole, found = sheets(paths, f"actient-{lang}")
        assert set(found) == {A4}
        leaves = [leaf for part in binding.parts(paths, lang) for leaf in part.leaves]
        places = pdf_pages.destinations(whole)
        numbers = [places[leaf.anchor] for leaf in leaves]
        assert numbers == sorted(set(numbers))
        assert numbers[0] in (3, 4)  # after the cover and the contents, a page or two
        assert numbers[-1] <= len(found)
        assert b"/Outlines" in whole
        assert b"/StructTreeRoot" in whole


def test_every_link_inside_the_book_leads_somewhere(printed):
    paths, langs = printed
    for lang in langs:
        leaves = [leaf for part in binding.parts(paths, lang) for leaf in part.leaves]
        page = BeautifulSoup("".join(leaf.html for leaf in leaves), "html.parser")
        anchors = {one["id"] for one in page.select("[id]")} | {leaf.anchor for leaf in leaves}
        inside = [one["href"] for one in page.select('a[href^="#"]')]
        assert len(inside) > 100
        assert [one for one in inside if one[1:] not in anchors] == []


def test_no_path_of_this_machine_is_in_a_pdf(printed):
    paths, langs = printed
    for lang in langs:
        for name in (f"poster-{lang}", f"actient-{lang}"):
            whole, _ = sheets(paths, name)
            assert not re.search(rb"file://", whole)
