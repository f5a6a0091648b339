"""The whole: clean clone, clean environment, full rerun, comparison, certificate.

The certificate reaches its place only at the end, by a rename; whatever happens before leaves logs
and no certificate. Of the reviewer's checkout, only the output folder is written to.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from actient import __version__
from actient.files import write
from actient.locale import LANGS
from actient.paths import Paths
from actient.reproduce import certificate as certificates
from actient.reproduce import clone, environment, page, rerun
from actient.reproduce.certificate import Certificate, as_json
from actient.reproduce.steps import Progress, Say

HTML: Final = "certificate.html"
JSON: Final = "certificate.json"
LOGS: Final = "logs"
IS_OURS: Final[Mapping[str, Callable[[Path], bool]]] = {
    HTML: page.holds_page,
    JSON: certificates.holds_certificate,
}
"""What is written into the output folder, and what tells one of ours from somebody's own file."""
ERRORS: Final = (clone.CloneError, environment.NoRoomError)
"""What can be wrong before anything is run; `progress.StepError` is a step that stopped."""

# Of our steps, and of the sites that a stopped rerun speaks of (`rerun`).
_ENVIRONMENT: Final = "environment.log"
_RERUN: Final = "rerun.log"
_EXAMINE: Final = "examine.log"
_LOGS: Final = (_ENVIRONMENT, _RERUN, _EXAMINE, *(f"site-{lang}.log" for lang in LANGS))


@dataclass(frozen=True)
class Made:
    """A certificate, where it is, and the place it was made in if that was kept."""

    certificate: Certificate
    html: Path
    json: Path
    place: rerun.Place | None


def reproduce(paths: Paths, out: Path, say: Say, *, keep: bool = False) -> Made:
    """Verify the commit that is checked out, and write its certificate into `out`.

    Parameters
    ----------
    keep
        Leave the clean clone and its environment, to look into a difference.

    Raises
    ------
    actient.reproduce.clone.CloneError
        If there is no commit to verify.
    actient.reproduce.environment.NoRoomError
        If the disk of temporary files is too small.
    actient.reproduce.steps.StepError
        If a step does not reach its end: which one, why, and where its log is.
    """
    progress = Progress(say)
    commit = clone.identify(paths)
    if commit.uncommitted:
        progress.tell(
            f"{commit.uncommitted} files here differ from the commit and are left out: what is "
            f"verified is commit {commit.sha[:10]}."
        )
    environment.check_room(Path(tempfile.gettempdir()))
    logs = _cleared(out)
    with _temporary_folder(keep) as folder:
        with progress.step("clone", f"1/4 Cloning commit {commit.sha[:10]} …"):
            cloned = clone.clone(paths, commit, folder / "actient")
        with progress.step("environment", "2/4 Installing every package of the lock …"):
            python = environment.create(cloned, logs / _ENVIRONMENT, progress)
        place = rerun.Place(cloned, python)
        with progress.step("rerun", "3/4 Executing every chapter, building both editions …"):
            rerun.build(place, logs / _RERUN, progress)
        with progress.step("examine", "4/4 Comparing with the references …"):
            examined = rerun.examine(place, logs / _EXAMINE, progress)
        if keep:
            progress.tell(f"Kept: {cloned.root}")
    certificate = Certificate.of(
        examined,
        date=datetime.now(UTC).date().isoformat(),
        version=__version__,
        commit=commit,
        steps=tuple(progress.steps),
    )
    write(out / HTML, page.html(certificate))
    write(out / JSON, as_json(certificate))
    return Made(certificate, out / HTML, out / JSON, place if keep else None)


def logs_in(out: Path) -> Path | None:
    """Give the folder of the logs that runs left in an output folder; None if there are none."""
    logs = out / LOGS
    return logs if any((logs / name).is_file() for name in _LOGS) else None


def _cleared(out: Path) -> Path:
    """Make the output folder; an earlier certificate or log must not pass for one of this run.

    The folder is the user's: what no run of ours wrote there stays.
    """
    logs = out / LOGS
    logs.mkdir(parents=True, exist_ok=True)
    earlier = [out / name for name, is_ours in IS_OURS.items() if is_ours(out / name)]
    for old in (*earlier, *(logs / name for name in _LOGS)):
        old.unlink(missing_ok=True)
    return logs


@contextmanager
def _temporary_folder(keep: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="actient-"))
    finished = False
    try:
        yield folder
        finished = True
    finally:
        if not (keep and finished):
            shutil.rmtree(folder, ignore_errors=True)
