"""The committed runs described as a crate: every chapter, default parameters, French.

An RO-Crate of the profile Process Run Crate 0.5: one `CreateAction` a chapter. The committed
notebooks are the executed ones: `actient reference` ran their cells and stored the outputs in
them, and the recorded results in `data/reference/results.json`. Nobody noted when each run began
and ended, so no time is given.

Specifications: https://w3id.org/ro/wfrun/process/0.5 and https://w3id.org/ro/crate/1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import nbformat
from rocrate.model import ContextEntity, Entity
from rocrate.rocrate import ROCrate

from actient import __version__, parameters, tables
from actient.book.provenance import citation
from actient.paths import Paths
from actient.runs import making, revision

FILE: Final = "ro-crate-metadata.json"
LOCK: Final = "requirements.txt"

_VERSION: Final = "1.1"  # the version of RO-Crate that the profile extends
_PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_BSD: Final = "https://spdx.org/licenses/BSD-3-Clause"
_TERMS: Final = {
    _CC_BY: (
        "Creative Commons Attribution 4.0 International",
        "For the text, the charts and the tables, as far as they are ours; see LICENSE-text.md.",
    ),
    _BSD: ('BSD 3-Clause "New" or "Revised" License', "For the code; see LICENSE."),
}
_ABOUT: Final = (
    "{abstract} The runs described are those of the default parameters, in French, whose outputs "
    "are committed. The poster's words are its author's, and stay outside the licences."
)
_WITH_THE_RUNS: Final = (
    ("README.md", "What this is, and how to rerun it", "text/markdown"),
    ("CITATION.cff", "How to cite the compendium", "application/yaml"),
    ("LICENSE", "Licence of the code", "text/plain"),
    ("LICENSE-text.md", "Licence of the text and the data", "text/markdown"),
    ("codecheck.yml", "What a codechecker is to recreate", "application/yaml"),
    (LOCK, "Every version and hash of the software", "text/plain"),
)


class CrateError(ValueError):
    """A crate that cannot be written as it stands."""

    @classmethod
    def no_date(cls) -> CrateError:
        """Say what is missing, and how to give it."""
        return cls(
            "An RO-Crate must say when it was published, and git cannot say when these results "
            "were committed. Give the date: --date 2026-11-24."
        )

    @classmethod
    def not_locked(cls, package: str) -> CrateError:
        """Name the package whose version is not in the lock."""
        return cls(f"{LOCK} gives no version of {package}; run `make lock`.")


def described(paths: Paths, published: str, reads: Mapping[str, tuple[str, ...]]) -> str:
    """Write the crate of the committed runs.

    Parameters
    ----------
    published
        ISO 8601 date, as `last_published` gives it.
    reads
        By chapter, the files of `data/` that it reads, as `crate.observe.observed` gives them.
    """
    cited = citation.load(paths)
    crate = ROCrate(version=_VERSION)
    author = _add(crate, "#author", "Organization", name=", ".join(cited.work.authors))
    root = crate.root_dataset
    root["name"] = cited.work.title
    root["description"] = _ABOUT.format(abstract=cited.abstract)
    root["datePublished"] = published
    root["author"] = root["publisher"] = author
    root["conformsTo"] = _add(
        crate, _PROFILE, "CreativeWork", name="Process Run Crate", version=_PROFILE.split("/")[-1]
    )
    for address, (name, about) in (_TERMS | _terms_of_tables(paths)).items():
        _add(crate, address, "CreativeWork", name=name, description=about)
    _license(root, _TERMS)
    root["keywords"] = ", ".join(cited.keywords)
    root["isBasedOn"] = _poster(crate, cited.poster)
    _software(crate, paths)
    for part in _WITH_THE_RUNS:
        _file(crate, *part)
    root["mentions"] = [_run(crate, paths, name, found) for name, found in reads.items()]
    made = crate.metadata.generate()
    return json.dumps(made, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def last_published(paths: Paths) -> str:
    """Give the date of the commit that last changed the committed results.

    Raises
    ------
    CrateError
        Outside git, or if they were never committed.
    """
    date = revision.commit_date(paths, paths.reference_results, *paths.notebooks())
    if not date:
        raise CrateError.no_date()
    return date


def stated(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Read back from a crate what was observed: its date, and what each chapter reads."""
    crate = ROCrate(json.loads(text))
    reads = {
        Path(action["instrument"].id).stem: tuple(
            one.id.removeprefix("data/") for one in action["object"] if one.id.startswith("data/")
        )
        for action in crate.root_dataset["mentions"]
    }
    return str(crate.root_dataset["datePublished"]), reads


def locked_version(paths: Paths, package: str) -> str:
    """Read the version of a package in the lock.

    Raises
    ------
    CrateError
        If the lock does not name it.
    """
    lock = (paths.root / LOCK).read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==([^\s;\\]+)", lock, re.MULTILINE)
    if not found:
        raise CrateError.not_locked(package)
    return found[1]


def _run(crate: ROCrate, paths: Paths, name: str, reads: Iterable[str]) -> Entity:
    notebook = nbformat.read(paths.notebook(name), as_version=4)
    run = making.Run.of(notebook)
    source = _file(
        crate,
        paths.relative(paths.notebook(name)),
        citation.heading(notebook),
        "application/x-ipynb+json",
        "Chapter: its cells are what ran, its stored outputs are what the run made.",
        (_CC_BY, _BSD),
        kind=["File", "SoftwareSourceCode"],
    )
    source["version"] = __version__
    source["programmingLanguage"] = crate.get("#python")
    source["softwareRequirements"] = crate.get_by_type("SoftwareApplication")
    known = {table.path: table for table in tables.resources(paths)}
    action = crate.add_action(
        source,
        f"#run-{name}-fr",
        [*(_data(crate, known, one) for one in reads), *_settings(crate, name, run)],
        properties={
            "name": f"Reference run of {name}",
            "description": "actient reference, for this chapter what "
            f"`{making.command(name, run)}` does; the time of the run was not noted.",
        },
    )
    results = _file(
        crate,
        paths.relative(paths.reference_results),
        "Recorded results of every chapter, for the default parameters",
        "application/json",
        "By chapter and key: value, unit, origin, assumption.",
        (_CC_BY,),
    )
    action["result"] = [source, results]
    action["agent"] = crate.get("#author")
    action["actionStatus"] = "http://schema.org/CompletedActionStatus"
    return action


def _settings(crate: ROCrate, name: str, run: making.Run) -> list[Entity]:
    """Describe the parameters of a run, with unit and meaning from the chapter's model."""
    known = {one.name: one for one in parameters.describe(parameters.model_of(name))}
    return [
        _add(
            crate,
            f"#{name}-fr-{key}",
            "PropertyValue",
            name=key,
            value=making.yaml_value(value),
            **_stated(unitText=known[key].unit, description=known[key].meaning("en")),
        )
        for key, value in run.values.items()
    ]


def _data(crate: ROCrate, known: Mapping[str, tables.Resource], path: str) -> Entity:
    place = f"data/{path}"
    if table := known.get(path):
        terms = [_address(one) for one in table.licenses]
        return _file(crate, place, table.title("en"), "text/csv", table.description("en"), terms)
    title = "Data package: describes every table"
    return _file(crate, place, title, "application/json", terms=(_CC_BY,))


def _terms_of_tables(paths: Paths) -> dict[str, tuple[str, str]]:
    """Collect what tables are offered under, besides our own licences."""
    found = {_address(terms): terms for one in tables.resources(paths) for terms in one.licenses}
    return {
        address: (terms.title, terms.title)
        for address, terms in found.items()
        if address not in _TERMS
    }


def _address(terms: tables.License) -> str:
    return terms.path or f"#terms-{terms.name}"


def _poster(crate: ROCrate, poster: citation.Work) -> Entity:
    authors = [
        _add(crate, f"#poster-author-{place}", "Person", name=name)
        for place, name in enumerate(poster.authors, start=1)
    ]
    work = _add(crate, "#poster", "CreativeWork", name=poster.title)
    work.append_to("author", authors, compact=True)
    return work


def _software(crate: ROCrate, paths: Paths) -> None:
    python = {"@id": "https://www.python.org/"}
    _add(crate, "#python", "ComputerLanguage", name="Python", url=python)
    version = locked_version(paths, "papermill")
    _add(
        crate,
        f"https://pypi.org/project/papermill/{version}/",
        "SoftwareApplication",
        name="papermill",
        softwareVersion=version,
        url={"@id": "https://papermill.readthedocs.io/"},
    )
    _add(crate, "#actient", "SoftwareApplication", name="Actient", softwareVersion=__version__)


def _file(
    crate: ROCrate,
    path: str,
    name: str,
    encoding: str,
    description: str = "",
    terms: Iterable[str] = (),
    kind: str | list[str] = "File",
) -> Entity:
    """Describe a file, once."""
    if there := crate.get(quote(path)):
        return there
    about = {"@type": kind, "name": name, "encodingFormat": encoding}
    file = crate.add_file(dest_path=path, properties=about | _stated(description=description))
    _license(file, terms)
    return file


def _license(work: Entity, terms: Iterable[str]) -> None:
    if found := [{"@id": address} for address in terms]:
        work.append_to("license", found, compact=True)  # the specification wants no list of one


def _add(crate: ROCrate, identifier: str, kind: str, **about: Any) -> Entity:
    return crate.add(ContextEntity(crate, identifier, properties={"@type": kind, **about}))


def _stated(**about: str) -> dict[str, str]:
    return {name: value for name, value in about.items() if value}
