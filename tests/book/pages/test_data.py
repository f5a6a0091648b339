"""The data to take away: whole, as they are in the checkout, the same archive every time."""

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from frictionless import Package

from actient import tables
from actient.book.pages import data
from actient.book.pages.page import Place
from actient.locale import LANGS
from actient.paths import checkout

PATHS = checkout()


def test_the_archive_is_a_valid_data_package(tmp_path):
    data.write(PATHS, tmp_path)
    with zipfile.ZipFile(tmp_path / data.ARCHIVE) as archive:
        archive.extractall(tmp_path / "out")
        assert data.LICENCE in archive.namelist()
    report = Package(str(tmp_path / "out" / data.DESCRIPTION)).validate()
    assert report.valid, report.to_summary()


def test_every_table_is_written_as_it_is(tmp_path):
    data.write(PATHS, tmp_path)
    for resource in tables.resources(PATHS):
        original = (PATHS.data / resource.path).read_bytes()
        assert (tmp_path / resource.path).read_bytes() == original
    assert json.loads((tmp_path / data.DESCRIPTION).read_text("utf-8"))["resources"]
    assert not list(tmp_path.rglob(".*"))


def test_the_same_files_give_the_same_archive():
    content = data.files(PATHS)
    again = dict(reversed(content.items()))
    assert data.archive(content) == data.archive(again)
    with zipfile.ZipFile(io.BytesIO(data.archive(content))) as archive:
        assert {one.filename for one in archive.infolist()} == set(content)


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_of_the_list_leads_to_a_file_that_is_written(tmp_path, lang):
    data.write(PATHS, tmp_path / data.FOLDER)
    page = BeautifulSoup(str(data.downloads(Place(PATHS, lang))), "html.parser")
    links = [one["href"] for one in page.select("a[download]")]
    assert len(links) == len(tables.resources(PATHS)) + 2
    assert all((tmp_path / link).is_file() for link in links)
