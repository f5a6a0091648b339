"""The poster laid out anew: its figures, pathway and words, written from the tables.

`{poster-head}`, `{poster-words}` with a kind of item, `{poster-figures}` with a section of the
poster, `{poster-pathway}`, `{poster-indicators}`. Words of the poster stay French, and are marked
so in other editions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient import claims, framework, tables
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.translation import language
from actient.locale import Lang, quantity
from actient.paths import Paths, checkout

EMPTY: Final = Markup("")
SECTIONS: Final = ("header_block", "social_networks_block", "dialogue_block")
ALIGNMENT: Final = "by_order"  # the default of chapter 03
ROLES: Final = ("use", "risk", "figure")


class UnknownSectionError(LookupError):
    """No figures of the poster stand in this section."""

    @classmethod
    def from_section(cls, section: str) -> UnknownSectionError:
        """Name what was asked for and list what there is."""
        return cls(
            f"No section {section!r} whose figures can be shown. Sections: {', '.join(SECTIONS)}."
        )


def register(app: Sphinx) -> None:
    """Add the directives to Sphinx, and their look."""
    app.add_css_file("poster.css")
    for name, write in _WRITERS.items():
        app.add_directive(name, _directive(write))
    app.add_directive("poster-figures", PosterFigures)
    app.add_directive("poster-words", PosterWords)


class _Written(SphinxDirective):
    @property
    def lang(self) -> Lang:
        return language.edition(self.config)

    @property
    def paths(self) -> Paths:
        return checkout(Path(self.env.srcdir))

    def written(self, html: Markup) -> list[nodes.Node]:
        for path in self.paths.data.rglob("*.csv"):
            self.env.note_dependency(str(path))
        return [nodes.raw("", html, format="html")]


class PosterFigures(_Written):
    """The figures of one section of the poster."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write them in the poster's order."""
        try:
            return self.written(figures(self.arguments[0], self.paths, self.lang))
        except UnknownSectionError as error:
            raise self.error(str(error)) from None


class PosterWords(_Written):
    """The poster's items of one kind, such as its objectives."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write them in the poster's order."""
        try:
            return self.written(words(self.arguments[0], self.paths, self.lang))
        except claims.UnknownKindError as error:
            raise self.error(str(error)) from None


def _directive(write: Callable[[Paths, Lang], Markup]) -> type[SphinxDirective]:
    def run(self: _Written) -> list[nodes.Node]:
        return self.written(write(self.paths, self.lang))

    return type(write.__name__, (_Written,), {"run": run})


def head(paths: Paths, lang: Lang) -> Markup:
    """Quote the poster's title, name its author, and say that this layout is not hers."""
    (title,), (author,) = (claims.load_outline(kind, paths) for kind in ("title", "author"))
    return Markup(
        '<div class="poster-head"><p class="poster-title"><q{french}>{title}</q>{translated}</p>'
        '<p class="poster-author">{author}</p><p class="poster-notice"><strong>{notice}</strong>'
        "</p></div>"
    ).format(
        french=_french(lang),
        title=title.quote,
        translated=EMPTY if lang == "fr" else Markup("<br>{}").format(title.label(lang)),
        author=author.label(lang),
        notice=_WORDS["notice"][lang],
    )


def figures(section: str, paths: Paths, lang: Lang) -> Markup:
    """Show the printed figures of one section, each with its origin and a link to its source.

    Raises
    ------
    UnknownSectionError
        If the section is not one of `SECTIONS`.
    """
    if section not in SECTIONS:
        raise UnknownSectionError.from_section(section)
    shown = [one for one in claims.load_claims(paths).values() if one.section == section]
    return Markup('<ul class="poster-figures">{}</ul>').format(
        EMPTY.join(Markup("<li>{}</li>").format(_figure(one, lang)) for one in shown)
    )


def pathway(paths: Paths, lang: Lang) -> Markup:
    """Lay out the pathway as a table: a row a stage, with its uses, risks and figures.

    The alignment is that of chapter 03; an element whose place is doubtful is dashed, and says so.
    """
    layout = framework.pathway(ALIGNMENT, paths)
    printed = claims.load_claims(paths)
    body = EMPTY.join(
        _stage(stage, layout[layout["stage_id"] == stage["stage_id"]], printed, lang)
        for stage in framework.stages(paths).to_dict("records")
    )
    heads = EMPTY.join(
        Markup('<th role="columnheader" scope="col">{}</th>').format(word)
        for word in _COLUMNS[lang]
    )
    return Markup(
        '<p class="poster-doubt">{badge} {doubt}</p>'
        '<div class="actient-scroll" tabindex="0" role="region" aria-label="{label}">'
        '<table class="actient-table actient-cards poster-pathway" role="table">'
        '<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        '<tbody role="rowgroup">{body}</tbody></table></div>'
    ).format(
        badge=assumption_badge(lang),
        doubt=_WORDS["doubt"][lang],
        label=_WORDS["pathway"][lang],
        heads=heads,
        body=body,
    )


def words(kind: str, paths: Paths, lang: Lang) -> Markup:
    """Write the poster's items of one kind.

    Raises
    ------
    actient.claims.UnknownKindError
        If no item is of this kind.
    """
    items = [
        Markup("<li>{}{}</li>").format(one.label(lang), _quoted(one.quote, lang, one.label(lang)))
        for one in claims.load_outline(kind, paths)
    ]
    return Markup('<ul class="poster-words">{}</ul>').format(EMPTY.join(items))


def indicators(paths: Paths, lang: Lang) -> Markup:
    """Write the three indicators: the poster's words, and what we would count."""
    named = {one.item_id: one for one in claims.load_outline("indicator", paths)}
    items = [
        Markup(
            "<li><strong>{name}</strong>{quote}"
            ' <span class="poster-definition">{top} / {bottom} {ours}</span></li>'
        ).format(
            name=named[row["indicator_id"]].label(lang),
            quote=_quoted(named[row["indicator_id"]].quote, lang),
            top=row[f"numerator_{lang}"],
            bottom=row[f"denominator_{lang}"],
            ours=_WORDS["ours"][lang],
        )
        for row in tables.read("indicators", paths).to_dict("records")
    ]
    return Markup('<ul class="poster-indicators">{}</ul>').format(EMPTY.join(items))


def _stage(
    stage: Mapping[Hashable, Any],
    placed: pd.DataFrame,
    printed: Mapping[str, claims.Claim],
    lang: Lang,
) -> Markup:
    use, risk, figure = (_items(placed[placed["role"] == role], printed, lang) for role in ROLES)
    _, uses, risks = _COLUMNS[lang]
    below = Markup('<tr role="row"><td role="cell" colspan="2">{}</td></tr>').format(figure)
    return Markup(
        '<tr role="row"><th role="rowheader" scope="row"{span}>{stage}{quote}</th>'
        '<td role="cell" data-label="{uses}">{use}</td>'
        '<td role="cell" data-label="{risks}">{risk}</td></tr>{below}'
    ).format(
        span=Markup(' rowspan="2"') if figure else EMPTY,
        stage=stage[f"label_{lang}"],
        quote=_quoted(stage["quote"], lang),
        uses=uses,
        use=use,
        risks=risks,
        risk=risk,
        below=below if figure else EMPTY,
    )


def _items(elements: pd.DataFrame, printed: Mapping[str, claims.Claim], lang: Lang) -> Markup:
    items = [_element(one, printed, lang) for one in elements.to_dict("records")]
    return Markup("<ul>{}</ul>").format(EMPTY.join(items)) if items else EMPTY


def _element(
    element: Mapping[Hashable, Any], printed: Mapping[str, claims.Claim], lang: Lang
) -> Markup:
    if element["role"] == "figure":
        said = _figure(printed[element["element_id"]], lang)
    else:
        said = Markup("{}{}").format(element[f"text_{lang}"], _quoted(element["quote"], lang))
    if element["doubt"] == "none":
        return Markup('<li class="poster-{}">{}</li>').format(element["role"], said)
    return Markup(
        '<li class="poster-{role} poster-doubtful">{said} '
        '<span class="poster-mark" title="{why}">({why})</span></li>'
    ).format(role=element["role"], said=said, why=_WORDS["uncertain"][lang])


def _figure(claim: claims.Claim, lang: Lang) -> Markup:
    (shown,) = claims.printed([claim])
    return Markup(
        '<strong class="poster-value">{value}</strong> {label}{quote} {badge} '
        '<a class="poster-source" href="provenance.html#{id}">'
        '<span class="poster-source-word">{source} </span>{id}</a>'
    ).format(
        value=quantity(shown.value, shown.unit, lang),
        label=claim.label(lang),
        quote=_quoted(claim.quote, lang),
        badge=origin_badge(shown.origin, lang),
        source=_WORDS["source"][lang],
        id=claim.claim_id,
    )


def _quoted(quote: str, lang: Lang, label: str = "") -> Markup:
    # French labels are the poster's words, their spelling put right: no need to say them twice.
    if lang == "fr" or quote.casefold() == label.casefold():
        return EMPTY
    return Markup(' <q class="poster-quote" lang="fr">{}</q>').format(quote)


def _french(lang: Lang) -> Markup:
    return EMPTY if lang == "fr" else Markup(' lang="fr"')


_WRITERS: Final[dict[str, Callable[[Paths, Lang], Markup]]] = {
    "poster-head": head,
    "poster-pathway": pathway,
    "poster-indicators": indicators,
}
_COLUMNS: Final[dict[Lang, tuple[str, ...]]] = {
    "fr": ("Étape du parcours", "Avec les réseaux sociaux virtuels", "Risques principaux"),
    "en": ("Stage of the pathway", "With virtual social networks", "Main risks"),
}
_WORDS: Final[dict[str, dict[Lang, str]]] = {
    "notice": {
        "fr": "Notre relecture, mise en page par les contributeurs d’Actient ; l’autrice de "
        "l’affiche ne l’a pas relue.",
        "en": "Our rereading, laid out by the Actient contributors; the poster’s author has not "
        "reviewed it.",
    },
    "pathway": {
        "fr": "Le parcours de soins, ses usages, ses risques et ses chiffres",
        "en": "The care pathway, its uses, risks and figures",
    },
    "doubt": {
        "fr": "La transcription de l’affiche a perdu les lignes de ce tableau. Nous l’alignons "
        "dans l’ordre des cases ; un contour interrompu dit que la place est incertaine.",
        "en": "The transcription of the poster lost the rows of this table. We align it in the "
        "order of its cells; a dashed outline says that the place is uncertain.",
    },
    "uncertain": {"fr": "place incertaine", "en": "place uncertain"},
    "source": {"fr": "provenance de", "en": "provenance of"},
    "ours": {"fr": "(définition : notre lecture)", "en": "(definition: our reading)"},
}
