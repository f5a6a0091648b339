"""Size and checksum of each data file, where the Data Package standard has them.

`bytes` and `hash` of each resource in `data/datapackage.json`: Frictionless checks them too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from actient.files import write
from actient.paths import MARKER, Paths

_ALGORITHM: Final = "sha256:"
# The description itself, whose commit is its checksum; references and certificates, compared whole.
_NOT_TABLES: Final = ("reference", "reproduction")


@dataclass(frozen=True)
class Content:
    """What a file holds, in short."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Content:
        """Measure a file's bytes."""
        return cls(len(content), hashlib.sha256(content).hexdigest())

    def __str__(self) -> str:
        """Read as a value to compare."""
        return f"{self.size} bytes, {_ALGORITHM}{self.sha256}"


class DescriptionError(ValueError):
    """A data package that cannot be read."""

    @classmethod
    def unreadable(cls, path: Path, error: ValueError) -> DescriptionError:
        """Name the file, and the line where its JSON ends to be JSON."""
        at = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        return cls(
            f"{path}{at}: not JSON ({error}). Mend it there, as after a merge, or put it back with "
            f"git checkout -- {MARKER.as_posix()}."
        )


def stated(paths: Paths) -> dict[str, Content | None]:
    """Read what the data package says of each of its files; None where it says nothing.

    Returns
    -------
    dict
        By path from the top of the checkout.

    Raises
    ------
    DescriptionError
        If the data package cannot be read: its file and line.
    """
    return {
        f"{paths.relative(paths.data)}/{resource['path']}": _stated(resource)
        for resource in _package(paths)["resources"]
    }


def present(paths: Paths) -> dict[str, Content]:
    """Measure every data file there is, described or not."""
    held = (path for path in sorted(paths.data.rglob("*")) if path.is_file())
    return {
        paths.relative(path): Content.of(path.read_bytes())
        for path in held
        if path != paths.root / MARKER
        and path.relative_to(paths.data).parts[0] not in _NOT_TABLES
        and not path.name.startswith(".")
    }


def rewrite(paths: Paths) -> list[str]:
    """Write the size and checksum of each described file; return the paths of those that changed.

    Raises
    ------
    FileNotFoundError
        If a described file does not exist.
    DescriptionError
        If the data package cannot be read: its file and line.
    """
    before, package = stated(paths), _package(paths)
    for resource in package["resources"]:
        content = Content.of((paths.data / resource["path"]).read_bytes())
        resource["bytes"] = content.size
        resource["hash"] = _ALGORITHM + content.sha256
    after = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    if after != (paths.root / MARKER).read_text(encoding="utf-8"):
        write(paths.root / MARKER, after)
    return [path for path, content in stated(paths).items() if content != before[path]]


def _package(paths: Paths) -> dict[str, Any]:
    path = paths.root / MARKER
    try:
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DescriptionError.unreadable(path, error) from None
    return package


def _stated(resource: Mapping[str, Any]) -> Content | None:
    if "hash" not in resource or "bytes" not in resource:
        return None
    return Content(resource["bytes"], resource["hash"].removeprefix(_ALGORITHM))
