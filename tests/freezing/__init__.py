"""What a reader can get, as one checksum a path: what a move of code must leave as it was.

`make freeze OUT=before.json`, then the move, then `make freeze AGAINST=before.json`. Code that
pages show is apart: imports may change in a cell, and nothing else with them.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CODE: Final = " (code shown)"  # ends the name of what a cell says, beside what it makes
Frozen = Mapping[str, str]

_INPUT: Final = re.compile(
    rb'<div class="cell_input docutils container">.*?</pre></div>\s*</div>\s*</div>', re.DOTALL
)


@dataclass(frozen=True)
class Compared:
    """Paths that differ, are gone or are new; those of code shown are apart."""

    differing: tuple[str, ...]
    code: tuple[str, ...]

    def __str__(self) -> str:
        """One line a path, then what they come to."""
        return "\n".join(
            [
                *(f"code shown only: {name.removesuffix(CODE)}" for name in self.code),
                *self.differing,
                f"{len(self.differing)} paths differ; in {len(self.code)}, the code that is shown.",
            ]
        )


def compared(before: Frozen, after: Frozen) -> Compared:
    """Say what differs between two states."""
    told = {}
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            told[name] = f"gone: {name}"
        elif name not in before:
            told[name] = f"new: {name}"
        elif before[name] != after[name]:
            told[name] = f"differs: {name}"
    return Compared(
        tuple(line for name, line in told.items() if not name.endswith(CODE)),
        tuple(name for name in told if name.endswith(CODE)),
    )


def frozen(contents: Mapping[str, bytes], commit: str = "") -> dict[str, str]:
    """Checksums of contents by name, whatever the commit that they name."""
    masked = commit.encode()
    return {
        name: hashlib.sha256(part.replace(masked, b"COMMIT") if masked else part).hexdigest()
        for path, data in contents.items()
        for name, part in parts(path, data)
    }


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder but Sphinx's own `.buildinfo`, which tells the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".buildinfo"
    }


def parts(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in a file, and what its code says apart from the rest."""
    if path.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from parts(f"{path}/{name}", packed.read(name))
    elif path.endswith(".ipynb"):
        yield from _apart(path, *_notebook(data))
    elif path.endswith(".html"):
        yield from _apart(path, _INPUT.sub(b"", data), b"".join(_INPUT.findall(data)))
    elif path.endswith("searchindex.js"):
        yield path, _search_index(data)
    else:
        yield path, data


def _apart(path: str, rest: bytes, code: bytes) -> Iterator[tuple[str, bytes]]:
    yield path, rest
    if code:
        yield path + CODE, code


def _notebook(data: bytes) -> tuple[bytes, bytes]:
    notebook = json.loads(data)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code = [cell.pop("source") for cell in cells]
    return _json(notebook), _json(code)


def _search_index(data: bytes) -> bytes:
    """An index without the words of texts: pages hold them, and stemming disguises the commit."""
    index = json.loads(data.removeprefix(b"Search.setIndex(").removesuffix(b")"))
    del index["terms"]
    return _json(index)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
