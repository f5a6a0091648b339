"""The data, to take away: the tables as they are, and all of them with their description in a zip.

`{data-downloads}` lists them; the files are written into the site once its pages are built, so
that links work from disk as on a host.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient import tables
from actient.book.pages.dictionaries import said
from actient.book.translation import language
from actient.charts.table import bare, cards
from actient.files import write_bytes
from actient.locale import Lang, number
from actient.paths import Paths, checkout

FOLDER: Final = "data"
ARCHIVE: Final = "actient-data.zip"
DESCRIPTION: Final = "datapackage.json"
LICENCE: Final = "LICENSE-text.md"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same data give the same archive


def register(app: Sphinx) -> None:
    """Add the directive to Sphinx, and have the files written."""
    app.add_directive("data-downloads", DataDownloads)
    app.connect("build-finished", _write)


class DataDownloads(SphinxDirective):
    """Every table of the data package, with a link to its file."""

    def run(self) -> list[nodes.Node]:
        """Write the list."""
        paths = checkout(Path(self.env.srcdir))
        for path in paths.data.rglob("*"):
            if path.is_file():
                self.env.note_dependency(str(path))
        up = "../" * self.env.docname.count("/")
        return [nodes.raw("", listed(paths, language.edition(self.config), up), format="html")]


def files(paths: Paths) -> dict[str, bytes]:
    """Read what the package holds: its description, every table, the licence of the whole.

    Returns
    -------
    dict
        Content by path, relative to the folder of the package.
    """
    package = json.loads((paths.data / DESCRIPTION).read_text(encoding="utf-8"))
    held = [DESCRIPTION, *(resource["path"] for resource in package["resources"])]
    content = {name: (paths.data / PurePosixPath(name)).read_bytes() for name in held}
    return content | {LICENCE: (paths.root / LICENCE).read_bytes()}


def archive(content: dict[str, bytes]) -> bytes:
    """Put files into a zip; the same files give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content[name])
    return whole.getvalue()


def listed(paths: Paths, lang: Lang, up: str) -> Markup:
    """List the archive, then every table: title, rows, licence, file.

    Parameters
    ----------
    up
        The way from the page to the root of the edition: `../` or nothing.
    """
    content = files(paths)
    described = [
        (
            Markup('<a href="data_dictionary.html#table-{}">{}</a>').format(
                resource.name, resource.title_fr if lang == "fr" else resource.title
            ),
            number(len(tables.read(resource.name, paths)), 0, lang),
            _WORDS["and"][lang].join(said(one.title, lang) for one in resource.licenses),
            Markup('<a href="{}{}/{}" download>{} (CSV, {})</a>').format(
                up,
                FOLDER,
                resource.path,
                PurePosixPath(resource.path).name,
                _size(len(content[resource.path]), lang),
            ),
        )
        for resource in tables.resources(paths)
    ]
    return Markup(
        '<p class="actient-package"><a href="{up}{folder}/{archive}" download>{whole}</a> · '
        '<a href="{up}{folder}/{description}" download>{description}</a></p>{table}'
    ).format(
        up=up,
        folder=FOLDER,
        archive=ARCHIVE,
        description=DESCRIPTION,
        whole=_WORDS["whole"][lang].format(_size(len(archive(content)), lang)),
        table=cards(_HEADS[lang], bare(described), _WORDS["label"][lang]),
    )


def write(paths: Paths, folder: Path) -> None:
    """Write the package into `folder`: its files, and the archive of them all."""
    content = files(paths)
    for name, data in (content | {ARCHIVE: archive(content)}).items():
        write_bytes(folder / PurePosixPath(name), data)


def _size(octets: int, lang: Lang) -> str:
    return f"{number(max(octets / 1000, 0.1), 1, lang)}\N{NO-BREAK SPACE}{_WORDS['kb'][lang]}"


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        write(checkout(Path(app.srcdir)), Path(app.outdir) / FOLDER)


_HEADS: Final[dict[Lang, tuple[str, ...]]] = {
    "fr": ("Table", "Lignes", "Licence", "Fichier"),
    "en": ("Table", "Rows", "Licence", "File"),
}
_WORDS: Final[dict[str, dict[Lang, str]]] = {
    "whole": {
        "fr": "Tout télécharger, tables et description (ZIP, {})",
        "en": "Download everything, tables and description (ZIP, {})",
    },
    "label": {"fr": "Les tables à télécharger", "en": "The tables to download"},
    "and": {"fr": " ; ", "en": "; "},
    "kb": {"fr": "ko", "en": "kB"},
}
