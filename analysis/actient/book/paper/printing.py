"""HTML printed to PDF by the Chromium of the system: the same document gives the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

VARIABLE: Final = "ACTIENT_CHROMIUM"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_PATIENCE: Final = 600  # seconds, for a machine that does much else
_FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the book asks nothing of any host
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
# What says when and by which machine a PDF was made; overwritten, length for length.
_MADE: Final = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)(\d{14})")


class PdfError(RuntimeError):
    """A PDF that could not be printed."""

    @classmethod
    def no_browser(cls) -> PdfError:
        """Say what was looked for, and what to do."""
        return cls(
            f"No Chromium was found to print with (looked for: {', '.join(NAMES)}). Install one "
            f"(Debian: apt-get install chromium), or give its path in {VARIABLE}. Nothing was "
            "written."
        )

    @classmethod
    def no_such_browser(cls, stated: str) -> PdfError:
        """Say that the stated browser is not there."""
        return cls(
            f"{VARIABLE} is {stated!r}, which is not a program that can be run. Give the path of "
            f"a Chromium, or unset {VARIABLE} to look for one. Nothing was written."
        )

    @classmethod
    def from_browser(cls, browser: str, place: Path, said: str) -> PdfError:
        """Quote the end of what the browser said."""
        last = "\n".join(said.strip().splitlines()[-8:]) or "(it said nothing)"
        return cls(
            f"{browser} printed no PDF for {place}; the last good one stays. It said:\n{last}"
        )

    @classmethod
    def too_slow(cls, browser: str, place: Path) -> PdfError:
        """Say how long was waited."""
        return cls(
            f"{browser} had not printed {place} after {_PATIENCE} seconds; it was stopped, and the "
            "last good file stays. Try again when the machine does less."
        )


def find_browser() -> str:
    """Find a Chromium: the one `ACTIENT_CHROMIUM` names, or the first of its usual names.

    Raises
    ------
    PdfError
        If there is none.
    """
    if stated := os.environ.get(VARIABLE, "").strip():
        if found := shutil.which(stated):
            return found
        raise PdfError.no_such_browser(stated)
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise PdfError.no_browser()


def printed(browser: str, document: str, place: Path) -> bytes:
    """Print an HTML document; `place` is where the PDF is meant to go, for messages.

    Raises
    ------
    PdfError
        If the browser prints nothing, or is too slow.
    """
    with tempfile.TemporaryDirectory(prefix="actient-pdf-") as folder:
        source, target = Path(folder) / "document.html", Path(folder) / "document.pdf"
        source.write_text(document, encoding="utf-8")
        command = [
            browser,
            *_FLAGS,
            # the sandbox refuses to start for root, as in containers; only our own page is opened
            *(("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()),
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            said = _said(command)
        except subprocess.TimeoutExpired:
            raise PdfError.too_slow(browser, place) from None
        if not target.is_file() or not target.read_bytes().startswith(b"%PDF"):
            raise PdfError.from_browser(browser, place, said)
        return _MADE.sub(rb"\g<1>19800101000000", target.read_bytes())


def _said(command: Sequence[str]) -> str:
    """Run a browser to its end; one that is stopped leaves no helper behind, which would write."""
    with subprocess.Popen(  # noqa: S603 — our own arguments
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=_PATIENCE)[0]
        except BaseException:
            if os.name == "nt":  # no groups of processes
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            raise
