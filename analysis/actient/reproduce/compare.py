"""Put what was made beside the committed references: structures in, counts and differences out.

Nothing here reads a file, so that each comparison can be tested on planted changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from packaging.utils import canonicalize_name

from actient.locale import Lang
from actient.reproduce.certificate import Check, Count, Difference
from actient.runs import recorded as results
from actient.runs import specifications
from actient.runs.checksums import Content
from actient.runs.outputs import Outputs
from actient.runs.specifications import Checksums, Specification

Stored = Mapping[str, Outputs]  # notebook -> what it shows
Specifications = Mapping[str, Mapping[str, Specification]]  # notebook -> figure -> specification

LISTED: Final = 5  # differences of one part of a figure that are written out; others are counted
NOT_LOCKED: Final = frozenset({"actient", "pip"})  # ourselves, and what installs: Python's own pip


@dataclass(frozen=True)
class Compared:
    """What one comparison found."""

    count: Count
    differences: tuple[Difference, ...]


def records(expected: results.Results, found: Mapping[Lang, results.Results]) -> Compared:
    """Compare every record of each edition with the reference, within the tolerance of its unit."""
    return _of_each_edition("records", expected, found)


def editions(source: results.Results, others: Mapping[Lang, results.Results]) -> Compared:
    """Compare what each other edition records with what the French one does."""
    return _of_each_edition("editions", source, others)


def charts(expected: Specifications, found: Specifications, lang: Lang = "fr") -> Compared:
    """Compare whole specifications, to the last character of each value."""
    differences: list[Difference] = []
    compared = 0
    for notebook, figure in _pairs(expected, found):
        compared += 1
        wanted, got = expected.get(notebook, {}).get(figure), found.get(notebook, {}).get(figure)
        where = f"{lang}/{notebook}"
        if wanted is None or got is None:
            differences.append(_whole_figure(where, figure, wanted, got))
            continue
        differences += _in_figure(where, figure, wanted, got)
    matched = compared - len({(one.where, one.name.split()[0]) for one in differences})
    return Compared(Count("charts", compared, matched), tuple(differences))


def chart_checksums(expected: Checksums, found: Checksums, lang: Lang) -> Compared:
    """Compare specifications whose reference is a checksum of each part."""
    differences: list[Difference] = []
    compared = 0
    for notebook, figure in _pairs(expected, found):
        compared += 1
        wanted = expected.get(notebook, {}).get(figure)
        got = found.get(notebook, {}).get(figure)
        where = f"{lang}/{notebook}"
        if wanted is None or got is None:
            differences.append(_whole_figure(where, figure, wanted, got))
            continue
        differences += [
            Difference(
                *("charts", where, f"{figure} {part}", wanted.get(part), got.get(part)),
                checksum_only=True,
            )
            for part in sorted(wanted.keys() | got.keys())
            if wanted.get(part) != got.get(part)
        ]
    matched = compared - len({(one.where, one.name.split()[0]) for one in differences})
    return Compared(Count("charts", compared, matched), tuple(differences))


def outputs(expected: Stored, found: Stored, lang: Lang = "fr") -> Compared:
    """Compare what notebooks show besides charts: texts to the letter, results within tolerance."""
    texts, made = ({name: one.texts for name, one in side.items()} for side in (expected, found))
    pairs = list(_pairs(texts, made))
    differences = [
        Difference("outputs", f"{lang}/{notebook}", place, wanted, got)
        for notebook, place in pairs
        if (wanted := texts.get(notebook, {}).get(place))
        != (got := made.get(notebook, {}).get(place))
    ]
    stated, recorded = (
        {name: one.records for name, one in side.items()} for side in (expected, found)
    )
    return together(
        [
            _compared("outputs", len(pairs), differences),
            _of_each_edition("outputs", stated, {lang: recorded}),
        ]
    )


def data(stated: Mapping[str, Content | None], present: Mapping[str, Content]) -> Compared:
    """Compare each data file with the size and checksum that the data package states."""
    differences = [
        Difference("data", path, "", _said(wanted), _said(got), checksum_only=True)
        for path in sorted(stated.keys() | present.keys())
        if (wanted := stated.get(path)) != (got := present.get(path)) or wanted is None
    ]
    return _compared("data", len(stated.keys() | present.keys()), differences)


def pages(expected: Collection[str], found: Mapping[Lang, Collection[str]]) -> Compared:
    """Check that each page of the table of contents was built in every edition."""
    differences = [
        Difference("pages", f"{lang}/{page}.html", "", page, None)
        for lang in sorted(found)
        for page in sorted(expected)
        if page not in found[lang]
    ]
    return _compared("pages", len(expected) * len(found), differences)


def versions(locked: Mapping[str, str], installed: Mapping[str, str]) -> Compared:
    """Compare each installed package with the lock; names compare as the registry does."""
    wanted = {canonicalize_name(name): version for name, version in locked.items()}
    got = {
        canonicalize_name(name): version
        for name, version in installed.items()
        if canonicalize_name(name) not in NOT_LOCKED or canonicalize_name(name) in wanted
    }
    names = sorted(wanted.keys() | got.keys())
    differences = [
        Difference("versions", name, "", wanted.get(name), got.get(name))
        for name in names
        if wanted.get(name) != got.get(name)
    ]
    return _compared("versions", len(names), differences)


def together(parts: Sequence[Compared]) -> Compared:
    """Add up comparisons of one check, such as the charts of two editions."""
    (check,) = {part.count.check for part in parts}
    return Compared(
        Count(
            check,
            sum(part.count.compared for part in parts),
            sum(part.count.matched for part in parts),
        ),
        tuple(one for part in parts for one in part.differences),
    )


def unlike(expected: Any, found: Any, path: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """Walk two JSON values, and yield each place where they differ: path, expected, found.

    What is missing on one side is None there; JSON's own null reads "null".
    """
    match expected, found:
        case Mapping(), Mapping():
            for key in sorted(expected.keys() | found.keys()):
                yield from _unlike_at(expected, found, key, key in expected, key in found, path)
        case list(), list():
            for place in range(max(len(expected), len(found))):
                held = place < len(expected), place < len(found)
                yield from _unlike_at(expected, found, place, *held, path)
        case _:
            # 1 and True are equal for Python, not for JSON; 1 and 1.0 are the same number
            if expected != found or isinstance(expected, bool) != isinstance(found, bool):
                yield path, _present(expected), _present(found)


def _of_each_edition(
    check: Check, expected: results.Results, found: Mapping[Lang, results.Results]
) -> Compared:
    differences = [
        _record(check, f"{lang}/{one.notebook}", one)
        for lang in sorted(found)
        for one in results.compare(expected, found[lang])
    ]
    compared = sum(len(list(_pairs(expected, made))) for made in found.values())
    return _compared(check, compared, differences)


def _compared(check: Check, compared: int, differences: Sequence[Difference]) -> Compared:
    matched = compared - len({(one.where, one.name) for one in differences})
    return Compared(Count(check, compared, matched), tuple(differences))


def _record(check: Check, where: str, one: results.Difference) -> Difference:
    absolute, relative = one.gap or (None, None)
    stated = next((side for side in (one.found, one.expected) if isinstance(side, Mapping)), {})
    allowed = results.tolerance_of(stated.get("unit"))
    return Difference(
        check,
        where,
        one.key,
        one.expected,
        one.found,
        absolute=absolute,
        relative=relative,
        tolerance=f"{allowed.absolute:g} / {allowed.relative:g}" if allowed else None,
    )


def _in_figure(
    where: str, figure: str, wanted: Specification, got: Specification
) -> Iterator[Difference]:
    # Part by part, so that a change of a title is not lost among those of a thousand marks.
    before, after = specifications.parts(wanted), specifications.parts(got)
    for part in sorted(before.keys() | after.keys()):
        places = (
            unlike(before[part], after[part], part)
            if part in before and part in after
            else iter([(part, before.get(part), after.get(part))])
        )
        listed = [
            _value("charts", where, f"{figure} {path}", one, other)
            for path, one, other in islice(places, LISTED)
        ]
        yield from _with_rest(listed, sum(1 for _ in places))


def _whole_figure(where: str, figure: str, wanted: Any, got: Any) -> Difference:
    return Difference("charts", where, figure, wanted and figure, got and figure)


def _value(check: Check, where: str, name: str, wanted: Any, got: Any) -> Difference:
    numbers = [value for value in (wanted, got) if isinstance(value, int | float)]
    if len(numbers) < 2 or isinstance(wanted, bool) or isinstance(got, bool):
        return Difference(check, where, name, _short(wanted), _short(got))
    gap = abs(got - wanted)
    relative = gap / abs(wanted) if wanted else None
    return Difference(check, where, name, wanted, got, absolute=gap, relative=relative)


def _short(value: Any) -> Any:
    """Say what kind of thing stands where a whole branch is new or gone."""
    match value:
        case Mapping():
            return f"{{{', '.join(sorted(value)[:6])}}}"
        case list():
            return f"[{len(value)}]"
    return value


def _with_rest(listed: Sequence[Difference], rest: int) -> list[Difference]:
    if not rest:
        return list(listed)
    return [*listed[:-1], replace(listed[-1], further=rest)]


def _pairs(
    one: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield each notebook with each of the names that either side has in it."""
    for notebook in sorted(one.keys() | other.keys()):
        for name in sorted(one.get(notebook, {}).keys() | other.get(notebook, {}).keys()):
            yield notebook, name


def _unlike_at(
    expected: Any, found: Any, key: str | int, in_expected: bool, in_found: bool, path: str
) -> Iterator[tuple[str, Any, Any]]:
    place = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"
    if in_expected and in_found:
        yield from unlike(expected[key], found[key], place)
    elif in_expected:
        yield place, _present(expected[key]), None
    else:
        yield place, None, _present(found[key])


def _present(value: Any) -> Any:
    return "null" if value is None else value


def _said(content: Content | None) -> str | None:
    return None if content is None else str(content)
