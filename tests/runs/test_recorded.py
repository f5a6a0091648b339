"""Comparing recorded results: every planted change is found and named, noise is not."""

import json

import pytest

from actient.paths import Paths
from actient.runs import recorded

RECORD = {"value": 0.3775, "unit": "proportion", "origin": "computed", "assumption": None}
REFERENCE = {"04_results": {"low": RECORD, "n": {**RECORD, "value": 171, "unit": "persons"}}}


def changed(**parts):
    return {"04_results": {**REFERENCE["04_results"], "low": {**RECORD, **parts}}}


def test_the_same_is_the_same():
    assert recorded.compare(REFERENCE, REFERENCE) == []


def test_noise_in_the_last_digit_is_not_a_difference():
    assert recorded.compare(REFERENCE, changed(value=0.3775 * (1 + 1e-12))) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"value": 0.3776},
        {"unit": "ratio"},
        {"origin": "printed"},
        {"assumption": "simple random sample"},
    ],
)
def test_a_planted_change_is_found_and_named(parts):
    (difference,) = recorded.compare(REFERENCE, changed(**parts))
    assert (difference.notebook, difference.key) == ("04_results", "low")
    assert str(next(iter(parts.values()))) in str(difference)


def test_a_missing_and_an_unexpected_record_are_told_apart():
    found = {"04_results": {"n": REFERENCE["04_results"]["n"], "new": RECORD}}
    missing, unexpected = recorded.compare(REFERENCE, found)
    assert "missing" in str(missing)
    assert "not in the reference" in str(unexpected)


def test_a_whole_notebook_missing_is_found():
    assert len(recorded.compare(REFERENCE, {})) == 2


def test_reading_before_building_says_what_to_run(tmp_path):
    with pytest.raises(recorded.NoResultsError, match="make book"):
        recorded.read(Paths(tmp_path))


def test_reading_one_language_and_notebook(tmp_path):
    paths = Paths(tmp_path)
    folder = paths.results / "fr"
    folder.mkdir(parents=True)
    for name, content in REFERENCE.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    assert recorded.read(paths, "fr", "04_results.ipynb") == REFERENCE
    with pytest.raises(recorded.NoResultsError):
        recorded.read(paths, "fr", "05_populations")
