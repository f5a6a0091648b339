"""The certificate as one page: verdict first, then what matched, what differed, where, how long.

One file that asks nothing of any other, in French then in English, for light and dark screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from actient.book.pages import certificate as certificate_page
from actient.book.pages.certificate_words import CHECKS, VERDICTS
from actient.charts.table import bare, cards, scrolling
from actient.locale import LANGS, Lang, date, number
from actient.reproduce import excerpts, findings
from actient.reproduce.certificate import Certificate, Check, Difference
from actient.reproduce.findings import Finding
from actient.reproduce.words import DIFFERENCES, NOT_RUN, STEPS, WORDS

EMPTY: Final = Markup("")
_OPEN: Final = 20  # differences of each check in sight; the others are folded, by chapter


def html(certificate: Certificate) -> str:
    """Lay the certificate out."""
    return str(
        _PAGE.format(
            verdict=certificate.verdict,
            title=_title(),
            style=_STYLE,
            other="In English, below",
            editions=EMPTY.join(_edition(certificate, lang) for lang in LANGS),
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
    return " · ".join(WORDS[lang]["title"] for lang in LANGS)


def _edition(certificate: Certificate, lang: Lang) -> Markup:
    words = WORDS[lang]
    parts: tuple[tuple[str, Markup], ...] = (
        ("compared", certificate_page.counts_table(_counts(certificate), lang)),
        ("differed", _differences(certificate.examined.differences, lang)),
        ("where", _where(certificate, lang)),
        ("not_run", _list(NOT_RUN[lang])),
        ("times", _times(certificate, lang)),
        ("tolerances", certificate_page.tolerances_table(lang)),
    )
    sections = (
        Markup("<section><h2>{}</h2>{}</section>").format(words[name], content)
        for name, content in parts
    )
    return Markup('<article lang="{}" id="{}">{}{}</article>').format(
        lang, lang, _verdict(certificate, lang), EMPTY.join(sections)
    )


def _verdict(certificate: Certificate, lang: Lang) -> Markup:
    words = WORDS[lang]
    compared = sum(count.compared for count in certificate.examined.counts)
    matched = sum(count.matched for count in certificate.examined.counts)
    return Markup(
        "<h1>{title}</h1>"
        '<p class="verdict"><span aria-hidden="true">{sign}</span> <strong>{verdict}</strong></p>'
        "<p>{sentence}</p>"
    ).format(
        title=words["title"],
        sign="✓" if certificate.verdict == "matched" else "≠",
        verdict=VERDICTS[certificate.verdict][lang],
        sentence=Markup(words["sentence"]).format(  # noqa: S704 — our own words
            date=date(certificate.date, lang),
            commit=certificate.commit.sha,
            commit_date=date(certificate.commit.date, lang),
            compared=number(compared, 0, lang),
            matched=number(matched, 0, lang),
        ),
    )


def _counts(certificate: Certificate) -> Iterable[tuple[str, int, int]]:
    counts = findings.in_order(certificate.examined.counts)
    return ((one.check, one.compared, one.matched) for one in counts)


def _differences(differences: Sequence[Difference], lang: Lang) -> Markup:
    words = WORDS[lang]
    told = findings.found(differences)
    if not told:
        return Markup("<p>{}</p>").format(words["no_difference"])
    first, others = findings.first_of_each(told, _OPEN)
    return _listed(first, words["differed"], lang) + EMPTY.join(
        _folded(check, chapter, more, lang) for (check, chapter), more in others.items()
    )


def _folded(check: Check, chapter: str, more: Sequence[Finding], lang: Lang) -> Markup:
    place = ", ".join(filter(None, (CHECKS[check][lang], chapter)))
    counted = DIFFERENCES["another" if len(more) == 1 else "others"][lang]
    summary = counted.format(place, number(len(more), 0, lang))
    return Markup("<details><summary>{}</summary>{}</details>").format(
        summary, _listed(more, summary, lang)
    )


def _listed(listed: Iterable[Finding], label: str, lang: Lang) -> Markup:
    head = tuple(DIFFERENCES[name][lang] for name in ("what", "where", "expected", "found", "gap"))
    return cards(head, bare(_difference(one, lang) for one in listed), label)


def _difference(finding: Finding, lang: Lang) -> tuple[str, ...]:
    code, one = Markup("<code>{}</code>"), finding.difference
    where = code.format(one.where)
    if finding.everywhere:
        where += Markup(" {}").format(DIFFERENCES["everywhere"][lang])
    if one.name:
        where += Markup("<br>") + code.format(one.name)
    return (
        CHECKS[one.check][lang],
        where,
        *_shown(one, lang),
        _gap(one, lang),
    )


def _shown(one: Difference, lang: Lang) -> tuple[Markup | str, Markup | str]:
    code, missing = Markup("<code>{}</code>"), DIFFERENCES["missing"][lang]
    if one.expected is None:
        return missing, missing if one.found is None else code.format(excerpts.single(one.found))
    if one.found is None:
        return code.format(excerpts.single(one.expected)), missing
    expected, found = excerpts.pair(one.expected, one.found)
    return code.format(expected), code.format(found)


def _gap(one: Difference, lang: Lang) -> str:
    said = []
    if one.absolute is not None:
        said.append(f"{DIFFERENCES['absolute'][lang]} {one.absolute:.3g}")
    if one.relative is not None:
        said.append(f"{DIFFERENCES['relative'][lang]} {one.relative:.3g}")
    if one.tolerance and said:
        said.append(f"{DIFFERENCES['allowed'][lang]} {one.tolerance}")
    if one.checksum_only:
        said.append(DIFFERENCES["checksum_only"][lang])
    if one.further:
        said.append(DIFFERENCES["further"][lang].format(number(one.further, 0, lang)))
    return ", ".join(said) or "—"


def _where(certificate: Certificate, lang: Lang) -> Markup:
    words, examined = WORDS[lang], certificate.examined
    machine = examined.machine
    memory = "—" if machine.memory_gb is None else number(machine.memory_gb, 1, lang)
    facts = (
        (words["system"], f"{machine.system}, {machine.processor}"),
        (words["size"], words["size_value"].format(number(machine.cores, 0, lang), memory)),
        ("Python", machine.python),
        ("Actient", certificate.version),
        (words["lock"], Markup("<code>{}</code>").format(examined.lock.sha256)),
        (words["left_out"], _left_out(certificate.commit.uncommitted, lang)),
    )
    packages = EMPTY.join(
        Markup("<li>{} {}</li>").format(name, version)
        for name, version in examined.packages.items()
    )
    return Markup(
        "<dl>{}</dl><details><summary>{}</summary><ul class='packages'>{}</ul></details>"
    ).format(
        EMPTY.join(Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in facts),
        words["packages"].format(number(len(examined.packages), 0, lang)),
        packages,
    )


def _left_out(files: int, lang: Lang) -> str:
    words = WORDS[lang]
    return words["files"].format(number(files, 0, lang)) if files else words["no_file"]


def _times(certificate: Certificate, lang: Lang) -> Markup:
    words = WORDS[lang]
    steps = tuple(
        (STEPS[step.name][lang], number(step.seconds, 1, lang)) for step in certificate.steps
    )
    whole = (words["sum"], number(sum(step.seconds for step in certificate.steps), 1, lang))
    runs = ((run.notebook, run.lang, run.seconds) for run in certificate.examined.runs)
    return scrolling(
        (words["step"], words["seconds"]), bare((*steps, whole)), words["steps"]
    ) + Markup("<p>{}</p>{}").format(words["beside"], certificate_page.times_table(runs, lang))


def _list(sentences: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(
        EMPTY.join(Markup("<li>{}</li>").format(sentence) for sentence in sentences)
    )


_PAGE: Final = Markup("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body data-verdict="{verdict}">
<nav aria-label="Langues · Languages"><a href="#en" lang="en" hreflang="en">{other}</a></nav>
<main>
{editions}
</main>
</body>
</html>
""")

_STYLE: Final = Markup("""
:root { color-scheme: light dark; --ink: #1b1b1b; --page: #fff; --rule: #767676; --link: #004b87;
  --good: #00573d; --doubt: #8a2b00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --page: #16181b; --rule: #9a9a9a; --link: #8ec8ff; --good: #7fdcb8;
    --doubt: #ffb38a; } }
body { background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 60rem; padding: 1rem; }
a { color: var(--link); }
h1 { line-height: 1.2; }
.verdict { border-inline-start: .5rem solid var(--doubt); color: var(--doubt); font-size: 1.5rem;
  padding: .5rem 1rem; }
[data-verdict="matched"] .verdict { border-color: var(--good); color: var(--good); }
article + article { border-top: 2px solid var(--rule); margin-top: 4rem; }
.actient-scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--rule); padding: .35rem .5rem; text-align: start;
  vertical-align: top; }
.actient-number { font-variant-numeric: tabular-nums; text-align: end; }
code { overflow-wrap: anywhere; }
td:first-child code, td:nth-child(2) code { overflow-wrap: normal; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: max-content 1fr; }
dt { font-weight: bold; }
dd { margin: 0; min-width: 0; }
td { hyphens: auto; }
.packages { columns: 14rem; }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; }
  table { font-size: .875rem; }
  th, td { padding: .35rem .2rem; }
  .actient-cards, .actient-cards :is(tbody, tr, th, td) { display: block; }
  .actient-cards thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute;
    width: 1px; }
  .actient-cards tr { border-bottom: 1px solid var(--rule); padding: .5rem 0; }
  .actient-cards tbody :is(th, td) { border: 0; padding: .1rem 0; }
  .actient-cards td[data-label]::before { content: attr(data-label) "\\a0: ";
    content: attr(data-label) "\\a0: " / ""; font-weight: bold; }
  :lang(en) .actient-cards td[data-label]::before { content: attr(data-label) ": ";
    content: attr(data-label) ": " / ""; }
}
""")
