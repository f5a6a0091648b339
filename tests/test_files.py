"""Files written whole or not at all; what the system refuses names its file."""

import errno
import shutil

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
