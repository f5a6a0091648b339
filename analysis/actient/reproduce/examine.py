"""Read what a build made, and compare it with the references of the same checkout.

`python -m actient.reproduce.examine CHECKOUT FILE` writes the outcome as JSON. `actient reproduce`
runs it in the clean environment: the comparer is then the commit's own, and the versions are those
that executed the chapters.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import nbformat
import yaml
from packaging.requirements import Requirement

from actient.book import site
from actient.files import write
from actient.locale import Lang
from actient.paths import Paths
from actient.reproduce import compare
from actient.reproduce.certificate import Examined, Lock, Machine, NotebookRun, as_json
from actient.runs import checksums, making, recorded, specifications, timings
from actient.runs.outputs import Outputs


class ExaminationError(RuntimeError):
    """A checkout in which there is nothing to compare."""

    @classmethod
    def no_notebook(cls, lang: Lang, notebook: str) -> ExaminationError:
        """Name the chapter that was not executed."""
        return cls(f"{lang}/{notebook} was not executed: build the book first.")


def examine(paths: Paths) -> Examined:
    """Compare the last build of a checkout with its committed references.

    Raises
    ------
    ExaminationError
        If an edition has not been built.
    """
    langs = site.editions(paths)
    found = {lang: recorded.read(paths, lang) for lang in langs}
    locked, installed = read_lock(paths), installed_packages()
    compared = (
        compare.versions(locked, installed),
        compare.data(checksums.stated(paths), checksums.present(paths)),
        compare.together([_charts(paths, lang) for lang in langs]),
        compare.outputs(
            {path.stem: Outputs.of(_read(path)) for path in paths.notebooks()},
            {
                path.stem: Outputs.of(_executed(paths, "fr", path.stem))
                for path in paths.notebooks()
            },
        ),
        compare.records(recorded.reference(paths), found),
        compare.editions(found["fr"], {lang: found[lang] for lang in langs if lang != "fr"}),
        compare.pages(contents(paths), {lang: _built_pages(paths, lang) for lang in langs}),
    )
    return Examined(
        machine=machine(),
        lock=Lock(checksums.Content.of(_lock(paths).read_bytes()).sha256, len(locked)),
        packages=installed,
        counts=tuple(one.count for one in compared),
        differences=tuple(difference for one in compared for difference in one.differences),
        runs=tuple(_run(paths, lang, path.stem) for lang in langs for path in paths.notebooks()),
    )


def machine() -> Machine:
    """Describe the machine without naming it."""
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        processor=platform.machine(),
        cores=os.cpu_count() or 1,
        memory_gb=_memory_gb(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
    )


def installed_packages() -> dict[str, str]:
    """List the packages of this environment with their versions."""
    found = {one.metadata["Name"].lower(): one.version for one in distributions()}
    return dict(sorted(found.items()))


def read_lock(paths: Paths) -> dict[str, str]:
    """Read the versions that the lock file asks for on this system and this Python."""
    lines = _lock(paths).read_text(encoding="utf-8").splitlines()
    stated = (line.rstrip(" \\") for line in lines if line and line[0].isalnum())
    asked = (Requirement(line) for line in stated)
    return {
        one.name: next(iter(one.specifier)).version
        for one in asked
        if one.marker is None or one.marker.evaluate()
    }


def contents(paths: Paths) -> list[str]:
    """List the pages of the table of contents."""
    toc = yaml.safe_load((paths.root / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(page["file"] for part in toc["parts"] for page in part["chapters"])]


def _charts(paths: Paths, lang: Lang) -> compare.Compared:
    made = {
        path.stem: specifications.in_notebook(_executed(paths, lang, path.stem))
        for path in paths.notebooks()
    }
    if lang == "fr":
        committed = {path.stem: _read(path) for path in paths.notebooks()}
        return compare.charts(
            {name: specifications.in_notebook(one) for name, one in committed.items()}, made
        )
    reference = json.loads(paths.reference_charts.read_text(encoding="utf-8"))
    return compare.chart_checksums(
        reference.get(lang, {}),
        {
            name: {figure: specifications.checksums(spec) for figure, spec in figures.items()}
            for name, figures in made.items()
        },
        lang,
    )


def _built_pages(paths: Paths, lang: Lang) -> list[str]:
    return [page for page in contents(paths) if (paths.site / lang / f"{page}.html").is_file()]


def _run(paths: Paths, lang: Lang, notebook: str) -> NotebookRun:
    took = timings.read(paths, lang, notebook)
    values = making.Run.of(_executed(paths, lang, notebook)).values
    return NotebookRun(notebook, lang, values, took.seconds, took.started, took.ended)


def _executed(paths: Paths, lang: Lang, notebook: str) -> Mapping[str, Any]:
    path = paths.executed / lang / f"{notebook}.ipynb"
    if not path.is_file():
        raise ExaminationError.no_notebook(lang, notebook)
    return _read(path)


def _read(path: Path) -> Mapping[str, Any]:
    notebook: Mapping[str, Any] = nbformat.read(path, as_version=4)
    return notebook


def _lock(paths: Paths) -> Path:
    return paths.root / "requirements.txt"


def _memory_gb() -> float | None:
    try:
        octets = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return None
    return round(octets / 1e9, 1)


if __name__ == "__main__":
    write(Path(sys.argv[2]), as_json(examine(Paths(Path(sys.argv[1]).resolve()))))
