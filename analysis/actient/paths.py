"""Where things are: the one place that knows the layout of a checkout."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARKER: Final = Path("data") / "datapackage.json"
_OURS: Final = re.compile(rb'"name":\s*"actient"')
ROOT: Final = "ACTIENT_ROOT"  # the environment's variable that names the checkout


def lab_extension(prefix: Path) -> Path:
    """Where an environment has the extension that shows our charts (`actient lab`)."""
    return prefix / "share" / "jupyter" / "labextensions" / "actient"


LAB_EXTENSION: Final = lab_extension(Path(sys.prefix))


class CheckoutNotFoundError(FileNotFoundError):
    """No checkout of the compendium was found where one is needed."""

    @classmethod
    def from_candidates(cls, candidates: list[Path]) -> CheckoutNotFoundError:
        """Say where we looked and what to do."""
        tried = ", ".join(str(path) for path in candidates)
        return cls(
            f"No checkout of Actient found (looked for its {MARKER.as_posix()} in: {tried}). What "
            "was asked needs the notebooks and data of one: work inside a checkout, or name it "
            f"with `actient --root DIR …` or the environment variable {ROOT}."
        )

    @classmethod
    def damaged(cls, root: Path) -> CheckoutNotFoundError:
        """Name the file that no longer tells what the folder is."""
        return cls(
            f"{root / MARKER}: damaged, it no longer says that {root} is a checkout of Actient. "
            f"Put it back (git checkout -- {MARKER.as_posix()}), or name another checkout with "
            f"`actient --root DIR …` or the environment variable {ROOT}."
        )


@dataclass(frozen=True)
class Paths:
    """The places of one checkout."""

    root: Path

    @property
    def data(self) -> Path:
        """Tables, described by `datapackage.json`."""
        return self.root / "data"

    @property
    def analysis(self) -> Path:
        """Notebooks, and the package they call."""
        return self.root / "analysis"

    @property
    def book(self) -> Path:
        """Prose pages."""
        return self.root / "book"

    @property
    def build(self) -> Path:
        """Everything that is made; never under version control."""
        return self.root / "_build"

    @property
    def results(self) -> Path:
        """Recorded results of the last build, by language."""
        return self.build / "results"

    @property
    def executed(self) -> Path:
        """Executed notebooks of the last build, by language."""
        return self.build / "notebooks"

    @property
    def site(self) -> Path:
        """The published site."""
        return self.build / "site"

    @property
    def aggregates(self) -> Path:
        """What may be told of the responses that the last build was given."""
        return self.build / "responses" / "aggregates.json"

    @property
    def reference_results(self) -> Path:
        """Results of the default parameters, committed."""
        return self.data / "reference" / "results.json"

    @property
    def reference_charts(self) -> Path:
        """Checksums of the English charts of the default parameters, committed."""
        return self.data / "reference" / "charts.json"

    @property
    def last_certificate(self) -> Path:
        """The last certificate of a reproduction that was committed."""
        return self.data / "reproduction" / "certificate.json"

    @property
    def timings(self) -> Path:
        """When each chapter of the last build was executed, by language; never on a page."""
        return self.build / "timings"

    def relative(self, path: Path) -> str:
        """Write a path from the top of the checkout, the same on every system."""
        return path.relative_to(self.root).as_posix()

    def notebook(self, name: str) -> Path:
        """Path of the chapter `name`, with or without its extension."""
        return self.analysis / f"{name.removesuffix('.ipynb')}.ipynb"

    def notebooks(self) -> list[Path]:
        """Every chapter, in reading order."""
        return sorted(self.analysis.glob("[0-9][0-9]_*.ipynb"))


def checkout(start: Path | None = None) -> Paths:
    """Find the checkout: ACTIENT_ROOT if set, else around `start` (default: here), else around us.

    Raises
    ------
    CheckoutNotFoundError
        If none of these is one, or the first that looks like one is damaged: another, taken in its
        place, would be read and written without a word.
    """
    candidates = _candidates(start or Path.cwd())
    for candidate in candidates:
        if is_checkout(candidate):
            return Paths(candidate)
        if _is_damaged(candidate):
            raise CheckoutNotFoundError.damaged(candidate)
    raise CheckoutNotFoundError.from_candidates(candidates)


def is_checkout(folder: Path) -> bool:
    """Tell whether a folder is the top of a checkout of Actient.

    Other compendia have a `data/datapackage.json` too: ours begins by naming itself.
    """
    try:
        with (folder / MARKER).open("rb") as stream:
            return _OURS.search(stream.read(200)) is not None
    except OSError:
        return False


def _is_damaged(folder: Path) -> bool:
    """Tell whether a folder has our package, and a description that names no other study."""
    if not ((folder / MARKER).exists() and (folder / "analysis" / "actient").is_dir()):
        return False
    try:
        described = json.loads((folder / MARKER).read_bytes())
    except (OSError, ValueError):
        return True
    name = described.get("name") if isinstance(described, dict) else None
    return not (isinstance(name, str) and name != "actient")


def _candidates(start: Path) -> list[Path]:
    stated = os.environ.get(ROOT)
    if stated:  # an explicit wish is the only candidate: falling back would hide a typing error
        return [Path(stated).resolve()]
    here = start.resolve()
    return [here, *here.parents, Path(__file__).resolve().parents[2]]
