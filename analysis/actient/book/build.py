"""Execute what changed, then build the site.

What must run again is decided by the content of files, never by their dates: doit keeps a checksum
of everything a task reads. A further build of the same commit executes nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from doit.cmd_base import ModuleTaskLoader
from doit.dependency import JsonDB
from doit.doit_cmd import DoitMain
from doit.tools import config_changed

from actient import __version__, parameters
from actient.book import site
from actient.book.frame.addresses import AddressError, SiteAddress
from actient.files import said, write
from actient.locale import Lang
from actient.paths import Paths
from actient.runs import execute, revision, timings
from actient.runs.inputs import files_below, seen_by_notebooks
from actient.runs.watch import Watch
from actient.survey.publishing import aggregates
from actient.survey.publishing.aggregates import Aggregates, SuppliedOrigin

_MEMORY: Final = "whole-json"  # the name doit finds its memory by

Say = Callable[[str], None]


class BuildError(RuntimeError):
    """A build that did not reach its end; the message says where and why."""

    @classmethod
    def no_edition(cls, lang: Lang, editions: Sequence[Lang]) -> BuildError:
        """Say which editions can be built."""
        return cls(
            f"There is no {lang!r} edition yet: its translation catalogue (book/locales/{lang}) "
            f"is missing. Editions: {', '.join(editions)}."
        )

    @classmethod
    def from_messages(cls, messages: Sequence[str]) -> BuildError:
        """Bring the causes together."""
        return cls("\n\n".join(messages))


@dataclass(frozen=True)
class Built:
    """What a build made."""

    page: Path
    executed: tuple[str, ...]


def step_count(paths: Paths, langs: Sequence[Lang]) -> int:
    """Count the steps that `build` tells its watch: chapters, and one site per edition."""
    return len(langs) * (len(paths.notebooks()) + 1)


def build(
    paths: Paths,
    langs: Sequence[Lang],
    say: Say,
    supplied: Aggregates | None = None,
    *,
    watch: Watch | None = None,
) -> Built:
    """Execute the chapters that changed in each language, and build each edition.

    Parameters
    ----------
    say
        Receives one line per step.
    supplied
        What may be told of responses to one's own survey; without it, the book of the poster alone.
    watch
        Told of each chapter, and of each site (`step_count`), when it starts and when it is over.

    Raises
    ------
    BuildError
        If a chapter fails (notebook, cell, cause) or the site does not build (its warnings).
    """
    for lang in langs:
        if lang not in site.editions(paths):
            raise BuildError.no_edition(lang, site.editions(paths))
    try:
        address = SiteAddress.from_environment()  # a bad one is told before anything runs
    except AddressError as error:
        raise BuildError.from_messages([str(error)]) from None
    _drop_orphans(paths)
    _keep_only(paths, supplied)
    total = len(langs) * len(paths.notebooks())
    progress = _Progress(say, total, watch or Watch())
    kernel_name = execute.warm_kernel(paths)
    tasks = {"task_actient": lambda: _tasks(paths, langs, kernel_name, progress, supplied, address)}
    _run(paths, tasks, progress)
    site.write_front_door(paths, langs, address)
    return Built(paths.site / "index.html", tuple(progress.executed))


@dataclass
class _Progress:
    """Tells what happens; the only state of a build besides its files."""

    say: Say
    total: int
    watch: Watch
    done: int = 0
    executed: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def chapter(self, title: str, what: str) -> None:
        self.done += 1
        self.watch.finish(title)
        self.say(f"[{self.done:>2}/{self.total}] {title}: {what}")


def _tasks(
    paths: Paths,
    langs: Sequence[Lang],
    kernel_name: str,
    progress: _Progress,
    supplied: Aggregates | None,
    address: SiteAddress | None,
) -> Iterator[dict[str, Any]]:
    origin = supplied.origin if supplied else None
    shared = [str(path) for path in seen_by_notebooks(paths)]
    for lang in langs:
        made: list[str] = []
        for source in paths.notebooks():
            notebook = paths.executed / lang / source.name
            results = paths.results / lang / f"{source.stem}.json"
            made += [str(notebook), str(results)]
            takes = supplied is not None and parameters.takes_responses(source.stem)
            values = {"responses": paths.relative(paths.aggregates)} if takes else {}
            yield {
                "name": f"{lang}/{source.stem}",
                "actions": [
                    (
                        _execute,
                        [paths, source, notebook, results, lang, values, kernel_name, progress],
                    )
                ],
                "file_dep": [str(source), *shared, *([str(paths.aggregates)] if takes else [])],
                "targets": [str(notebook), str(results)],
                "uptodate": [config_changed(values)],
                "meta": {"chapter": True},
            }
        yield {
            "name": f"{lang}/site",
            "actions": [(_build_site, [paths, lang, langs, origin, progress])],
            "file_dep": [*made, *map(str, _seen_by_site(paths))],
            "targets": [str(paths.site / lang / "index.html")],
            "uptodate": [
                config_changed(
                    {
                        "commit": revision.commit(paths),
                        "version": __version__,
                        "supplied": origin or "",
                        "site_url": address.base if address else "",
                        "editions": list(langs),
                    }
                )
            ],
            "meta": {"chapter": False},
        }


def _execute(
    paths: Paths,
    source: Path,
    notebook: Path,
    results: Path,
    lang: Lang,
    values: Mapping[str, Any],
    kernel_name: str,
    progress: _Progress,
) -> bool:
    title = f"{lang}/{source.stem}"
    progress.watch.start(title)
    try:
        with timings.timing(paths, lang, source.stem):
            done = execute.run(
                source,
                notebook=notebook,
                results=results,
                values=execute.language_values(lang, values),
                kernel_name=kernel_name,
            )
    except (execute.ChapterError, OSError, ValueError) as error:
        told = f"{title}: {said(error)}" if isinstance(error, OSError) else str(error)
        progress.failures.append(told)
        progress.chapter(title, "FAILED")
        return False
    progress.executed.append(title)
    progress.chapter(title, f"executed, {len(done.records)} results recorded")
    return True


def _build_site(
    paths: Paths,
    lang: Lang,
    langs: Sequence[Lang],
    supplied: SuppliedOrigin | None,
    progress: _Progress,
) -> bool:
    progress.say(f"Building the site ({lang}) …")
    progress.watch.start(f"site ({lang})")
    try:
        site.build_edition(paths, lang, langs, supplied)
    except (site.SiteError, subprocess.SubprocessError) as error:
        progress.failures.append(str(error))
        return False
    except OSError as error:
        progress.failures.append(f"The site ({lang}): {said(error)}")
        return False
    finally:
        progress.watch.finish(f"site ({lang})")
    return True


def _run(paths: Paths, tasks: dict[str, Any], progress: _Progress) -> None:
    checksums = _readable_checksums(paths, progress)
    reporter = type("Reporter", (_Reporter,), {"progress": progress})
    settings = {
        "dep_file": str(checksums),
        "backend": _MEMORY,
        "reporter": reporter,
        "num_process": os.cpu_count() or 1,
        "par_type": "thread",
        "verbosity": 2,
        "continue": True,
    }
    loader = ModuleTaskLoader({**tasks, "DOIT_CONFIG": settings})
    status = DoitMain(loader, extra_config={"BACKEND": {_MEMORY: f"{__name__}:_WholeJson"}}).run(
        ["run"]
    )
    if status or progress.failures:
        raise BuildError.from_messages(progress.failures or ["The build stopped."])


def _readable_checksums(paths: Paths, progress: _Progress) -> Path:
    checksums = paths.build / "checksums.json"
    checksums.parent.mkdir(exist_ok=True)
    if checksums.is_file():
        try:
            json.loads(checksums.read_text(encoding="utf-8"))
        except ValueError:  # cut short by a crash or a full disk; it is only a memory
            progress.say(f"{checksums} cannot be read: everything is made again.")
            checksums.unlink()
    return checksums


class _WholeJson(JsonDB):  # type: ignore[misc]  # doit has no types
    """doit's own memory in JSON, but never half-written."""

    desc = "file in JSON format, written whole or not at all"

    def dump(self) -> None:
        """Write it; where that is impossible, forget everything, so that all is made again."""
        place = Path(self.name)
        try:
            write(place, self.codec.encode(self._db))
        except OSError:  # a full disk, of which the step that met it has told
            place.unlink(missing_ok=True)


class _Reporter:
    """doit's reporter protocol: only what a person wants to know."""

    desc = "actient"
    progress: _Progress

    def __init__(self, outstream: Any, options: Any) -> None: ...

    def initialize(self, tasks: Any, selected_tasks: Any) -> None: ...

    def get_status(self, task: Any) -> None: ...

    def execute_task(self, task: Any) -> None: ...

    def add_failure(self, task: Any, fail: Any) -> None:
        if not self.progress.failures:  # an error in our own code: nobody has spoken of it yet
            self.progress.failures.append(f"{task.name}: {fail.get_msg()}")

    def add_success(self, task: Any) -> None: ...

    def skip_uptodate(self, task: Any) -> None:
        if (task.meta or {}).get("chapter"):
            self.progress.chapter(task.name.removeprefix("actient:"), "unchanged")

    def skip_ignore(self, task: Any) -> None: ...

    def cleanup_error(self, exception: Any) -> None:
        self.progress.failures.append(str(exception))

    def runtime_error(self, msg: str) -> None:
        self.progress.failures.append(msg)

    def teardown_task(self, task: Any) -> None: ...

    def complete_run(self) -> None: ...


def _seen_by_site(paths: Paths) -> list[Path]:
    package = paths.analysis / "actient"
    settings = [paths.root / name for name in ("_config.yml", "_toc.yml")]
    return sorted(
        {*package.rglob("*.py"), *files_below(paths.data), *files_below(paths.book), *settings}
    )


def _keep_only(paths: Paths, supplied: Aggregates | None) -> None:
    if supplied is None:
        paths.aggregates.unlink(missing_ok=True)  # another survey's totals must not linger
    else:
        write(paths.aggregates, aggregates.as_json(supplied))


def _drop_orphans(paths: Paths) -> None:
    # A renamed chapter must not live on in results that scripts read.
    names = {path.stem for path in paths.notebooks()}
    for made in [*paths.executed.glob("*/*.ipynb"), *paths.results.glob("*/*.json")]:
        if made.stem not in names:
            made.unlink()
