"""How the book shows a chart: a picture first, interactive when the reader asks.

MyST-NB hands every `application/vnd.vegalite.v6+json` output to `FigureRenderer`, which lays out a
numbered figure: static SVG with its text alternative, caption, origin of the numbers, the data as a
table, the notebook it comes from, and the specification for `actient.js` to bring to life.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from docutils import nodes
from markupsafe import Markup

from actient.charts import theme
from actient.charts.table import Row, rows, scrolling
from actient.locale import ASSUMPTION_WORD, ORIGIN_WORDS, Lang, Origin

WORDS: Final[dict[str, dict[Lang, str]]] = {
    "data": {"fr": "Les données de cette figure", "en": "The data of this figure"},
    "made": {"fr": "Comment cette figure est faite", "en": "How this figure was made"},
    "explore": {"fr": "Rendre la figure interactive", "en": "Make the figure interactive"},
    "notebook": {"fr": "carnet", "en": "notebook"},
    "parameters": {"fr": "paramètres", "en": "parameters"},
    "picture": {"fr": "image (SVG)", "en": "picture (SVG)"},
    "origin": {"fr": "Origine des nombres :", "en": "Origin of the numbers:"},
    "synthetic": {
        "fr": "Monde simulé : ces données sont synthétiques, aucune ne vient de l’affiche.",
        "en": "A simulated world: these data are synthetic, none comes from the poster.",
    },
}
_ORIGIN_CLASSES: Final[dict[Origin, str]] = {
    "printed": "printed",
    "public source": "public-source",
    "computed": "computed",
    "supplied": "supplied",
    "synthetic": "synthetic",
}


class FigureRenderer:
    """MyST-NB plug-in (`myst_nb.mime_renderers`) for Vega-Lite outputs."""

    mime_priority_overrides: Final = [("*", theme.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Lay out one chart, or leave the output to others if it is not ours."""
        if inline or data.mime_type != theme.MIME:
            return None
        spec: Mapping[str, Any] = data.content
        figure = theme.Figure.from_spec(spec)
        drawn = theme.svg(spec).encode()
        uri = renderer.write_file([f"{figure.name}.svg"], drawn, overwrite=True, exists_ok=True)
        return [_figure_node(figure, spec, uri, _docname(renderer))]


def origin_badge(origin: Origin, lang: Lang) -> Markup:
    """Draw the badge of an origin: its mark and its word."""
    return Markup('<span class="origin origin-{}">{}</span>').format(
        _ORIGIN_CLASSES[origin], ORIGIN_WORDS[origin][lang]
    )


def assumption_badge(lang: Lang) -> Markup:
    """Draw the badge of an assumption: dashed, whatever the origin."""
    return Markup('<span class="origin assumption">{}</span>').format(ASSUMPTION_WORD[lang])


def html_table(table: theme.Table, label: str) -> Markup:
    """Write a table for people who cannot use, or do not trust, the picture."""
    body = rows([Row(cells) for cells in table.rows])
    return scrolling(table.columns, Markup("<tbody>{}</tbody>").format(body), label)


def _docname(renderer: Any) -> str:
    return str(renderer.renderer.sphinx_env.docname)


def _figure_node(
    figure: theme.Figure, spec: Mapping[str, Any], uri: str, docname: str
) -> nodes.figure:
    image = nodes.image(uri=uri, alt=str(spec["description"]))
    node = nodes.figure("", image, ids=[figure.name], classes=["actient-figure"])
    if "synthetic" in figure.origins:
        node.insert(0, nodes.raw("", _banner(figure.lang), format="html"))
    node += nodes.caption(figure.caption, figure.caption)
    node += nodes.legend("", nodes.raw("", _legend(figure, spec, docname), format="html"))
    return node


def _banner(lang: Lang) -> Markup:
    return Markup('<p class="actient-banner">{}</p>').format(WORDS["synthetic"][lang])


def _legend(figure: theme.Figure, spec: Mapping[str, Any], docname: str) -> Markup:
    lang = figure.lang
    badges = [origin_badge(origin, lang) for origin in figure.origins]
    if figure.assumption:
        badges.append(assumption_badge(lang))
    up = "../" * docname.count("/")
    notebook = docname.rsplit("/", 1)[-1]
    return Markup(
        '<p class="actient-origins">{origin} {badges}</p>'
        '<p class="actient-tools">'
        '<button type="button" class="actient-explore" hidden>{explore}</button></p>'
        "<details><summary>{data}</summary>{table}</details>"
        "<details><summary>{made}</summary><p>"
        '<a href="{up}_sources/{docname}.ipynb" download>{notebook_word} {notebook}</a> · '
        '<a href="{up}book/parameters.html#{notebook}">{parameters}</a> · '
        '<a href="{up}_images/{name}.svg" download>{picture}</a></p></details>'
        '<script type="application/json" class="actient-spec">{spec}</script>'
    ).format(
        origin=WORDS["origin"][lang],
        badges=Markup(" ").join(badges),
        explore=WORDS["explore"][lang],
        data=WORDS["data"][lang],
        table=html_table(figure.table, figure.caption),
        made=WORDS["made"][lang],
        up=up,
        docname=docname,
        notebook=notebook,
        notebook_word=WORDS["notebook"][lang],
        parameters=WORDS["parameters"][lang],
        picture=WORDS["picture"][lang],
        name=figure.name,
        spec=_script_json(spec),
    )


def _script_json(spec: Mapping[str, Any]) -> Markup:
    # The table already stands in the page; `<` could otherwise end the script element.
    lean = {key: value for key, value in spec.items() if key != "usermeta"}
    text = json.dumps(lean, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704
