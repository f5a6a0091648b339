"""What pages weigh and how fast they come, beside the same content built with plain defaults.

Run it with `make bench-pages`. The French edition is built twice from the chapters of the last
`make book`: as published, and with Jupyter Book's own templates and assets. In one run, each page
of each build takes its turn under Lighthouse (a phone on a slow network), `REPETITIONS` times.
Medians go to data/benchmarks/pages.csv.
"""

from __future__ import annotations

import datetime
import gzip
import os
import re
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from lighthouse import audit, chromium, installed
from report import say, write
from static_host import serving

from actient.book import site
from actient.book.frame.addresses import VARIABLE
from actient.paths import Paths, checkout

REPETITIONS = 5
BUILDS = ("actient", "defaults")
HOME, CHART = "book/index.html", "analysis/06_coverage.html"


class Measurement(NamedTuple):
    """One turn of one page.

    Attributes
    ----------
    page, build : str
        What was opened.
    performance : float
        Lighthouse's score, from 0 to 1.
    paint_seconds : float
        Largest contentful paint, on the simulated network.
    transferred_bytes, requests : int
        On the wire, compressed, until the page is quiet.
    lighthouse : str
        Its version.
    """

    page: str
    build: str
    performance: float
    paint_seconds: float
    transferred_bytes: int
    requests: int
    lighthouse: str


class Row(NamedTuple):
    """One row of data/benchmarks/pages.csv, described in data/datapackage.json."""

    page: str
    build: str
    performance_median: float
    paint_seconds_median: float
    transferred_bytes: int
    requests: int
    repetitions: int
    lighthouse: str
    cores: int
    date: str


class BenchmarkError(RuntimeError):
    """The pages to measure could not be made."""


def main() -> None:
    """Build, measure, show the table, and write it."""
    paths = checkout()
    if not (paths.executed / "fr").is_dir():
        raise BenchmarkError("There are no executed chapters yet: run `make book` first.")
    chromium()
    command = installed(paths.build / "tools")
    with tempfile.TemporaryDirectory() as folder:
        for build_name in BUILDS:
            build(paths, build_name, Path(folder))
        rows = summarise(measure_all(command, Path(folder)))
    say("\n".join(table(rows)))
    output = paths.data / "benchmarks" / "pages.csv"
    write(rows, output)
    say(f"Written: {output}")


def build(paths: Paths, name: str, folder: Path) -> None:
    """Build the French edition as published, or with plain defaults, into `folder`/`name`.

    Raises
    ------
    BenchmarkError
        If it does not build.
    """
    source = folder / f"{name}-source"
    site.stage(paths, "fr", paths.executed / "fr", source)
    settings = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings["sphinx"]["config"]["actient_editions"] = []
    if name == "defaults":
        settings["sphinx"]["config"] |= {"actient_light": False, "templates_path": []}
    (source / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    os.environ.pop(VARIABLE, None)
    done = site.jupyter_book(paths, source, folder / f"{name}-work")
    made = folder / f"{name}-work" / "_build" / "html"
    if done.returncode or not (made / HOME).is_file():
        raise BenchmarkError(f"The pages ({name}) did not build:\n{done.stdout[-2000:]}")
    made.rename(folder / name)
    say(f"built: {name}")


def heaviest(folder: Path) -> str:
    """Find the page that weighs most, compressed, with the pictures it shows."""

    def weight(page: Path) -> int:
        text = page.read_text(encoding="utf-8")
        pictures = {page.parent / source for source in re.findall(r'<img[^>]* src="([^"]+)"', text)}
        files = [page, *(picture for picture in pictures if picture.is_file())]
        return sum(len(gzip.compress(path.read_bytes())) for path in files)

    pages = [*folder.glob("analysis/*.html"), *folder.glob("book/*.html")]
    return max(sorted(pages), key=weight).relative_to(folder).as_posix()


def measure_all(command: Path, folder: Path) -> list[Measurement]:
    """Let each page of each build take its turn, again and again."""
    pages = list(dict.fromkeys([HOME, CHART, heaviest(folder / "actient")]))
    measured = []
    with serving(folder) as host:
        for repetition in range(1, REPETITIONS + 1):
            for page in pages:
                for name in BUILDS:
                    report = audit(command, f"{host}/{name}/{page}", ["performance"])
                    measured.append(measurement(page, name, report))
            say(f"repetition {repetition} of {REPETITIONS} done")
    return measured


def measurement(page: str, name: str, report: dict[str, Any]) -> Measurement:
    """Read one report of Lighthouse."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    return Measurement(
        page,
        name,
        report["categories"]["performance"]["score"],
        report["audits"]["largest-contentful-paint"]["numericValue"] / 1000,
        sum(one["transferSize"] for one in requests),
        len(requests),
        report["lighthouseVersion"],
    )


def summarise(measured: Sequence[Measurement]) -> list[Row]:
    """Take medians over the repetitions; one row for each page and build."""
    turns: dict[tuple[str, str], list[Measurement]] = {}
    for one in measured:
        turns.setdefault((one.page, one.build), []).append(one)
    return [
        Row(
            page=page,
            build=name,
            performance_median=round(statistics.median(one.performance for one in some), 2),
            paint_seconds_median=round(statistics.median(one.paint_seconds for one in some), 2),
            transferred_bytes=int(statistics.median(one.transferred_bytes for one in some)),
            requests=int(statistics.median(one.requests for one in some)),
            repetitions=len(some),
            lighthouse=some[0].lighthouse,
            cores=os.cpu_count() or 1,
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )
        for (page, name), some in turns.items()
    ]


def table(rows: Sequence[Row]) -> list[str]:
    """Write the rows for a terminal."""
    head = f"{'page':<28}{'build':<10}{'score':>6}{'paint s':>9}{'kB':>8}{'requests':>10}"
    return [
        head,
        *(
            f"{row.page:<28}{row.build:<10}{row.performance_median:>6.2f}"
            f"{row.paint_seconds_median:>9.2f}{row.transferred_bytes / 1000:>8.0f}"
            f"{row.requests:>10}"
            for row in rows
        ),
    ]


if __name__ == "__main__":
    main()
