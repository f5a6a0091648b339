"""The committed runs described as a crate: every chapter, default parameters, French.

The committed notebooks are the executed ones: `actient reference` ran their cells and stored the
outputs in them, and the recorded results in `data/reference/results.json`. Nobody noted when each
run began and ended, so no time is given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import nbformat

from actient import __version__, parameters, tables
from actient.book.provenance import citation
from actient.crate import describe
from actient.paths import Paths
from actient.runs import making, revision

LOCK: Final = "requirements.txt"

_CC_BY: Final = "https://creativecommons.org/licenses/by/4.0/"
_BSD: Final = "https://spdx.org/licenses/BSD-3-Clause"
_TERMS: Final = (
    describe.Terms(
        _CC_BY,
        "Creative Commons Attribution 4.0 International",
        "For the text, the charts and the tables, as far as they are ours; see LICENSE-text.md.",
    ),
    describe.Terms(_BSD, 'BSD 3-Clause "New" or "Revised" License', "For the code; see LICENSE."),
)
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
        By chapter, the files of `data/` that it reads, as `crate_reads.observed` gives them.
    """
    cited = citation.load(paths)
    files = _data_files(paths)
    runs = [_run(paths, name, found, files) for name, found in reads.items()]
    return describe.text(
        describe.Description(
            name=cited.work.title,
            description=_ABOUT.format(abstract=cited.abstract),
            published=published,
            author=", ".join(cited.work.authors),
            agent=True,
            terms=(*_TERMS, *_terms_of_tables(paths)),
            licences=(_CC_BY, _BSD),
            software=_software(paths),
            parts=tuple(describe.Part(*one) for one in _WITH_THE_RUNS),
            based_on=(describe.Work("#poster", cited.poster.title, cited.poster.authors),),
            keywords=cited.keywords,
        ),
        runs,
    )


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
    graph = {one["@id"]: one for one in json.loads(text)["@graph"]}
    reads = {}
    for mention in graph["./"]["mentions"]:
        action = graph[mention["@id"]]
        (notebook,) = _listed(action["instrument"])
        read = [one["@id"] for one in _listed(action.get("object", []))]
        reads[Path(notebook["@id"]).stem] = tuple(
            one.removeprefix("data/") for one in read if one.startswith("data/")
        )
    return str(graph["./"]["datePublished"]), reads


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


def settings(name: str, run: making.Run) -> tuple[describe.Setting, ...]:
    """Describe the parameters of a run, with unit and meaning from the chapter's model."""
    known = {one.name: one for one in parameters.describe(parameters.model_of(name))}
    return tuple(
        describe.Setting(key, making.yaml_value(value), known[key].unit, known[key].meaning("en"))
        for key, value in run.values.items()
    )


def _run(
    paths: Paths, name: str, reads: tuple[str, ...], files: Mapping[str, describe.Part]
) -> describe.Run:
    notebook = nbformat.read(paths.notebook(name), as_version=4)
    run = making.Run.of(notebook)
    source = describe.Part(
        paths.relative(paths.notebook(name)),
        citation.heading(notebook),
        describe.NOTEBOOK,
        "Chapter: its cells are what ran, its stored outputs are what the run made.",
        (_CC_BY, _BSD),
    )
    results = describe.Part(
        paths.relative(paths.reference_results),
        "Recorded results of every chapter, for the default parameters",
        "application/json",
        "By chapter and key: value, unit, origin, assumption.",
        (_CC_BY,),
    )
    return describe.Run(
        identifier=f"{name}-fr",
        title=f"Reference run of {name}",
        notebook=source,
        version=__version__,
        settings=settings(name, run),
        read=tuple(files[one] for one in reads),
        wrote=(source, results),
        command=f"actient reference, for this chapter what `{making.command(name, run)}` does; "
        "the time of the run was not noted.",
    )


def _data_files(paths: Paths) -> dict[str, describe.Part]:
    package = describe.Part(
        "data/datapackage.json",
        "Data package: describes every table",
        "application/json",
        terms=(_CC_BY,),
    )
    described = {
        table.path: describe.Part(
            f"data/{table.path}",
            table.title,
            "text/csv",
            table.description,
            tuple(_address(terms) for terms in table.licenses),
        )
        for table in tables.resources(paths)
    }
    return {"datapackage.json": package, **described}


def _terms_of_tables(paths: Paths) -> list[describe.Terms]:
    """Collect what tables are offered under, besides our own licences."""
    found = {
        _address(terms): describe.Terms(_address(terms), terms.title, terms.title)
        for table in tables.resources(paths)
        for terms in table.licenses
    }
    ours = {one.address for one in _TERMS}
    return [terms for address, terms in found.items() if address not in ours]


def _address(terms: tables.License) -> str:
    return terms.path or f"#terms-{terms.name}"


def _software(paths: Paths) -> tuple[describe.Software, ...]:
    papermill = locked_version(paths, "papermill")
    return (
        describe.Software(
            f"https://pypi.org/project/papermill/{papermill}/",
            "papermill",
            papermill,
            "https://papermill.readthedocs.io/",
        ),
        describe.Software("#actient", "Actient", __version__),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
