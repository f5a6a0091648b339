"""Runs of notebooks described for machines: an RO-Crate of the profile Process Run Crate 0.5.

`metadata` takes plain values and writes nothing: the same description gives the same text. What
the profile asks for is in `crate_rules`; `crate_reference` describes the committed runs with it,
and whoever runs chapters elsewhere describes those runs the same way.

Specifications: https://w3id.org/ro/wfrun/process/0.5 and https://w3id.org/ro/crate/1.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from rocrate.model import ContextEntity, Entity
from rocrate.rocrate import ROCrate

FILE: Final = "ro-crate-metadata.json"
VERSION: Final = "1.1"  # the version of RO-Crate that the profile extends
PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
NOTEBOOK: Final = "application/x-ipynb+json"

_PYTHON: Final = "#python"
_COMPLETED: Final = "http://schema.org/CompletedActionStatus"
_FAILED: Final = "http://schema.org/FailedActionStatus"


@dataclass(frozen=True)
class Terms:
    """A licence, or the words that stand where there is none; `address` is its identifier."""

    address: str
    name: str
    description: str


@dataclass(frozen=True)
class Software:
    """A program that took part in a run, with the version that ran.

    Attributes
    ----------
    address
        Its web address, or a local identifier (``#actient``).
    """

    address: str
    name: str
    version: str
    url: str | None = None


@dataclass(frozen=True)
class Part:
    """A file that a run read or wrote, or that comes with the runs.

    Attributes
    ----------
    path
        From the root of the crate, with `/`.
    inside
        False for a file that is named but is not in the crate's folder: it is then described
        as a work, not as a file of the crate.
    terms
        Addresses of the licences that hold for it.
    """

    path: str
    name: str
    encoding: str
    description: str = ""
    terms: tuple[str, ...] = ()
    inside: bool = True

    @property
    def identifier(self) -> str:
        """Identifier in the crate: a relative URI inside, a local identifier outside."""
        return quote(self.path) if self.inside else f"#{quote(self.path)}"


@dataclass(frozen=True)
class Setting:
    """A parameter with the value that a run used, written as the command line reads it."""

    name: str
    value: str
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Run:
    """One execution of one notebook.

    Attributes
    ----------
    identifier
        Unique among the runs of the crate, such as ``07_selection-fr``.
    notebook
        The notebook whose cells ran.
    version
        Version of the notebook: that of the compendium.
    read, wrote
        Files that the run read and made; the executed notebook is among the second.
    command
        What was typed, or would give the same run.
    started, ended
        ISO 8601 times, with their offset; None where nobody noted them.
    error
        Why the run failed; None if it ran to its end.
    """

    identifier: str
    title: str
    notebook: Part
    version: str
    settings: tuple[Setting, ...]
    read: tuple[Part, ...]
    wrote: tuple[Part, ...]
    command: str
    started: str | None = None
    ended: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Work:
    """A work that the crate rests on, such as the poster; authors by name only."""

    identifier: str
    name: str
    authors: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True)
class Description:
    """What a crate says of itself.

    Attributes
    ----------
    published
        ISO 8601 date (`2026-11-24`) at which these runs were made available; the specification
        requires one, and no clock is asked for it.
    author
        Name of the organisation that describes the runs.
    agent
        True if that organisation also started them.
    terms
        Every licence that the crate or one of its parts names; those of the crate as a whole are
        in `licences`, by address.
    software
        The first is the one that starts notebooks.
    parts
        Files that come with the runs, without being read or written by one.
    """

    name: str
    description: str
    published: str
    author: str
    agent: bool
    terms: tuple[Terms, ...]
    licences: tuple[str, ...]
    software: tuple[Software, ...]
    parts: tuple[Part, ...] = ()
    based_on: tuple[Work, ...] = ()
    keywords: tuple[str, ...] = ()


def text(description: Description, runs: Sequence[Run]) -> str:
    """Write `ro-crate-metadata.json`: indented, in a stable order, with a final newline."""
    content = metadata(description, runs)
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def metadata(description: Description, runs: Sequence[Run]) -> dict[str, Any]:
    """Describe runs as an RO-Crate: one `CreateAction` a run.

    Parameters
    ----------
    description
        The crate as a whole.
    runs
        In the order in which they are to be listed.

    Returns
    -------
    dict
        JSON-LD, with `@context` and `@graph`.
    """
    crate = ROCrate(version=VERSION)
    author = _add(crate, "#author", "Organization", {"name": description.author})
    root = crate.root_dataset
    root["name"] = description.name
    root["description"] = description.description
    root["datePublished"] = description.published
    root["author"] = root["publisher"] = author
    root["conformsTo"] = _add(
        crate,
        PROFILE,
        "CreativeWork",
        {"name": "Process Run Crate", "version": PROFILE.rpartition("/")[2]},
    )
    for terms in description.terms:
        about = {"name": terms.name, "description": terms.description}
        _add(crate, terms.address, "CreativeWork", about)
    root["license"] = _references(description.licences)
    if description.keywords:
        root["keywords"] = ", ".join(description.keywords)
    if description.based_on:
        root["isBasedOn"] = _references(_work(crate, work) for work in description.based_on)
    python = {"name": "Python", "url": {"@id": "https://www.python.org/"}}
    _add(crate, _PYTHON, "ComputerLanguage", python)
    for program in description.software:
        _software(crate, program)
    for part in description.parts:
        _part(crate, part)
    actions = [_action(crate, run, description, author) for run in runs]
    root["mentions"] = _references(action.id for action in actions)
    made: dict[str, Any] = crate.metadata.generate()
    return made


def _action(crate: ROCrate, run: Run, description: Description, author: Entity) -> Entity:
    notebook = _part(crate, run.notebook, "SoftwareSourceCode")
    notebook["version"] = run.version
    notebook["programmingLanguage"] = {"@id": _PYTHON}
    notebook["softwareRequirements"] = _references(one.address for one in description.software)
    read = [_part(crate, part).id for part in run.read]
    settings = [_setting(crate, run, one) for one in run.settings]
    action = _add(
        crate,
        f"#run-{run.identifier}",
        "CreateAction",
        {"name": run.title, "description": run.command},
    )
    action["instrument"] = notebook
    if read or settings:
        action["object"] = _references([*read, *settings])
    if run.wrote:
        action["result"] = _references(_part(crate, part).id for part in run.wrote)
    if description.agent:
        action["agent"] = author
    for name, value in (("startTime", run.started), ("endTime", run.ended)):
        if value:
            action[name] = value
    action["actionStatus"] = _FAILED if run.error else _COMPLETED
    if run.error:
        action["error"] = run.error
    return action


def _setting(crate: ROCrate, run: Run, setting: Setting) -> str:
    about = {
        "name": setting.name,
        "value": setting.value,
        "unitText": setting.unit,
        "description": setting.meaning,
    }
    stated = {name: value for name, value in about.items() if value or name == "value"}
    return str(_add(crate, f"#{run.identifier}-{setting.name}", "PropertyValue", stated).id)


def _part(crate: ROCrate, part: Part, *types: str) -> Entity:
    return crate.dereference(part.identifier) or _new_part(crate, part, types)


def _new_part(crate: ROCrate, part: Part, types: tuple[str, ...]) -> Entity:
    about: dict[str, Any] = {"name": part.name, "encodingFormat": part.encoding}
    if part.description:
        about["description"] = part.description
    if part.terms:
        about["license"] = _references(part.terms)
    kinds = ["File" if part.inside else "CreativeWork", *types]
    about["@type"] = kinds if types else kinds[0]
    if part.inside:
        return crate.add_file(dest_path=part.path, properties=about)
    return crate.add(ContextEntity(crate, part.identifier, properties=about))


def _software(crate: ROCrate, program: Software) -> None:
    about: dict[str, Any] = {"name": program.name, "softwareVersion": program.version}
    if program.url:
        about["url"] = {"@id": program.url}
    _add(crate, program.address, "SoftwareApplication", about)


def _work(crate: ROCrate, work: Work) -> str:
    authors = [
        _add(crate, f"{work.identifier}-author-{place}", "Person", {"name": name}).id
        for place, name in enumerate(work.authors, start=1)
    ]
    about: dict[str, Any] = {"name": work.name, "author": _references(authors)}
    if work.description:
        about["description"] = work.description
    return str(_add(crate, work.identifier, "CreativeWork", about).id)


def _add(crate: ROCrate, identifier: str, kind: str, about: dict[str, Any]) -> Entity:
    return crate.add(ContextEntity(crate, identifier, properties={"@type": kind, **about}))


def _references(identifiers: Iterable[str]) -> dict[str, str] | list[dict[str, str]]:
    found = [{"@id": one} for one in identifiers]
    return found[0] if len(found) == 1 else found  # the specification wants no list of one
