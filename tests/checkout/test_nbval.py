"""The notebook regression tests can fail: a changed chart or number in a reference is caught."""

import os
import re
import subprocess
import sys

import nbformat
import pytest

from actient.charts import theme
from actient.paths import checkout
from actient.records import GLUE_PREFIX, RECORD_MIME
from actient.runs import execute

pytestmark = pytest.mark.slow

SOURCE = checkout().notebook("04_results")


def tampered(path, change):
    """A copy of the chapter, with something changed in its stored outputs."""
    notebook = nbformat.read(SOURCE, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    change([output.data for output in outputs if "data" in output])
    nbformat.write(notebook, path)


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


PLANTED = (move_a_mark, change_a_caption, change_a_number, change_a_text)


def test_each_planted_change_is_caught(tmp_path):
    """In one run, beside a chapter in which nothing is changed; kernels start warm, as for ours."""
    for change in (change_nothing, *PLANTED):
        tampered(tmp_path / f"{change.__name__}.ipynb", change)
    warm = execute.warm_kernel(checkout())
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-rf", "-c", os.devnull, "--color=no"),
            *("-p", "no:cacheprovider", "--nbval", "--nbval-kernel-name", warm, str(tmp_path)),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-2000:]
    failed = re.findall(r"^FAILED (?:.*/)?(\w+)\.ipynb::", done.stdout, re.MULTILINE)
    assert sorted(failed) == sorted(change.__name__ for change in PLANTED), done.stdout[-2000:]
