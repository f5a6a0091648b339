"""What a chapter may read, by files: the package behind notebooks, its words, tables, the lock."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from actient.paths import Paths

# Rooms that run chapters, or use what they gave: no notebook imports them.
_BEHIND_NOTEBOOKS: Final = ("book", "cli", "crate", "reproduce", "runs", "sweep")


def seen_by_notebooks(paths: Paths) -> list[Path]:
    """List what any chapter may read: the package below the book, the tables, the lock."""
    package = paths.analysis / "actient"
    modules = [
        path
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0] not in _BEHIND_NOTEBOOKS
    ]
    compared = {paths.reference_results.parent, paths.last_certificate.parent}
    tables = [path for path in files_below(paths.data) if not compared.intersection(path.parents)]
    said = (paths.book / "locales").glob("*/LC_MESSAGES/actient/**/*.po")
    return sorted([*modules, *tables, *said, paths.root / "requirements.txt"])


def files_below(folder: Path) -> list[Path]:
    """List the files of a folder and of its folders; hidden ones are left out."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
