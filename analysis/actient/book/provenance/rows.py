"""How the rows of `data/` refer to each other, as the data package describes them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from actient import tables
from actient.paths import Paths

POSTER: Final = "source:poster"

_POSTER_TERMS: Final = "other-closed"  # the terms of the tables that quote the poster


@dataclass(frozen=True)
class DataRows:
    """Every table whose rows have one identifier each.

    Attributes
    ----------
    names
        By table, its rows.
    refers
        By (table, row), the rows of other tables that it names, as (table, row).
    rests_on
        By table, what its rows come from: the poster (`source:poster`) where it quotes it, else
        public sources (`table:sources`) where its rows name them, else the tables it was laid out
        from by us.
    """

    names: Mapping[str, tuple[str, ...]]
    refers: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    rests_on: Mapping[str, tuple[str, ...]]


def read(paths: Paths) -> DataRows:
    """Read the tables once."""
    package = json.loads((paths.data / "datapackage.json").read_text(encoding="utf-8-sig"))
    keys = {
        one["name"]: tuple(_keys(one["schema"], one["name"]))
        for one in package["resources"]
        if "schema" in one
    }
    known = tables.resources(paths)
    lines = {
        table.name: {
            str(line[table.primary_key[0]]): line
            for line in tables.read(table.name, paths).to_dict("records")
        }
        for table in known
        if len(table.primary_key) == 1  # else no single identifier to name a row by
    }
    names = {table: tuple(found) for table, found in lines.items()}
    refers = {
        (table, name): tuple(_named(line, keys[table], names))
        for table, found in lines.items()
        for name, line in found.items()
    }
    return DataRows(names, refers, {one.name: _rests_on(one, keys[one.name]) for one in known})


def _named(
    line: Mapping[Hashable, Any],
    keys: Iterable[tuple[str, str]],
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[str, str]]:
    for field, other in keys:
        for name in [] if pd.isna(line[field]) else str(line[field]).split(";"):
            if name in names[other]:
                yield other, name


def _keys(schema: Mapping[str, Any], table: str) -> Iterator[tuple[str, str]]:
    """List the columns of a table that name rows of another: (column, other table)."""
    for key in schema.get("foreignKeys", []):
        fields = key["fields"]
        other = key["reference"]["resource"] or table
        yield (fields if isinstance(fields, str) else fields[0]), other
    if any(field["name"] == "input_ids" for field in schema["fields"]):
        yield from (("input_ids", "claims"), ("input_ids", "comparisons"))  # rows of either


def _rests_on(table: tables.Resource, keys: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    if any(terms.name == _POSTER_TERMS for terms in table.licenses):
        return (POSTER,)
    others = dict.fromkeys(other for _, other in keys if other != table.name)
    if "sources" in others:
        return ("table:sources",)
    return tuple(f"table:{other}" for other in others)
