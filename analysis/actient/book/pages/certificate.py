"""What the book shows of its last reproduction: certificate, times, tolerances.

`{certificate}` and `{execution-times}` read the last certificate that was committed
(`data/reproduction/certificate.json`); `{tolerances}` shows the table that the comparer uses. Dates
only: no page holds the time of day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape
from sphinx.application import Sphinx

from actient.book.pages import page
from actient.book.pages.certificate_words import CHECKS, KINDS, REASONS, UNITS, VERDICTS, WORDS
from actient.charts.table import bare, cards, scrolling
from actient.locale import Lang, date, number
from actient.paths import Paths
from actient.runs import recorded


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "certificate", last_certificate)
    page.add(app, "execution-times", execution_times)
    page.add(app, "tolerances", tolerances)


def last_certificate(place: page.Place) -> Markup:
    """Say what the last committed certificate certifies: commit, date, place, what matched."""
    lang = place.lang
    found = _read(place.paths)
    if found is None:
        return _none_yet(lang)
    words, examined = WORDS[lang], found["examined"]
    machine = examined["machine"]
    about = escape(words["about"]).format(
        date=date(found["date"], lang),
        commit=Markup("<code>{}</code>").format(found["commit"]["sha"][:10]),
        commit_date=date(found["commit"]["date"], lang),
        system=machine["system"].split()[0],
        processor=machine["processor"],
        python=machine["python"],
        packages=number(examined["lock"]["packages"], 0, lang),
    )
    counts = [(one["check"], one["compared"], one["matched"]) for one in examined["counts"]]
    return Markup(
        '<div class="actient-certificate"><p><strong>{}</strong> {}</p>{}<p>{}</p></div>'
    ).format(VERDICTS[found["verdict"]][lang], about, counts_table(counts, lang), words["earlier"])


def execution_times(place: page.Place) -> Markup:
    """Show how long each chapter took, in each language, in the last committed certificate."""
    lang = place.lang
    found = _read(place.paths)
    if found is None:
        return _none_yet(lang)
    words, examined = WORDS[lang], found["examined"]
    machine = examined["machine"]
    about = words["times_about"].format(
        date=date(found["date"], lang),
        system=machine["system"].split()[0],
        processor=machine["processor"],
        cores=number(machine["cores"], 0, lang),
    )
    runs = [(run["notebook"], run["lang"], run["seconds"]) for run in examined["runs"]]
    return Markup("<p>{}</p>{}").format(about, times_table(runs, lang, link=True))


def tolerances(place: page.Place) -> Markup:
    """Show how far each kind of number may be from its reference."""
    lang = place.lang
    return tolerances_table(lang)


def counts_table(counts: Iterable[tuple[str, int, int]], lang: Lang) -> Markup:
    """Show what was compared and what matched: check, compared, matched; and what none sees."""
    words = WORDS[lang]
    head = tuple(words[name] for name in ("check", "compared", "matched", "differ"))
    shown = tuple(
        (
            CHECKS[check][lang],
            number(compared, 0, lang),
            number(matched, 0, lang),
            number(compared - matched, 0, lang),
        )
        for check, compared, matched in counts
    )
    return scrolling(head, bare(shown), words["counts"]) + Markup("<p>{}</p>").format(
        words["reach"]
    )


def times_table(
    runs: Iterable[tuple[str, Lang, float]], lang: Lang, *, link: bool = False
) -> Markup:
    """Show seconds by chapter and edition, with their sums.

    Parameters
    ----------
    link
        Lead to the chapters, from a page of `book/`.
    """
    words = WORDS[lang]
    taken: dict[str, dict[str, float]] = {}
    for notebook, edition, seconds in runs:
        taken.setdefault(notebook, {})[edition] = seconds
    editions = sorted({edition for times in taken.values() for edition in times}, reverse=True)
    head = (words["chapter"], *(words[f"seconds_{edition}"] for edition in editions))
    rows = [
        (
            _chapter(notebook, link=link),
            *(_seconds(times.get(edition), lang) for edition in editions),
        )
        for notebook, times in sorted(taken.items())
    ]
    sums = (sum(times.get(edition, 0.0) for times in taken.values()) for edition in editions)
    rows.append((words["sum"], *(_seconds(one, lang) for one in sums)))
    return scrolling(head, bare(rows), words["times"])


def tolerances_table(lang: Lang) -> Markup:
    """Show the comparer's own table, and what is compared without any tolerance."""
    words = WORDS[lang]
    head = tuple(words[name] for name in ("kind", "units", "absolute", "relative", "why"))
    rows = tuple(
        (
            KINDS[one.kind][lang],
            ", ".join(UNITS[unit][lang] for unit in one.units),
            _bound(one.absolute, lang),
            _bound(one.relative, lang),
            REASONS[one.kind][lang],
        )
        for one in recorded.TOLERANCES
    )
    return cards(head, bare(rows), words["tolerances"]) + Markup("<p>{}</p>").format(
        words["exact_rest"]
    )


def _read(paths: Paths) -> Mapping[str, Any] | None:
    if not paths.last_certificate.is_file():
        return None
    found: Mapping[str, Any] = json.loads(paths.last_certificate.read_text(encoding="utf-8"))
    return found


def _none_yet(lang: Lang) -> Markup:
    return Markup("<p>{}</p>").format(WORDS[lang]["none"])


def _chapter(notebook: str, *, link: bool) -> Markup:
    if not link:
        return Markup("<code>{}</code>").format(notebook)
    return Markup('<a href="../analysis/{0}.html"><code>{0}</code></a>').format(notebook)


def _seconds(seconds: float | None, lang: Lang) -> str:
    return "—" if seconds is None else number(seconds, 1, lang)


def _bound(bound: float, lang: Lang) -> Markup | str:
    if not bound:
        return WORDS[lang]["none_allowed"]
    factor, _, power = f"{bound:e}".partition("e")
    shown = Markup("10<sup>{}{}</sup>").format("\N{MINUS SIGN}", abs(int(power)))
    if float(factor) == 1:
        return shown
    return Markup("{}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{}").format(f"{float(factor):g}", shown)
