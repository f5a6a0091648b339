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

from markupsafe import Markup
from sphinx.application import Sphinx

from actient import tables
from actient.book.pages import page
from actient.book.pages.dictionaries import said
from actient.charts.table import bare, cards
from actient.files import write_bytes
from actient.locale import Lang, number
from actient.paths import Paths, checkout
from actient.templates import render
from actient.words import translator

FOLDER: Final = "data"
ARCHIVE: Final = "actient-data.zip"
DESCRIPTION: Final = "datapackage.json"
LICENCE: Final = "LICENSE-text.md"

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same data give the same archive


def register(app: Sphinx) -> None:
    """Add the part to Sphinx, and have the files written."""
    page.add(app, "data-downloads", downloads)
    app.connect("build-finished", _write)


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


def downloads(place: page.Place) -> Markup:
    """List the archive, then every table: title, rows, licence, file."""
    paths, lang = place.paths, place.lang
    _ = translator(lang)
    content = files(paths)
    folder = f"{place.up}{FOLDER}"
    rows = [
        (
            render(
                "book/pages/described_table.html",
                lang,
                name=resource.name,
                title=resource.title(lang),
            ),
            number(len(tables.read(resource.name, paths)), 0, lang),
            _(" ; ").join(said(one.title, lang) for one in resource.licenses),
            render(
                "book/pages/data_file.html",
                lang,
                address=f"{folder}/{resource.path}",
                name=PurePosixPath(resource.path).name,
                size=_size(len(content[resource.path]), lang),
            ),
        )
        for resource in tables.resources(paths)
    ]
    head = (_("Table"), _("Lignes"), _("Licence"), _("Fichier"))
    return render(
        "book/pages/data.html",
        lang,
        archive=f"{folder}/{ARCHIVE}",
        size=_size(len(archive(content)), lang),
        description=f"{folder}/{DESCRIPTION}",
        name=DESCRIPTION,
        table=cards(head, bare(rows), _("Les tables à télécharger")),
    )


def write(paths: Paths, folder: Path) -> None:
    """Write the package into `folder`: its files, and the archive of them all."""
    content = files(paths)
    for name, data in (content | {ARCHIVE: archive(content)}).items():
        write_bytes(folder / PurePosixPath(name), data)


def _size(octets: int, lang: Lang) -> str:
    _ = translator(lang)
    return _("{size}\N{NO-BREAK SPACE}ko").format(size=number(max(octets / 1000, 0.1), 1, lang))


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        write(checkout(Path(app.srcdir)), Path(app.outdir) / FOLDER)
