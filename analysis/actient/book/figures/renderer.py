"""How the book shows a chart: a picture first, interactive when the reader asks.

MyST-NB hands every `application/vnd.vegalite.v6+json` output to `FigureRenderer`, which lays out a
numbered figure: static SVG for light and dark pages with its text alternative, caption, origin of
the numbers, the data as a table and as a file, how it was made, and the specification for
`figures.js` to bring to life.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.figures import downloads, numbering, picture
from actient.charts import theme
from actient.charts.table import bare, scrolling
from actient.locale import ASSUMPTION_WORD, ORIGIN_WORDS, Lang, Origin
from actient.parameters import MODELS
from actient.paths import Paths, checkout
from actient.runs import making

WORDS: Final[dict[str, dict[Lang, str]]] = {
    "data": {"fr": "Les données de la figure {}", "en": "The data of figure {}"},
    "made": {"fr": "Comment la figure {} est faite", "en": "How figure {} was made"},
    "explore": {"fr": "Rendre la figure interactive", "en": "Make the figure interactive"},
    "take": {"fr": "Télécharger\N{NO-BREAK SPACE}:", "en": "Download:"},
    "csv": {"fr": "données de la figure {} (CSV)", "en": "data of figure {} (CSV)"},
    "svg": {"fr": "image (SVG)", "en": "picture (SVG)"},
    "spec": {"fr": "Spécification Vega-Lite (JSON)", "en": "Vega-Lite specification (JSON)"},
    "csv-form": {
        "fr": "Le fichier CSV (UTF-8, cellules séparées par des points-virgules) s’ouvre dans un "
        "tableur réglé en français\N{NARROW NO-BREAK SPACE}; les valeurs sans mise en forme sont "
        "dans la spécification.",
        "en": "The CSV file (UTF-8, comma-separated) opens in a spreadsheet; unformatted values "
        "are in the specification.",
    },
    "notebook": {"fr": "Carnet", "en": "Notebook"},
    "parameters": {"fr": "Paramètres", "en": "Parameters"},
    "meaning": {"fr": "sens et bornes", "en": "meaning and bounds"},
    "rows": {"fr": "Lignes de données", "en": "Rows of data"},
    "chosen": {"fr": "(lignes choisies par le chapitre)", "en": "(rows chosen by the chapter)"},
    "no rows": {
        "fr": "aucune ligne des tables : ces nombres ne viennent que du calcul",
        "en": "no row of any table: these numbers come from computation alone",
    },
    "origin": {"fr": "Origine des nombres", "en": "Origin of the numbers"},
    "rerun": {"fr": "Relancer la figure {}", "en": "Rerun figure {}"},
    "rerun-how": {
        "fr": "Dans une copie du dépôt, son environnement ouvert (voir {reproducibility}) ; "
        "les valeurs se changent avec {option}.",
        "en": "In a copy of the repository, its environment active (see {reproducibility}); "
        "values are changed with {option}.",
    },
    "reproducibility": {"fr": "Refaire et vérifier", "en": "Rerun and check"},
    "rerun-file": {
        "fr": "Exécuter le chapitre avec ces paramètres, et écrire la figure",
        "en": "Run the chapter with these parameters, and write the figure",
    },
    "rerun-lab": {
        "fr": "Ouvrir le chapitre dans JupyterLab",
        "en": "Open the chapter in JupyterLab",
    },
    "copy": {"fr": "Copier", "en": "Copy"},
    "copied": {"fr": "Copié", "en": "Copied"},
    "synthetic": {
        "fr": "Monde simulé : ces données sont synthétiques, aucune ne vient de l’affiche.",
        "en": "A simulated world: these data are synthetic, none comes from the poster.",
    },
}
COLON: Final[dict[Lang, str]] = {"fr": "\N{NO-BREAK SPACE}:", "en": ":"}
_ORIGIN_CLASSES: Final[dict[Origin, str]] = {
    "printed": "printed",
    "public source": "public-source",
    "computed": "computed",
    "supplied": "supplied",
    "synthetic": "synthetic",
}


@dataclass(frozen=True)
class _Placed:
    """A figure at its place in a page."""

    figure: theme.Figure
    spec: Mapping[str, Any]
    number: tuple[int, ...]
    page: str
    run: making.Run
    paths: Paths

    @property
    def lang(self) -> Lang:
        return self.figure.lang

    @property
    def up(self) -> str:
        return "../" * self.page.count("/")

    @property
    def notebook(self) -> str:
        return self.page.rsplit("/", 1)[-1]

    def word(self, key: str) -> str:
        return WORDS[key][self.lang].format(numbering.written(self.number))

    def file(self, suffix: str) -> str:
        return f"{self.up}{downloads.FOLDER}/{self.figure.name}{suffix}"


class FigureRenderer:
    """MyST-NB plug-in (`myst_nb.mime_renderers`) for Vega-Lite outputs."""

    mime_priority_overrides: Final = [("*", theme.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Lay out one chart, or leave the output to others if it is not ours."""
        if inline or data.mime_type != theme.MIME:
            return None
        page = renderer.renderer
        placed = _Placed(
            figure=theme.Figure.from_spec(data.content),
            spec=data.content,
            number=numbering.next_number(page.sphinx_env),
            page=str(page.sphinx_env.docname),
            run=making.Run.of(page.nb_client.notebook),
            paths=checkout(Path(page.sphinx_env.srcdir)),
        )
        node = _figure_node(placed)
        page.document.note_explicit_target(node, node)  # so that {numref} finds it
        return [node]


def register(app: Sphinx) -> None:
    """Have the figures of the book numbered and their files written."""
    numbering.register(app)
    downloads.register(app)


def origin_badge(origin: Origin, lang: Lang) -> Markup:
    """Draw the badge of an origin: its mark and its word."""
    return Markup('<span class="origin origin-{}">{}</span>').format(
        _ORIGIN_CLASSES[origin], ORIGIN_WORDS[origin][lang]
    )


def assumption_badge(lang: Lang) -> Markup:
    """Draw the badge of an assumption: dashed, whatever the origin."""
    return Markup('<span class="origin assumption">{}</span>').format(ASSUMPTION_WORD[lang])


def _figure_node(placed: _Placed) -> nodes.figure:
    figure = placed.figure
    files = downloads.files(figure, placed.spec)
    node = nodes.figure(
        "", ids=[figure.name], names=[figure.name], classes=["actient-figure"], align="default"
    )
    node[numbering.NUMBER] = placed.number
    node[downloads.FILES] = files
    # docutils looks for the caption in the second place: what stands above it is one node.
    banner = _banner(figure.lang) if "synthetic" in figure.origins else Markup("")
    node += nodes.raw("", banner + _pictures(placed, files[".svg"]), format="html")
    node += nodes.caption(figure.caption, figure.caption)
    node += nodes.legend("", nodes.raw("", _legend(placed), format="html"))
    return node


def _banner(lang: Lang) -> Markup:
    return Markup('<p class="actient-banner">{}</p>').format(WORDS["synthetic"][lang])


def _pictures(placed: _Placed, drawn: str) -> Markup:
    images = picture.images(
        placed.figure.name,
        up=placed.up,
        drawn=drawn,
        alt=str(placed.spec["description"]),
        later=False,
    )
    return Markup('<div class="actient-picture">{}</div>').format(images)


def _legend(placed: _Placed) -> Markup:
    table = placed.figure.table
    return Markup(
        '<p class="actient-origins">{origin}{colon} {badges}</p>'
        '<p class="actient-tools">'
        '<button type="button" class="actient-explore" hidden>{explore}</button> '
        '<span class="actient-take">{take} {files}</span></p>'
        '<details class="actient-data"><summary>{data}</summary>{table}<p>{form}</p></details>'
        '<details class="actient-made"><summary>{made}</summary>{making}</details>{rerun}'
        '<script type="application/json" class="actient-spec">{spec}</script>'
    ).format(
        origin=placed.word("origin"),
        colon=COLON[placed.lang],
        badges=_badges(placed.figure),
        explore=placed.word("explore"),
        take=placed.word("take"),
        files=Markup(" · ").join(
            _download(placed.file(suffix), placed.word(key))
            for key, suffix in (("csv", ".csv"), ("svg", ".svg"))
        ),
        data=placed.word("data"),
        table=scrolling(table.columns, bare(table.rows), placed.word("data")),
        form=placed.word("csv-form"),
        made=placed.word("made"),
        making=_making(placed),
        rerun=_rerun(placed),
        spec=_script_json(placed.spec),
    )


def _badges(figure: theme.Figure) -> Markup:
    badges = [origin_badge(origin, figure.lang) for origin in figure.origins]
    if figure.assumption:
        badges.append(assumption_badge(figure.lang))
    return Markup(" ").join(badges)


def _making(placed: _Placed) -> Markup:
    source = f"{placed.up}_sources/{placed.page}.ipynb"
    facts = [
        ("notebook", _download(source, f"{placed.notebook}.ipynb")),
        ("parameters", _parameters(placed)),
        ("rows", _rows(placed)),
        ("origin", _badges(placed.figure)),
        ("spec", _download(placed.file(".vl.json"), f"{placed.figure.name}.vl.json")),
    ]
    return Markup("<dl>{}</dl>").format(
        Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(placed.word(key), fact)
            for key, fact in facts
            if fact
        )
    )


def _parameters(placed: _Placed) -> Markup:
    if not placed.run.values:
        return Markup("")
    values = Markup(", ").join(
        Markup("<code>{} = {}</code>").format(name, making.yaml_value(value))
        for name, value in placed.run.values.items()
    )
    if placed.notebook not in MODELS:
        return values
    return Markup('{} (<a href="{}book/parameters.html#{}">{}</a>)').format(
        values, placed.up, placed.notebook, placed.word("meaning")
    )


def _rows(placed: _Placed) -> Markup:
    found = making.data_rows(placed.figure, placed.spec, placed.paths)
    if not found:
        return Markup("{}").format("" if placed.figure.sources is None else placed.word("no rows"))
    return Markup("<ul>{}</ul>").format(Markup("").join(_row_item(placed, one) for one in found))


def _row_item(placed: _Placed, found: making.Rows) -> Markup:
    table, book = found.table, f"{placed.up}book"
    name = Markup('<a href="{}/data_dictionary.html#table-{}">{}</a>').format(
        book, table.name, table.title_fr if placed.lang == "fr" else table.title
    )
    if not found.identifiers:
        return Markup("<li>{} {}</li>").format(name, placed.word("chosen"))
    pattern = Markup("{}")
    if table.name == "claims":
        pattern = Markup('<a href="{0}/provenance.html#use-{{0}}">{{0}}</a>').format(book)
    return Markup("<li>{}{} {}</li>").format(
        name,
        COLON[placed.lang],
        Markup(", ").join(pattern.format(one) for one in found.identifiers),
    )


def _rerun(placed: _Placed) -> Markup:
    # Text that anyone can select and copy; figures.js adds a button to each command.
    if placed.notebook not in MODELS:
        return Markup("")
    how = Markup(WORDS["rerun-how"][placed.lang]).format(  # noqa: S704 — our own words
        reproducibility=Markup('<a href="{}book/reproducibility.html">{}</a>').format(
            placed.up, placed.word("reproducibility")
        ),
        option=Markup("<code>-p {}</code>").format(
            {"fr": "NOM=VALEUR", "en": "NAME=VALUE"}[placed.lang]
        ),
    )
    commands = (
        ("rerun-file", making.command(placed.notebook, placed.run, placed.figure.name)),
        ("rerun-lab", f"actient lab {placed.notebook}"),
    )
    return Markup(
        '<details class="actient-rerun" data-copy="{copy}" data-copied="{copied}">'
        "<summary>{title}</summary><p>{how}</p><dl>{commands}</dl></details>"
    ).format(
        copy=placed.word("copy"),
        copied=placed.word("copied"),
        title=placed.word("rerun"),
        how=how,
        commands=Markup("").join(
            Markup("<dt>{}</dt><dd><code>{}</code></dd>").format(placed.word(key), command)
            for key, command in commands
        ),
    )


def _download(uri: str, text: str) -> Markup:
    return Markup('<a href="{}" download>{}</a>').format(uri, text)


def _script_json(spec: Mapping[str, Any]) -> Markup:
    # The table already stands in the page; `<` could otherwise end the script element.
    lean = {key: value for key, value in spec.items() if key != "usermeta"}
    text = json.dumps(lean, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704
