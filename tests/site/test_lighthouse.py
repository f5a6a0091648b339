"""Lighthouse on a phone: nothing to reproach in accessibility, best practices and findability.

Performance is measured by `benchmarks/pages.py`: it depends on the machine.
"""

import lighthouse
import pytest
from pages import heaviest

from actient.paths import checkout

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CATEGORIES = ["accessibility", "best-practices", "seo"]


@pytest.fixture(scope="session")
def command(not_run, chromium):
    try:
        return lighthouse.installed(checkout().build / "tools")
    except lighthouse.LighthouseError as error:
        not_run(str(error))


@pytest.mark.parametrize("page", ["book/index.html", "analysis/06_coverage.html", "the heaviest"])
def test_lighthouse_has_nothing_to_reproach(command, editions, host, page):
    for edition in editions:
        name = heaviest(edition) if page == "the heaviest" else page
        report = lighthouse.audit(command, f"{host}/{edition.name}/{name}", CATEGORIES)
        scores = {category: one["score"] for category, one in report["categories"].items()}
        failed = [audit for audit, one in report["audits"].items() if one["score"] == 0]
        assert scores == dict.fromkeys(CATEGORIES, 1), failed
