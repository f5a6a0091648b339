"""What the book shows of its last reproduction: certificate, times, tolerances.

`{certificate}` and `{execution-times}` read the last certificate that was committed
(`data/reproduction/certificate.json`); `{tolerances}` shows the table that the comparer uses. Dates
only: no page holds the time of day.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup
from sphinx.application import Sphinx

from actient.book.pages import page
from actient.charts.table import bare, cards, scrolling
from actient.locale import Lang, Unit, number
from actient.paths import Paths
from actient.runs import recorded
from actient.templates import render
from actient.words import N_, translator


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx."""
    page.add(app, "certificate", last_certificate)
    page.add(app, "execution-times", execution_times)
    page.add(app, "tolerances", tolerances)


def last_certificate(place: page.Place) -> Markup:
    """Say what the last committed certificate certifies: commit, date, place, what matched."""
    lang = place.lang
    _ = translator(lang)
    certificate = _read(place.paths)
    if certificate is None:
        return render("book/pages/no_certificate.html", lang)
    counts = certificate["examined"]["counts"]
    return render(
        "book/pages/certificate.html",
        lang,
        certificate=certificate,
        verdict=_(VERDICTS[certificate["verdict"]]),
        counts=counts_table(
            ((count["check"], count["compared"], count["matched"]) for count in counts), lang
        ),
    )


def execution_times(place: page.Place) -> Markup:
    """Show how long each chapter took, in each language, in the last committed certificate."""
    lang = place.lang
    certificate = _read(place.paths)
    if certificate is None:
        return render("book/pages/no_certificate.html", lang)
    runs = certificate["examined"]["runs"]
    return render(
        "book/pages/execution_times.html",
        lang,
        date=certificate["date"],
        machine=certificate["examined"]["machine"],
        times=times_table(
            ((run["notebook"], run["lang"], run["seconds"]) for run in runs), lang, link=True
        ),
    )


def tolerances(place: page.Place) -> Markup:
    """Show how far each kind of number may be from its reference."""
    return tolerances_table(place.lang)


def counts_table(counts: Iterable[tuple[str, int, int]], lang: Lang) -> Markup:
    """Show what was compared and what matched: check, compared, matched; and what none sees."""
    _ = translator(lang)
    head = (_("Ce qui est comparé"), _("Comparés"), _("Concordants"), _("Différents"))
    rows = (
        (
            _(CHECKS[check]),
            number(compared, 0, lang),
            number(matched, 0, lang),
            number(compared - matched, 0, lang),
        )
        for check, compared, matched in counts
    )
    reach = _(
        "Une formule n’est vérifiée ici que par les résultats et les figures des chapitres qui "
        "l’appellent : si elle change alors qu’aucun chapitre ne l’appelle, rien ne diffère. Seuls "
        "les tests du dépôt (make test), qui ne sont pas lancés ici, le verraient."
    )
    return _noted(scrolling(head, bare(rows), _("Ce qui a été comparé")), reach, lang)


def times_table(
    runs: Iterable[tuple[str, Lang, float]], lang: Lang, *, link: bool = False
) -> Markup:
    """Show seconds by chapter and edition, with their sums.

    Parameters
    ----------
    link
        Lead to the chapters, from a page of `book/`.
    """
    _ = translator(lang)
    taken: dict[str, dict[Lang, float]] = {}
    for notebook, edition, seconds in runs:
        taken.setdefault(notebook, {})[edition] = seconds
    editions = sorted({edition for times in taken.values() for edition in times}, reverse=True)
    rows: list[tuple[str, ...]] = [
        (
            render("book/pages/chapter.html", lang, name=notebook, link=link),
            *(_seconds(times.get(edition), lang) for edition in editions),
        )
        for notebook, times in sorted(taken.items())
    ]
    sums = (sum(times.get(edition, 0.0) for times in taken.values()) for edition in editions)
    rows.append((_("Somme"), *(_seconds(seconds, lang) for seconds in sums)))
    head = (_("Chapitre"), *(_(_EDITIONS[edition]) for edition in editions))
    return scrolling(head, bare(rows), _("Temps d’exécution des chapitres"))


def tolerances_table(lang: Lang) -> Markup:
    """Show the comparer's own table, and what is compared without any tolerance."""
    _ = translator(lang)
    head = (
        _("Nombres"),
        _("Unités"),
        _("Tolérance absolue"),
        _("Tolérance relative"),
        _("Pourquoi"),
    )
    rows = (
        (
            _(_KINDS[tolerance.kind]),
            ", ".join(_(_UNITS[unit]) for unit in tolerance.units),
            _bound(tolerance.absolute, lang),
            _bound(tolerance.relative, lang),
            " ".join(_(sentence) for sentence in _REASONS[tolerance.kind]),
        )
        for tolerance in recorded.TOLERANCES
    )
    exact = _(
        "Il suffit que l’une des deux tolérances soit respectée. Tout le reste est comparé sans "
        "tolérance : l’unité, l’origine et l’hypothèse de chaque résultat, chaque valeur des "
        "figures (dont les données sont déjà arrondies à la précision qu’elles montrent), chaque "
        "texte conservé dans un carnet, l’empreinte des données, la version de chaque logiciel."
    )
    return _noted(cards(head, bare(rows), _("Les tolérances de la comparaison")), exact, lang)


def _read(paths: Paths) -> Mapping[str, Any] | None:
    if not paths.last_certificate.is_file():
        return None
    found: Mapping[str, Any] = json.loads(paths.last_certificate.read_text(encoding="utf-8"))
    return found


def _noted(table: Markup, note: str, lang: Lang) -> Markup:
    return render("book/pages/noted.html", lang, table=table, note=note)


def _seconds(seconds: float | None, lang: Lang) -> str:
    return "—" if seconds is None else number(seconds, 1, lang)


def _bound(bound: float, lang: Lang) -> str:
    if not bound:
        _ = translator(lang)
        return _("aucune")
    factor, _letter, power = f"{bound:e}".partition("e")
    return render("book/pages/power.html", lang, factor=float(factor), power=int(power))


CHECKS: Final[dict[str, str]] = {
    "records": N_("Résultats enregistrés, dans les deux langues"),
    "charts": N_("Figures (spécification entière), dans les deux langues"),
    "outputs": N_("Sorties conservées dans les carnets : textes et résultats"),
    "data": N_("Fichiers de données (taille et empreinte)"),
    "pages": N_("Pages du sommaire construites, dans les deux langues"),
    "editions": N_("Résultats égaux d’une langue à l’autre"),
    "versions": N_("Versions des logiciels, face à la liste verrouillée"),
}
VERDICTS: Final[dict[str, str]] = {
    "matched": N_("Tout correspond."),
    "differences": N_("Des différences ont été trouvées."),
}
_EDITIONS: Final[dict[Lang, str]] = {
    "fr": N_("Secondes, en français"),
    "en": N_("Secondes, en anglais"),
}
_KINDS: Final[dict[str, str]] = {
    "whole": N_("Nombres entiers"),
    "share": N_("Parts et rapports"),
    "points": N_("Écarts et taux"),
    "measure": N_("Effectifs et durées"),
}
_UNITS: Final[dict[Unit, str]] = {
    "count": N_("décompte"),
    "appointments": N_("rendez-vous"),
    "likes": N_("mentions « J’aime »"),
    "years": N_("années"),
    "proportion": N_("proportion"),
    "ratio": N_("rapport"),
    "percentage points": N_("point de pourcentage"),
    "per 1000": N_("pour mille"),
    "persons": N_("personnes"),
    "minutes": N_("minutes"),
    "minutes per day": N_("minutes par jour"),
}
_TEN_DIGITS: Final = N_(
    "Un résultat garde dix chiffres significatifs ; d’un processeur à l’autre, le dixième peut "
    "changer d’une unité."
)
_REASONS: Final[dict[str, tuple[str, ...]]] = {
    "whole": (N_("Ce qui se compte ne s’arrondit pas."),),
    "share": (_TEN_DIGITS,),
    "points": (
        _TEN_DIGITS,
        N_("Près de zéro, la tolérance absolue suit l’échelle de l’unité."),
    ),
    "measure": (
        _TEN_DIGITS,
        N_("Un effectif calculé, une moyenne par exemple, n’est pas toujours entier."),
    ),
}
