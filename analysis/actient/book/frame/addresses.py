"""Where the site will be: absolute addresses, only when someone has said what they are.

`SITE_URL` is the address of the folder that holds the editions (`https://example.org/actient/`).
Canonical links, alternates, preview cards and the sitemap must be absolute to mean anything:
without `SITE_URL` none of them is written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from actient.files import write
from actient.locale import Lang
from actient.templates import render
from actient.words import translator

VARIABLE: Final = "SITE_URL"
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]+)"')
_ALTERNATE: Final = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')


class AddressError(ValueError):
    """An address of the site that cannot be one."""

    @classmethod
    def from_value(cls, value: str) -> AddressError:
        """Quote the value, and say what is expected."""
        return cls(
            f"{VARIABLE} is {value!r}, which is not the address of a site. Give the whole address "
            "of the folder where the site will be, such as https://example.org/actient/, without "
            f"? or #; or unset {VARIABLE} to build a site without absolute addresses."
        )


@dataclass(frozen=True)
class SiteAddress:
    """The absolute address of the site's folder; it ends with a slash."""

    base: str

    @classmethod
    def from_environment(cls) -> SiteAddress | None:
        """Read `SITE_URL`; nothing if it is unset or empty.

        Raises
        ------
        AddressError
            If it is not an http or https address of a folder.
        """
        value = os.environ.get(VARIABLE, "").strip()
        return cls.from_text(value) if value else None

    @classmethod
    def from_text(cls, value: str) -> SiteAddress:
        """Check an address.

        Raises
        ------
        AddressError
            If it is not an http or https address of a folder.
        """
        try:
            parts = urlsplit(value)
            well_formed = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port  # raises if it is no number
        except ValueError:
            well_formed = False
        if not well_formed or re.search(r"[?#\s\"'<>]", value) or value.endswith(".html"):
            raise AddressError.from_value(value)
        return cls(value if value.endswith("/") else f"{value}/")

    def of(self, page: str, lang: Lang | None = None) -> str:
        """Give the address of a page of one edition, or of the only one."""
        return f"{self.base}{f'{lang}/' if lang else ''}{page}"

    @property
    def at_host_root(self) -> bool:
        """Whether the site has the host for itself: only there do robots read `robots.txt`."""
        return urlsplit(self.base).path == "/"


def write_root_files(folder: Path, langs: Sequence[Lang], address: SiteAddress | None) -> None:
    """Write what belongs to the root of the site: the page for lost readers, the sitemap.

    Parameters
    ----------
    folder
        The root of the site.
    langs
        Editions in it, each in a folder of its name.
    """
    write(folder / "404.html", not_found_page(langs, address, in_folders=True))
    write_map(folder, address)


def write_map(folder: Path, address: SiteAddress | None) -> None:
    """Write `sitemap.xml`, and `robots.txt` where robots look for it; remove those of before."""
    for name in ("sitemap.xml", "robots.txt"):
        (folder / name).unlink(missing_ok=True)
    if address is None:
        return
    pages = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html")))
    write(folder / "sitemap.xml", sitemap(pages))
    if address.at_host_root:
        rules = f"User-agent: *\nAllow: /\n\nSitemap: {address.of('sitemap.xml')}\n"
        write(folder / "robots.txt", rules)


def sitemap(pages: Iterable[str]) -> str:
    """List the canonical address of each page, with its other editions, as the pages state them."""
    entries = ""
    for page in pages:
        head = page.partition("</head>")[0]
        if found := _CANONICAL.search(head):
            others = "".join(
                f'<xhtml:link rel="alternate" hreflang="{lang}" href="{href}"/>'
                for lang, href in _ALTERNATE.findall(head)
            )
            entries += f"<url><loc>{found[1]}</loc>{others}</url>\n"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{entries}</urlset>\n'
    )


def not_found_page(langs: Sequence[Lang], address: SiteAddress | None, *, in_folders: bool) -> str:
    """Write the page that hosts show for an address that leads nowhere.

    It may be shown at any depth: its styles are its own, and it knows the way back from `SITE_URL`,
    or else from the part of the lost address before the edition. An address without one is taken
    for a file of the site's root, where this page is.
    """
    return render(
        "book/frame/not_found.html",
        langs[0],
        editions=[(lang, translator(lang), _way_back(lang, address, in_folders)) for lang in langs],
        seeking=address is None and in_folders,
    )


def _way_back(lang: Lang, address: SiteAddress | None, in_folders: bool) -> str:
    page = f"{lang}/index.html" if in_folders else "index.html"
    if address is not None:
        return address.of(page)
    return page if in_folders else ""
