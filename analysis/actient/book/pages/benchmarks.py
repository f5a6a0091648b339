"""What the book costs, measured beside others: simulation, responses, weights, pages.

`{benchmarks-table}`, `{responses-benchmark}`, `{survey-benchmark}`, `{page-weights}`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from markupsafe import Markup
from sphinx.application import Sphinx

from actient import tables
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import page
from actient.charts.table import bare, scrolling
from actient.locale import Lang, date, number, percent
from actient.templates import render
from actient.words import N_, translator


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "benchmarks-table", simulation_table)
    page.add(app, "responses-benchmark", responses_table)
    page.add(app, "survey-benchmark", weighting_table)
    page.add(app, "page-weights", weights_table)


def simulation_table(place: page.Place) -> Markup:
    """Write what simulating a million draws costs, beside R and bare numpy."""
    lang = place.lang
    _ = translator(lang)
    runs = tables.read("benchmark_simulation", place.paths)
    head = (
        _("Tirages"),
        _("Programme"),
        _("Temps (ce livre = 1)"),
        _("Mémoire (Mo)"),
        _("Médiane [intervalle de simulation]"),
    )
    measured = tuple(
        (
            number(run["draws"], 0, lang),
            _(_PROGRAMS[run["task"]]),
            number(run["ratio_to_actient"], 2, lang),
            number(run["peak_mb"], 0, lang),
            _quantiles(run, lang),
        )
        for run in runs.to_dict("records")
    )
    last = runs.iloc[0]
    about = _(
        "Exécution du {date} : Python {python}, numpy {numpy}, R {r} ; médianes de "
        "{repetitions} passages alternés. Au plus grand nombre de tirages, les programmes "
        "diffèrent au plus de {gap} point de pourcentage."
    ).format(
        date=date(last["date"], lang),
        repetitions=last["repetitions"],
        python=last["python"],
        numpy=last["numpy"],
        r=last["r_version"],
        gap=number(_widest_gap(runs) * 100, 2, lang),
    )
    table = scrolling(head, bare(measured), _("La simulation des biais et ses comparaisons"))
    badges = [origin_badge("computed", lang), assumption_badge(lang)]
    return _benchmark(about, table, lang, badges)


def responses_table(place: page.Place) -> Markup:
    """Write what reading and checking an export costs, beside pandas alone."""
    _ = translator(place.lang)
    runs = tables.read("benchmark_responses", place.paths).rename(
        columns={"rows": "size", "seconds_median": "seconds", "ratio_to_actient": "ratio"}
    )
    return _survey(runs, _("Lignes"), _("Lire et vérifier un export"), place.lang)


def weighting_table(place: page.Place) -> Markup:
    """Write what weighting a survey costs, beside R `survey` and a Python peer."""
    _ = translator(place.lang)
    runs = tables.read("benchmark_survey", place.paths).rename(
        columns={
            "respondents": "size",
            "weighting_median": "seconds",
            "weighting_ratio": "ratio",
        }
    )
    return _survey(runs, _("Répondants"), _("Pondérer une enquête"), place.lang)


def weights_table(place: page.Place) -> Markup:
    """Write what pages weigh and how fast they come, beside plain defaults."""
    return page_weights(tables.read("benchmark_pages", place.paths), place.lang)


def page_weights(runs: pd.DataFrame, lang: Lang) -> Markup:
    """Write the rows of data/benchmarks/pages.csv, and how they were measured."""
    _ = translator(lang)
    head = (
        _("Page"),
        _("Construction"),
        _("Performance (de 0 à 1)"),
        _("Page lisible (s)"),
        _("Transféré (ko)"),
        _("Requêtes"),
    )
    measured = tuple(
        (
            _page_name(run["page"], lang),
            _(_BUILDS[run["build"]]),
            number(run["performance_median"], 2, lang),
            number(run["paint_seconds_median"], 1, lang),
            number(run["transferred_bytes"] / 1000, 0, lang),
            number(run["requests"], 0, lang),
        )
        for run in runs.to_dict("records")
    )
    last: Any = runs.iloc[0]
    about = _(
        "Exécution du {date} : Lighthouse {lighthouse}, téléphone et réseau lents, simulés ; "
        "médianes de {repetitions} passages alternés."
    ).format(
        date=date(last["date"], lang),
        lighthouse=last["lighthouse"],
        repetitions=last["repetitions"],
    )
    table = scrolling(head, bare(measured), _("Le poids des pages, et leur vitesse"))
    return _benchmark(about, table, lang, [origin_badge("computed", lang)])


def _survey(runs: pd.DataFrame, size: str, label: str, lang: Lang) -> Markup:
    _ = translator(lang)
    head = (size, _("Programme"), _("Secondes"), _("Temps (ce livre = 1)"), _("Mémoire (Mo)"))
    measured = tuple(
        (
            number(run["size"], 0, lang),
            _survey_program(run, lang),
            number(run["seconds"], _decimals(run["seconds"]), lang),
            number(run["ratio"], 2, lang),
            number(run["peak_mb"], 0, lang),
        )
        for run in runs.to_dict("records")
    )
    about = _("Exécution du {date}, médianes de {repetitions} passages alternés.").format(
        date=date(runs.iloc[0]["date"], lang), repetitions=runs.iloc[0]["repetitions"]
    )
    return _benchmark(about, scrolling(head, bare(measured), label), lang)


def _benchmark(about: str, table: Markup, lang: Lang, badges: Sequence[Markup] = ()) -> Markup:
    return render("book/pages/benchmark.html", lang, badges=badges, about=about, table=table)


def _quantiles(run: Mapping[Any, Any], lang: Lang) -> str:
    shares = [run[name] for name in _QUANTILES]
    if any(pd.isna(share) for share in shares):
        return "—"
    low, middle, high = (percent(share, 2, lang) for share in shares)
    _ = translator(lang)
    return _("{middle} [{low} ; {high}]").format(middle=middle, low=low, high=high)


def _widest_gap(runs: pd.DataFrame) -> float:
    """Largest difference between programs of one quantile, at the largest number of draws."""
    most = runs.loc[runs["draws"] == runs["draws"].max(), _QUANTILES]
    return float((most.max() - most.min()).max())


def _decimals(seconds: float) -> int:
    """Show hundredths, and as many more digits as two that count take: ratios rest on them."""
    return max(2, 1 - math.floor(math.log10(seconds))) if seconds > 0 else 2


def _survey_program(run: Mapping[Any, Any], lang: Lang) -> str:
    _ = translator(lang)
    program = _(_PROGRAMS[run["task"]])
    return f"{program} {run['version']}" if run["task"] in {"weightipy", "r_survey"} else program


def _page_name(page: str, lang: Lang) -> str:
    name = page.rpartition("/")[2].removesuffix(".html")
    _ = translator(lang)
    return _("accueil") if name == "index" else name


_QUANTILES: Final = ["q025", "q50", "q975"]
_PROGRAMS: Final[dict[str, str]] = {
    "actient": N_("ce livre"),
    "r_vectors": N_("R, par vecteurs entiers"),
    "r_chunks": N_("R, par tranches"),
    "random_draws": N_("tirages numpy seuls"),
    "pandas_floor": N_("pandas, lecture et codes seuls"),
    "weightipy": "weightipy",
    "r_survey": "R survey",
}
_BUILDS: Final[dict[str, str]] = {
    "actient": N_("ce livre"),
    "defaults": N_("réglages par défaut"),
}
