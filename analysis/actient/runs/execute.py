"""Run chapters with papermill, and keep what they state.

Parameters are checked before anything starts. An executed notebook and its results reach their
place only when the run succeeded: both are written beside it first, then renamed.
"""

from __future__ import annotations

import json
import logging
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from actient import parameters, records
from actient.files import write
from actient.locale import Lang
from actient.paths import Paths
from actient.runs import kernel

_STARTS: Final = 3  # the port that Jupyter finds for a kernel may be taken before the kernel has it
_NOT_STARTED: Final = ("Kernel died before replying", "Kernel didn't respond")
_VOLATILE: Final = ("papermill", "execution", "widgets")
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*m")


class ChapterError(RuntimeError):
    """A chapter that did not run to its end."""

    @classmethod
    def from_papermill(cls, name: str, error: PapermillExecutionError) -> ChapterError:
        """Name the notebook, the cell and the cause; keep the end of the traceback."""
        last = "\n".join(_ANSI.sub("", line) for line in error.traceback[-2:])
        return cls(
            f"{name}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}\n"
            f"The cell:\n{_indented(error.source)}\nThe end of the traceback:\n{_indented(last)}"
        )

    @classmethod
    def no_kernel(cls, name: str, error: RuntimeError) -> ChapterError:
        """Say that no process could be had for it."""
        return cls(
            f"{name}: the process that was to run it could not be started, {_STARTS} times in a "
            f"row ({error}). Is the memory full, or the machine very busy? Run the command again."
        )

    @classmethod
    def killed(cls, name: str) -> ChapterError:
        """Say that its process is gone."""
        return cls(f"{name}: the process that ran it died: killed, or out of memory?")

    @classmethod
    def no_parameters_cell(cls, name: str) -> ChapterError:
        """Say what the notebook lacks."""
        return cls(f"{name}: no cell is tagged `parameters`, so papermill has nowhere to put them.")


@dataclass(frozen=True)
class Run:
    """One executed chapter."""

    name: str
    notebook: Path
    results: Path
    records: Mapping[str, records.Record]


def run(
    source: Path,
    *,
    notebook: Path,
    results: Path,
    values: Mapping[str, Any] | None = None,
    kernel_name: str = "python3",
    cell_bar: bool = False,
) -> Run:
    """Execute the chapter at `source`; write the executed notebook and its recorded results.

    Parameters
    ----------
    notebook, results
        Where the two files go; what was there stays untouched unless the run succeeds.
    values
        Parameters that differ from the defaults.
    cell_bar
        Whether papermill draws its bar of cells on the error stream.

    Raises
    ------
    actient.parameters.ParameterError
        Before any kernel starts, for an unknown name or a value that is not allowed.
    ChapterError
        If a cell fails: which notebook, which cell, why.
    """
    name = source.stem
    parameters.check(name, values or {})
    executed = _execute(source, dict(values or {}), kernel_name, cell_bar)
    stated = records.collect(executed)
    write(notebook, nbformat.writes(executed) + "\n")
    write(results, as_json({key: record.as_json() for key, record in stated.items()}))
    return Run(name, notebook, results, stated)


def as_json(content: Any) -> str:
    """Serialise for people and for diffs: indented, in the given order, UTF-8, final newline."""
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def warm_kernel(paths: Paths) -> str:
    """Name the fastest kernel this machine can start."""
    return kernel.install(paths.build / "jupyter")


def language_values(lang: Lang, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Add the language to a chapter's values; French is the default and is not injected."""
    return dict(values or {}) if lang == "fr" else {"lang": lang, **(values or {})}


def _execute(
    source: Path, values: dict[str, Any], kernel_name: str, cell_bar: bool
) -> NotebookNode:
    if not any(
        "parameters" in cell.metadata.get("tags", [])
        for cell in nbformat.read(source, as_version=4).cells
    ):
        raise ChapterError.no_parameters_cell(source.name)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / source.name
        for starts_left in reversed(range(_STARTS)):
            try:
                papermill.execute_notebook(
                    source,
                    output,
                    parameters=values,
                    kernel_name=kernel_name,
                    cwd=source.parent,
                    progress_bar=cell_bar,
                    log_output=False,
                    extra_arguments=[f"--log-level={_log_level(kernel_name)}"],
                )
                break
            except PapermillExecutionError as error:
                raise ChapterError.from_papermill(source.name, error) from None
            except DeadKernelError:
                raise ChapterError.killed(source.name) from None
            except RuntimeError as error:
                if not str(error).startswith(_NOT_STARTED):
                    raise
                if not starts_left:
                    raise ChapterError.no_kernel(source.name, error) from None
        return cleaned(nbformat.read(output, as_version=4))


def _log_level(kernel_name: str) -> str:
    # A build's output is for its reader. Jupyter interrupts every kernel that it stops, and an
    # idle one may call that an error; warm ones leave that line out themselves.
    return "ERROR" if kernel_name == kernel.KERNEL_NAME else "CRITICAL"


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """Drop what changes from one run or machine to the next: times, paths, kernel names."""
    for name in _VOLATILE:
        notebook.metadata.pop(name, None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}
    for place, cell in enumerate(notebook.cells):
        for name in _VOLATILE:
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-{place}"  # papermill draws one at random
            cell.metadata["tags"] = ["injected-parameters", "remove-cell"]
    return notebook


def _is_news(said: logging.LogRecord) -> bool:
    # Jupyter tells on the error stream what it raises too, and we tell.
    return not said.getMessage().startswith(("Error occurred while starting new", "Kernel died"))


logging.getLogger("traitlets").addFilter(_is_news)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
