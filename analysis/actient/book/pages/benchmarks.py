"""The `{page-weights}` directive: what pages weigh, beside the same content with plain defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient import tables
from actient.book.figures.renderer import origin_badge
from actient.book.translation import language
from actient.charts.table import bare, scrolling
from actient.locale import Lang, date, number
from actient.paths import checkout

TABLE: Final = "benchmark_pages"
_BUILDS: Final[dict[str, dict[Lang, str]]] = {
    "actient": {"fr": "ce livre", "en": "this book"},
    "defaults": {"fr": "réglages par défaut", "en": "plain defaults"},
}
_HOME: Final[dict[Lang, str]] = {"fr": "accueil", "en": "home"}
_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "label": "Le poids des pages, et leur vitesse",
        "page": "Page",
        "build": "Construction",
        "performance_median": "Performance (de 0 à 1)",
        "paint_seconds_median": "Page lisible (s)",
        "transferred_bytes": "Transféré (ko)",
        "requests": "Requêtes",
        "about": "Exécution du {date} : Lighthouse {lighthouse}, téléphone et réseau lents, "
        "simulés ; médianes de {repetitions} passages alternés.",
    },
    "en": {
        "label": "What pages weigh, and how fast they come",
        "page": "Page",
        "build": "Build",
        "performance_median": "Performance (0 to 1)",
        "paint_seconds_median": "Readable after (s)",
        "transferred_bytes": "Transferred (kB)",
        "requests": "Requests",
        "about": "Run of {date}: Lighthouse {lighthouse}, a slow phone and network, simulated; "
        "medians of {repetitions} alternating turns.",
    },
}


# Divided by, and decimals shown.
_FORMATS: Final[dict[str, tuple[int, int]]] = {
    "performance_median": (1, 2),
    "paint_seconds_median": (1, 1),
    "transferred_bytes": (1000, 0),
    "requests": (1, 0),
}


class PageWeights(SphinxDirective):
    """The last benchmark of pages, as a table in the language of the edition."""

    def run(self) -> list[nodes.Node]:
        """Write the table."""
        paths = checkout(Path(self.env.srcdir))
        self.env.note_dependency(str(paths.data / "benchmarks" / "pages.csv"))
        lang = language.edition(self.config)
        written = weights_table(tables.read(TABLE, paths), lang)
        return [nodes.raw("", written, format="html")]


def register(app: Sphinx) -> None:
    """Add the directive to Sphinx."""
    app.add_directive("page-weights", PageWeights)


def weights_table(runs: pd.DataFrame, lang: Lang) -> Markup:
    """Write the rows of data/benchmarks/pages.csv, and how they were measured."""
    words = _WORDS[lang]
    columns = ("page", "build", *_FORMATS)
    measured = tuple(
        (
            _page_name(run["page"], lang),
            _BUILDS[run["build"]][lang],
            *(number(run[name] / by, places, lang) for name, (by, places) in _FORMATS.items()),
        )
        for run in runs.to_dict("records")
    )
    last: Any = runs.iloc[0]
    about = words["about"].format(
        date=date(last["date"], lang),
        lighthouse=last["lighthouse"],
        repetitions=last["repetitions"],
    )
    head = [words[name] for name in columns]
    return Markup("<p>{} {}</p>{}").format(
        origin_badge("computed", lang), about, scrolling(head, bare(measured), words["label"])
    )


def _page_name(page: str, lang: Lang) -> str:
    name = page.rpartition("/")[2].removesuffix(".html")
    return _HOME[lang] if name == "index" else name
