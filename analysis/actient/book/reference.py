"""The committed references: outputs of the default parameters, rewritten by one command."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from actient.book import execute, results
from actient.book.watch import Watch
from actient.files import write
from actient.paths import Paths


def rewrite(
    paths: Paths, say: Callable[[str], None], *, watch: Watch | None = None
) -> list[results.Difference]:
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
    actient.book.execute.ChapterError
        If a chapter fails.
    """
    kernel_name = execute.warm_kernel(paths)
    watching = watch or Watch()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:

        def run(source: Path) -> execute.Run:
            watching.start(source.stem)
            done = execute.run(
                source,
                notebook=Path(folder) / source.name,
                results=Path(folder) / f"{source.stem}.json",
                kernel_name=kernel_name,
            )
            watching.finish(source.stem)
            say(f"{done.name}: {len(done.records)} results")
            return done

        runs = list(pool.map(run, paths.notebooks()))
        for done in runs:
            text = done.notebook.read_text(encoding="utf-8")
            write(paths.notebook(done.name), text)
    before = results.reference(paths) if paths.reference_results.is_file() else {}
    after = {
        done.name: {key: record.as_json() for key, record in done.records.items()} for done in runs
    }
    write(paths.reference_results, execute.as_json(after))
    return results.compare(before, after)
