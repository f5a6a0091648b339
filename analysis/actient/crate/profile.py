"""What a Process Run Crate must be, rule by rule.

The MUSTs of the profile (https://w3id.org/ro/wfrun/process/0.5) and those of RO-Crate 1.1
(https://w3id.org/ro/crate/1.1) that bear on such a crate, as they were read there. What SHOULD be
is not here: this crate leaves out what it does not know, such as the time of the committed runs.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from actient.crate.describe import FILE, PROFILE

ACTIONS: Final = ("CreateAction", "ActivateAction", "UpdateAction")
SOFTWARE: Final = ("SoftwareApplication", "SoftwareSourceCode", "ComputationalWorkflow")

_SPECIFICATION: Final = "https://w3id.org/ro/crate/"


@dataclass(frozen=True)
class Problem:
    """One rule that a crate breaks, and where."""

    rule: str
    where: str
    says: str

    def __str__(self) -> str:
        """Read as a sentence."""
        return f"{self.where}: {self.says} ({self.rule})"


@dataclass(frozen=True)
class _Crate:
    """A metadata file, its entities, and the folder it describes, if there is one."""

    content: Mapping[str, Any]
    entities: tuple[Mapping[str, Any], ...]
    folder: Path | None

    def named(self, identifier: str) -> Mapping[str, Any]:
        found: Iterator[Mapping[str, Any]] = (
            one for one in self.entities if one.get("@id") == identifier
        )
        return next(found, {})

    @property
    def root(self) -> Mapping[str, Any]:
        about = _links(self.named(FILE), "about")
        return self.named(about[0]) if about else {}

    @property
    def data(self) -> list[Mapping[str, Any]]:
        root = self.root.get("@id")
        return [
            one
            for one in self.entities
            if {"File", "Dataset"} & set(_types(one)) and one.get("@id") != root
        ]

    @property
    def actions(self) -> list[Mapping[str, Any]]:
        return [one for one in self.entities if set(ACTIONS) & set(_types(one))]


def problems(content: Mapping[str, Any], folder: Path | None = None) -> tuple[Problem, ...]:
    """List every rule that a crate breaks.

    Parameters
    ----------
    content
        The parsed `ro-crate-metadata.json`.
    folder
        The root of the crate, to look for its files; without it, their presence is not checked.
    """
    graph: Any = content.get("@graph")
    entities = tuple(one for one in _listed(graph) if isinstance(one, Mapping))
    crate = _Crate(content, entities, folder)
    return tuple(
        Problem(name, where, says)
        for name, (says, broken) in RULES.items()
        for where in broken(crate)
    )


def _no_context(crate: _Crate) -> Iterator[str]:
    if not any(
        isinstance(one, str) and one.startswith(_SPECIFICATION)
        for one in _listed(crate.content.get("@context"))
    ):
        yield "@context"


def _not_flat(crate: _Crate) -> Iterator[str]:
    if not isinstance(crate.content.get("@graph"), list):
        yield "@graph"
    for entity in crate.entities:
        for name, value in entity.items():
            if any(isinstance(one, Mapping) and set(one) != {"@id"} for one in _listed(value)):
                yield f"{entity.get('@id')}, {name}"


def _unnamed(crate: _Crate) -> Iterator[str]:
    for place, entity in enumerate(crate.entities):
        if not isinstance(entity.get("@id"), str) or not _types(entity):
            yield f"entity {place + 1} of @graph"


def _repeated(crate: _Crate) -> Iterator[str]:
    counted = Counter(str(one.get("@id")) for one in crate.entities)
    yield from (name for name, times in counted.items() if times > 1)


def _no_descriptor(crate: _Crate) -> Iterator[str]:
    if "CreativeWork" not in _types(crate.named(FILE)) or not crate.root:
        yield FILE


def _root_no_folder(crate: _Crate) -> Iterator[str]:
    if "Dataset" not in _types(crate.root) or not str(crate.root.get("@id")).endswith("/"):
        yield "root"


def _root_lacks(name: str) -> Callable[[_Crate], Iterator[str]]:
    def broken(crate: _Crate) -> Iterator[str]:
        if not crate.root.get(name):
            yield f"root, {name}"

    return broken


def _root_date(crate: _Crate) -> Iterator[str]:
    if not _is_date(crate.root.get("datePublished")):
        yield f"root, datePublished = {crate.root.get('datePublished')!r}"


def _not_part(crate: _Crate) -> Iterator[str]:
    found: set[str] = set()
    ahead = list(_links(crate.root, "hasPart"))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _links(crate.named(name), "hasPart")
    yield from (str(one.get("@id")) for one in crate.data if one.get("@id") not in found)


def _no_uri(crate: _Crate) -> Iterator[str]:
    for entity in crate.data:
        name = str(entity.get("@id"))
        relative = not urlsplit(name).scheme
        if " " in name or "\\" in name or (relative and (name.startswith(("/", "../", "#")))):
            yield name


def _absent(crate: _Crate) -> Iterator[str]:
    for entity in crate.data:
        name = str(entity.get("@id"))
        if (
            crate.folder
            and not urlsplit(name).scheme
            and not (crate.folder / unquote(name)).exists()
        ):
            yield name


def _no_profile(crate: _Crate) -> Iterator[str]:
    stated = _links(crate.root, "conformsTo")
    if PROFILE not in stated or "CreativeWork" not in _types(crate.named(PROFILE)):
        yield "root, conformsTo"


def _no_action(crate: _Crate) -> Iterator[str]:
    if not crate.actions:
        yield "@graph"


def _no_instrument(crate: _Crate) -> Iterator[str]:
    for action in crate.actions:
        tools = [crate.named(one) for one in _links(action, "instrument")]
        if not tools or not all(set(SOFTWARE) & set(_types(one)) for one in tools):
            yield f"{action.get('@id')}, instrument"


def _no_time(crate: _Crate) -> Iterator[str]:
    for action in crate.actions:
        for name in ("startTime", "endTime"):
            if name in action and not _is_date(action[name]):
                yield f"{action.get('@id')}, {name} = {action[name]!r}"


def _is_date(value: Any) -> bool:
    try:
        datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _types(entity: Mapping[str, Any]) -> list[str]:
    return [one for one in _listed(entity.get("@type", [])) if isinstance(one, str)]


def _links(entity: Mapping[str, Any], name: str) -> list[str]:
    found = _listed(entity.get(name, []))
    return [one["@id"] for one in found if isinstance(one, Mapping) and "@id" in one]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_Broken = Callable[[_Crate], Iterator[str]]

RULES: Final[dict[str, tuple[str, _Broken]]] = {
    "context": ("@context must name the context of RO-Crate", _no_context),
    "flattened": ("the JSON-LD must be flattened: entities refer to each other by @id", _not_flat),
    "identified": ("every entity must have an @id and a @type", _unnamed),
    "one-each": ("an @id must not stand for several entities", _repeated),
    "descriptor": (f"{FILE} must be a CreativeWork about the root", _no_descriptor),
    "root": ("the root must be a Dataset whose @id ends with /", _root_no_folder),
    "name": ("the root must have a name", _root_lacks("name")),
    "description": ("the root must have a description", _root_lacks("description")),
    "licence": ("the root must have a license", _root_lacks("license")),
    "date": ("the root must say in ISO 8601 when it was published", _root_date),
    "part": ("a file must be linked from the root by hasPart", _not_part),
    "uri": ("the @id of a file must be a URI, relative to the root or absolute", _no_uri),
    "present": ("a file must be present in the folder of the crate", _absent),
    "profile": (f"conformsTo must refer to a CreativeWork whose @id is {PROFILE}", _no_profile),
    "action": ("the crate must describe at least one execution", _no_action),
    "instrument": ("an action must refer to the software it executed", _no_instrument),
    "time": ("an action's time must be in ISO 8601", _no_time),
}
"""By name: what a rule says, and where a crate breaks it."""
