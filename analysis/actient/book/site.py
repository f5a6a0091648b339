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

from actient.book.frame.addresses import SiteAddress, write_root_files
from actient.book.translation import catalogues
from actient.files import write
from actient.locale import LANGUAGE_NAMES, Lang
from actient.paths import Paths
from actient.survey.publishing.aggregates import SuppliedOrigin
from actient.templates import render
from actient.words import N_, translator

# On every page of a book that also shows responses.
_BANNERS: Final[dict[SuppliedOrigin, str]] = {
    "supplied": N_(
        "Cette édition montre aussi des réponses fournies par la personne qui l’a produite."
    ),
    "synthetic": N_(
        "SYNTHÉTIQUE : cette édition montre aussi des réponses inventées, pour l’exemple."
    ),
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
    offered = [(lang, LANGUAGE_NAMES[lang], _about(lang)) for lang in langs]
    door = render("book/front_door.html", langs[0], langs=langs, editions=offered)
    write(paths.site / "index.html", door)
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
    for part in toc.get("parts", ()):  # Sphinx translates captions before the contents are read
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
    return render(
        "book/edition_door.html",
        lang,
        home=f"{toc['root']}.html",
        name=LANGUAGE_NAMES[lang],
        about=_about(lang),
    )


def _about(lang: Lang) -> str:
    _ = translator(lang)
    return _("une affiche sur les réseaux sociaux virtuels et le soin, relue chiffre par chiffre")


def _for_language(config: dict[str, Any], lang: Lang) -> dict[str, Any]:
    _ = translator(lang)  # in French, `_config.yml` says the same
    config["author"] = _("les contributeurs d’Actient")
    config["sphinx"]["config"] |= {
        "language": lang,
        "nb_code_prompt_show": _("Afficher le code"),
        "nb_code_prompt_hide": _("Masquer le code"),
    }
    return config


def _with_banner(
    config: dict[str, Any], lang: Lang, supplied: SuppliedOrigin | None
) -> dict[str, Any]:
    if supplied:
        config["html"]["announcement"] = translator(lang)(_BANNERS[supplied])
    return config


def _publish(made: Path, place: Path) -> None:
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(made, fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
