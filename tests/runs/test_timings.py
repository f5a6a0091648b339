"""How long a chapter took: kept beside the site when it succeeded, and only then."""

import pytest

from actient.paths import Paths
from actient.runs import timings


def test_a_chapter_that_succeeds_leaves_its_time(tmp_path):
    paths = Paths(tmp_path)
    with timings.timing(paths, "en", "04_results"):
        pass
    took = timings.read(paths, "en", "04_results")
    assert took.started <= took.ended
    assert took.started.endswith("Z")
    assert 0 <= took.seconds < 60
    assert [path.name for path in (paths.timings / "en").iterdir()] == ["04_results.json"]


def test_one_that_fails_leaves_none(tmp_path):
    def failing():
        with timings.timing(Paths(tmp_path), "fr", "04_results"):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 — its own
        failing()
    assert not (tmp_path / "_build").exists()
