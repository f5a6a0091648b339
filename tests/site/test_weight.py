"""What a page transfers before anyone touches it, from a host that gzips: nothing in vain.

How much that is in all, `test_pages.py` says of every page.
"""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_nothing_is_loaded_that_the_page_does_not_use(host, open_page):
    for name in ("analysis/06_coverage", "book/questions"):
        watched = open_page("about:blank")
        sizes = watched.transferred(f"{host}/fr/{name}.html", until="networkidle")
        assert not [name for name in sizes if name.split("?")[0].endswith((".woff2", ".ttf"))]
        unwanted = ("fontawesome", "bootstrap", "searchindex", "vega", "mathjax", "thebe", "widget")
        assert not [name for name in sizes if any(word in name.lower() for word in unwanted)]
        assert len([name for name in sizes if name.split("?")[0].endswith(".css")]) == 1


def test_no_file_of_the_site_is_there_for_nothing(editions):
    for edition in editions:
        assert not list((edition / "_static").rglob("*.map"))
        names = {path.name for path in (edition / "_static").rglob("*") if path.is_file()}
        assert not names & {"fontawesome.js", "bootstrap.js", "sphinx-design.min.css"}
        assert {"vega.js"} <= names
        assert [name for name in names if name.startswith("book-")] == [sheet(edition)]


def sheet(edition: Path) -> str:
    page = (edition / "book" / "index.html").read_text(encoding="utf-8")
    start = page.index("_static/book-") + len("_static/")
    return page[start : page.index('"', start)]
