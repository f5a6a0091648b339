"""Lay out the sources of one edition, and let Jupyter Book build it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from actient.book.frame.addresses import SiteAddress, write_root_files
from actient.book.translation import catalogues
from actient.files import write
from actient.locale import LANGUAGE_NAMES, Lang
from actient.paths import Paths
from actient.survey.publishing.aggregates import SuppliedOrigin

# What `_config.yml` says in French.
_CONFIG: Final[dict[Lang, dict[str, str]]] = {"en": {"author": "the Actient contributors"}}
_SETTINGS: Final[dict[Lang, dict[str, str]]] = {
    "en": {"nb_code_prompt_show": "Show the code", "nb_code_prompt_hide": "Hide the code"}
}

_ABOUT: Final[dict[Lang, str]] = {
    "fr": "une affiche sur les réseaux sociaux virtuels et le soin, relue chiffre par chiffre",
    "en": "a poster on virtual social networks and care, reread figure by figure",
}
# A reader whose browser asks for none of the languages chooses; so does one without scripts.
_FRONT_DOOR: Final = """<!doctype html>
<html lang="{first}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{description}">
<link rel="icon" href="{first}/_static/icon.svg">
<title>Actient</title>
<script>
  const offered = {offered};
  const wanted = navigator.languages.map((one) => one.slice(0, 2).toLowerCase());
  const found = wanted.find((one) => offered.includes(one));
  if (found) location.replace(found + "/index.html");
</script>
<style>
  body {{
    font: 1.2rem/1.6 system-ui, sans-serif; margin: 12vh auto; max-width: 34rem; padding: 0 1rem;
  }}
  li {{ margin: 1rem 0; }}
</style>
</head>
<body>
<main>
<h1>Actient</h1>
<ul>
{links}</ul>
</main>
</body>
</html>
"""

# Jupyter Book writes this page without language, title or link.
_EDITION_DOOR: Final = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url={home}">
<link rel="icon" href="_static/icon.svg">
<title>Actient · {name}</title>
</head>
<body>
<main><a href="{home}">Actient — {about}</a></main>
</body>
</html>
"""

# On every page of a book that also shows responses.
BANNERS: Final[dict[SuppliedOrigin, dict[Lang, str]]] = {
    "supplied": {
        "fr": "Cette édition montre aussi des réponses fournies par la personne qui l’a produite.",
        "en": "This edition also shows responses supplied by the person who made it.",
    },
    "synthetic": {
        "fr": "SYNTHÉTIQUE : cette édition montre aussi des réponses inventées, pour l’exemple.",
        "en": "SYNTHETIC: this edition also shows invented responses, for demonstration.",
    },
}


class SiteError(RuntimeError):
    """An edition that does not build."""

    @classmethod
    def from_log(cls, lang: Lang, log: Path, text: str) -> SiteError:
        """Quote the warnings and errors, and name the log."""
        said = [line for line in text.splitlines() if "WARNING" in line or "ERROR" in line]
        cause = "\n".join(said[:20] or text.splitlines()[-20:])
        return cls(f"The {lang} edition did not build:\n{cause}\nThe whole log: {log}")


def build_edition(
    paths: Paths,
    lang: Lang,
    langs: Sequence[Lang] | None = None,
    supplied: SuppliedOrigin | None = None,
) -> None:
    """Build `_build/site/<lang>` afresh; the last good one stays until the new one is whole.

    Parameters
    ----------
    langs
        The editions of the site, which link to each other; by default, all that can be made.
    supplied
        Where the responses shown come from, if any are: every page then says so.

    Raises
    ------
    SiteError
        On any Sphinx warning: a dead number or link must not ship.
    """
    work = paths.build / "work" / lang
    shutil.rmtree(work, ignore_errors=True)
    source = work / "source"
    stage(paths, lang, paths.executed / lang, source, langs, supplied)
    log = paths.build / "logs" / f"site-{lang}.log"
    done = jupyter_book(paths, source, work, "-W", "-n", "--keep-going")
    write(log, done.stdout)
    made = work / "_build" / "html"
    if done.returncode or not (made / "index.html").is_file():
        raise SiteError.from_log(lang, log, done.stdout)
    write(made / "index.html", _edition_door(paths, lang))
    _publish(made, paths.site / lang)


def editions(paths: Paths) -> list[Lang]:
    """List the languages the site is made in: French, and those with a catalogue."""
    return [lang for lang in LANGUAGE_NAMES if lang == "fr" or _has_catalogue(paths, lang)]


def write_front_door(
    paths: Paths, langs: Sequence[Lang], address: SiteAddress | None = None
) -> None:
    """Write `_build/site/index.html`: on to the reader's language, with a plain link to each.

    Beside it: the page for lost readers and, where the site has an address, its map.
    """
    links = "".join(
        f'<li lang="{lang}"><a href="{lang}/index.html" hreflang="{lang}">{LANGUAGE_NAMES[lang]}'
        f"</a> — {_ABOUT[lang]}</li>\n"
        for lang in langs
    )
    write(
        paths.site / "index.html",
        _FRONT_DOOR.format(
            first=langs[0],
            description=" · ".join(_ABOUT[lang] for lang in langs),
            offered=json.dumps(langs),
            links=links,
        ),
    )
    write_root_files(paths.site, langs, address)


def _has_catalogue(paths: Paths, lang: Lang) -> bool:
    return (paths.book / "locales" / lang).is_dir()


def stage(
    paths: Paths,
    lang: Lang,
    notebooks: Path,
    source: Path,
    langs: Sequence[Lang] | None = None,
    supplied: SuppliedOrigin | None = None,
) -> None:
    """Lay out what Jupyter Book reads for one edition: pages, notebooks, contents, settings."""
    source.mkdir(parents=True)
    shutil.copytree(paths.book, source / "book", ignore=shutil.ignore_patterns("_build", ".*"))
    shutil.copytree(notebooks, source / "analysis")
    toc = yaml.safe_load((paths.root / "_toc.yml").read_text(encoding="utf-8"))
    for part in toc["parts"]:  # Sphinx translates captions before the contents are read
        part["caption"] = catalogues.translated(paths, toc["root"], part["caption"], lang)
    write(source / "_toc.yml", yaml.safe_dump(toc, allow_unicode=True, sort_keys=False))
    config = yaml.safe_load((paths.root / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["config"]["actient_editions"] = list(langs or editions(paths))
    config = _with_banner(_for_language(config, lang), lang, supplied)
    write(source / "_config.yml", yaml.safe_dump(config, allow_unicode=True))


def jupyter_book(
    paths: Paths, source: Path, out: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """Run Jupyter Book on laid-out sources; what it says is in `stdout`."""
    return subprocess.run(  # noqa: S603 — our own arguments
        [
            *(sys.executable, "-c", "from jupyter_book.cli.main import main; main()"),
            *("build", str(source), "--path-output", str(out), *options),
        ],
        env={**os.environ, "PYTHONHASHSEED": "0"},  # same commit, same bytes
        cwd=paths.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _edition_door(paths: Paths, lang: Lang) -> str:
    toc = yaml.safe_load((paths.root / "_toc.yml").read_text(encoding="utf-8"))
    return _EDITION_DOOR.format(
        lang=lang, name=LANGUAGE_NAMES[lang], about=_ABOUT[lang], home=f"{toc['root']}.html"
    )


def _for_language(config: dict[str, Any], lang: Lang) -> dict[str, Any]:
    settings = config["sphinx"]["config"]
    if settings["language"] != lang:
        settings["language"] = lang
        config |= _CONFIG.get(lang, {})
        settings |= _SETTINGS.get(lang, {})
    return config


def _with_banner(
    config: dict[str, Any], lang: Lang, supplied: SuppliedOrigin | None
) -> dict[str, Any]:
    if supplied:
        config["html"]["announcement"] = BANNERS[supplied][lang]
    return config


def _publish(made: Path, place: Path) -> None:
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(made, fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
