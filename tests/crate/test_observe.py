"""What the committed crate says each chapter reads is what its cells open, watched again."""

import shutil

import pytest
from building import actient, copy_checkout

from actient.crate import committed, observe
from actient.paths import checkout
from actient.runs.watch import Watch

pytestmark = pytest.mark.slow

PATHS = checkout()


NAMES = [one.stem for one in PATHS.notebooks()]
SOME = NAMES[1::6]


@pytest.mark.parametrize(
    "names",
    [SOME, pytest.param([name for name in NAMES if name not in SOME], marks=pytest.mark.long)],
    ids=["some", "the others"],
)
def test_what_each_chapter_reads_is_what_was_observed(names):
    _, stated = committed.stated((PATHS.root / committed.FILE).read_text(encoding="utf-8"))
    assert stated.keys() == set(NAMES)
    found = observe.observed(PATHS, names)
    assert found == {name: stated[name] for name in names}, "run `actient crate`"


def test_whoever_watches_learns_of_each_chapter():
    told = []

    class Told(Watch):
        def start(self, step):
            told.append(f"start {step}")

        def finish(self, step):
            told.append(f"finish {step}")

    observe.observed(PATHS, ["02_framework"], watch=Told())
    assert told == ["start 02_framework", "finish 02_framework"]


def test_a_chapter_that_fails_is_named(tmp_path):
    paths = copy_checkout(tmp_path)
    shutil.rmtree(paths.data / "poster")
    with pytest.raises(observe.ReadsError, match=r"07_selection\.ipynb"):
        observe.observed(paths, ["07_selection"])


def test_the_command_writes_the_same_crate_and_tells_a_stale_one(tmp_path):
    paths = copy_checkout(tmp_path / "livre")
    for extra in paths.notebooks()[2:]:  # two chapters are enough to see it work
        extra.unlink()
    wrote = actient(paths, "crate", "--date", "2026-11-24")
    assert wrote.returncode == 0, wrote.stderr
    first = (paths.root / committed.FILE).read_bytes()
    assert actient(paths, "crate", "--date", "2026-11-24").returncode == 0
    assert (paths.root / committed.FILE).read_bytes() == first
    assert actient(paths, "crate", "--check").returncode == 0

    lock = paths.root / "requirements.txt"
    lock.write_text(lock.read_text("utf-8").replace("papermill==", "papermill==9."), "utf-8")
    stale = actient(paths, "crate", "--check")
    assert stale.returncode == 1
    assert "run `actient crate`" in stale.stderr
    assert "Traceback" not in stale.stderr

    undated = actient(paths, "crate")  # no git here: nothing says when
    assert undated.returncode == 1
    assert "--date" in undated.stderr
