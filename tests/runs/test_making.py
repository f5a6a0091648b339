"""How a figure was made: read from the notebook, and written as a command that makes it again."""

import subprocess
import sys

import pytest

from actient import parameters
from actient.runs import making
from actient.runs.making import MakingError, Run


def notebook(source, tag="parameters"):
    return {"cells": [{"source": source, "metadata": {"tags": [tag]}}]}


def test_what_papermill_injected_wins_over_the_defaults():
    run = Run({"lang": "fr", "share": 0.5}, {"share": 0.25})
    assert run.values == {"lang": "fr", "share": 0.25}


@pytest.mark.parametrize(
    "source", ["share = 1 / 3", "import os", "a, b = 1, 2", "share: float", "x = y = 1", "f()"]
)
def test_a_parameters_cell_holds_names_and_plain_values_only(source):
    with pytest.raises(MakingError, match="plain value"):
        Run.of(notebook(source))


def test_a_negative_number_and_a_list_are_plain_values():
    run = Run.of(notebook('gap: list[float] = [-0.2, 0.1]\nframe = "a b"', "injected-parameters"))
    assert run.changed == {"gap": [-0.2, 0.1], "frame": "a b"}


def test_the_command_names_what_differs_from_the_defaults():
    run = Run({"lang": "fr", "n": 1, "k": [1.0]}, {"lang": "en", "n": 1, "k": [0.5, 2.0]})
    expected = "actient run 06_coverage --lang en -p 'k=[0.5, 2.0]'"
    assert making.command("06_coverage", run) == expected


@pytest.mark.slow
def test_the_command_line_reads_the_command_back():
    sizes = [30, 10_000]
    run = Run({}, {"sample_sizes": sizes, "rule": "truncation", "lang": "en"})
    words = making.command("04_results", run)
    read = (
        "import shlex, sys; from actient.cli import assignments;"
        "pairs = [w for w in shlex.split(sys.argv[1]) if '=' in w];"
        "print(assignments.from_pairs(pairs))"
    )
    done = subprocess.run(
        [sys.executable, "-c", read, words], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str({"sample_sizes": sizes, "rule": "truncation"})
    parameters.check("04_results", {"sample_sizes": sizes, "rule": "truncation"})
