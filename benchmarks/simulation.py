"""What the bias simulation costs, beside base R and beside its own random numbers.

Run it with `make bench`. In one run, each program takes its turn, for each number of draws, as
many times as `REPETITIONS`: so a machine that slows down slows all of them. Every turn is a new
process; its seconds are those of the computation alone (start and imports are not counted), its
memory is the peak of the whole process. Medians go to data/benchmarks/simulation.csv.
"""

from __future__ import annotations

import csv
import datetime
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from report import say, write
from simulation_model import Model, Run
from turns import take

DRAWS = (100_000, 1_000_000, 10_000_000)
REPETITIONS = 5
CHUNK = 131_072
FIRST_SEED = 20181
PYTHON_TASKS: tuple[str, ...] = ("actient", "random_draws")
R_TASKS: tuple[str, ...] = ("r_vectors", "r_chunks")

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
OUTPUT = DATA / "benchmarks" / "simulation.csv"


class Measurement(NamedTuple):
    """One turn of one program.

    Attributes
    ----------
    task : str
        The program.
    draws : int
        Draws it made.
    seconds : float
        Time of the computation, by the process's own clock.
    peak_mb : float
        Peak resident memory of the whole process, in megabytes (1e6 bytes).
    quantiles : tuple of float
        2.5, 50 and 97.5 % quantiles of the population share; empty if it computes none.
    version : str
        Version of numpy or of R.
    """

    task: str
    draws: int
    seconds: float
    peak_mb: float
    quantiles: tuple[float, ...]
    version: str


class Row(NamedTuple):
    """One row of data/benchmarks/simulation.csv, described in data/datapackage.json."""

    task: str
    draws: int
    seconds_median: float
    ratio_to_actient: float
    peak_mb: float
    q025: float | None
    q50: float | None
    q975: float | None
    repetitions: int
    python: str
    numpy: str
    r_version: str
    cores: int
    date: str


def main() -> None:
    """Measure, show the table, and write it if it is complete."""
    model = Model(share=published_share())
    tasks = PYTHON_TASKS
    if shutil.which("Rscript"):
        tasks += R_TASKS
    else:
        say("NOT RUN: R (no Rscript on this machine; on Debian: apt-get install r-base-core)")
    rows = summarise(measure_all(model, tasks))
    say("\n".join(table(rows)))
    if tasks == PYTHON_TASKS:
        say(f"{OUTPUT} is left as it was: it compares with R, and this run does not.")
        return
    write(rows, OUTPUT)
    say(f"Written: {OUTPUT}")


def published_share() -> float:
    """Read figure C11 of the poster, in proportion, from the table that holds it."""
    with (DATA / "poster" / "claims.csv").open(encoding="utf-8-sig", newline="") as claims:
        values = {row["claim_id"]: row["value"] for row in csv.DictReader(claims)}
    return float(values["C11"]) / 100


def measure_all(model: Model, tasks: Sequence[str]) -> list[Measurement]:
    """Let each program take its turn, again and again."""
    measured = []
    for repetition in range(1, REPETITIONS + 1):
        for draws in DRAWS:
            for task in tasks:
                run = Run(draws, CHUNK, FIRST_SEED + repetition)
                measured.append(measure(task, run, model))
        say(f"repetition {repetition} of {REPETITIONS} done")
    return measured


def measure(task: str, run: Run, model: Model) -> Measurement:
    """Run one program once, in a process of its own.

    Raises
    ------
    TurnError
        If the program fails; its own words say why.
    """
    if task in R_TASKS:
        program = ["Rscript", "--vanilla", str(HERE / "simulation.R")]
    else:
        program = [sys.executable, str(HERE / "simulation_worker.py")]
    command = [*program, task, *map(str, run), *model.arguments()]
    report, peak_mb = take(command)
    return Measurement(
        task,
        run.draws,
        report["seconds"],
        peak_mb,
        tuple(report["quantiles"]),
        report["version"],
    )


def summarise(measured: Sequence[Measurement]) -> list[Row]:
    """Take medians over the repetitions; one row for each program and number of draws."""
    turns: dict[tuple[int, str], list[Measurement]] = {}
    for one in measured:
        turns.setdefault((one.draws, one.task), []).append(one)
    seconds = {key: statistics.median(one.seconds for one in some) for key, some in turns.items()}
    versions = {one.task: one.version for one in measured}
    return [
        Row(
            task=task,
            draws=draws,
            seconds_median=round(seconds[draws, task], 4),
            ratio_to_actient=round(seconds[draws, task] / seconds[draws, "actient"], 3),
            peak_mb=round(statistics.median(one.peak_mb for one in some), 1),
            **dict(zip(("q025", "q50", "q975"), _median_quantiles(some), strict=True)),
            repetitions=len(some),
            python=platform.python_version(),
            numpy=versions["actient"],
            r_version=versions.get(R_TASKS[0], ""),
            cores=os.cpu_count() or 1,
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )
        for (draws, task), some in turns.items()
    ]


def table(rows: Sequence[Row]) -> list[str]:
    """Write the rows for a terminal."""
    head = f"{'task':<14}{'draws':>12}{'seconds':>10}{'ratio':>8}{'peak MB':>10}  quantiles"
    return [head, *(_line(row) for row in rows)]


def _median_quantiles(turns: Sequence[Measurement]) -> list[float | None]:
    if not turns[0].quantiles:
        return [None, None, None]
    by_probability = zip(*(one.quantiles for one in turns), strict=True)
    return [round(statistics.median(values), 5) for values in by_probability]


def _line(row: Row) -> str:
    shares = (row.q025, row.q50, row.q975)
    quantiles = " ".join(f"{share:.4f}" for share in shares if share is not None)
    return (
        f"{row.task:<14}{row.draws:>12,}{row.seconds_median:>10.3f}{row.ratio_to_actient:>8.2f}"
        f"{row.peak_mb:>10.0f}  {quantiles}"
    )


if __name__ == "__main__":
    main()
