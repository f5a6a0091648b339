"""JupyterLab, for real: any chapter opens from the checkout, shows its charts, runs to the same."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import copy_checkout

from actient.charts import theme

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHAPTER = "04_results"
CHARTS = ".jp-NotebookPanel:not(.lm-mod-hidden) .actient-chart svg.marks"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab that `actient lab` started in a copy of the checkout, from another folder."""
    paths = copy_checkout(tmp_path_factory.mktemp("dépôt copié"))
    home = tmp_path_factory.mktemp("home")
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    log = home / "lab.log"
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={_free_port()}"]
    options += ["--IdentityProvider.token=jeton", "--LabApp.expose_app_in_browser=True"]
    starting = [sys.executable, "-m", "actient", "--root", str(paths.root), "lab", CHAPTER, "--"]
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [*starting, *options],
            cwd=home,
            env={**os.environ, **own, "PYTHONPATH": str(paths.analysis), "HOME": str(home)},
            stderr=stream,
            start_new_session=True,
        )
    try:
        yield paths, f"{_address(server, log)}?token=jeton"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(server: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(r"http://127\.0\.0\.1:\d+/[^\s?]*", said):
            return found[0]
        time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8", errors="replace"))


def stored_charts(path: Path) -> list[dict]:
    """Give the outputs that are charts, whole."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    data = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [one for one in data if theme.MIME in one]


@pytest.fixture(scope="module")
def page(lab, browser):
    _, address = lab
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(240_000)  # a shared machine may take long to import
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector(CHARTS)
    yield opened
    context.close()


SHOWN = """([css, count]) => {
  const session = jupyterapp.shell.currentWidget?.context?.sessionContext;
  const boxes = [...document.querySelectorAll(css)].map((one) => one.getBoundingClientRect());
  return session?.isReady && session.session?.kernel?.connectionStatus === "connected"
    && boxes.length === count && boxes.every((box) => box.width > 200 && box.height > 100);
}"""


def shown(page, count: int) -> None:
    """Wait until the kernel listens and `count` charts are drawn, at a size to be read.

    Told to run sooner, JupyterLab runs nothing; closed sooner, it says « Disposed ».
    """
    page.wait_for_function(SHOWN, arg=[CHARTS, count])


def command(page, name: str, **arguments: str) -> None:
    """Have JupyterLab do something, without waiting for its end: playwright would, for ever."""
    page.evaluate(
        "([name, given]) => void jupyterapp.commands.execute(name, given)", [name, arguments]
    )


def test_the_command_opens_the_chapter_and_its_stored_charts_are_shown(lab, page) -> None:
    paths, _ = lab
    assert page.url.endswith(f"/lab/tree/analysis/{CHAPTER}.ipynb")
    shown(page, len(stored_charts(paths.notebook(CHAPTER))))
    assert "n = 1\N{NO-BREAK SPACE}000" in page.text_content(CHARTS).replace(
        "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    )
    assert page.problems == []


def test_running_all_cells_shows_the_same_charts_and_saves_the_same_outputs(lab, page) -> None:
    paths, _ = lab
    path = paths.notebook(CHAPTER)
    before = stored_charts(path)
    command(page, "notebook:clear-all-cell-outputs")
    page.wait_for_function("css => !document.querySelector(css)", arg=CHARTS)
    command(page, "notebook:run-all-cells")
    shown(page, len(before))
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".every((prompt) => /\\d/.test(prompt.textContent))"
    )
    assert page.query_selector_all(".jp-RenderedSVG") == []
    command(page, "docmanager:save")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
    assert stored_charts(path) == before


def test_every_chapter_opens_with_its_charts(lab, page) -> None:
    paths, _ = lab
    for path in paths.notebooks():
        wanted = len(stored_charts(path))
        assert wanted, path.stem
        command(page, "docmanager:open", path=paths.relative(path))
        shown(page, wanted)
        page.evaluate("void jupyterapp.shell.currentWidget.close()")
    assert page.problems == []
