"""The committed references: outputs of the default parameters, rewritten by one command.

The notebooks themselves hold the French outputs; `data/reference/` holds every recorded result and
the checksums of the English charts; `data/datapackage.json` those of the data files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from actient.files import write
from actient.locale import LANGS, Lang
from actient.paths import Paths
from actient.runs import checksums, execute, recorded, specifications
from actient.runs.watch import Watch


def rewrite(
    paths: Paths, say: Callable[[str], None], *, watch: Watch | None = None
) -> list[recorded.Difference]:
    """Execute every chapter with its defaults; replace notebooks and reference results at the end.

    Nothing is replaced unless every chapter ran.

    Parameters
    ----------
    say
        Receives one line per chapter.
    watch
        Told of each chapter when it starts and when it is over.

    Returns
    -------
    list of Difference
        The recorded results that changed, against the previous reference.

    Raises
    ------
    actient.runs.execute.ChapterError
        If a chapter fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            lang: _run_all(paths, lang, Path(folder) / lang, say, watch or Watch())
            for lang in LANGS
        }
        charts = {
            lang: {name: _chart_checksums(done) for name, done in runs[lang].items()}
            for lang in LANGS
            if lang != "fr"  # whole in the notebooks
        }
        for name, done in runs["fr"].items():
            write(paths.notebook(name), done.notebook.read_text(encoding="utf-8"))
    before = recorded.reference(paths) if paths.reference_results.is_file() else {}
    after = {
        name: {key: record.as_json() for key, record in done.records.items()}
        for name, done in runs["fr"].items()
    }
    write(paths.reference_results, execute.as_json(after))
    write(paths.reference_charts, execute.as_json(charts))
    checksums.rewrite(paths)
    return recorded.compare(before, after)


def _run_all(
    paths: Paths, lang: Lang, folder: Path, say: Callable[[str], None], watch: Watch
) -> Mapping[str, execute.Run]:
    kernel_name = execute.warm_kernel(paths)

    def run(source: Path) -> execute.Run:
        watch.start(f"{lang}/{source.stem}")
        done = execute.run(
            source,
            notebook=folder / source.name,
            results=folder / f"{source.stem}.json",
            values=execute.language_values(lang),
            kernel_name=kernel_name,
        )
        watch.finish(f"{lang}/{source.stem}")
        say(f"{lang}/{done.name}: {len(done.records)} results")
        return done

    with ThreadPoolExecutor(2) as pool:
        return {done.name: done for done in pool.map(run, paths.notebooks())}


def _chart_checksums(done: execute.Run) -> dict[str, dict[str, str]]:
    notebook = nbformat.read(done.notebook, as_version=4)
    return {
        figure: specifications.checksums(spec)
        for figure, spec in specifications.in_notebook(notebook).items()
    }
