"""The committed crate in the hands of `roc-validator`, where it is installed with its contexts.

It is not in the lock, which it conflicts with. `benchmarks/roc_validator.py` says how to install
it, and gives it the context of RO-Crate where no network does.
"""

import json
import os
import shutil
import subprocess

import pytest
from building import copy_checkout

from actient.crate import committed
from actient.paths import checkout

pytestmark = pytest.mark.slow

PROGRAM = os.environ.get("ROCRATE_VALIDATOR") or shutil.which("rocrate-validator")
CACHE = os.environ.get("ROCRATE_VALIDATOR_CACHE")
HOW = (
    "NOT RUN: roc-validator is not installed; see benchmarks/roc_validator.py, then set "
    "ROCRATE_VALIDATOR to its program (and ROCRATE_VALIDATOR_CACHE, without network)"
)


@pytest.fixture
def validate(tmp_path):
    if not PROGRAM:
        pytest.skip(HOW)

    def validated(folder):
        report = tmp_path / "report.json"
        offline = ["--offline", "--cache-path", CACHE] if CACHE else []
        subprocess.run(
            [
                *(PROGRAM, "-y", "validate", *offline, "-p", "process-run-crate"),
                *("-l", "required", "-f", "json", "-o", str(report), str(folder)),
            ],
            capture_output=True,
            check=False,
        )
        return json.loads(report.read_text("utf-8"))

    return validated


def test_the_committed_crate_is_valid(tmp_path, validate):
    paths = copy_checkout(tmp_path / "crate")
    report = validate(paths.root)
    assert report["passed"], [one["message"] for one in report["issues"]]


def test_a_planted_fault_is_caught(tmp_path, validate):
    paths = copy_checkout(tmp_path / "crate")
    content = json.loads((checkout().root / committed.FILE).read_text("utf-8"))
    for one in content["@graph"]:
        if one["@type"] == "CreateAction":
            del one["instrument"]
    (paths.root / committed.FILE).write_text(json.dumps(content), "utf-8")
    report = validate(paths.root)
    assert not report["passed"]
    assert any("instrument" in one["message"] for one in report["issues"])
