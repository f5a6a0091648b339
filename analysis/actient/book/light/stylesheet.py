"""Reduce stylesheets to the rules that a set of pages can use.

The approach is the one of PurgeCSS: collect every name the pages hold (elements, classes, ids,
attributes) and every word of their scripts, then keep a selector only if all its names are among
them. A name is kept when in doubt: what is inside `:not(…)` or `:is(…)` is never a reason to drop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

_TOKENS: Final = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\([^"')]*\) | [{};]
    | [^{};"'/u]+ | .""",
    re.DOTALL | re.VERBOSE,
)
_STRINGS: Final = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_NAME: Final = r"(?:[\w-]|\\.)+"
_ARGUMENTS: Final = re.compile(r"\([^()]*\)")
# The file is UTF-8; imports are inlined; the book is set in the reader's own fonts.
_LEFT_OUT: Final = ("@charset", "@import", "@font-face")
_GROUPS: Final = ("@media", "@supports", "@layer", "@container")
_THEMED: Final = {
    theme: re.compile(rf"\[data-theme=[\"']?{theme}[\"']?\]") for theme in ("light", "dark")
}
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)")


class StylesheetError(ValueError):
    """A stylesheet that could not be read."""

    @classmethod
    def unbalanced(cls, near: str) -> StylesheetError:
        """Say where the braces stop matching."""
        return cls(f"A stylesheet has braces that do not match, near {near[-80:]!r}.")


@dataclass(frozen=True)
class Rule:
    """A selector or at-rule; `body` holds its declarations, or the rules it groups."""

    prelude: str
    body: str | tuple[Rule, ...]


@dataclass(frozen=True)
class Names:
    """What pages and their scripts name.

    Attributes
    ----------
    tags, classes, ids, attributes : frozenset of str
        Names in the markup.
    words : frozenset of str
        Words of the scripts, any of which may become a class, an id or an attribute.
    """

    tags: frozenset[str]
    classes: frozenset[str]
    ids: frozenset[str]
    attributes: frozenset[str]
    words: frozenset[str] = frozenset()

    @classmethod
    def from_texts(cls, pages: Iterable[str], scripts: Iterable[str] = ()) -> Names:
        """Collect the names of `pages` (HTML) and the words of `scripts` (JavaScript)."""
        collector = _Collector()
        for page in pages:
            collector.feed(page)
            collector.reset()
        words = {word for script in scripts for word in re.findall(r"[A-Za-z_][\w-]*", script)}
        return cls(
            frozenset(collector.tags),
            frozenset(collector.classes),
            frozenset(collector.ids),
            frozenset(collector.attributes),
            frozenset(words),
        )


def purge(sheet: str, names: Names) -> str:
    """Keep what `names` can use: rules, then the variables and animations they mention.

    Raises
    ------
    StylesheetError
        If the braces of `sheet` do not match.
    """
    rules = _keep(parse(sheet), names)
    while True:
        lean = _without_unmentioned(rules, names.words)
        if lean == rules:
            return write(rules)
        rules = lean


def without_scripts(sheet: str) -> str:
    """Let a page whose scripts never run follow the reader's light or dark setting.

    The theme writes `data-theme="auto"` and leaves it to a script to make that `light` or `dark`:
    rules for `light` also hold for `auto`, and rules for `dark` where the reader prefers it.
    """
    rules: list[Rule] = []
    for rule in parse(sheet):
        rules.append(_also_auto(rule, "light"))
        if dark := tuple(_dark_only(rule)):
            rules.append(Rule("@media (prefers-color-scheme:dark)", dark))
    return write(rules)


def parse(sheet: str) -> tuple[Rule, ...]:
    """Read a stylesheet; comments are left out.

    Raises
    ------
    StylesheetError
        If its braces do not match.
    """
    pieces = (piece.group() for piece in _TOKENS.finditer(sheet))
    return tuple(_rules((piece for piece in pieces if not piece.startswith("/*")), nested=False))


def write(rules: Sequence[Rule]) -> str:
    """Write rules without a superfluous character."""
    return "".join(
        f"{rule.prelude}{{{rule.body if isinstance(rule.body, str) else write(rule.body)}}}"
        if rule.body
        else f"{rule.prelude};"
        for rule in rules
    )


def _also_auto(rule: Rule, theme: str) -> Rule:
    if not isinstance(rule.body, str):
        return Rule(rule.prelude, tuple(_also_auto(one, theme) for one in rule.body))
    there = _THEMED[theme]
    return Rule(there.sub(f":is([data-theme={theme}],[data-theme=auto])", rule.prelude), rule.body)


def _dark_only(rule: Rule) -> Iterator[Rule]:
    if not isinstance(rule.body, str):
        inside = tuple(one for nested in rule.body for one in _dark_only(nested))
        if inside and rule.prelude.startswith(_GROUPS):
            yield Rule(rule.prelude, inside)
        return
    dark = [one for one in _selectors(rule.prelude) if _THEMED["dark"].search(one)]
    if dark:
        yield Rule(_THEMED["dark"].sub("[data-theme=auto]", ",".join(dark)), rule.body)


def _rules(pieces: Iterator[str], *, nested: bool) -> Iterator[Rule]:
    prelude = ""
    for piece in pieces:
        if piece == "{":
            head = " ".join(prelude.split())
            grouping = head.startswith((*_GROUPS, "@keyframes", "@-webkit-keyframes"))
            yield Rule(head, tuple(_rules(pieces, nested=True)) if grouping else _body(pieces))
            prelude = ""
        elif piece == "}":
            if not nested or prelude.strip():
                raise StylesheetError.unbalanced(prelude)
            return
        elif piece == ";":
            if prelude.strip().startswith("@"):
                yield Rule(" ".join(prelude.split()), "")
            prelude = ""
        else:
            prelude += piece
    if nested or prelude.strip():
        raise StylesheetError.unbalanced(prelude)


def _body(pieces: Iterator[str]) -> str:
    declarations = [""]
    for piece in pieces:
        if piece == "}":
            return ";".join(filter(None, map(_tight, declarations)))
        if piece == "{":
            raise StylesheetError.unbalanced(declarations[-1])
        if piece == ";":
            declarations.append("")
        else:
            declarations[-1] += piece
    raise StylesheetError.unbalanced(declarations[-1])


def _tight(declaration: str) -> str:
    name, colon, value = declaration.partition(":")
    return f"{name.strip()}:{' '.join(value.split())}" if colon else ""


def _keep(rules: Iterable[Rule], names: Names) -> tuple[Rule, ...]:
    kept: list[Rule] = []
    for rule in rules:
        if rule.prelude.startswith(_GROUPS) and not isinstance(rule.body, str):
            inside = _keep(rule.body, names)
            kept += [Rule(rule.prelude, inside)] if inside else []
        elif rule.prelude.startswith("@"):
            kept += [] if rule.prelude.startswith(_LEFT_OUT) else [rule]
        elif rule.body:
            selectors = [one for one in _selectors(rule.prelude) if _used(one, names)]
            kept += [Rule(",".join(selectors), rule.body)] if selectors else []
    return tuple(kept)


def _selectors(prelude: str) -> list[str]:
    depth, parts = 0, [""]
    for piece in re.findall(_STRINGS + r"|\\.|.", prelude, re.DOTALL):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece, 0)
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [re.sub(r"\s*([>~+])\s*", r"\1", part.strip()) for part in parts if part.strip()]


def _used(selector: str, names: Names) -> bool:
    bare = re.sub(_STRINGS, "", selector)
    while (simpler := _ARGUMENTS.sub("", bare)) != bare:
        bare = simpler
    attributes = re.findall(rf"\[\s*({_NAME})", bare)
    bare = re.sub(r"\[[^\]]*\]", "", bare)
    bare = re.sub(rf"(?<!\\)::?{_NAME}", "", bare)
    classes, ids = re.findall(rf"\.({_NAME})", bare), re.findall(rf"#({_NAME})", bare)
    tags = re.findall(r"[A-Za-z][\w-]*", re.sub(rf"[.#]{_NAME}", " ", bare))
    return (
        _all(classes, names.classes | names.words)
        and _all(ids, names.ids | names.words)
        and _all(attributes, names.attributes | names.words)
        and {tag.lower() for tag in tags} <= names.tags
    )


def _all(wanted: Iterable[str], there: frozenset[str]) -> bool:
    return {re.sub(r"\\(.)", r"\1", name) for name in wanted} <= there


def _without_unmentioned(rules: Sequence[Rule], words: frozenset[str]) -> tuple[Rule, ...]:
    text = write(rules)
    variables = frozenset(_VARIABLE.findall(text)) | {f"--{word}" for word in words}
    uses = " ".join(re.findall(r"(?:animation(?:-name)?|--[\w-]+):([^;}]*)", text))
    return tuple(_lean(rules, variables, uses))


def _lean(rules: Iterable[Rule], variables: frozenset[str], uses: str) -> Iterator[Rule]:
    for rule in rules:
        kind, _, name = rule.prelude.partition(" ")
        if kind.endswith("keyframes"):
            if name in uses:
                yield rule
        elif not isinstance(rule.body, str):
            if inside := tuple(_lean(rule.body, variables, uses)):
                yield Rule(rule.prelude, inside)
        elif body := _mentioned(rule.body, variables):
            yield Rule(rule.prelude, body)


def _mentioned(body: str, variables: frozenset[str]) -> str:
    kept = [
        one
        for one in _declarations(body)
        if not one.startswith("--") or one.partition(":")[0] in variables
    ]
    return ";".join(kept)


def _declarations(body: str) -> list[str]:
    parts = [""]
    for piece in re.findall(_STRINGS + r"|url\([^\"')]*\)|.", body, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


class _Collector(HTMLParser):
    """Gathers the names of elements, classes, ids and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.classes: set[str] = set()
        self.ids: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "class":
                self.classes.update((value or "").split())
            elif name == "id":
                self.ids.add(value or "")
