"""Tables: every fact of the compendium, read as its data package describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from actient.locale import LANGS, Lang
from actient.paths import Paths, checkout
from actient.words import SOURCE

DTYPES = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}


class UnknownTableError(LookupError):
    """No table of this name is described in the data package."""

    @classmethod
    def from_name(cls, name: str, known: list[str]) -> UnknownTableError:
        """Name what was asked for and list what there is."""
        return cls(f"No table named {name!r}. Known tables: {', '.join(known)}.")


class TableMismatchError(ValueError):
    """A table does not have the columns that the data package describes."""

    @classmethod
    def from_columns(cls, path: str, found: list[str], expected: list[str]) -> TableMismatchError:
        """Say which columns differ, and where to put it right."""
        missing = [name for name in expected if name not in found]
        unknown = [name for name in found if name not in expected]
        return cls(
            f"data/{path} does not match data/datapackage.json: "
            f"missing columns: {', '.join(missing) or 'none'}; "
            f"columns not described: {', '.join(unknown) or 'none'}; "
            f"expected, in this order: {', '.join(expected)}. "
            "Correct the table, or describe the new columns in data/datapackage.json."
        )


@dataclass(frozen=True)
class Worded:
    """Words that a table holds in several languages, a column each: `claim.label("fr")`."""

    texts: tuple[tuple[Lang, str], ...]

    def __call__(self, lang: Lang) -> str:
        """Say them in one language; in French where the table has no column for it."""
        texts = dict(self.texts)
        return texts.get(lang, texts.get(SOURCE, ""))

    @property
    def all(self) -> tuple[str, ...]:
        """The words of every language."""
        return tuple(text for _, text in self.texts)


if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True)
class License:
    """The terms under which a table may be used."""

    name: str
    title: str
    path: str | None


@dataclass(frozen=True)
class Field:
    """One column of a table, as the data package describes it.

    Attributes
    ----------
    name
        Column name.
    type
        Table Schema type: string, integer, number or boolean.
    unit
        Unit of the values, or None where a unit has no meaning.
    allowed
        The allowed values; empty if the column is not restricted to a list.
    title, description
        Its short name, in languages other than the data package's own; its meaning.
    required
        Whether every row has a value.
    """

    name: str
    type: str
    unit: str | None
    allowed: tuple[str, ...]
    title: Worded
    description: Worded
    required: bool


@dataclass(frozen=True)
class Resource:
    """One table, as the data package describes it.

    Attributes
    ----------
    name
        The name to give to `read`.
    path
        Path of the file, from the folder `data`.
    title, description
        Its short title; what a row is.
    licenses
        The terms of use; several where a table mixes the poster's words with ours.
    fields
        The columns, in order.
    primary_key
        The columns that together name a row.
    """

    name: str
    path: str
    title: Worded
    description: Worded
    licenses: tuple[License, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]


def read(name: str, paths: Paths | None = None) -> pd.DataFrame:
    """Read one table, with the types its schema gives and its rows in the order of the file.

    Parameters
    ----------
    name
        Name of the table in `data/datapackage.json`, such as ``claims``.
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        Text as ``string``, whole numbers as ``Int64``, numbers as ``float64``; an empty cell is
        missing. Each call returns a new data frame.

    Raises
    ------
    UnknownTableError
        If no table has this name.
    TableMismatchError
        If the file's header is not the one that the schema describes.
    """
    paths = paths or checkout()
    resource = _named(name, paths)
    # A chapter reads the same few tables many times: what was parsed once is copied.
    return _parsed((paths.data / resource.path).read_bytes(), resource).copy()


def rows(name: str, model: type[Row], paths: Paths | None = None) -> tuple[Row, ...]:
    """Read one table as objects, one a row, in the order of the file.

    Parameters
    ----------
    name
        Name of the table in `data/datapackage.json`.
    model
        A dataclass whose fields are named as in `records`; columns that it does not have are left
        out. A tuple is written in one cell, separated by semicolons; an empty cell is None where
        the field admits it, else an empty text.

    Raises
    ------
    UnknownTableError, TableMismatchError
        As `read`.
    """
    made = fields(model)
    return tuple(
        model(**{one.name: _held(row[one.name], str(one.type)) for one in made if one.name in row})
        for row in records(name, paths)
    )


def records(name: str, paths: Paths | None = None) -> list[dict[str, Any]]:
    """Read one table as dictionaries, with the columns of the same words in each language as one.

    `label_fr` and `label_en` are `label`, or `label_text` where there is a column `label`, which
    holds a code; an empty cell is None.
    """
    frame = read(name, paths)
    absent_to_none = frame.astype(object).where(frame.notna(), None)
    return [
        _gathered({str(key): value for key, value in row.items()})
        for row in absent_to_none.to_dict("records")
    ]


def resources(paths: Paths | None = None) -> tuple[Resource, ...]:
    """Describe every table of the data package, in its order.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    tuple of Resource
        What the data dictionary shows.
    """
    return tuple(_described(paths or checkout()).values())


def _gathered(row: dict[str, Any]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    words: dict[str, dict[Lang, str]] = {}
    for column, value in row.items():
        name, _, end = column.rpartition("_")
        if end in LANGS:
            words.setdefault(name, {})[end] = value or ""
        else:
            held[column] = value
    for name, texts in words.items():
        spoken = tuple((lang, texts[lang]) for lang in LANGS if lang in texts)
        held[f"{name}_text" if name in row else name] = Worded(spoken)
    return held


def _held(value: Any, annotation: str) -> Any:
    if annotation.startswith("tuple"):
        return tuple(value.split(";")) if value else ()
    return "" if value is None and "None" not in annotation else value


def _named(name: str, paths: Paths) -> Resource:
    known = _described(paths)
    if name not in known:
        raise UnknownTableError.from_name(name, list(known))
    return known[name]


@lru_cache(maxsize=64)
def _parsed(content: bytes, resource: Resource) -> pd.DataFrame:
    frame = pd.read_csv(
        BytesIO(content),
        dtype={field.name: DTYPES[field.type] for field in resource.fields},
        encoding="utf-8-sig",  # a spreadsheet may have added a byte-order mark
        keep_default_na=False,  # "NA" or "None" would be text; only an empty cell is missing
        na_values=[""],
    )
    expected = [field.name for field in resource.fields]
    if list(frame.columns) != expected:
        raise TableMismatchError.from_columns(resource.path, list(frame.columns), expected)
    return frame


def _described(paths: Paths) -> Mapping[str, Resource]:
    return _resources((paths.data / "datapackage.json").read_text(encoding="utf-8-sig"))


@lru_cache(maxsize=4)
def _resources(text: str) -> Mapping[str, Resource]:
    """Tables by name; a grid of parameters is a file of the package, and no table."""
    described = json.loads(text)["resources"]
    return {one["name"]: _resource(one) for one in described if "schema" in one}


def _resource(described: dict[str, Any]) -> Resource:
    schema = described["schema"]
    key = schema.get("primaryKey", [])
    return Resource(
        name=described["name"],
        path=described["path"],
        title=_described_as("title", described),
        description=_described_as("description", described),
        licenses=tuple(
            License(terms["name"], terms["title"], terms.get("path"))
            for terms in described["licenses"]
        ),
        fields=tuple(_field(field) for field in schema["fields"]),
        primary_key=(key,) if isinstance(key, str) else tuple(key),
    )


def _field(described: dict[str, Any]) -> Field:
    constraints = described.get("constraints", {})
    return Field(
        name=described["name"],
        type=described["type"],
        unit=described.get("unit"),
        allowed=tuple(str(value) for value in constraints.get("enum", ())),
        title=_described_as("title", described),
        description=_described_as("description", described),
        required=constraints.get("required", False),
    )


def _described_as(name: str, described: Mapping[str, Any]) -> Worded:
    """Gather what a description says; the data package's own words are English."""
    keys = {lang: name if lang == "en" else f"{name}_{lang}" for lang in LANGS}
    return Worded(tuple((lang, described[key]) for lang, key in keys.items() if key in described))
