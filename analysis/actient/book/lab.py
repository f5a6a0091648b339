"""Chapters in JupyterLab: what it lacks to show their charts, and the way to start it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from actient.book.light import vega
from actient.files import write
from actient.paths import LAB_EXTENSION, Paths

_SCRIPT: Final = Path(__file__).with_name("lab.js")


class LabError(RuntimeError):
    """JupyterLab cannot be started, or taught our charts."""

    @classmethod
    def not_installed(cls) -> LabError:
        """Say what to install."""
        return cls(
            "JupyterLab is not in this environment. `make lab` starts it in the compendium's own; "
            f"elsewhere: {sys.executable} -m pip install jupyterlab"
        )


def teach(place: Path = LAB_EXTENSION) -> Path:
    """Write the extension that shows the chapters' charts where JupyterLab looks for its own.

    Nothing else is changed; removing the folder undoes it. Any `jupyter lab` of this environment
    then shows them, however it is started.

    Returns
    -------
    Path
        The folder of the extension.

    Raises
    ------
    OSError
        If the environment cannot be written to.
    """
    description = {
        "name": "actient",
        "version": "1.0.0",  # of the extension, which has nothing of the compendium's version
        "description": "Shows the charts of Actient's chapters (Vega-Lite 6).",
        "license": "BSD-3-Clause",
        "jupyterlab": {
            "mimeExtension": True,
            "_build": {"load": "static/lab.js", "mimeExtension": "./mimeExtension"},
        },
    }
    wanted = {
        "static/lab.js": _SCRIPT.read_text(encoding="utf-8"),
        "static/vega.js": vega.bundle(),
        "package.json": json.dumps(description, indent=1) + "\n",
    }
    for name, text in wanted.items():
        file = place / name
        if not (file.is_file() and file.read_text(encoding="utf-8") == text):
            write(file, text)
    return place


def command(paths: Paths, notebook: str | None = None, options: Sequence[str] = ()) -> list[str]:
    """Write the command that starts JupyterLab in the checkout, at a chapter if one is named.

    Raises
    ------
    LabError
        If JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise LabError.not_installed()
    page = f"/{paths.relative(paths.notebook(notebook))}" if notebook else ""
    return [
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={paths.root}"),
        f"--LabApp.default_url=/lab/tree{page}",
        *options,
    ]
