"""The Sphinx extension of the book: directives, templates, head of pages, footer, light pages.

Everything is here so that `jupyter-book build .` gives what `actient book` gives.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config

from actient import __version__
from actient.book.figures import renderer
from actient.book.frame import addresses, bibliography, card, formulas, head
from actient.book.light import assets, vega
from actient.book.pages import (
    benchmarks,
    certificate,
    checklists,
    citing,
    commands,
    corrections,
    data,
    dictionaries,
    facts,
    front,
    game,
    poster,
    provenance,
    questionnaire,
)
from actient.book.translation import language, notebooks
from actient.files import write
from actient.paths import checkout
from actient.runs import revision
from actient.words import translator

# A third-party loader that every Jupyter Book page inlines twice (a console error), to offer code
# execution on someone else's server: not used here, and the site asks nothing of any other host.
_UNWANTED: Final = "sphinx_thebe"

# Markup of our tools that fails accessibility checks, and what stands in for it.
_MENDED: Final = (
    # MyST-NB: an English name that hides the translated one beside it
    (' aria-label="Toggle hidden content"', ""),
    # docutils: a role that ARIA 1.2 deprecates, in a list that then has no items
    ('role="doc-biblioentry"', 'role="listitem"'),
    # MyST-NB: long lines of code scroll, so the keyboard must reach them
    ('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">'),
)

# MyST-NB: paragraphs, which a summary may not hold.
_PROMPT: Final = re.compile(r'<p class="(collapsed|expanded) admonition-title">([^<]*)</p>')

_DESCRIPTION: Final = re.compile(r'\s*<meta (?=[^>]*name="description")[^>]*>')

_THEME_OPTIONS: Final[dict[str, Any]] = {
    "navbar_persistent": [],  # the sidebar has the search already
    "primary_sidebar_end": [],  # a place for advertisements
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    for part in (
        *(facts, checklists, questionnaire, certificate, game, corrections, dictionaries),
        *(renderer, formulas, language, notebooks, bibliography),
        *(front, poster, data, benchmarks, provenance, citing, commands),
    ):
        part.register(app)
    # The editions of the site, when it has several: `actient book` lists them, each in its folder.
    app.add_config_value("actient_editions", [], "html", [list])
    # Where the site will be, read once from SITE_URL.
    app.add_config_value("actient_address", "", "html", [str])
    # Off, the theme's own pages are built: what the benchmark of page weights compares with.
    app.add_config_value("actient_light", True, "html", [bool])
    app.connect("config-inited", _configure, priority=900)
    app.connect("builder-inited", _drop_unwanted)
    app.connect("html-page-context", _mend)
    app.connect("html-page-context", _head, priority=400)  # the theme tries its templates at 500
    app.connect("build-finished", _finish, priority=900)  # the theme writes colours of code at 500
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Config) -> None:
    paths = checkout(Path(app.srcdir))
    commit = revision.commit(paths)
    lang = language.edition(config)
    address = addresses.SiteAddress.from_environment()  # a wrong one stops the build at once
    config.actient_address = address.base if address else ""
    options: dict[str, Any] = config.html_theme_options
    options |= _THEME_OPTIONS
    _ = translator(lang)
    options["extra_footer"] = _(
        "Actient {version}{commit} · par les contributeurs d’Actient · textes et données "
        "CC BY 4.0, code BSD-3-Clause ; les mots de l’affiche appartiennent à son autrice."
    ).format(version=__version__, commit=f" · {commit}" if commit else "")
    options["search_bar_text"] = _("Rechercher dans ce livre…")
    config.html_static_path = [*config.html_static_path, str(_vega(Path(app.doctreedir)))]


def _address(app: Sphinx) -> addresses.SiteAddress | None:
    stated = app.config.actient_address
    return addresses.SiteAddress(stated) if stated else None


def _vega(folder: Path) -> Path:
    place = folder / "vega-static"
    place.mkdir(parents=True, exist_ok=True)
    (place / "vega.js").write_text(vega.bundle(), encoding="utf-8")
    return place


def _drop_unwanted(app: Sphinx) -> None:
    for listeners in app.events.listeners.values():
        listeners[:] = [
            listener
            for listener in listeners
            if not listener.handler.__module__.startswith(_UNWANTED)
        ]


def _mend(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    body = context.get("body")
    if body is None:
        return
    for found, instead in _MENDED:
        body = body.replace(found, instead)
    context["body"] = _PROMPT.sub(r'<span class="\1 admonition-title">\2</span>', body)


def _head(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    lang, editions = language.edition(app.config), app.config.actient_editions
    stated = context.get("metatags") or ""
    page = head.Page(
        name,
        lang,
        Markup(context.get("title") or "").striptags(),  # noqa: S704 — Sphinx's own HTML
        head.stated_description(stated) or head.description(doctree),
    )
    ours = head.metatags(page, editions, _address(app))
    context["metatags"] = f"{_DESCRIPTION.sub('', stated)}\n{ours}\n"
    context["actient"] = {
        "words": head.words(lang),
        "editions": head.other_editions(page, editions),
    }


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    folder, lang = Path(app.outdir), language.edition(app.config)
    address = _address(app)
    if address is not None:
        (folder / head.CARD).write_bytes(card.draw(folder / "_images", lang, head.CARD_SIZE))
    if app.config.actient_light:
        assets.lighten(folder)
    if not app.config.actient_editions:  # this edition is the whole site
        write_alone = addresses.not_found_page([lang], address, in_folders=False)
        write(folder / "404.html", write_alone)
        addresses.write_map(folder, address)
