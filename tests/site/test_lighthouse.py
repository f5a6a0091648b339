"""Lighthouse on a phone: nothing to reproach in accessibility, best practices and findability.

Performance is measured by `benchmarks/pages.py`: it depends on the machine.
"""

import lighthouse
import pytest
from pages import heaviest

from actient.paths import checkout

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHART = "analysis/06_coverage.html"
CATEGORIES = ["accessibility", "best-practices", "seo"]


@pytest.fixture(scope="session")
def command(not_run, chromium):
    try:
        return lighthouse.installed(checkout().build / "tools")
    except lighthouse.LighthouseError as error:
        not_run(str(error))


@pytest.mark.parametrize(
    ("lang", "page"),
    [
        ("fr", "the heaviest"),
        ("en", "book/index.html"),
        pytest.param("fr", "book/index.html", marks=pytest.mark.long),
        pytest.param("fr", CHART, marks=pytest.mark.long),
        pytest.param("en", CHART, marks=pytest.mark.long),
        pytest.param("en", "the heaviest", marks=pytest.mark.long),
    ],
)
def test_lighthouse_has_nothing_to_reproach(command, built, host, lang, page):
    name = heaviest(built.site / lang) if page == "the heaviest" else page
    report = lighthouse.audit(command, f"{host}/{lang}/{name}", CATEGORIES)
    scores = {category: one["score"] for category, one in report["categories"].items()}
    failed = [audit for audit, one in report["audits"].items() if one["score"] == 0]
    assert scores == dict.fromkeys(CATEGORIES, 1), failed
