"""How long each chapter took in the last build, and when: beside the site, never on a page of it.

The pages of one commit are the same bytes whenever they are built, so times have files of their own
in `_build/timings/`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from actient.files import write
from actient.locale import Lang
from actient.paths import Paths


@dataclass(frozen=True)
class Timing:
    """One execution of one chapter.

    Attributes
    ----------
    started, ended
        UTC, in ISO 8601, to the second.
    seconds
        Of wall clock, while other chapters ran beside it.
    """

    started: str
    ended: str
    seconds: float


@contextmanager
def timing(paths: Paths, lang: Lang, notebook: str) -> Iterator[None]:
    """Time what is done inside, and keep it if it succeeds."""
    started, clock = _now(), time.perf_counter()
    yield
    taken = Timing(started, _now(), round(time.perf_counter() - clock, 2))
    write(_place(paths, lang, notebook), json.dumps(asdict(taken), indent=1) + "\n")


def read(paths: Paths, lang: Lang, notebook: str) -> Timing:
    """Read how long a chapter took.

    Raises
    ------
    FileNotFoundError
        If the last build did not execute it.
    """
    return Timing(**json.loads(_place(paths, lang, notebook).read_text(encoding="utf-8")))


def _place(paths: Paths, lang: Lang, notebook: str) -> Path:
    return paths.timings / lang / f"{notebook}.json"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
