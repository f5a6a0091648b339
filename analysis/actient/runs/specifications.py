"""The chart specifications of a notebook, whole or as checksums of their parts.

The committed notebooks hold the French charts whole. The English ones would double the repository,
so `data/reference/charts.json` holds a checksum of each part: enough to name what changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from actient.charts import theme

Specification = Mapping[str, Any]
Checksums = Mapping[str, Mapping[str, Mapping[str, str]]]  # notebook -> figure -> part -> sha256

_META: Final = "usermeta"


def in_notebook(notebook: Mapping[str, Any]) -> dict[str, Specification]:
    """Collect the specification of each figure, by its name, in order."""
    return {
        theme.Figure.from_spec(spec).name: spec
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if (spec := output.get("data", {}).get(theme.MIME)) is not None
    }


def checksums(spec: Specification) -> dict[str, str]:
    """Give the SHA-256 of each part of a specification, by its JSON path."""
    return {path: _sha256(part) for path, part in sorted(parts(spec).items())}


def parts(spec: Specification) -> dict[str, Any]:
    """Take a specification apart, by JSON path: data, layers, and each thing said of the figure."""
    return dict(_parts(spec))


def _parts(spec: Specification) -> Iterator[tuple[str, Any]]:
    for key, part in spec.items():
        if key != _META:
            yield f"$.{key}", part
    for key, part in spec[_META][theme.META].items():  # caption, table, origins: each on its own
        yield f"$.{_META}.{theme.META}.{key}", part


def _sha256(part: Any) -> str:
    canonical = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
