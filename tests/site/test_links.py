"""Every link of the site: inside, to something that is there; outside, a well-formed address."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

DOI = re.compile(r"https://doi\.org/10\.\d{4,9}/\S+")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


class Found(HTMLParser):
    """Anchors of a page, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.repeated: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                if value in self.anchors and name == "id":
                    self.repeated.append(value)
                self.anchors.add(value)
            elif name in ("href", "src", "action", "poster") and value:
                self.links.append(value)
            elif name == "srcset" and value:
                self.links += [part.split()[0] for part in value.split(",") if part.strip()]


def problems(site: Path) -> list[str]:
    """What is wrong with the links of every page under `site`."""
    pages = {
        path.resolve(): Found(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
    found = []
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        found += [f"{name}: two elements are called #{one}" for one in page.repeated]
        for link in dict.fromkeys(page.links):
            if trouble := _trouble(path, link, pages):
                found.append(f"{name}: {link}: {trouble}")
    return found


def _trouble(path: Path, link: str, pages: dict[Path, Found]) -> str:
    parts = urlsplit(link)
    if parts.scheme == "data":
        return ""
    if parts.scheme or parts.netloc:
        return _outside(link)
    if parts.path.startswith("/"):
        return "starts at the root of the host, so works neither from disk nor in a folder"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "leads nowhere"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        return "no such place in that page"
    return ""


def _outside(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https"):
        return f"{parts.scheme or 'no scheme'} is not a scheme that a reader can follow"
    if not HOST.fullmatch(parts.hostname or "") or re.search(r"[\s<>\"{}|\\^`]", link):
        return "not a well-formed address"
    if parts.hostname in ("doi.org", "dx.doi.org") and not DOI.fullmatch(link):
        return "not a well-formed DOI"
    return ""


@pytest.mark.slow
def test_every_link_leads_somewhere(built):
    assert problems(built.site) == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("b.html#here", ""),
        ("#top", ""),
        ("https://doi.org/10.2307/1403277", ""),
        ("https://www.example.org/a?b=c#d", ""),
        ("b.html#gone", "no such place"),
        ("c.html", "leads nowhere"),
        ("/b.html", "root of the host"),
        ("https://doi.org/1403277", "not a well-formed DOI"),
        ("http://example", "not a well-formed address"),
        ("https://example.org/a b", "not a well-formed address"),
        ("ftp://example.org/a", "not a scheme"),
    ],
)
def test_a_bad_link_is_found(tmp_path, link, said):
    (tmp_path / "a.html").write_text(f'<p id="top"><a href="{link}">x</a></p>', encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="here">x</p>', encoding="utf-8")
    found = problems(tmp_path)
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_two_elements_of_one_name_are_found(tmp_path):
    (tmp_path / "a.html").write_text('<p id="x"></p><p id="x"></p>', encoding="utf-8")
    assert problems(tmp_path) == ["a.html: two elements are called #x"]
