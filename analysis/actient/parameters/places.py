"""A path is the user's, from the folder they are in; a chapter reads it from the checkout's top."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actient.paths import Paths


def with_found_file(values: Mapping[str, Any], paths: Paths) -> dict[str, Any]:
    """Give parameters whose file, if it is there for the user, is named as chapters read it.

    Parameters
    ----------
    values
        As written. A file that is not found from the folder one is in stays as it is: it may be
        named from the top of the checkout, and if it is not there either, the chapter tells.
    """
    given = values.get("responses")
    if not (given and isinstance(given, str) and Path(given).is_file()):
        return dict(values)
    place, root = Path(given).resolve(), paths.root.resolve()
    inside = place.is_relative_to(root)
    return {**values, "responses": place.relative_to(root).as_posix() if inside else str(place)}
