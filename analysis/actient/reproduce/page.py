"""The certificate as one page: verdict first, then what matched, what differed, where, how long.

One file that asks nothing of any other, in French then in English, for light and dark screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from actient.book.pages import certificate as certificate_page
from actient.book.pages.certificate import CHECKS, VERDICTS
from actient.charts.table import bare, cards, scrolling
from actient.locale import LANGS, Lang, number
from actient.reproduce import excerpts, findings
from actient.reproduce.certificate import Certificate, Check, Difference
from actient.reproduce.findings import Finding
from actient.templates import render
from actient.words import N_, SOURCE, translator

_OPEN: Final = 20  # differences of each check in sight; the others are folded, by chapter
_STYLE: Final = Path(__file__).parent / "templates" / "certificate.css"


def html(certificate: Certificate) -> str:
    """Lay the certificate out."""
    return str(
        render(
            "reproduce/certificate.html",
            SOURCE,
            verdict=certificate.verdict,
            title=_title(),
            style=Markup(_STYLE.read_text(encoding="utf-8")),  # noqa: S704 — our own
            editions=[_edition(certificate, lang) for lang in LANGS],
        )
    )


def holds_page(path: Path) -> bool:
    """Tell whether a file is the page of a certificate, which another run may replace."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    body = ('<body data-verdict="matched">', '<body data-verdict="differences">')
    return f"<title>{_title()}</title>" in text and any(one in text for one in body)


def _title() -> str:
    return " · ".join(translator(lang)(_TITLE) for lang in LANGS)


def _edition(certificate: Certificate, lang: Lang) -> Markup:
    _ = translator(lang)
    examined = certificate.examined
    told = findings.found(examined.differences)
    first, others = findings.first_of_each(told, _OPEN)
    return render(
        "reproduce/edition.html",
        lang,
        certificate=certificate,
        title=_(_TITLE),
        verdict=_(VERDICTS[certificate.verdict]),
        counts=certificate_page.counts_table(
            (
                (count.check, count.compared, count.matched)
                for count in findings.in_order(examined.counts)
            ),
            lang,
        ),
        differing=_listed(first, _("Ce qui diffère"), lang) if first else "",
        folded=[_folded(check, chapter, more, lang) for (check, chapter), more in others.items()],
        steps=_steps(certificate, lang),
        times=certificate_page.times_table(
            ((run.notebook, run.lang, run.seconds) for run in examined.runs), lang
        ),
        tolerances=certificate_page.tolerances_table(lang),
    )


def _folded(check: Check, chapter: str, more: Sequence[Finding], lang: Lang) -> tuple[str, Markup]:
    _ = translator(lang)
    template = _("{place} : {count} autre") if len(more) == 1 else _("{place} : {count} autres")
    place = ", ".join(filter(None, (_(CHECKS[check]), chapter)))
    summary = template.format(place=place, count=number(len(more), 0, lang))
    return summary, _listed(more, summary, lang)


def _listed(listed: Iterable[Finding], label: str, lang: Lang) -> Markup:
    _ = translator(lang)
    head = (_("Comparaison"), _("Où"), _("Attendu"), _("Trouvé"), _("Écart"))
    return cards(head, bare(_difference(finding, lang) for finding in listed), label)


def _difference(finding: Finding, lang: Lang) -> tuple[str, ...]:
    _ = translator(lang)
    difference = finding.difference
    return (
        _(CHECKS[difference.check]),
        _code(
            difference.where,
            lang,
            remark=_("(dans les deux langues)") if finding.everywhere else "",
            name=difference.name,
        ),
        *_shown(difference, lang),
        _gap(difference, lang),
    )


def _shown(difference: Difference, lang: Lang) -> tuple[str, str]:
    _ = translator(lang)
    expected, found = difference.expected, difference.found
    if expected is not None and found is not None:
        around, other = excerpts.pair(expected, found)
        return _code(around, lang), _code(other, lang)
    alone, other = (
        _("absent") if value is None else _code(excerpts.single(value), lang)
        for value in (expected, found)
    )
    return alone, other


def _gap(difference: Difference, lang: Lang) -> str:
    _ = translator(lang)
    said = []
    if difference.absolute is not None:
        said.append(_("absolu {gap}").format(gap=f"{difference.absolute:.3g}"))
    if difference.relative is not None:
        said.append(_("relatif {gap}").format(gap=f"{difference.relative:.3g}"))
    if difference.tolerance and said:
        said.append(
            _("admis (absolu / relatif) {tolerance}").format(tolerance=difference.tolerance)
        )
    if difference.checksum_only:
        said.append(_("la référence est une empreinte : on sait ce qui diffère, pas de combien"))
    if difference.further:
        said.append(
            _("et {count} autres dans cette partie de la figure").format(
                count=number(difference.further, 0, lang)
            )
        )
    return ", ".join(said) or "—"


def _code(text: str, lang: Lang, *, remark: str = "", name: str = "") -> Markup:
    return render("reproduce/differing.html", lang, text=text, remark=remark, name=name)


def _steps(certificate: Certificate, lang: Lang) -> Markup:
    _ = translator(lang)
    taken = [(_(_STEPS[step.name]), step.seconds) for step in certificate.steps]
    taken.append((_("Somme"), sum(step.seconds for step in certificate.steps)))
    head = (_.pgettext("reproduction", "Étape"), _("Secondes"))
    rows = ((name, number(seconds, 1, lang)) for name, seconds in taken)
    return scrolling(head, bare(rows), _("Durée des étapes"))


_TITLE: Final = N_("Certificat de reproduction d’Actient")
_STEPS: Final[dict[str, str]] = {
    "clone": N_("Cloner l’état vérifié"),
    "environment": N_("Installer l’environnement neuf"),
    "rerun": N_("Tout réexécuter, construire le livre"),
    "examine": N_("Comparer"),
}
