"""SITE_URL, and what depends on it: the sitemap, robots.txt, the page for lost readers."""

import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from actient.book.frame import addresses, head
from actient.book.frame.addresses import AddressError, SiteAddress

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/actient", "https://example.org/actient/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
    ],
)
def test_an_address_ends_with_a_slash(given, base):
    address = SiteAddress.from_text(given)
    assert address.base == base
    assert address.of("book/index.html", "fr") == f"{base}fr/book/index.html"
    assert address.of("sitemap.xml") == f"{base}sitemap.xml"


@pytest.mark.parametrize(
    "given",
    [
        "example.org",
        "ftp://example.org/",
        "https:///actient",
        "https://example.org/?a=b",
        "https://example.org/#a",
        "https://example.org/a b",
        "https://example.org:port/",
        'https://example.org/"><script>',
        "https://example.org/index.html",
        "https://[::1",
    ],
)
def test_what_is_not_an_address_is_told_with_what_to_do(monkeypatch, given):
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(AddressError) as told:
        SiteAddress.from_environment()
    assert repr(given) in str(told.value)
    assert "https://example.org/actient/" in str(told.value)


@pytest.mark.parametrize("given", [None, "", "  "])
def test_unset_or_empty_means_no_address(monkeypatch, given):
    monkeypatch.delenv("SITE_URL", raising=False)
    if given is not None:
        monkeypatch.setenv("SITE_URL", given)
    assert SiteAddress.from_environment() is None


def site(folder, address):
    for lang in ("fr", "en"):
        for name in ("book/index", "search"):
            page = head.Page(name, lang, "T", "D")
            path = folder / lang / f"{name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            tags = head.metatags(page, ("fr", "en"), address)
            path.write_text(f"<html><head>{tags}</head></html>", encoding="utf-8")
    addresses.write_root_files(folder, ("fr", "en"), address)


def test_the_sitemap_lists_each_page_with_its_other_editions(tmp_path):
    site(tmp_path, SiteAddress("https://example.org/a&b/"))
    root = ET.fromstring((tmp_path / "sitemap.xml").read_bytes())  # noqa: S314 — our own file
    listed = [url.findtext("map:loc", namespaces=NAMES) for url in root]
    base = "https://example.org/a&b/"
    assert listed == [f"{base}en/book/index.html", f"{base}fr/book/index.html"]
    for url in root:
        others = {
            link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", NAMES)
        }
        assert others == {
            "fr": f"{base}fr/book/index.html",
            "en": f"{base}en/book/index.html",
            "x-default": f"{base}fr/book/index.html",
        }


def test_robots_are_told_only_where_they_look(tmp_path):
    site(tmp_path, SiteAddress("https://example.org/actient/"))
    assert not (tmp_path / "robots.txt").exists()
    site(tmp_path, SiteAddress("https://example.org/"))
    robots = (tmp_path / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://example.org/sitemap.xml\n" in robots


def test_without_an_address_what_an_earlier_build_said_is_taken_back(tmp_path):
    site(tmp_path, SiteAddress("https://example.org/"))
    site(tmp_path, None)
    assert not (tmp_path / "sitemap.xml").exists()
    assert not (tmp_path / "robots.txt").exists()


def lost(**options) -> BeautifulSoup:
    page = addresses.not_found_page(("fr", "en"), **options)
    return BeautifulSoup(page, "html.parser")


def test_a_lost_reader_is_spoken_to_in_each_language_and_sent_back():
    soup = lost(address=SiteAddress("https://example.org/actient/"), in_folders=True)
    assert [section["lang"] for section in soup.select("section")] == ["fr", "en"]
    assert [link["href"] for link in soup.select("a")] == [
        "https://example.org/actient/fr/index.html",
        "https://example.org/actient/en/index.html",
    ]
    assert soup.select("script") == []


def test_without_an_address_links_lead_to_the_editions_beside_it():
    soup = lost(address=None, in_folders=True)
    assert [link["href"] for link in soup.select("a")] == ["fr/index.html", "en/index.html"]
    assert not soup.select("[hidden]")
    assert soup.select("script")  # for an address within an edition
    alone = lost(address=None, in_folders=False)
    assert alone.select("a, script") == []


def test_the_lost_page_asks_for_no_other_file():
    page = lost(address=None, in_folders=True)
    asked = [one.get("src") or one.get("href") for one in page.select("[src], link[href]")]
    assert asked
    assert all(one.startswith("data:") for one in asked)


def test_french_punctuation_of_the_lost_page():
    text = lost(address=None, in_folders=True).select_one("section[lang=fr]").get_text()
    assert re.findall(r"(.):", text) == ["\u00a0"]
