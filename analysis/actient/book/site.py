"""Lay out the sources of one edition, and let Jupyter Book build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from actient.files import write
from actient.locale import Lang
from actient.paths import Paths
from actient.survey.aggregates import SuppliedOrigin

LANGUAGE_NAMES: Final[dict[Lang, str]] = {"fr": "Français", "en": "English"}

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


def build_edition(paths: Paths, lang: Lang, supplied: SuppliedOrigin | None = None) -> None:
    """Build `_build/site/<lang>` afresh; the last good one stays until the new one is whole.

    Parameters
    ----------
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
    _stage(paths, lang, source, supplied)
    log = paths.build / "logs" / f"site-{lang}.log"
    done = subprocess.run(  # noqa: S603 — our own arguments
        [
            *(sys.executable, "-c", "from jupyter_book.cli.main import main; main()"),
            *("build", str(source)),
            *("--path-output", str(work), "-W", "-n", "--keep-going"),
        ],
        env={**os.environ, "PYTHONHASHSEED": "0"},  # same commit, same bytes
        cwd=paths.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    write(log, done.stdout)
    made = work / "_build" / "html"
    if done.returncode or not (made / "index.html").is_file():
        raise SiteError.from_log(lang, log, done.stdout)
    _publish(made, paths.site / lang)


def write_front_door(paths: Paths, langs: Sequence[Lang]) -> None:
    """Write `_build/site/index.html`: on to the first edition, with a link to each."""
    links = "".join(
        f'<li><a href="{lang}/index.html" lang="{lang}">{LANGUAGE_NAMES[lang]}</a></li>'
        for lang in langs
    )
    write(
        paths.site / "index.html",
        f'<!doctype html>\n<html lang="{langs[0]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={langs[0]}/index.html">\n'
        "<title>Actient</title>\n</head>\n"
        f"<body>\n<main>\n<h1>Actient</h1>\n<ul>{links}</ul>\n</main>\n</body>\n</html>\n",
    )


def commit(paths: Paths) -> str:
    """Name the commit of the checkout, `+` if it has changes, or nothing outside git."""

    def git(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 — our own arguments
            ["git", "-C", str(paths.root), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    if not shutil.which("git") or git("rev-parse", "--show-toplevel") != str(paths.root):
        return ""
    name = git("rev-parse", "--short=10", "HEAD")
    return name + ("+" if name and git("status", "--porcelain") else "")


def _stage(paths: Paths, lang: Lang, source: Path, supplied: SuppliedOrigin | None) -> None:
    source.mkdir(parents=True)
    shutil.copytree(paths.book, source / "book", ignore=shutil.ignore_patterns("_build", ".*"))
    shutil.copytree(paths.executed / lang, source / "analysis")
    shutil.copy(paths.root / "_toc.yml", source)
    config = yaml.safe_load((paths.root / "_config.yml").read_text(encoding="utf-8"))
    config = _with_banner(_for_language(config, lang), lang, supplied)
    write(source / "_config.yml", yaml.safe_dump(config, allow_unicode=True))


def _for_language(config: dict[str, Any], lang: Lang) -> dict[str, Any]:
    if config["sphinx"]["config"]["language"] != lang:
        config["sphinx"]["config"]["language"] = lang
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
