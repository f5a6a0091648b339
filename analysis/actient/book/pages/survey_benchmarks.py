"""What a large survey costs: `{responses-benchmark}` and `{survey-benchmark}`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from actient import tables
from actient.charts.table import bare, scrolling
from actient.locale import Lang, date, number
from actient.paths import Paths

_Writer = Callable[[Paths, Lang], Markup]


def register(app: Sphinx, directive: Callable[[_Writer], type[SphinxDirective]]) -> None:
    """Add the two directives, made by `directive`, to Sphinx."""
    for name, write in WRITERS.items():
        app.add_directive(name, directive(write))


def responses_table(paths: Paths, lang: Lang) -> Markup:
    """Write what reading and checking an export costs, beside pandas alone."""
    return _table("benchmark_responses", "rows", "ratio_to_actient", paths, lang)


def weighting_table(paths: Paths, lang: Lang) -> Markup:
    """Write what weighting a survey costs, beside R `survey` and a Python peer."""
    return _table("benchmark_survey", "respondents", "weighting_ratio", paths, lang)


def _table(name: str, size: str, ratio: str, paths: Paths, lang: Lang) -> Markup:
    runs, words = tables.read(name, paths), _WORDS[lang]
    seconds = "seconds_median" if size == "rows" else "weighting_median"
    head = tuple(words[column] for column in (size, "program", "seconds", "ratio", "memory"))
    measured = tuple(
        (
            number(run[size], 0, lang),
            _program(run, lang),
            number(run[seconds], _decimals(run[seconds]), lang),
            number(run[ratio], 2, lang),
            number(run["peak_mb"], 0, lang),
        )
        for run in runs.to_dict("records")
    )
    about = words["about"].format(
        date=date(runs.iloc[0]["date"], lang), repetitions=runs.iloc[0]["repetitions"]
    )
    return Markup("<p>{}</p>{}").format(about, scrolling(head, bare(measured), words[name]))


def _decimals(seconds: float) -> int:
    """Show hundredths, and as many more digits as two that count take: ratios rest on them."""
    return max(2, 1 - math.floor(math.log10(seconds))) if seconds > 0 else 2


def _program(run: Mapping[Any, Any], lang: Lang) -> str:
    text = _PROGRAMS[run["task"]][lang]
    return f"{text} {run['version']}" if run["task"] in {"weightipy", "r_survey"} else text


WRITERS: Final[dict[str, _Writer]] = {
    "responses-benchmark": responses_table,
    "survey-benchmark": weighting_table,
}

_PROGRAMS: Final[dict[str, dict[Lang, str]]] = {
    "actient": {"fr": "ce livre", "en": "this book"},
    "pandas_floor": {
        "fr": "pandas, lecture et codes seuls",
        "en": "pandas, reading and codes only",
    },
    "weightipy": {"fr": "weightipy", "en": "weightipy"},
    "r_survey": {"fr": "R survey", "en": "R survey"},
}
_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "benchmark_responses": "Lire et vérifier un export",
        "benchmark_survey": "Pondérer une enquête",
        "rows": "Lignes",
        "respondents": "Répondants",
        "program": "Programme",
        "seconds": "Secondes",
        "ratio": "Temps (ce livre = 1)",
        "memory": "Mémoire (Mo)",
        "about": "Exécution du {date}, médianes de {repetitions} passages alternés.",
    },
    "en": {
        "benchmark_responses": "Reading and checking an export",
        "benchmark_survey": "Weighting a survey",
        "rows": "Rows",
        "respondents": "Respondents",
        "program": "Program",
        "seconds": "Seconds",
        "ratio": "Time (this book = 1)",
        "memory": "Memory (MB)",
        "about": "Run of {date}, medians of {repetitions} alternating turns.",
    },
}
