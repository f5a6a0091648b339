"""The benchmark of pages: its summary, its table in both languages. No timing."""

import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from actient.book.pages.benchmarks import page_weights
from actient.paths import checkout


@pytest.fixture(scope="module")
def pages():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(checkout().root / "benchmarks"))
        import pages
    yield pages
    for name in ("pages", "lighthouse", "static_host"):
        sys.modules.pop(name, None)


def measured(pages):
    return [
        pages.Measurement(page, build, score, 10 * score, weight, 9, "13.5.0")
        for page in ("book/index.html", "analysis/06_coverage.html")
        for build, weight in (("actient", 61_234), ("defaults", 812_000))
        for score in (0.2, 0.5, 0.9)
    ]


def test_each_page_of_each_build_has_its_medians(pages):
    rows = pages.summarise(measured(pages))
    assert [(row.page, row.build) for row in rows] == [
        (page, build)
        for page in ("book/index.html", "analysis/06_coverage.html")
        for build in pages.BUILDS
    ]
    assert {(row.performance_median, row.paint_seconds_median) for row in rows} == {(0.5, 5.0)}
    assert {row.repetitions for row in rows} == {3}


def test_a_report_of_lighthouse_is_read(pages):
    report = {
        "lighthouseVersion": "13.5.0",
        "categories": {"performance": {"score": 0.97}},
        "audits": {
            "largest-contentful-paint": {"numericValue": 1277.4},
            "network-requests": {"details": {"items": [{"transferSize": 3}, {"transferSize": 4}]}},
        },
    }
    assert pages.measurement("p", "actient", report) == (
        *("p", "actient", 0.97, 1.2774),
        *(7, 2, "13.5.0"),
    )


def test_the_heaviest_page_counts_the_pictures_it_shows(pages, tmp_path):
    (tmp_path / "analysis").mkdir()
    (tmp_path / "book").mkdir()
    (tmp_path / "analysis" / "a.html").write_text('<img alt="" src="a.svg">', encoding="utf-8")
    (tmp_path / "analysis" / "a.svg").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "book" / "b.html").write_text("word " * 30, encoding="utf-8")
    assert pages.heaviest(tmp_path) == "analysis/a.html"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", ["accueil", "ce livre", "0,50", "5,0", "61", "9"]),
        ("en", ["home", "this book", "0.50", "5.0", "61", "9"]),
    ],
)
def test_the_table_speaks_the_language_of_the_edition(pages, lang, expected):
    runs = pd.DataFrame(pages.summarise(measured(pages)))
    soup = BeautifulSoup(str(page_weights(runs, lang)), "html.parser")
    assert [cell.text for cell in soup.select("tbody tr")[0].select("td")] == expected
    assert len(soup.select("tbody tr")) == 4
    assert "13.5.0" in soup.p.text
