"""`actient reproduce`, once for real: from a fresh repository to a certificate; then a planted run.

The clean environment is made once. The planted run uses it again through the library, which no
option of the command does: a certificate always says what it did itself.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import copy_checkout, git

from actient.paths import Paths
from actient.reproduce import certificate, environment, examine, rerun, steps
from actient.reproduce.steps import Progress, StepError

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Reproduced:
    """One run of the command, and what it left."""

    done: subprocess.CompletedProcess[str]
    paths: Paths
    out: Path
    before: dict[str, int]
    seconds: float


def committed(folder: Path) -> Paths:
    """Commit what a newcomer would get to a repository of its own."""
    copy_checkout(folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it stands")
    return Paths(folder.resolve())


def command(paths: Paths, scratch: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "actient", "reproduce", *arguments],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # As at a keyboard, even where these tests themselves run in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def files(paths: Paths) -> dict[str, int]:
    return {
        str(path): path.stat().st_mtime_ns
        for path in paths.root.rglob("*")
        if path.is_file() and ".git" not in path.parts and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return committed(tmp_path_factory.mktemp("dépôt vérifié"))


@pytest.fixture(scope="module")
def reproduced(repository: Paths, tmp_path_factory: pytest.TempPathFactory) -> Reproduced:
    paths = repository
    scratch, out = tmp_path_factory.mktemp("scratch"), tmp_path_factory.mktemp("le certificat")
    before, start = files(paths), time.monotonic()
    with command(paths, scratch, "--out", str(out), "--json", "--keep") as running:
        stdout, stderr = running.communicate()
    done = subprocess.CompletedProcess(running.args, running.returncode, stdout, stderr)
    return Reproduced(done, paths, out, before, time.monotonic() - start)


@pytest.fixture(scope="module")
def place(reproduced: Reproduced) -> rerun.Place:
    kept = re.search(r"Kept: (.+)", reproduced.done.stderr)
    assert kept, reproduced.done.stderr
    paths = Paths(Path(kept[1]))
    return rerun.Place(paths, paths.root / environment.FOLDER / "bin" / "python")


def test_everything_matches_and_the_certificate_says_so(reproduced):
    assert reproduced.done.returncode == 0, reproduced.done.stdout + reproduced.done.stderr
    text = (reproduced.out / "certificate.json").read_text(encoding="utf-8")
    assert text == reproduced.done.stdout
    made = certificate.read(text)
    assert made.verdict == "matched"
    assert made.examined.differences == ()
    counts = {one.check: one for one in made.examined.counts}
    pages, notebooks = examine.contents(reproduced.paths), reproduced.paths.notebooks()
    assert counts["pages"].compared == 2 * len(pages)
    assert counts["records"].compared == 2 * counts["editions"].compared
    assert counts["charts"].compared >= 2 * len(notebooks)
    assert made.commit.sha == git(reproduced.paths.root, "rev-parse", "HEAD")
    runs = [(run.lang, run.notebook) for run in made.examined.runs]
    assert runs == [(lang, path.stem) for lang in ("fr", "en") for path in notebooks]
    assert all(run.seconds > 0 and run.started <= run.ended for run in made.examined.runs)
    assert made.examined.packages["numpy"] == examine.read_lock(reproduced.paths)["numpy"]
    page = (reproduced.out / "certificate.html").read_text(encoding="utf-8")
    assert 'data-verdict="matched"' in page


def test_nothing_of_the_machine_is_told(reproduced):
    for name in ("certificate.json", "certificate.html"):
        text = (reproduced.out / name).read_text(encoding="utf-8")
        for private in (str(reproduced.paths.root), str(Path.home()), "/tmp/", "/work/"):  # noqa: S108
            assert private not in text, private


def test_the_checkout_is_left_as_it_was_and_progress_was_told(reproduced):
    assert files(reproduced.paths) == reproduced.before
    said = reproduced.done.stderr
    for step in ("1/4", "2/4", "3/4", "4/4", "executed,"):
        assert step in said
    assert sorted(path.name for path in (reproduced.out / "logs").iterdir()) == [
        "environment.log",
        "examine.log",
        "rerun.log",
    ]
    assert (reproduced.out / "logs" / "rerun.log").read_text(encoding="utf-8").count(
        "executed"
    ) > 12


def test_a_number_edited_in_a_committed_notebook_is_named(place, tmp_path):
    notebook = place.paths.notebook("04_results")
    whole = notebook.read_bytes()
    swap(notebook, "C11 = 42", "C11 = 24")
    examined = rerun.examine(place, tmp_path / "examine.log", Progress(lambda _: None))
    notebook.write_bytes(whole)
    (one,) = examined.differences
    assert (one.check, one.where) == ("outputs", "fr/04_results")
    assert one.name.endswith("text/plain")
    assert "24" in one.expected


def test_a_planted_formula_data_cell_chart_page_and_version_are_each_named(
    reproduced, place, tmp_path
):
    """One chapter is run again in the clean environment, with what was planted."""
    root = place.paths.root
    swap(
        root / "analysis" / "actient" / "bias" / "selection.py",
        "def tipping_ratio(",
        "def tipping_ratio(*shares: ArrayLike) -> Numbers:\n"
        "    return _planted(*shares) * 1.0001\n\n\ndef _planted(",
    )
    swap(root / "data" / "poster" / "claims.csv", ",42,", ",43,")
    pictures = root / "analysis" / "actient" / "chapters" / "selection" / "pictures.py"
    swap(pictures, "caption=", 'caption="Bis. " + ')
    (place.paths.site / "en" / "book" / "glossary.html").unlink()
    lock = root / "requirements.txt"
    pinned = re.search(r"^numpy==(\S+) ", lock.read_text(encoding="utf-8"), re.MULTILINE)[1]
    lock.write_text(
        lock.read_text(encoding="utf-8").replace("numpy==", "numpy==9"), encoding="utf-8"
    )
    chapter = [str(place.python), "-m", "actient", "run", "07_selection", "--out", str(tmp_path)]
    done = subprocess.run(
        chapter,
        cwd=root,
        env=steps.clean_environment(tmp_path / "scratch", ACTIENT_ROOT=str(root)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shutil.copy(tmp_path / "07_selection.ipynb", place.paths.executed / "fr")
    shutil.copy(tmp_path / "07_selection.json", place.paths.results / "fr")
    examined = rerun.examine(place, tmp_path / "examine.log", Progress(lambda _: None))
    named = {(one.check, one.where, one.name.split(" ")[0]) for one in examined.differences}
    assert named >= {
        ("records", "fr/07_selection", "T09_tipping_ratio"),
        ("records", "fr/07_selection", "C11"),
        ("editions", "en/07_selection", "C11"),
        ("charts", "fr/07_selection", "selection-ratio"),
        ("data", "data/poster/claims.csv", ""),
        ("pages", "en/book/glossary.html", ""),
        ("versions", "numpy", ""),
    }
    assert {where for check, where, _ in named if check == "records"} == {"fr/07_selection"}
    version = next(one for one in examined.differences if one.check == "versions")
    assert (version.expected, version.found) == (f"9{pinned}", pinned)
    formula = next(one for one in examined.differences if one.name == "T09_tipping_ratio")
    assert formula.relative == pytest.approx(1e-4, rel=0.01)
    title = "selection-ratio $.usermeta.actient.caption"
    caption = next(one for one in examined.differences if one.name == title)
    assert caption.found == f"Bis. {caption.expected}"


@pytest.mark.parametrize(("blow", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_leaves_no_certificate_no_clone_and_no_process(
    repository, tmp_path, blow, code
):
    scratch, out = tmp_path / "scratch", tmp_path / "out"
    scratch.mkdir()
    with command(repository, scratch, "--out", str(out)) as running:
        for line in running.stderr:
            if "2/4" in line:
                break
        time.sleep(1)
        running.send_signal(blow)
        _, rest = running.communicate()
    assert running.returncode == code
    assert "interrupted" in rest
    assert "Traceback" not in rest
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in out.iterdir()) == ["logs"]
    assert "4/4" not in rest
    alive = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(scratch) not in alive


def test_without_a_package_registry_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "requirements.txt").write_text(
        f"numpy==2.4.6 --hash=sha256:{'0' * 64}\n", encoding="utf-8"
    )
    log = tmp_path / "environment.log"
    with pytest.raises(StepError, match="needs the package registry") as caught:
        environment.create(Paths(clone), log, Progress(lambda _: None))
    assert "numpy" in str(caught.value)
    assert str(log) in str(caught.value)


def test_a_build_here_matches_every_reference_too(built):
    found = examine.examine(built)
    assert [str(one) for one in found.differences] == []
    assert json.loads(certificate.as_json(found))["counts"]


def swap(path: Path, old: str, new: str) -> None:
    """Plant a change, once, where it is expected."""
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
