"""A sweep from its grid to its table; interrupted anywhere, the same call goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from actient.paths import Paths
from actient.sweep import grid, journal, patterns, tidy
from actient.sweep.fingerprint import digest, fingerprint, read_besides
from actient.sweep.grid import Scenario
from actient.sweep.outcome import Outcome
from actient.sweep.worker import Task

Progress = Callable[[int, int], None]


class OutError(ValueError):
    """A table that cannot be written as asked."""

    @classmethod
    def suffix(cls, out: Path) -> OutError:
        """Say what can be written."""
        return cls(f"--out {out}: expected a name that ends in {' or '.join(tidy.SUFFIXES)}.")

    @classmethod
    def is_grid(cls, out: Path) -> OutError:
        """Say that the table would take the grid's place."""
        return cls(f"--out {out}: this file is the grid. Choose another name for the table.")

    @classmethod
    def exists(cls, out: Path) -> OutError:
        """Say that a file is not ours to replace."""
        return cls(
            f"{out} exists, and no journal of a sweep stands beside it. Choose another --out, or "
            "replace it with --fresh."
        )


class NoRecordError(ValueError):
    """A sweep that ran, and recorded nothing of what was asked for."""

    @classmethod
    def from_patterns(cls, keep: Sequence[str], known: Collection[str]) -> NoRecordError:
        """Say that the patterns leave nothing."""
        return cls(
            f"No record is named {' or '.join(keep)}. Recorded: {', '.join(known)}. "
            "No table was written. The results are kept; run the command again with other names."
        )


@dataclass(frozen=True)
class Summary:
    """How a sweep ended.

    Attributes
    ----------
    resumed
        Scenarios that an earlier, interrupted call had finished.
    unmatched
        Patterns that named no record.
    failed
        Identifier, given parameters and cause (its first line) of each scenario that failed.
    """

    scenarios: int
    done: int
    resumed: int
    failed: tuple[tuple[Scenario, str], ...]
    unmatched: tuple[str, ...]
    rows: int
    out: Path


def sweep(
    paths: Paths,
    notebook: str,
    grid_file: Path,
    out: Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    keep: Sequence[str] = (),
    fresh: bool = False,
    progress: Progress = lambda done, total: None,
    warn: Callable[[str], None] = lambda line: None,
) -> Summary:
    """Run a chapter over every scenario of a grid, and write one tidy table.

    Parameters
    ----------
    scheduler, workers
        As `running.run_all` takes them.
    keep
        Patterns of the records to write (`T11_*`); by default every record.
    fresh
        Start over: forget the journal, replace the table.
    progress
        Told how many scenarios are done, of how many, as they finish.
    warn
        Told of patterns that seem to name nothing, as soon as something is known of the records.

    Raises
    ------
    actient.sweep.grid_files.GridError, actient.parameters.ParameterError
        Before anything runs, with every problem of the grid.
    OutError
        If the table cannot be written there.
    NoRecordError
        At the end, if no record has a name that `keep` gives; what finished is in the journal.
    actient.sweep.journal.JournalError
        If the journal beside `out` is of another sweep.
    actient.sweep.running.ClusterError
        If no worker can be had; what finished is in the journal.
    """
    out = out.resolve()
    if out.suffix.lower() not in tidy.SUFFIXES:
        raise OutError.suffix(out)
    if out == grid_file.resolve():
        raise OutError.is_grid(out)
    scenarios = grid.read(grid_file, notebook, paths)
    kept = journal.place(out)
    if out.exists() and not kept.exists() and not fresh:
        raise OutError.exists(out)
    header, todo = _header(paths, scenarios, apart=(grid_file.resolve(), out, kept))
    with journal.opened(kept, header, fresh=fresh) as book:
        outcomes = dict(book.finished)
        resumed = len(outcomes)
        progress(resumed, len(scenarios))
        doubt = _Doubt(keep, warn)
        doubt.weigh({*patterns.of_reference(paths, header.notebook), *_recorded(outcomes)})

        def finished(outcome: Outcome) -> None:
            book.append(outcome)
            outcomes[outcome.identifier] = outcome
            progress(len(outcomes), len(scenarios))
            doubt.weigh(outcome.records)

        from actient.sweep import running  # Dask takes a second to load: not for a wrong grid

        running.run_all(
            [task for task in todo if task.identifier not in outcomes],
            finished,
            scheduler=scheduler,
            workers=workers,
        )
        content = tidy.rows(scenarios, outcomes, keep)
        known = _recorded(outcomes)
        unmatched = patterns.unmatched(keep, known) if known else ()
        if known and not any(row.get("record") for row in content):
            raise NoRecordError.from_patterns(keep, known)
        tidy.write_table(out, header.notebook, content)
    failed = tuple(
        (one, outcomes[one.identifier].error.splitlines()[0])
        for one in scenarios
        if outcomes[one.identifier].status == "failed"
    )
    done = len(scenarios) - len(failed)
    return Summary(len(scenarios), done, resumed, failed, unmatched, len(content), out)


@dataclass
class _Doubt:
    """Warns, once, of patterns that name nothing known; other parameters may record more."""

    keep: Sequence[str]
    warn: Callable[[str], None]
    known: set[str] = field(default_factory=set)
    told: bool = False

    def weigh(self, records: Collection[str]) -> None:
        self.known.update(records)
        missing = patterns.unmatched(self.keep, self.known)
        if missing and self.known and not self.told:
            self.told = True
            self.warn(
                f"--record {' and '.join(missing)}: no record known has such a name. The sweep "
                "goes on, since other parameters may give other records; it keeps every record, "
                "and the same command with other names then runs nothing again. "
                f"Known: {', '.join(sorted(self.known))}."
            )


def _recorded(outcomes: Mapping[str, Outcome]) -> dict[str, None]:
    return dict.fromkeys(key for one in outcomes.values() for key in one.records)


def _header(
    paths: Paths, scenarios: Sequence[Scenario], apart: Sequence[Path]
) -> tuple[journal.Header, list[Task]]:
    name, root = scenarios[0].notebook, paths.root.resolve()
    without = tuple(
        file.relative_to(root).as_posix() for file in apart if file.is_relative_to(root)
    )
    besides = read_besides(one.parameters for one in scenarios)
    seen = fingerprint(Paths(root), name, besides=besides, without=without)
    tasks = [
        Task(one.identifier, name, one.given, str(root), digest(seen), besides, without)
        for one in scenarios
    ]
    return journal.Header(name, seen, tuple(one.identifier for one in scenarios)), tasks
