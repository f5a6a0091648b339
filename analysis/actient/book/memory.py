"""What doit remembers of each step between two builds: written whole, and no reason to fail."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from doit.dependency import JsonDB

from actient.files import write

NAME: Final = "whole-json"
BACKEND: Final = {"BACKEND": {NAME: f"{__name__}:WholeJson"}}
"""How doit finds it."""


class WholeJson(JsonDB):  # type: ignore[misc]  # doit has no types
    """doit's own memory in JSON, but never half-written."""

    desc = "file in JSON format, written whole or not at all"

    def dump(self) -> None:
        """Write it; where that is impossible, forget everything, so that all is made again."""
        place = Path(self.name)
        try:
            write(place, self.codec.encode(self._db))
        except OSError:  # a full disk, of which the step that met it has told
            place.unlink(missing_ok=True)
