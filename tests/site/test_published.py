"""A site that knows its address says it everywhere; one that does not says none of it."""

import re
import struct

import pytest
import yaml

from actient.book import site

pytestmark = pytest.mark.slow

BASE = "https://example.org/actient/"
PAGES = ("book/summary", "book/game", "analysis/02_framework", "analysis/10_combined")
ABSOLUTE = re.compile(r'rel="canonical"|hreflang="[^"]*" href="http|property="og:|twitter:card')


@pytest.fixture(scope="module")
def published(built, tmp_path_factory):
    """The French edition of the built checkout, built again with an address and a sister."""
    folder = tmp_path_factory.mktemp("published")
    source = folder / "source"
    site.stage(built, "fr", built.executed / "fr", source)
    settings = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings["sphinx"]["config"]["actient_editions"] = ["fr", "en"]
    (source / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    toc = {"format": "jb-book", "root": "book/index", "chapters": [{"file": one} for one in PAGES]}
    (source / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", BASE)
        done = site.jupyter_book(built, source, folder)
    assert done.returncode == 0, done.stdout[-3000:]
    return folder / "_build" / "html"


def content(edition):
    return sorted([*edition.glob("book/*.html"), *edition.glob("analysis/*.html")])


def test_each_page_says_where_it_is_and_where_its_sister_is(published):
    for path in content(published):
        page = path.read_text(encoding="utf-8")
        name = path.relative_to(published).as_posix()
        assert f'<link rel="canonical" href="{BASE}fr/{name}"' in page
        for lang, there in (("fr", "fr"), ("en", "en"), ("x-default", "fr")):
            assert f'<link rel="alternate" hreflang="{lang}" href="{BASE}{there}/{name}"' in page


def test_the_preview_card_is_there_and_is_what_the_pages_say(published):
    drawn = (published / "_static" / "card.png").read_bytes()
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)
    for path in content(published):
        page = path.read_text(encoding="utf-8")
        assert f'property="og:image" content="{BASE}fr/_static/card.png"' in page
        assert re.search(r'property="og:title" content="[^"]{3,}"', page), path
        assert re.search(r'property="og:description" content="[^"]{20,}"', page), path


def test_without_an_address_no_page_says_any_of_it(built, contents):
    for path in contents:
        assert not ABSOLUTE.search(path.read_text(encoding="utf-8")), path
    for name in ("sitemap.xml", "robots.txt"):
        assert not (built.site / name).exists()
    assert (built.site / "404.html").is_file()


def test_every_page_describes_itself_and_no_two_alike(contents):
    said = {}
    for path in contents:
        page = path.read_text(encoding="utf-8")
        [description] = re.findall(r'<meta name="description" content="([^"]*)"', page)
        assert 20 <= len(description) <= 300, path
        assert description not in said, (path, said.get(description))
        said[description] = path
        [icon] = re.findall(r'<link rel="icon" href="([^"]+)"', page)
        assert (path.parent / icon).resolve().is_file()


def test_an_address_that_is_none_stops_the_build_with_words(built, tmp_path, monkeypatch):
    source = tmp_path / "source"
    site.stage(built, "fr", built.executed / "fr", source)
    monkeypatch.setenv("SITE_URL", "example.org")
    done = site.jupyter_book(built, source, tmp_path, "-W")
    assert done.returncode != 0
    assert "SITE_URL is 'example.org', which is not the address of a site." in done.stdout
    assert not (tmp_path / "_build" / "html" / "book" / "index.html").exists()
