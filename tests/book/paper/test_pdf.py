"""What is printed: pages bound in order with their links, a browser that is missing or fails."""

import os
import re
import stat
import sys
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from actient.book.frame.addresses import SiteAddress
from actient.book.paper import binding, pdf, pdf_pages, printing
from actient.book.paper.binding import BindingError
from actient.book.paper.printing import PdfError
from actient.paths import Paths, checkout

PAGE = '<html><body><div id="frame"></div><article class="bd-article">{}</article></body></html>'
TOC = """
root: book/index
parts:
  - caption: L’étude
    chapters:
      - file: book/method
        sections:
          - file: analysis/06_coverage
"""
# What Chromium writes, in small: two pages under a tree, two named places.
PDF = b"""%PDF-1.4
1 0 obj
<</Type /Catalog
/Pages 2 0 R
/Dests 5 0 R>>
endobj
2 0 obj
<</Type /Pages
/Kids [6 0 R 3 0 R]>>
endobj
6 0 obj
<</Type /Pages
/Kids [4 0 R]>>
endobj
3 0 obj
<</Type /Page
/MediaBox [0 0 2384 3370]>>
endobj
4 0 obj
<</Type /Page
/MediaBox [0 0 595 842]>>
endobj
5 0 obj
<</book-index [4 0 R /XYZ 6 792 0]
/book-m#c3#a9thode [3 0 R /XYZ 6 827 0]>>
endobj
"""


@pytest.fixture
def site(tmp_path) -> Paths:
    """A site of three pages, beside the real styles."""
    paths = Paths(tmp_path)
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_static").symlink_to(checkout().book / "_static")
    pages = {
        "book/index": '<h1 id="top">Accueil</h1><a href="method.html#bias">b</a>'
        '<a href="../_images/x.csv">f</a><a href="https://example.org/">o</a>'
        '<a href="#top">t</a><a href="method.html">m</a>',
        "book/method": '<h1>Méthode <a class="headerlink" href="#x">#</a></h1><p id="bias">p</p>'
        '<section aria-labelledby="bias other"></section><details><p>plié</p></details>',
        "analysis/06_coverage": '<h1>Non connectés</h1><img loading="lazy" src="../_images/a.svg">'
        "<button>b</button><script>1</script>"
        '<img class="actient-dark" src="../_images/a.dark.svg">',
    }
    for name, content in pages.items():
        path = paths.site / "fr" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(content), encoding="utf-8")
    return paths


def bound(paths, name, address=None):
    known = frozenset({"book/index", "book/method", "analysis/06_coverage"})
    return BeautifulSoup(binding.leaf(paths, "fr", name, known, address).html, "html.parser")


def test_pages_come_in_the_order_of_the_contents(site):
    parts = binding.parts(site, "fr")
    assert [part.caption for part in parts] == ["", "L’étude"]
    names = [leaf.name for part in parts for leaf in part.leaves]
    assert names == ["book/index", "book/method", "analysis/06_coverage"]
    assert [leaf.title for leaf in parts[1].leaves] == ["Méthode", "Non connectés"]


def test_links_inside_stay_inside_and_those_to_files_are_text(site):
    links = [link.get("href") for link in bound(site, "book/index").select("a")]
    assert links == [
        "#book-method--bias",
        None,
        "https://example.org/",
        "#book-index--top",
        "#book-method",
    ]
    assert bound(site, "book/index").find(id="book-index--top")
    section = bound(site, "book/method").find("section")
    assert section["aria-labelledby"] == "book-method--bias book-method--other"


def test_links_to_files_lead_to_the_published_site_when_it_is_known(site):
    address = SiteAddress.from_text("https://example.org/actient")
    file = bound(site, "book/index", address).select("a")[1]
    assert file["href"] == "https://example.org/actient/fr/_images/x.csv"


def test_what_is_of_no_use_on_paper_is_left_out(site):
    page = bound(site, "analysis/06_coverage")
    assert not page.select("button, script, .actient-dark, #frame")
    (picture,) = page.select("img")
    assert picture["src"] == (site.site / "fr" / "_images" / "a.svg").as_uri()
    assert "loading" not in picture.attrs
    assert bound(site, "book/method").find("details").has_attr("open")


def test_a_page_that_is_missing_or_not_ours_is_told(site):
    page = site.site / "fr" / "book" / "method.html"
    page.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(BindingError, match=r"method\.html has no element.*actient book"):
        binding.parts(site, "fr")
    page.unlink()
    with pytest.raises(BindingError, match=r"method\.html is missing.*actient book"):
        binding.parts(site, "fr")


def test_pages_and_places_are_read_in_the_order_of_the_tree():
    assert pdf_pages.sizes(PDF) == [(595, 842), (2384, 3370)]
    assert pdf_pages.destinations(PDF) == {"book-index": 1, "book-méthode": 2}


def test_another_file_is_told():
    with pytest.raises(pdf_pages.PdfReadError, match="%PDF"):
        pdf_pages.sizes(b"PK")
    with pytest.raises(pdf_pages.PdfReadError, match="catalogue"):
        pdf_pages.sizes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")


def test_a_missing_browser_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv(printing.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PdfError, match=r"No Chromium.*apt-get install.*ACTIENT_CHROMIUM"):
        printing.find_browser()
    monkeypatch.setenv(printing.VARIABLE, "/nowhere/chrome")
    with pytest.raises(PdfError, match="'/nowhere/chrome'"):
        printing.find_browser()


def browser(folder: Path, script: str) -> str:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


COPY = 'for one in "$@"; do case $one in --print-to-pdf=*) cp "{}" "${{one#*=}}";; esac; done'

needs_shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in browser is a shell script")


@needs_shell
def test_a_browser_that_prints_nothing_leaves_the_last_good_file(site, tmp_path):
    place = site.build / "pdf" / "actient-fr.pdf"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"the last good one")
    failing = browser(tmp_path, "echo out of ink; exit 3")
    with pytest.raises(PdfError, match=r"(?s)actient-fr\.pdf.*last good one.*out of ink"):
        pdf.book_pdf(site, "fr", failing)
    assert place.read_bytes() == b"the last good one"
    assert list(place.parent.iterdir()) == [place]


@needs_shell
def test_a_poster_of_two_sheets_is_refused(site, tmp_path):
    source = site.site / "fr" / "book" / "poster.html"
    source.write_text(PAGE.format("<h1>L’affiche</h1>"), encoding="utf-8")
    (tmp_path / "two.pdf").write_bytes(PDF)
    with pytest.raises(PdfError, match="2 sheets instead of one"):
        pdf.poster_pdf(site, "fr", browser(tmp_path, COPY.format(tmp_path / "two.pdf")))
    assert not (site.build / "pdf").exists()


@needs_shell
def test_the_files_of_each_edition_are_said_and_name_no_moment(site, tmp_path, monkeypatch):
    (site.site / "fr" / "book" / "poster.html").write_text(PAGE.format("<h1>a</h1>"), "utf-8")
    one = PDF.replace(b"[6 0 R 3 0 R]", b"[6 0 R]") + b"/CreationDate (D:20261124002003+00'00')"
    (tmp_path / "one.pdf").write_bytes(one)
    monkeypatch.setenv(printing.VARIABLE, browser(tmp_path, COPY.format(tmp_path / "one.pdf")))
    said = []
    made = pdf.build_pdfs(site, ["fr"], said.append)
    assert [path.name for path in made] == ["actient-fr.pdf", "poster-fr.pdf"]
    assert said == [str(path) for path in made]
    assert all(b"D:19800101000000" in path.read_bytes() for path in made)


def test_no_type_of_the_poster_is_under_24_points():
    sheet = (checkout().book / "_static" / "poster-a0.css").read_text(encoding="utf-8")
    points = [float(one) for one in re.findall(r"font(?:-size)?: ([\d.]+)pt", sheet)]
    assert len(points) > 5
    assert min(points) >= 24
    letters = [one.letters for one in pdf.AIRINESS]
    assert letters == sorted(letters, reverse=True)
    assert letters[-1] >= 24


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="NOT RUN: no groups of processes here")
def test_a_browser_that_is_stopped_leaves_no_helper_and_no_folder(tmp_path, monkeypatch):
    helper = (
        "import pathlib, sys, time\n"
        "profile = pathlib.Path(sys.argv[1])\n"
        "end = time.monotonic() + 20\n"
        "while time.monotonic() < end:\n"
        "    profile.mkdir(parents=True, exist_ok=True)\n"
        "    (profile / str(time.monotonic_ns() % 500)).touch()\n"
    )
    browser = tmp_path / "browser"
    browser.write_text(
        f"#!{sys.executable}\n"
        "import subprocess, sys\n"
        "(profile,) = [word[16:] for word in sys.argv if word.startswith('--user-data-dir=')]\n"
        f"subprocess.run([sys.executable, '-c', {helper!r}, profile])\n",
        encoding="utf-8",
    )
    browser.chmod(0o755)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setattr(printing, "_PATIENCE", 2)
    with pytest.raises(PdfError, match="had not printed"):
        printing.printed(str(browser), "<p>", tmp_path / "x.pdf")
    time.sleep(0.5)
    assert list(scratch.iterdir()) == []
