"""What weighting a survey costs, beside R's survey package and beside a Python peer.

Run it with `.venv/bin/python benchmarks/survey.py`, after the two peers are installed (it says how
where they are not). In one run, each program takes its turn, for each number of respondents, as
many times as `REPETITIONS`: so a machine that slows down slows all of them. Every turn is a new
process; its seconds are those of the computation alone (start, imports and reading are not
counted), its memory is the peak of the whole process. All programs weight one synthetic sample to
the same three margins, then tabulate the same items. Medians go to data/benchmarks/survey.csv.

Reading and checking responses is another benchmark: nothing here validates a file.
"""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import survey_model
from report import say, write
from turns import take

RESPONDENTS = (10_000, 100_000, 1_000_000)
REPETITIONS = 5
OURS, R_SURVEY, PEER = "actient", "r_survey", "weightipy"

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "data" / "benchmarks" / "survey.csv"
OUR_PROGRAM = [sys.executable, str(HERE / "survey_worker.py")]
PEER_PYTHON = HERE.parent / "_build" / "peers" / "bin" / "python"

MISSING = {
    R_SURVEY: "on Debian: apt-get install r-base-core r-cran-survey",
    PEER: "python3 -m venv _build/peers && _build/peers/bin/pip install weightipy",
}


class Measurement(NamedTuple):
    """One turn of one program.

    Attributes
    ----------
    task : str
        The program.
    respondents : int
        Size of the sample.
    weighting, tabulation : float
        Seconds for the weights and for the weighted shares, by the process's own clock.
    peak_mb : float
        Peak resident memory of the whole process, in megabytes (1e6 bytes).
    difference : float
        Largest relative difference between its weights and ours, both with mean 1.
    version : str
        Version of the package that computed the weights (for ours, of numpy).
    r_version : str
        Version of R; empty for the others.
    """

    task: str
    respondents: int
    weighting: float
    tabulation: float
    peak_mb: float
    difference: float
    version: str
    r_version: str


class Row(NamedTuple):
    """One row of data/benchmarks/survey.csv, described in data/datapackage.json."""

    task: str
    respondents: int
    seconds_median: float
    ratio_to_actient: float
    weighting_median: float
    weighting_ratio: float
    peak_mb: float
    weights_difference: float
    repetitions: int
    python: str
    version: str
    r_version: str
    cores: int
    date: str


def main() -> None:
    """Measure, show the table, and write it if it is complete."""
    present = programs()
    for task in MISSING:
        if task not in present:
            say(f"NOT RUN: {task} ({MISSING[task]})")
    rows = summarise(measure_all(present))
    say("\n".join(table(rows)))
    if len(present) <= len(MISSING):
        say(f"{OUTPUT} is left as it was: it compares with both peers, and this run does not.")
        return
    write(rows, OUTPUT)
    say(f"Written: {OUTPUT}")


def programs() -> dict[str, list[str]]:
    """Find the programs of this machine: the command of each, without the folder of the sample."""
    found = {OURS: OUR_PROGRAM}
    if PEER_PYTHON.exists():
        found[PEER] = [str(PEER_PYTHON), str(HERE / "survey_peer.py")]
    rscript = shutil.which("Rscript")
    if rscript and _has_survey(rscript):
        found[R_SURVEY] = [rscript, "--vanilla", str(HERE / "survey.R")]
    return found


def measure_all(present: dict[str, list[str]]) -> list[Measurement]:
    """Let each program take its turn, again and again."""
    measured = []
    with tempfile.TemporaryDirectory() as temporary:
        folders = {size: Path(temporary) / str(size) for size in RESPONDENTS}
        for size, folder in folders.items():
            folder.mkdir()
            survey_model.write(folder, size)
        for repetition in range(1, REPETITIONS + 1):
            for size, folder in folders.items():
                measured += [measure(task, present[task], size, folder) for task in present]
            say(f"repetition {repetition} of {REPETITIONS} done")
    return measured


def measure(task: str, command: Sequence[str], respondents: int, folder: Path) -> Measurement:
    """Run one program once; ours has to be the first on a folder, for the others to compare with.

    Raises
    ------
    TurnError
        If the program fails; its own words say why.
    """
    report, peak_mb = take([*command, str(folder)])
    ours, theirs = (np.fromfile(folder / f"{name}.bin", "<f8") for name in (OURS, task))
    return Measurement(
        task=task,
        respondents=respondents,
        weighting=report["weighting"],
        tabulation=report["tabulation"],
        peak_mb=peak_mb,
        difference=float(np.abs(theirs / theirs.mean() / (ours / ours.mean()) - 1).max()),
        version=report["version"],
        r_version=report.get("r", ""),
    )


def summarise(measured: Sequence[Measurement]) -> list[Row]:
    """Take medians over the repetitions; one row for each program and number of respondents."""
    turns: dict[tuple[int, str], list[Measurement]] = {}
    for one in measured:
        turns.setdefault((one.respondents, one.task), []).append(one)
    seconds = {
        key: statistics.median(one.weighting + one.tabulation for one in some)
        for key, some in turns.items()
    }
    weighting = {
        key: statistics.median(one.weighting for one in some) for key, some in turns.items()
    }
    return [
        Row(
            task=task,
            respondents=respondents,
            seconds_median=round(seconds[respondents, task], 4),
            ratio_to_actient=round(seconds[respondents, task] / seconds[respondents, OURS], 3),
            weighting_median=round(weighting[respondents, task], 4),
            weighting_ratio=round(weighting[respondents, task] / weighting[respondents, OURS], 3),
            peak_mb=round(statistics.median(one.peak_mb for one in some), 1),
            weights_difference=float(f"{max(one.difference for one in some):.1e}"),
            repetitions=len(some),
            python=platform.python_version(),
            version=some[0].version,
            r_version=some[0].r_version,
            cores=os.cpu_count() or 1,
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )
        for (respondents, task), some in turns.items()
    ]


def table(rows: Sequence[Row]) -> list[str]:
    """Write the rows for a terminal."""
    head = (
        f"{'task':<10}{'respondents':>12}{'seconds':>10}{'ratio':>8}{'weighting':>11}{'ratio':>8}"
        f"{'peak MB':>9}  difference"
    )
    return [head, *(_line(row) for row in rows)]


def _has_survey(rscript: str) -> bool:
    question = 'cat(tolower(requireNamespace("survey", quietly = TRUE)))'
    return take([rscript, "--vanilla", "-e", question]).report is True


def _line(row: Row) -> str:
    return (
        f"{row.task:<10}{row.respondents:>12,}{row.seconds_median:>10.3f}"
        f"{row.ratio_to_actient:>8.2f}{row.weighting_median:>11.3f}{row.weighting_ratio:>8.2f}"
        f"{row.peak_mb:>9.0f}  {row.weights_difference:.1e}"
    )


if __name__ == "__main__":
    main()
