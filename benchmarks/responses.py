"""What validating responses costs, from ten thousand to a million rows, beside bare pandas.

Run it with `python benchmarks/responses.py`. In one run, each program takes its turn, for each
number of rows, as many times as `REPETITIONS`. Every turn is a new process; its seconds are the
processor's, of the work alone (start and imports are not counted), its memory is the peak of the
whole process. Medians go to data/benchmarks/responses.csv. The responses are synthetic, drawn with
one seed.
"""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from report import say, write
from turns import take

from actient.claims import load_claims
from actient.survey import synthesis
from actient.survey.questionnaire import load_questionnaire

ROWS = (10_000, 100_000, 1_000_000)
REPETITIONS = 5
SEED = 20181
TASKS = ("actient", "pandas_floor")

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "data" / "benchmarks" / "responses.csv"


class Measurement(NamedTuple):
    """One turn of one program.

    Attributes
    ----------
    task : str
        The program.
    rows : int
        Rows of the file.
    seconds : float
        Processor time of the work, by the process's own clock.
    peak_mb : float
        Peak resident memory of the whole process, in megabytes (1e6 bytes).
    kept : int
        Rows that the program accepts.
    version : str
        Version of pandas.
    """

    task: str
    rows: int
    seconds: float
    peak_mb: float
    kept: int
    version: str


class Row(NamedTuple):
    """One row of data/benchmarks/responses.csv, described in data/datapackage.json."""

    task: str
    rows: int
    file_mb: float
    seconds_median: float
    ratio_to_actient: float
    peak_mb: float
    kept: int
    repetitions: int
    python: str
    pandas: str
    cores: int
    date: str


def main() -> None:
    """Measure, show the table, and write it."""
    with tempfile.TemporaryDirectory() as folder:
        files = {rows: written(Path(folder), rows) for rows in ROWS}
        rows = summarise(measure_all(files), files)
    say("\n".join(table(rows)))
    write(rows, OUTPUT)
    say(f"Written: {OUTPUT}")


def written(folder: Path, rows: int) -> Path:
    """Write synthetic responses in the layout of the CSV template."""
    path = folder / f"{rows}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        synthesis.write(stream, load_questionnaire(), load_claims(), n=rows, seed=SEED)
    say(f"{rows:,} synthetic rows written")
    return path


def measure_all(files: dict[int, Path]) -> list[Measurement]:
    """Let each program take its turn, again and again."""
    measured = []
    for repetition in range(1, REPETITIONS + 1):
        for rows, path in files.items():
            measured += [measure(task, rows, path) for task in TASKS]
        say(f"repetition {repetition} of {REPETITIONS} done")
    return measured


def measure(task: str, rows: int, path: Path) -> Measurement:
    """Run one program once, in a process of its own.

    Raises
    ------
    TurnError
        If the program fails; its own words say why.
    """
    command = [sys.executable, str(HERE / "responses_worker.py"), task, str(path)]
    report, peak_mb = take(command)
    return Measurement(
        task,
        rows,
        report["seconds"],
        peak_mb,
        report["kept"],
        report["version"],
    )


def summarise(measured: Sequence[Measurement], files: dict[int, Path]) -> list[Row]:
    """Take medians over the repetitions; one row for each program and number of rows."""
    turns: dict[tuple[int, str], list[Measurement]] = {}
    for one in measured:
        turns.setdefault((one.rows, one.task), []).append(one)
    seconds = {key: statistics.median(one.seconds for one in some) for key, some in turns.items()}
    return [
        Row(
            task=task,
            rows=rows,
            file_mb=round(files[rows].stat().st_size / 1e6, 1),
            seconds_median=round(seconds[rows, task], 3),
            ratio_to_actient=round(seconds[rows, task] / seconds[rows, "actient"], 3),
            peak_mb=round(statistics.median(one.peak_mb for one in some), 1),
            kept=some[0].kept,
            repetitions=len(some),
            python=platform.python_version(),
            pandas=some[0].version,
            cores=os.cpu_count() or 1,
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )
        for (rows, task), some in turns.items()
    ]


def table(rows: Sequence[Row]) -> list[str]:
    """Write the rows for a terminal."""
    head = f"{'task':<14}{'rows':>12}{'seconds':>10}{'ratio':>8}{'peak MB':>10}{'kept':>10}"
    return [head, *(_line(row) for row in rows)]


def _line(row: Row) -> str:
    return (
        f"{row.task:<14}{row.rows:>12,}{row.seconds_median:>10.3f}{row.ratio_to_actient:>8.2f}"
        f"{row.peak_mb:>10.0f}{row.kept:>10,}"
    )


if __name__ == "__main__":
    main()
