"""The command that runs one chapter over many parameter sets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from actient.cli import progress
from actient.cli.completion import chapter_names
from actient.cli.exits import Exit, json_text, refuse, second_interrupt_ends, stopped
from actient.paths import CheckoutNotFoundError, checkout

if TYPE_CHECKING:
    from actient.sweep.sweeping import Summary

_SHOWN = 10  # failed scenarios told one by one; the table has them all


@click.command()
@click.argument("notebook", shell_complete=chapter_names)
@click.option(
    "--grid",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="YAML `name: [values]` (every combination), a YAML list of sets, or a CSV of sets.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The table to write: .csv or .parquet, one row per scenario and record.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="An existing Dask scheduler (tcp://host:8786); its workers must see this checkout at this "
    "path. Default: processes of this machine.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 512),
    help="Processes to start on this machine (default: one per processor).",
)
@click.option(
    "--record",
    "keep",
    metavar="PATTERN",
    multiple=True,
    help="Write only these records (T11_*); may be repeated. Default: every record.",
)
@click.option("--fresh", is_flag=True, help="Start over: forget what an earlier call finished.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON.")
def sweep(
    notebook: str,
    grid: Path,
    out: Path,
    scheduler: str | None,
    workers: int | None,
    keep: tuple[str, ...],
    fresh: bool,
    as_json: bool,
) -> None:
    """Run one chapter over many parameter sets, in parallel, into one table.

    Every set is checked before anything runs; a file that it names is that of the folder you are
    in. Each scenario is on the disk as soon as it has
    finished (in a journal beside the table): interrupted in any way, the same command goes on from
    there, and tries again what failed.

    Exit code: 0 all done; 1 some scenario failed (the table says why), or a --record names nothing
    that was recorded; 2 nothing was run, or the cluster could not be used; 130 interrupted; 143
    asked to stop, as batch systems do.

    \b
    Examples
      actient sweep 06_coverage --grid grid.yml --out coverage.csv
      actient sweep 09_reliability --grid scenarios.csv --out all.parquet --workers 4
      actient sweep 10_combined --grid grid.yml --out c.csv --scheduler tcp://10.0.0.5:8786
      actient sweep 10_combined --grid grid.yml --out c.csv --record "T11_*" --json

    \b
    A grid, as grid.yml (4 scenarios):
      frame: [social_networks, internet_use]
      max_difference: [0.1, 0.3]
    """  # noqa: D301
    if scheduler is not None and not scheduler.strip():  # "$ADDRESS", of a variable that is not set
        raise click.UsageError(
            "--scheduler: the address is empty. Give one, as in tcp://host:8786, or leave the "
            "option out to run on this machine."
        )
    if scheduler and workers:
        raise click.UsageError("--workers starts processes here; a --scheduler has its own.")

    from actient.parameters import ParameterError
    from actient.sweep import grid_files, journal, sweeping

    def made() -> Summary:
        with progress.shown(None, unit="scenario", err=True, steady=True) as watch:
            return sweeping.sweep(
                checkout(),
                notebook,
                grid,
                out,
                scheduler=scheduler,
                workers=workers,
                keep=keep,
                fresh=fresh,
                progress=watch.reach,
                warn=watch.say,
            )

    try:
        with second_interrupt_ends():
            summary = made()
    except KeyboardInterrupt as error:
        click.echo(
            "\nactient: Interrupted. What had finished is kept; the same command goes on.", err=True
        )
        sys.exit(stopped(error))
    except sweeping.NoRecordError as error:
        refuse(error, Exit.REFUSED)
    except (
        CheckoutNotFoundError,
        ParameterError,
        grid_files.GridError,
        journal.JournalError,
        sweeping.OutError,
        OSError,
    ) as error:
        refuse(error, Exit.USAGE)
    except RuntimeError as error:
        from actient.sweep.running import ClusterError

        if not isinstance(error, ClusterError):
            raise
        refuse(error, Exit.USAGE)
    _tell(summary, as_json)
    sys.exit(Exit.REFUSED if summary.failed or summary.unmatched else Exit.DONE)


def _tell(summary: Summary, as_json: bool) -> None:
    if as_json:
        told = {
            "scenarios": summary.scenarios,
            "done": summary.done,
            "failed": [
                {"scenario": one.identifier, "parameters": dict(one.given), "error": error}
                for one, error in summary.failed
            ],
            "resumed": summary.resumed,
            "unmatched": list(summary.unmatched),
            "rows": summary.rows,
            "out": str(summary.out),
        }
        click.echo(json_text(told))
        return
    for one, error in summary.failed[:_SHOWN]:
        given = ", ".join(f"{name}={value}" for name, value in one.given.items())
        click.echo(f"Failed: {given or 'defaults'}: {error}", err=True)
    for pattern in summary.unmatched:
        click.echo(f"Recorded by no scenario: {pattern}", err=True)
    if len(summary.failed) > _SHOWN:
        click.echo(f"… and {len(summary.failed) - _SHOWN} more; see the table.", err=True)
    earlier = f", {summary.resumed} of them by an earlier call" if summary.resumed else ""
    click.echo(
        f"{summary.done} of {summary.scenarios} scenarios done{earlier}; "
        f"{summary.rows} rows in {summary.out}"
    )
