"""The notebook regression tests can fail: a changed chart or number in a reference is caught."""

import subprocess
import sys

import nbformat
import pytest

from actient.charts import theme
from actient.paths import checkout
from actient.records import GLUE_PREFIX, RECORD_MIME

pytestmark = pytest.mark.slow

SOURCE = checkout().notebook("04_results")


def nbval(path):
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider"),
            *("--nbval", "--nbval-current-env", str(path)),
        ],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def tampered(folder, change):
    notebook = nbformat.read(SOURCE, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    change([output.data for output in outputs if "data" in output])
    path = folder / SOURCE.name
    nbformat.write(notebook, path)
    return path


def move_a_mark(outputs):
    spec = next(data[theme.MIME] for data in outputs if theme.MIME in data)
    next(iter(spec["datasets"].values()))[0]["low"] += 0.001


def change_a_caption(outputs):
    spec = next(data[theme.MIME] for data in outputs if theme.MIME in data)
    spec["usermeta"]["actient"]["caption"] += " "


def change_a_number(outputs):
    record = next(data[RECORD_MIME] for data in outputs if RECORD_MIME in data)
    record["value"] += 0.001


def change_a_text(outputs):
    key = GLUE_PREFIX + "text/plain"
    data = next(data for data in outputs if key in data)
    data[key] = data[key].replace("86", "87")


def change_nothing(outputs):
    assert outputs


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (change_nothing, 0),
        (move_a_mark, 1),
        (change_a_caption, 1),
        (change_a_number, 1),
        (change_a_text, 1),
    ],
)
def test_a_planted_change_is_caught(tmp_path, change, code):
    done = nbval(tampered(tmp_path, change))
    assert done.returncode == code, done.stdout[-2000:]
