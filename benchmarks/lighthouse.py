"""Google's Lighthouse, from npm, kept under `_build/tools`: the mobile audit of one page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACKAGE = "lighthouse@12.8.2"  # version 13 wants a newer node than Debian 12 has
_CHROME = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


class LighthouseError(RuntimeError):
    """Lighthouse is not at hand, or failed; the message says what to do."""

    @classmethod
    def no_npm(cls) -> LighthouseError:
        """Say how to get it."""
        return cls("no npm on this machine (Debian: apt-get install nodejs npm)")

    @classmethod
    def no_chromium(cls) -> LighthouseError:
        """Say how to get it."""
        return cls("no Chromium on this machine (Debian: apt-get install chromium)")

    @classmethod
    def from_output(cls, what: str, said: str) -> LighthouseError:
        """Quote the end of what the program said."""
        return cls(f"{what} failed: {said.strip()[-400:]}")


def installed(tools: Path) -> Path:
    """Give Lighthouse's command, installed in `tools` if it is not there yet.

    Raises
    ------
    LighthouseError
        If npm is missing or cannot install it.
    """
    command = tools / "node_modules" / ".bin" / "lighthouse"
    if not command.is_file():
        npm = shutil.which("npm")
        if npm is None:
            raise LighthouseError.no_npm()
        tools.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(tools))
        done = subprocess.run(  # noqa: S603 — our own arguments
            [npm, "install", *quiet, PACKAGE], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LighthouseError.from_output("npm install", done.stderr)
    return command


def chromium() -> str:
    """Find the system's Chromium.

    Raises
    ------
    LighthouseError
        If there is none.
    """
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise LighthouseError.no_chromium()


def audit(command: Path, address: str, categories: Sequence[str]) -> dict[str, Any]:
    """Audit one page as a phone on a slow network; gives Lighthouse's whole report.

    Raises
    ------
    LighthouseError
        If Lighthouse fails; its own words say why.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(  # noqa: S603 — our own arguments
            [
                *(str(command), address, "--quiet", "--output=json", f"--output-path={report}"),
                *(f"--only-categories={','.join(categories)}", f"--chrome-flags={_CHROME}"),
            ],
            env={**os.environ, "CHROME_PATH": chromium()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not report.is_file():
            raise LighthouseError.from_output(f"Lighthouse on {address}", done.stderr)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found
