"""Files written whole or not at all; what the system refuses names its file."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from actient import files


def test_a_full_disk_is_named_by_the_file_that_did_not_fit(tmp_path) -> None:
    place = tmp_path / "results.json"
    place.write_text("before", encoding="utf-8")
    with pytest.raises(OSError, match="No space left") as caught, files.writing(place):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.filename == str(place)
    assert place.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [place]


def test_an_error_of_something_else_is_left_as_it_is(tmp_path) -> None:
    with pytest.raises(OSError, match="refused") as caught, files.writing(tmp_path / "a"):
        raise OSError(errno.ECONNREFUSED, "refused")
    assert caught.value.filename is None


def test_no_more_is_read_than_asked_for(tmp_path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert files.read_at_most(file, 5) == b"12345"
    with pytest.raises(files.TooLargeError, match="larger than 4 bytes"):
        files.read_at_most(file, 4)


def test_a_folder_that_cannot_be_copied_is_told_by_its_first_file(tmp_path) -> None:
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "file").symlink_to("nowhere")
    with pytest.raises(shutil.Error) as caught:
        shutil.copytree(tmp_path / "from", tmp_path / "to")
    assert files.said(caught.value).startswith("[Errno 2] No such file or directory: ")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_file_is_for_whom_the_user_lets_files_be(mask, mode, tmp_path) -> None:
    with umask(mask):
        files.write(tmp_path / "a", "x")
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(("before", "after"), [(0o600, 0o600), (0o640, 0o640), (0o666, 0o644)])
def test_a_file_that_few_may_read_is_not_opened_to_others(before, after, tmp_path) -> None:
    place = tmp_path / "a"
    place.touch()
    place.chmod(before)
    with umask(0o022), files.writing(place) as stream:
        (made,) = set(tmp_path.iterdir()) - {place}
        assert made.stat().st_mode & 0o777 == after  # from the first character on
        stream.write("x")
    assert place.stat().st_mode & 0o777 == after
    assert list(tmp_path.iterdir()) == [place]
