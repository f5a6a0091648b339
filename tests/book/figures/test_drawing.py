"""One figure of one run, as files."""

import pytest

from actient.book.figures import drawing
from actient.paths import checkout

CHAPTER = checkout().notebook("04_results")


def test_the_files_of_one_figure_are_those_of_the_book(tmp_path):
    name = next(iter(drawing.specifications(CHAPTER)))
    files = drawing.write_files(name, CHAPTER, tmp_path)
    assert [file.name.removeprefix(name) for file in files] == [
        ".svg",
        ".dark.svg",
        ".csv",
        ".vl.json",
    ]
    assert set(tmp_path.iterdir()) == set(files)
    assert files[0].read_text(encoding="utf-8").startswith("<svg")


def test_a_figure_that_is_not_drawn_is_told_before_anything_runs(tmp_path):
    with pytest.raises(drawing.NoSuchFigureError, match=r"no figure named 'nowhere'.*It draws: "):
        drawing.check("nowhere", CHAPTER)
    with pytest.raises(drawing.NoSuchFigureError):
        drawing.write_files("nowhere", CHAPTER, tmp_path)
    assert list(tmp_path.iterdir()) == []
