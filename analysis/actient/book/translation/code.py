"""The words of the package: collected from its code and its templates, a catalogue a room.

What a function says through `actient.words` is found by name, `_("…")` or `N_("…")`, without
running anything; a text that only running could tell is refused, since nobody could translate it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from babel.messages.extract import extract

from actient.book.translation.catalogues import CONTEXT_END
from actient.paths import Paths

_KEYWORDS: Final = {"_": None, "N_": None, "pgettext": ((1, "c"), 2)}
_TEMPLATES: Final = "templates"
PACKAGE: Final = "actient/"
"""How the names of catalogues of code begin."""


class UntranslatableError(ValueError):
    """Code that says something only running could tell."""

    @classmethod
    def from_places(cls, places: Iterable[str]) -> UntranslatableError:
        """Name every place."""
        listed = "\n".join(places)
        return cls(
            "These texts are put together before they are translated, or said by another name than "
            f"`_`, so that no catalogue can hold them:\n{listed}\nExpected: `_ = translator(lang)` "
            "and a text in quotes, its numbers filled in afterwards: "
            '_("… {share} …").format(share=share).'
        )


def texts(paths: Paths) -> dict[str, tuple[str, ...]]:
    """List the words of each room in the order of its files: `actient/chapters/selection`.

    A room is a folder of the package; the templates of a folder belong to it.

    Raises
    ------
    UntranslatableError
        If `_` is called with anything but a text or the name of a constant marked `N_`.
    """
    package = paths.analysis / "actient"
    rooms: dict[str, dict[str, None]] = {}
    refused: list[str] = []
    for file in _files(package):
        folder = file.parent.parent if file.parent.name == _TEMPLATES else file.parent
        room = rooms.setdefault(folder.relative_to(paths.analysis).as_posix(), {})
        room.update(dict.fromkeys(_said(file)))
        refused += [f"{paths.relative(file)}:{line}" for line in _put_together(file)]
    if refused:
        raise UntranslatableError.from_places(refused)
    # The package's own modules are a room named as the package; others lie below it.
    return {_page(room): tuple(said) for room, said in rooms.items() if said}


def _page(room: str) -> str:
    return f"{room}/ground" if room == "actient" else room


def _files(package: Path) -> list[Path]:
    found = [*package.rglob("*.py"), *package.rglob(f"{_TEMPLATES}/*.html")]
    return sorted(found)


def _said(file: Path) -> Iterator[str]:
    for text, context in _of_code(file) if file.suffix == ".py" else _of_template(file):
        yield f"{context}{CONTEXT_END}{text}" if context else text


def _of_template(file: Path) -> Iterator[tuple[str, str | None]]:
    with file.open("rb") as stream:
        options = {"silent": "false"}
        for _, text, _, context in extract("jinja2", stream, keywords=_KEYWORDS, options=options):
            assert isinstance(text, str)  # noqa: S101 — no plural is among the keywords
            yield text, context


def _of_code(file: Path) -> Iterator[tuple[str, str | None]]:
    # Babel's own reading of Python takes the key of `_(NAMES["key"])` for a text.
    for call in _calls(file):
        *context, text = call.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value, ast.literal_eval(context[0]) if context else None


def _put_together(file: Path) -> Iterator[int]:
    """Find the lines that translate what is not collected."""
    if file.suffix == ".py":
        for call in _calls(file):
            if isinstance(call.args[-1], ast.JoinedStr | ast.BinOp):
                yield call.lineno
        yield from (call.lineno for call in _all_calls(file) if _said_unnamed(call))


def _said_unnamed(call: ast.Call) -> bool:
    """Tell `translator(lang)("…")`, which nobody collects; of a constant marked `N_` it is fine."""
    if not isinstance(call.func, ast.Call) or _name(call.func.func) != "translator":
        return False
    return not isinstance(call.args[-1], ast.Name | ast.Subscript | ast.Attribute)


def _calls(file: Path) -> list[ast.Call]:
    calls = [call for call in _all_calls(file) if _name(call.func) in _KEYWORDS]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _all_calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            yield node


def _name(function: ast.expr) -> str | None:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else None
