"""Pages that are tables: each directive writes one from its home, in the page's language.

`{poster-outline}`, `{claims-table}`, `{statements-table}`, `{sources-table}`, `{data-dictionary}`,
`{parameters-table}`, `{benchmarks-table}`, `{origin-legend}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient import claims, tables
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import (
    certificate,
    checklists,
    corrections,
    dictionaries,
    game,
    questionnaire,
    survey_benchmarks,
)
from actient.book.translation import language
from actient.charts.table import Group, Row, bare, cards, scrolling
from actient.locale import NBSP, ORIGINS, Lang, date, number, percent, quantity
from actient.paths import Paths, checkout

EMPTY: Final = Markup("")


def register(app: Sphinx) -> None:
    """Add every directive to Sphinx."""
    for name, write in _WRITERS.items():
        app.add_directive(name, _directive(write))
    app.add_directive("poster-outline", PosterOutline)
    checklists.register(app, _directive)
    survey_benchmarks.register(app, _directive)
    questionnaire.register(app, _directive)
    certificate.register(app, _directive)
    game.register(app, _directive)
    corrections.register(app, _directive)


class _FromTables(SphinxDirective):
    """A directive whose content comes from the tables, in the language of the page."""

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


class PosterOutline(_FromTables):
    """Items of the poster of one kind, each with the poster's own words."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the list."""
        rows = claims.load_outline(self.arguments[0], self.paths)
        return self.written(_outline(rows, self.lang))


def _directive(write: Callable[[Paths, Lang], Markup]) -> type[SphinxDirective]:
    def run(self: _FromTables) -> list[nodes.Node]:
        return self.written(write(self.paths, self.lang))

    return type(write.__name__, (_FromTables,), {"run": run})


def _outline(rows: Any, lang: Lang) -> Markup:
    items = [
        Markup('<li id="{}"><strong>{}</strong>{}</li>').format(
            row.item_id, row.label(lang), _quote_if_other(row.quote, row.label(lang), lang)
        )
        for row in rows
    ]
    return Markup('<ul class="actient-outline">{}</ul>').format(EMPTY.join(items))


def _quote_if_other(quote: str, label: str, lang: Lang) -> Markup:
    if quote.strip().casefold() == label.strip().casefold():
        return EMPTY
    return Markup(" <q{}>{}</q>").format(_french(lang), quote)


def _french(lang: Lang) -> Markup:
    return EMPTY if lang == "fr" else Markup(' lang="fr"')


def _claims_table(paths: Paths, lang: Lang) -> Markup:
    comparisons = tables.read("comparisons", paths).merge(
        tables.read("sources", paths), on="source_id", suffixes=("", "_source")
    )
    cards = [
        _claim_card(claim, comparisons[comparisons["claim_id"] == claim.claim_id], lang)
        for claim in claims.load_claims(paths).values()
    ]
    return Markup('<div class="actient-claims">{}</div>').format(EMPTY.join(cards))


def _claim_card(claim: claims.Claim, comparisons: pd.DataFrame, lang: Lang) -> Markup:
    shown = claims.printed([claim])[0]
    words = _CLAIM_WORDS[lang]
    facts = [
        (words["quote"], Markup("<q{}>{}</q>").format(_french(lang), claim.quote)),
        (words["population"], claim.population_text(lang)),
        (words["period"], claim.period_text(lang)),
        (words["verdict"], claim.verdict_text(lang)),
        (words["note"], claim.note(lang)),
        (words["comparisons"], _comparisons(comparisons, lang)),
    ]
    return Markup(
        '<section class="actient-claim" id="{id}" aria-labelledby="{id}-name">'
        '<p class="actient-claim-name" id="{id}-name"><a href="#{id}">{id}</a> '
        '<strong class="actient-value">{value}</strong> {label} {badge}</p>'
        "<dl>{facts}</dl></section>"
    ).format(
        id=claim.claim_id,
        value=quantity(shown.value, shown.unit, lang),
        label=claim.label(lang),
        badge=origin_badge("printed", lang),
        facts=EMPTY.join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(name, fact) for name, fact in facts if fact
        ),
    )


def _comparisons(rows: pd.DataFrame, lang: Lang) -> Markup:
    items = [
        Markup(
            "<li>{value}{when} — {definition} ({population}). {publisher}, {title}{relay}</li>"
        ).format(
            value=_compared(row, lang),
            when=_when(row, lang),
            definition=row[f"definition_{lang}"],
            population=row[f"population_{lang}"],
            publisher=_in_french(row["publisher"], lang),
            title=_linked(row["title"], row["url"], lang),
            relay=f" ({_KINDS[row['kind']][lang]})" if row["kind"] == "relay" else "",
        )
        for row in rows.to_dict("records")
    ]
    return Markup("<ul>{}</ul>").format(EMPTY.join(items)) if items else EMPTY


def _when(row: Mapping[Any, Any], lang: Lang) -> str:
    when = _text(row["period"]) or _text(row["year"])
    return f", {date(when, lang)}" if when else ""


def _compared(row: Mapping[Any, Any], lang: Lang) -> str:
    value, unit = float(row["value"]), str(row["unit"])
    if unit == "percent":
        return quantity(value / 100, "proportion", lang)
    if unit.startswith("minutes"):
        return quantity(value, "minutes per day", lang)
    return number(value, 0, lang)


def _statements_table(paths: Paths, lang: Lang) -> Markup:
    figures = claims.load_claims(paths)
    head = {
        "fr": ("Énoncé", "Chiffre", "Population visée", "On compte", "Seuil (le nôtre)"),
        "en": ("Statement", "Figure", "Target population", "What is counted", "Threshold (ours)"),
    }[lang]
    stated = [
        (
            f"{one.statement_id} · {one.text(lang)}",
            f"{one.claim_id} · {quantity(figures[one.claim_id].proportion, 'proportion', lang)}",
            one.target(lang),
            one.unit_text(lang),
            quantity(one.threshold, "proportion", lang),
        )
        for one in claims.load_statements(paths).values()
    ]
    label = {"fr": "Énoncés", "en": "Statements"}[lang]
    return cards(head, bare(stated), label)


def _sources_table(paths: Paths, lang: Lang) -> Markup:
    words = {
        "fr": ("Titre", "Éditeur", "Année", "Nature", "Ce qui a été lu"),
        "en": ("Title", "Publisher", "Year", "Kind", "What was read"),
    }[lang]
    sources = tuple(
        Row(
            (
                _linked(row["title"], row["url"], lang),
                _in_french(row["publisher"], lang),
                _text(row["year"]),
                _KINDS[row["kind"]][lang],
                row[f"how_read_{lang}"],
            ),
            anchor=row["source_id"],
        )
        for row in tables.read("sources", paths).to_dict("records")
    )
    label = {"fr": "Sources publiques", "en": "Public sources"}[lang]
    return cards(words, [Group("", sources)], label)


def _benchmarks_table(paths: Paths, lang: Lang) -> Markup:
    runs = tables.read("benchmark_simulation", paths)
    words = _BENCHMARK_WORDS[lang]
    head = tuple(words[name] for name in ("draws", "program", "ratio", "memory", "quantiles"))
    measured = tuple(
        (
            number(run["draws"], 0, lang),
            _PROGRAMS[run["task"]][lang],
            number(run["ratio_to_actient"], 2, lang),
            number(run["peak_mb"], 0, lang),
            _quantiles(run, lang),
        )
        for run in runs.to_dict("records")
    )
    last = runs.iloc[0]
    about = words["about"].format(
        date=date(last["date"], lang),
        repetitions=last["repetitions"],
        python=last["python"],
        numpy=last["numpy"],
        r=last["r_version"],
        gap=number(_widest_gap(runs) * 100, 2, lang),
    )
    return Markup("<p>{} {} {}</p>{}").format(
        origin_badge("computed", lang),
        assumption_badge(lang),
        about,
        scrolling(head, bare(measured), words["label"]),
    )


def _quantiles(run: Mapping[Any, Any], lang: Lang) -> str:
    shares = [run[name] for name in _QUANTILES]
    if any(pd.isna(share) for share in shares):
        return "—"
    low, middle, high = (percent(share, 2, lang) for share in shares)
    separator = f"{NBSP};" if lang == "fr" else ","
    return f"{middle} [{low}{separator} {high}]"


def _widest_gap(runs: pd.DataFrame) -> float:
    """Largest difference between programs of one quantile, at the largest number of draws."""
    most = runs.loc[runs["draws"] == runs["draws"].max(), _QUANTILES]
    return float((most.max() - most.min()).max())


def _origin_legend(paths: Paths, lang: Lang) -> Markup:
    meanings = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(origin_badge(origin, lang), _DRAWN[origin][lang])
        for origin in ORIGINS
    ]
    meanings.append(
        Markup("<dt>{}</dt><dd>{}</dd>").format(assumption_badge(lang), _DRAWN["assumption"][lang])
    )
    return Markup('<dl class="actient-legend">{}</dl>').format(EMPTY.join(meanings))


def _linked(title: str, url: Any, lang: Lang) -> Markup:
    # The remark is ours, so it is said in the language of the page; the title is as it was found.
    title, unread, _ = title.partition(_UNREAD_FR)
    remark = Markup(" ({})").format(_UNREAD[lang]) if unread else EMPTY
    if not _text(url):
        return _in_french(title, lang) + remark
    return (
        Markup('<a class="external" href="{}"{}>{}</a>').format(url, _french(lang), title) + remark
    )


def _in_french(text: str, lang: Lang) -> Markup:
    return Markup("<span{}>{}</span>").format(_french(lang), text)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


_UNREAD_FR: Final = " (titre non lu)"  # as `data/sources/sources.csv` marks it
_UNREAD: Final[dict[Lang, str]] = {"fr": "titre non lu", "en": "title not read"}

_WRITERS: Final[dict[str, Callable[[Paths, Lang], Markup]]] = {
    "claims-table": _claims_table,
    "statements-table": _statements_table,
    "sources-table": _sources_table,
    "data-dictionary": dictionaries.data_dictionary,
    "parameters-table": dictionaries.parameters_table,
    "benchmarks-table": _benchmarks_table,
    "origin-legend": _origin_legend,
}

_CLAIM_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "quote": "Mots de l’affiche",
        "population": "Population",
        "period": "Période",
        "verdict": "Ce que nous avons trouvé",
        "note": "À savoir",
        "comparisons": "Chiffres publics voisins",
    },
    "en": {
        "quote": "The poster’s words",
        "population": "Population",
        "period": "Period",
        "verdict": "What we found",
        "note": "Keep in mind",
        "comparisons": "Public figures nearby",
    },
}
_QUANTILES: Final = ["q025", "q50", "q975"]
_PROGRAMS: Final[dict[str, dict[Lang, str]]] = {
    "actient": {"fr": "ce livre", "en": "this book"},
    "r_vectors": {"fr": "R, par vecteurs entiers", "en": "R, whole vectors"},
    "r_chunks": {"fr": "R, par tranches", "en": "R, by chunks"},
    "random_draws": {"fr": "tirages numpy seuls", "en": "bare numpy draws"},
}
_BENCHMARK_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "label": "La simulation des biais et ses comparaisons",
        "draws": "Tirages",
        "program": "Programme",
        "ratio": "Temps (ce livre = 1)",
        "memory": "Mémoire (Mo)",
        "quantiles": "Médiane [intervalle de simulation]",
        "about": "Exécution du {date} : Python {python}, numpy {numpy}, R {r} ; "
        "médianes de {repetitions} passages alternés. Au plus grand nombre de tirages, "
        "les programmes diffèrent au plus de {gap} point de pourcentage.",
    },
    "en": {
        "label": "The bias simulation and its comparisons",
        "draws": "Draws",
        "program": "Program",
        "ratio": "Time (this book = 1)",
        "memory": "Memory (MB)",
        "quantiles": "Median [simulation interval]",
        "about": "Run of {date}: Python {python}, numpy {numpy}, R {r}; medians of {repetitions} "
        "alternating turns. At the largest number of draws, the programs differ by "
        "{gap} percentage points at most.",
    },
}
_KINDS: Final[dict[str, dict[Lang, str]]] = {
    "official": {"fr": "statistique officielle", "en": "official statistics"},
    "publisher": {"fr": "éditeur", "en": "publisher"},
    "relay": {"fr": "relais", "en": "relay"},
    "study": {"fr": "étude", "en": "study"},
}
_DRAWN: Final[dict[str, dict[Lang, str]]] = {
    "printed": {
        "fr": "marque pleine : le nombre tel que l’affiche l’imprime",
        "en": "filled mark: the number as the poster prints it",
    },
    "public source": {
        "fr": "marque creuse : un nombre publié, dont la source est citée",
        "en": "hollow mark: a published number, its source cited",
    },
    "computed": {
        "fr": "intervalle ou ligne : un nombre calculé à partir des autres",
        "en": "interval or line: a number computed from the others",
    },
    "supplied": {
        "fr": "marque pleine d’une autre couleur : vos propres données",
        "en": "filled mark in another colour: your own data",
    },
    "synthetic": {
        "fr": "filigrane et bandeau : un monde simulé, jamais une mesure",
        "en": "watermark and banner: a simulated world, never a measurement",
    },
    "assumption": {
        "fr": "pointillé, par-dessus n’importe lequel : le nombre repose sur une hypothèse, "
        "que la légende nomme",
        "en": "dashed, over any of them: the number rests on an assumption, named in the caption",
    },
}
