"""Sizes and checksums of the data files: kept in the data package, in step, rewritten on demand."""

import json
import shutil

import pytest
from frictionless import Package

from actient.paths import MARKER, Paths, checkout
from actient.reproduce import compare
from actient.runs import checksums

PATHS = checkout()


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PATHS.data, tmp_path / "data")
    return Paths(tmp_path)


def test_every_data_file_has_its_checksum():
    found = compare.data(checksums.stated(PATHS), checksums.present(PATHS))
    assert [str(one) for one in found.differences] == [], "run: actient checksums"
    assert found.count.compared == len(json.loads((PATHS.root / MARKER).read_text())["resources"])


def test_data_files_have_the_line_ends_of_every_system():
    for path in checksums.present(PATHS):
        assert b"\r" not in (PATHS.root / path).read_bytes(), path
    assert "eol=lf" in (PATHS.root / ".gitattributes").read_text(encoding="utf-8")


def test_a_changed_cell_is_named_by_us_and_refused_by_the_standards_own_reader(copy):
    path = copy.data / "sources" / "comparisons.csv"
    path.write_bytes(path.read_bytes().replace(b"2016", b"2017", 1))
    (one,) = compare.data(checksums.stated(copy), checksums.present(copy)).differences
    assert one.where == "data/sources/comparisons.csv"
    package = json.loads((copy.root / MARKER).read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] == "comparisons"]
    package["resources"][0]["schema"].pop("foreignKeys", None)  # the other tables are not here
    (copy.root / MARKER).write_text(json.dumps(package), encoding="utf-8")
    errors = Package(str(copy.root / MARKER)).validate().flatten(["type"])
    assert ["hash-count"] in errors


def test_rewriting_names_what_changed_and_changes_nothing_else(copy):
    package = copy.root / MARKER
    before = package.read_bytes()
    assert checksums.rewrite(copy) == []
    assert package.read_bytes() == before
    path = copy.data / "poster" / "claims.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert checksums.rewrite(copy) == ["data/poster/claims.csv"]
    changed = [
        (a, b)
        for a, b in zip(before.splitlines(), package.read_bytes().splitlines(), strict=True)
        if a != b
    ]
    assert [new.split(b'"')[1] for _, new in changed] == [b"bytes", b"hash"]
