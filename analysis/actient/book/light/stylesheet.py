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
from itertools import accumulate, groupby, pairwise, takewhile
from typing import Final

import tinycss2
from tinycss2.ast import Node

_VERBATIM: Final = re.compile(
    r"""url\([^)]*\) | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'""", re.DOTALL | re.VERBOSE | re.I
)
_KEYFRAMES: Final = ("@keyframes", "@-webkit-keyframes")
_GROUPS: Final = ("@media", "@supports", "@layer", "@container", *_KEYFRAMES)
_LIGHT: Final = re.compile(r"\[data-theme=[\"']?light[\"']?\]")
_DARK: Final = re.compile(r"\[data-theme=[\"']?dark[\"']?\]")
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)")


class StylesheetError(ValueError):
    """A stylesheet that could not be read."""

    @classmethod
    def unbalanced(cls, before: Iterable[Node]) -> StylesheetError:
        """Say where the braces stop matching."""
        return cls(f"A stylesheet has braces that do not match, near {_text(before)[-80:]!r}.")


@dataclass(frozen=True)
class Rule:
    """A list of selectors or an at-rule, with its declarations or the rules it groups."""

    prelude: str
    declarations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Names:
    """What pages and their scripts name.

    Attributes
    ----------
    markup : frozenset of str
        Names of elements, and of classes, ids and attributes after ``.``, ``#`` and ``[``.
    words : frozenset of str
        Words of the scripts, any of which may become a class, an id or an attribute.
    """

    markup: frozenset[str]
    words: frozenset[str]

    @classmethod
    def from_texts(cls, pages: Iterable[str], scripts: Iterable[str] = ()) -> Names:
        """Collect the names of `pages` (HTML) and the words of `scripts` (JavaScript)."""
        collector = _Collector()
        for page in pages:
            collector.feed(page)
            collector.reset()
        words = {word for script in scripts for word in re.findall(r"[A-Za-z_][\w-]*", script)}
        return cls(frozenset(collector.names), frozenset(words))

    def hold(self, name: str) -> bool:
        """Tell whether a page may come to have what `name`, written as in `markup`, stands for."""
        return name in self.markup or (name[0] in ".#[" and name[1:] in self.words)


def purge(sheet: str, names: Names) -> str:
    """Keep what `names` can use: rules, then the variables and animations they mention.

    Raises
    ------
    StylesheetError
        If the braces of `sheet` do not match.
    """
    rules = tuple(_keep(_read(sheet), names))
    while True:
        text = _write(rules)
        variables = {*_VARIABLE.findall(text), *(f"--{word}" for word in names.words)}
        uses = " ".join(re.findall(r"(?:animation(?:-name)?|--[\w-]+):([^;}]*)", text))
        lean = tuple(_mentioned(rules, variables, uses))
        if lean == rules:
            return text
        rules = lean


def without_scripts(sheet: str) -> str:
    """Let a page whose scripts never run follow the reader's light or dark setting.

    The theme writes `data-theme="auto"` and leaves it to a script to make that `light` or `dark`:
    rules for `light` also hold for `auto`, and rules for `dark` where the reader prefers it.
    """
    rules: list[Rule] = []
    for rule in _read(sheet):
        rules.append(_also_auto(rule))
        if dark := tuple(_dark_only(rule)):
            rules.append(Rule("@media (prefers-color-scheme:dark)", rules=dark))
    return _write(rules)


def _read(sheet: str) -> tuple[Rule, ...]:
    # As a browser does, the library closes what is left open: so a brace too many must be told.
    tokens = _tokens(sheet + "}")
    balanced = list(takewhile(lambda one: one.type != "error", tokens))
    if len(balanced) != len(tokens) - 1:
        raise StylesheetError.unbalanced(balanced)
    return tuple(_rules(balanced))


def _tokens(text: str) -> list[Node]:
    """Read tokens but comments; strings and addresses are to be written back as they stand."""
    tokens: list[Node] = tinycss2.parse_component_value_list(text, skip_comments=True)
    lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    ahead = list(tokens)
    while ahead:
        one = ahead.pop()
        if one.type in ("string", "url") and (
            found := _VERBATIM.match(text, lines[one.source_line - 1] + one.source_column - 1)
        ):
            one.representation = found[0]
        ahead += getattr(one, "content", ()) or getattr(one, "arguments", ())
    return tokens


def _text(tokens: Iterable[Node]) -> str:
    return " ".join(tinycss2.serialize(tokens).split())


def _split(tokens: Iterable[Node], mark: str) -> list[list[Node]]:
    return [list(part) for at, part in groupby(tokens, lambda one: one == mark) if not at]


def _rules(tokens: Sequence[Node]) -> Iterator[Rule]:
    prelude: list[Node] = []
    for one in tokens:
        if one.type == "{} block":
            head = _text(prelude)
            if head.startswith(_GROUPS):
                yield Rule(head, rules=tuple(_rules(one.content)))
            else:
                yield Rule(head, tuple(_declarations(one.content)))
        # What ends without a block goes: the file is UTF-8, and imports are inlined.
        prelude = [] if one.type == "{} block" or one == ";" else [*prelude, one]
    if _text(prelude):
        raise StylesheetError.unbalanced(tokens)


def _declarations(tokens: Sequence[Node]) -> Iterator[str]:
    flat = list(takewhile(lambda one: one.type != "{} block", tokens))
    if len(flat) != len(tokens):
        raise StylesheetError.unbalanced(flat)
    for part in _split(tokens, ";"):
        name, colon, value = _text(part).partition(":")
        if colon:
            yield f"{name.strip()}:{value.strip()}"


def _write(rules: Iterable[Rule]) -> str:
    return "".join(
        f"{rule.prelude}{{{';'.join(rule.declarations)}{_write(rule.rules)}}}" for rule in rules
    )


def _also_auto(rule: Rule) -> Rule:
    prelude = _LIGHT.sub(":is([data-theme=light],[data-theme=auto])", rule.prelude)
    return Rule(prelude, rule.declarations, tuple(map(_also_auto, rule.rules)))


def _dark_only(rule: Rule) -> Iterator[Rule]:
    if inside := tuple(one for nested in rule.rules for one in _dark_only(nested)):
        yield Rule(rule.prelude, rules=inside)
    selectors = map(_selector, _split(_tokens(rule.prelude), ","))
    if dark := ",".join(filter(_DARK.search, selectors)):
        yield Rule(_DARK.sub("[data-theme=auto]", dark), rule.declarations)


def _keep(rules: Iterable[Rule], names: Names) -> Iterator[Rule]:
    for rule in rules:
        if rule.prelude.startswith("@font-face"):  # the book is set in the reader's own fonts
            continue
        if rule.rules and not rule.prelude.startswith(_KEYFRAMES):
            yield Rule(rule.prelude, rules=tuple(_keep(rule.rules, names)))
        elif rule.prelude.startswith("@"):
            yield rule
        else:
            selectors = _split(_tokens(rule.prelude), ",")
            used = [_selector(one) for one in selectors if all(map(names.hold, _named(one)))]
            if used:
                yield Rule(",".join(used), rule.declarations)


def _selector(tokens: Iterable[Node]) -> str:
    return re.sub(r"\s*([>~+])\s*", r"\1", _text(tokens))


def _named(selector: Iterable[Node]) -> Iterator[str]:
    for before, one in pairwise((None, *selector)):
        if one.type == "hash":
            yield f"#{one.value}"
        elif one.type == "[] block":
            yield f"[{next((it.value for it in one.content if it.type == 'ident'), '')}"
        elif one.type == "ident" and before == ".":
            yield f".{one.value}"
        elif one.type == "ident" and before != ":":
            yield one.lower_value


def _mentioned(rules: Iterable[Rule], variables: set[str], uses: str) -> Iterator[Rule]:
    for rule in rules:
        if rule.prelude.startswith(_KEYFRAMES):
            if rule.prelude.partition(" ")[2] in uses:
                yield rule
            continue
        kept = (
            one
            for one in rule.declarations
            if not one.startswith("--") or one.partition(":")[0] in variables
        )
        lean = Rule(rule.prelude, tuple(kept), tuple(_mentioned(rule.rules, variables, uses)))
        if lean.declarations or lean.rules:
            yield lean


class _Collector(HTMLParser):
    """Gathers names as `Names.markup` writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.names.add(f"[{name}")
            if name == "class":
                self.names.update(f".{one}" for one in (value or "").split())
            elif name == "id":
                self.names.add(f"#{value or ''}")
