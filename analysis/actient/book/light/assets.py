"""Make a built edition light: what a page does not use it does not load.

Works on the folder that Sphinx wrote, so that `jupyter-book build .` and `actient book` give the
same pages. One stylesheet of the rules in use (its name tells its content), icons drawn in place,
scripts only where something needs them, and no file that nothing mentions. A folder already light
stays as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from actient.book.light import icons, stylesheet
from actient.files import write

_ICONS: Final = PurePosixPath("_static/scripts/fontawesome.js")
_SEARCH: Final = 'id="search-results"'
_CODE: Final = 'class="highlight'
_TOGGLES: Final = 'class="toggle'
_NEVER: Final = "\0"  # no page holds it

# What a page must hold for a script to be worth loading; any other script is kept.
_NEEDED_BY: Final[Mapping[str, str]] = {
    "fontawesome.js": _NEVER,  # icons are drawn in the page
    "bootstrap.js": _NEVER,  # our menu is a <details>; the theme's own script does the rest
    "doctools.js": _SEARCH,
    "sphinx_highlight.js": _SEARCH,
    "translations.js": _SEARCH,
    "searchtools.js": _SEARCH,
    "search.js": _SEARCH,
    "language_data.js": _SEARCH,
    "searchindex.js": _SEARCH,
    "clipboard.min.js": _CODE,
    "copybutton.js": _CODE,
    "game.js": 'class="actient-game"',
    "togglebutton.js": _TOGGLES,
    "design-tabs.js": "sd-tab-set",
}
_INLINE_NEEDED_BY: Final[Mapping[str, str]] = {
    "let toggle": _TOGGLES,
    "var togglebuttonSelector": _TOGGLES,
    "DOCUMENTATION_OPTIONS.": _NEVER,  # would run before the deferred script it completes
    # ours says the same, also where storage is refused
    "document.documentElement.dataset.mode = localStorage": _NEVER,
}
# Brings its own styles, and too many words to tell anything.
_NOT_SCANNED: Final = frozenset({"vega.js"})

# What three templates say one after another, and what is for a search engine that is not here.
_VIEWPORT: Final = re.compile(r"\s*<meta name=\"viewport\"[^>]*>")
_DOCSEARCH: Final = re.compile(r"\s*<meta name=\"docsearch:[^>]*>")
_SHEET: Final = re.compile(
    r"[ \t]*<link (?=[^>]*rel=\"stylesheet\")[^>]*href=\"([^\"]+)\"[^>]*>\n?"
)
_PRELOAD: Final = re.compile(r"[ \t]*<link rel=\"preload\" as=\"script\"[^>]*>\n?")
_SCRIPT: Final = re.compile(r"[ \t]*<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>\n?", re.S)
_SOURCE: Final = re.compile(r"src=\"([^\"]+)\"")
_IMPORT: Final = re.compile(r"@import\s+(?:url\()?[\"']([^\"']+)[\"']\)?\s*;")
_URL: Final = re.compile(r"url\(\s*([\"']?)(?!data:|#|https?:)([^\"')]+)\1\s*\)")
_NOTICE: Final = re.compile(r"/\*!.*?\*/", re.S)
_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*\n?", re.M)


class AssetError(FileNotFoundError):
    """A file that the pages ask for and the edition does not have."""

    @classmethod
    def no_sheet(cls, sheet: PurePosixPath) -> AssetError:
        """Name the stylesheet, and where to look."""
        return cls(
            f"The pages link the stylesheet {sheet}, which the edition does not have. If it is "
            "ours, html_css_files in _config.yml names it and book/_static/ should hold it."
        )


def lighten(folder: Path) -> None:
    """Make the edition in `folder` light.

    Raises
    ------
    AssetError
        If a page links a stylesheet that is not there.
    actient.book.light.icons.IconError
        If a page asks for an icon that the theme does not hold.
    actient.book.light.stylesheet.StylesheetError
        If a stylesheet of the theme cannot be read.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    pages = {path: text for path, text in pages.items() if "_static" not in path.parts}
    sheets = list(dict.fromkeys(_sheets(folder, pages)))
    if all(_is_ours(sheet) for sheet in sheets):
        return
    known = icons.drawings((folder / _ICONS).read_text(encoding="utf-8"))
    pages = {
        path: _said_once(_scripts_in_use(icons.drawn(text, known))) for path, text in pages.items()
    }
    theirs = [sheet for sheet in sheets if not _is_ours(sheet)]
    name = _write_sheet(folder, theirs, pages.values())
    for path, text in pages.items():
        up = "../" * (len(path.relative_to(folder).parts) - 1)
        write(path, _linked(text, f"{up}_static/{name}"))
    _drop_unmentioned(folder)


def _is_ours(sheet: PurePosixPath) -> bool:
    return re.fullmatch(r"book-[0-9a-f]{10}\.css", sheet.name) is not None


def _sheets(folder: Path, pages: Mapping[Path, str]) -> Iterator[PurePosixPath]:
    for path, text in pages.items():
        here = PurePosixPath(path.parent.relative_to(folder).as_posix())
        for href in _SHEET.findall(text):
            yield _resolved(here, href)


def _resolved(here: PurePosixPath, href: str) -> PurePosixPath:
    parts: list[str] = []
    for part in (here / re.split(r"[?#]", href)[0]).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def _scripts_in_use(page: str) -> str:
    def decide(found: re.Match[str]) -> str:
        source = _SOURCE.search(found["attributes"])
        if source:
            name = PurePosixPath(re.split(r"[?#]", source[1])[0]).name
            needed = _NEEDED_BY.get(name, "")
        else:
            start = found["body"].strip()
            needed = next(
                (need for said, need in _INLINE_NEEDED_BY.items() if start.startswith(said)), ""
            )
        if needed not in page:
            return ""
        if source and not re.search(r"\b(?:defer|async)\b", found["attributes"]):
            return found[0].replace("<script", "<script defer", 1)
        return found[0]

    return _SCRIPT.sub(decide, _PRELOAD.sub("", page))


def _said_once(page: str) -> str:
    first = _VIEWPORT.search(page)
    if first is None:
        return page
    return page[: first.end()] + _DOCSEARCH.sub("", _VIEWPORT.sub("", page[first.end() :]))


def _write_sheet(folder: Path, sheets: Iterable[PurePosixPath], pages: Iterable[str]) -> str:
    texts = list(pages)
    names = stylesheet.Names.from_texts(texts, _scripts(folder, texts))
    whole = "".join(_imported(folder, sheet) for sheet in sheets)
    notices = "\n".join(dict.fromkeys(_NOTICE.findall(whole)))
    lean = f"{notices}\n{stylesheet.without_scripts(stylesheet.purge(whole, names))}\n"
    name = f"book-{hashlib.sha256(lean.encode()).hexdigest()[:10]}.css"
    write(folder / "_static" / name, lean)
    return name


def _imported(folder: Path, sheet: PurePosixPath) -> str:
    def rebased(found: re.Match[str]) -> str:
        target = _resolved(sheet.parent, found[2])
        inside = target.is_relative_to("_static")
        return f"url({target.relative_to('_static')})" if inside else found[0]

    def inlined(found: re.Match[str]) -> str:
        return _imported(folder, _resolved(sheet.parent, found[1]))

    if not (folder / sheet).is_file():
        raise AssetError.no_sheet(sheet)
    text = (folder / sheet).read_text(encoding="utf-8")
    return _IMPORT.sub(inlined, _URL.sub(rebased, text))


def _scripts(folder: Path, pages: Iterable[str]) -> list[str]:
    wanted = {
        PurePosixPath(re.split(r"[?#]", source)[0]).name
        for page in pages
        for source in _SOURCE.findall(page)
    }
    return [
        path.read_text(encoding="utf-8")
        for path in sorted((folder / "_static").rglob("*.js"))
        if path.name in wanted - _NOT_SCANNED
    ]


def _linked(page: str, href: str) -> str:
    first = _SHEET.search(page)
    if first is None:
        return page
    bare = _SHEET.sub("", page[first.end() :])
    return f'{page[: first.start()]}<link rel="stylesheet" href="{href}" />\n{bare}'


def _drop_unmentioned(folder: Path) -> None:
    left = {path for path in (folder / "_static").rglob("*") if path.is_file()}
    left = {path for path in left if path.suffix != ".map"}
    readable = [path for path in folder.rglob("*.html") if "_static" not in path.parts]
    kept: set[Path] = set()
    while readable:
        said = "\n".join(path.read_text(encoding="utf-8") for path in readable)
        found = {path for path in left if path.name in said}
        left -= found
        kept |= found
        readable = [path for path in found if path.suffix in (".js", ".css")]
    for path in (folder / "_static").rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.suffix == ".js":
            text = path.read_text(encoding="utf-8")
            if (bare := _SOURCE_MAP.sub("", text)) != text:
                write(path, bare)
    for place in sorted((folder / "_static").rglob("*"), reverse=True):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
