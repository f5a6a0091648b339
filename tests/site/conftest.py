"""What the tests of pages share: a browser, the built site, a page that remembers, a host."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from actient.paths import checkout

sys.path.insert(0, str(checkout(Path(__file__).parent).root / "benchmarks"))
import lighthouse
from static_host import serving

DESKTOP = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def not_run() -> Callable[[str], NoReturn]:
    """Skip, saying why; where everything must run, fail."""

    def stop(reason: str) -> NoReturn:
        if os.environ.get("CI") == "true":
            pytest.fail(f"NOT RUN: {reason}")
        pytest.skip(f"NOT RUN: {reason}")

    return stop


@pytest.fixture(scope="session")
def chromium(not_run) -> str:
    try:
        return lighthouse.chromium()
    except lighthouse.LighthouseError as error:
        not_run(str(error))


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(built) -> Path:
    return built.site / "fr"


@pytest.fixture(scope="session")
def editions(built) -> list[Path]:
    """Every edition that was built."""
    found = [built.site / lang for lang in ("fr", "en") if (built.site / lang).is_dir()]
    assert found
    return found


@pytest.fixture(scope="session")
def contents(editions) -> list[Path]:
    """Every page that says something, of every edition."""
    pages = []
    for edition in editions:
        found = sorted([*edition.glob("book/*.html"), *edition.glob("analysis/*.html")])
        assert len(found) >= 20
        pages += found
    return pages


class Watched:
    """A page that remembers what went wrong while it was open."""

    def __init__(self, page: Page, allowed: tuple[str, ...]) -> None:
        self.page = page
        self.allowed = ("data:", "blob:", *allowed)
        self.problems: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._request)

    def transferred(self, address: str, until: str = "load") -> dict[str, int]:
        """Bytes on the wire by file name for a page opened here, once nothing more is to come."""
        page, host = self.page, address.partition("://")[2].partition("/")[0]
        self.allowed = (f"http://{host}", *self.allowed)
        names: dict[str, str] = {}
        sizes: dict[str, int] = {}
        ended: set[str] = set()

        def finished(event) -> None:
            ended.add(event["requestId"])
            name = names[event["requestId"]].rsplit("/", 1)[-1]
            sizes[name] = int(event["encodedDataLength"])

        session = page.context.new_cdp_session(page)
        session.on(
            "Network.requestWillBeSent",
            lambda event: names.update({event["requestId"]: event["request"]["url"]}),
        )
        session.on("Network.loadingFinished", finished)
        session.on("Network.loadingFailed", lambda event: ended.add(event["requestId"]))
        session.send("Network.enable")
        page.goto(address)
        page.wait_for_load_state(until)
        for _ in range(1000):
            if names.keys() <= ended:
                return sizes
            page.wait_for_timeout(10)
        pytest.fail(f"never came: {[names[one] for one in names.keys() - ended]}")

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith(self.allowed):
            self.problems.append(f"foreign request: {request.url}")


@pytest.fixture
def open_page(browser):
    contexts = []

    def opened(place: Path | str, viewport=DESKTOP, **options) -> Watched:
        while len(contexts) > 1:  # a test goes through every page, and looks at two at most
            contexts.pop(0).close()
        context = browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        contexts.append(context)
        address = place if isinstance(place, str) else place.as_uri()
        scheme, _, rest = address.partition("://")
        host = f"{scheme}://{rest.partition('/')[0]}"
        watched = Watched(context.new_page(), (host,))
        watched.page.goto(address)
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def host(built) -> Iterator[str]:
    """The address of the built site on a static host of our own."""

    with serving(built.site) as address:
        yield address
