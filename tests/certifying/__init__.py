"""Certificates to try things on: plausible ones, and the references they would be made from."""

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

import nbformat

from actient.book import checksums, results, specifications
from actient.book.outputs import Outputs
from actient.locale import LANGS
from actient.paths import checkout
from actient.reproduce import certificate, compare, examine
from actient.reproduce.certificate import Certificate, Difference, Examined

PATHS = checkout()


def charts() -> dict[str, dict[str, Any]]:
    """The committed French charts, of one's own: they may be changed."""
    return copy.deepcopy(_charts())


@cache
def _charts() -> dict[str, dict[str, Any]]:
    return {name: specifications.in_notebook(one) for name, one in _notebooks().items()}


@cache
def _notebooks() -> dict[str, Any]:
    return {path.stem: nbformat.read(path, as_version=4) for path in PATHS.notebooks()}


def stored(**changed: Any) -> dict[str, Outputs]:
    """What the committed notebooks show besides charts, some of them changed."""
    return {name: Outputs.of(one) for name, one in {**_notebooks(), **changed}.items()}


def notebook(name: str) -> Any:
    """A committed notebook, of one's own: it may be changed."""
    return copy.deepcopy(_notebooks()[name])


def examined(*differences: Difference, **parts: Any) -> Examined:
    """An examination in which all matched but what is given."""
    runs = tuple(
        certificate.NotebookRun(
            path.stem, lang, {"lang": lang}, 4.2, "2026-11-24T03:09:10Z", "2026-11-24T03:09:14Z"
        )
        for lang in LANGS
        for path in PATHS.notebooks()
    )
    values: Mapping[str, Any] = {
        "machine": certificate.Machine("Linux 6.1.0", "x86_64", 2, 16.4, "CPython 3.11.7"),
        "lock": certificate.Lock("0" * 64, 217),
        "packages": {"altair": "6.0.0", "numpy": "2.4.6"},
        "counts": tuple(one.count for one in _all_matched()),
        "differences": differences,
        "runs": runs,
    }
    return Examined(**{**values, **parts})


@cache
def _all_matched() -> tuple[compare.Compared, ...]:
    reference = results.reference(PATHS)
    stated = {path: one for path, one in checksums.stated(PATHS).items() if one}
    pages = examine.contents(PATHS)
    return (
        compare.records(reference, {"fr": reference, "en": reference}),
        compare.charts(_charts(), _charts()),
        compare.outputs(stored(), stored()),
        compare.data(stated, stated),
        compare.pages(pages, {"fr": pages, "en": pages}),
        compare.editions(reference, {"en": reference}),
        compare.versions({"numpy": "2.4.6"}, {"numpy": "2.4.6"}),
    )


def certified(*differences: Difference, **parts: Any) -> Certificate:
    """A certificate of such an examination."""
    return Certificate.of(
        examined(*differences, **parts),
        date="2026-11-24",
        version="0.1.0",
        commit=certificate.Commit("a1b2c3d4e5" * 4, "2026-11-23", 0),
        steps=(certificate.Step("clone", 1.2), certificate.Step("rerun", 81.4)),
    )
