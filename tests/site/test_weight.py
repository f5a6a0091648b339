"""What a page transfers before anyone touches it, from a host that gzips."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHART_PAGE = 250_000  # bytes


def transferred(open_page, address: str) -> dict[str, int]:
    """Bytes on the wire by file name, once nothing more is asked for."""
    page = open_page("about:blank").page
    session = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: names.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update(
            {names[event["requestId"]].rsplit("/", 1)[-1]: int(event["encodedDataLength"])}
        ),
    )
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return sizes


def test_no_page_is_heavy(built, contents, host, open_page):
    heavy = []
    for path in contents:
        name = path.relative_to(built.site).as_posix()
        sizes = transferred(open_page, f"{host}/{name}")
        assert path.name in sizes
        if sum(sizes.values()) > CHART_PAGE:
            largest = sorted(sizes.items(), key=lambda item: -item[1])[:4]
            heavy.append(f"{name}: {sum(sizes.values())} bytes, of which {largest}")
    assert heavy == []


def test_nothing_is_loaded_that_the_page_does_not_use(host, open_page):
    chart = transferred(open_page, f"{host}/fr/analysis/06_coverage.html")
    prose = transferred(open_page, f"{host}/fr/book/questions.html")
    for sizes in (chart, prose):
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
