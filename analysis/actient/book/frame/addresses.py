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

from markupsafe import Markup, escape

from actient.files import write
from actient.locale import Lang

VARIABLE: Final = "SITE_URL"
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]+)"')
_ALTERNATE: Final = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')

_LOST: Final[dict[Lang, tuple[str, str, str]]] = {
    "fr": (
        "Cette page n’existe pas",
        "L’adresse a peut-être changé, ou une lettre s’est perdue en route. Rien d’autre n’est "
        "perdu\u00a0: le livre entier se retrouve depuis sa première page.",
        "Retour au livre",
    ),
    "en": (
        "This page does not exist",
        "The address may have changed, or a letter went missing on the way. Nothing else is lost: "
        "the whole book can be reached from its first page.",
        "Back to the book",
    ),
}


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
    parts = [_lost(lang, address, in_folders=in_folders) for lang in langs]
    return _PAGE.format(
        lang=langs[0],
        title=escape(" · ".join(_LOST[lang][0] for lang in langs)),
        parts=Markup("\n").join(parts),
        script=_FIND_WAY_BACK if address is None and in_folders else "",
    )


def _lost(lang: Lang, address: SiteAddress | None, *, in_folders: bool) -> Markup:
    title, text, back = _LOST[lang]
    page = f"{lang}/index.html" if in_folders else "index.html"
    link = Markup("")
    if address is not None:
        link = Markup('<p><a href="{}">{}</a></p>').format(address.of(page), back)
    elif in_folders:
        link = Markup('<p><a href="{0}" data-page="{0}">{1}</a></p>').format(page, back)
    return Markup('<section lang="{}"><h1>{}</h1><p>{}</p>{}</section>').format(
        lang, title, text, link
    )


_FIND_WAY_BACK: Final = """<script>
  // The site is in the folder that holds the editions.
  const found = location.pathname.match(/^(.*?\\/)(?:fr|en)(?:\\/|$)/);
  if (found) for (const link of document.querySelectorAll("a[data-page]")) {
    link.href = found[1] + link.dataset.page;
  }
</script>
"""

_PAGE: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{title} — Actient</title>
<style>
  body {{
    font: 1.1rem/1.6 system-ui, sans-serif; margin: 12vh auto; max-width: 34rem; padding: 0 1rem;
  }}
  h1 {{ font-size: 1.6rem; line-height: 1.25; }}
  section + section {{ border-top: 1px solid; margin-top: 2.5rem; padding-top: 1rem; }}
</style>
</head>
<body>
<main>
{parts}
</main>
{script}</body>
</html>
"""
