"""What a parameter is, in words: for help, for the book's page, and for error messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from annotated_types import BaseMetadata
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from actient.locale import Lang
from actient.parameters.models import Parameters
from actient.words import translator


@dataclass(frozen=True)
class ParameterHelp:
    """One parameter, described for people and for machines."""

    name: str
    type: str
    unit: str
    allowed: str
    default: Any
    french: str
    source: str

    def meaning(self, lang: Lang) -> str:
        """Say what it means, in `lang`."""
        return translator(lang)(self.french)


def describe(model: type[Parameters]) -> tuple[ParameterHelp, ...]:
    """Describe every parameter of a model, in the order of its notebook's cell."""
    return tuple(_help(name, field) for name, field in model.model_fields.items())


def expected(field: FieldInfo) -> str:
    """Say what a parameter may be: "number, > 0.5, < 1", "one of fr, en"."""
    kind, allowed = _type_words(field.annotation), _allowed(field)
    return f"one of {allowed}" if kind == "choice" else ", ".join(filter(None, [kind, allowed]))


def _help(name: str, field: FieldInfo) -> ParameterHelp:
    extra = field.json_schema_extra
    assert isinstance(extra, dict)  # noqa: S101 — `_parameter` is the only way to declare one
    default = None if field.default is PydanticUndefined else field.default
    return ParameterHelp(
        name=name,
        type=_type_words(field.annotation),
        unit=str(extra["unit"]),
        allowed=_allowed(field),
        default=default,
        french=field.description or "",
        source=str(extra["source"]),
    )


def _type_words(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is list:
        return f"list of {_type_words(get_args(annotation)[0])}"
    if get_origin(annotation) is Annotated:
        return _type_words(get_args(annotation)[0])
    return {int: "integer", float: "number", str: "text"}.get(annotation, str(annotation))


def _allowed(field: FieldInfo) -> str:
    annotation = field.annotation
    if get_origin(annotation) is Literal:
        return ", ".join(map(str, get_args(annotation)))
    parts = list(_bounds(field.metadata))
    if get_origin(annotation) is list:
        parts.append(_length(field.metadata))
        item = get_args(annotation)[0]
        inner = [
            bound
            for constraint in get_args(item)[1:]
            for bound in _bounds(getattr(constraint, "metadata", []))
        ]
        parts += [f"each {bound}" for bound in inner]
    return ", ".join(parts)


_SYMBOLS: Final = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def _bounds(metadata: list[Any]) -> Iterator[str]:
    for constraint in metadata:
        if not isinstance(constraint, BaseMetadata):
            continue
        for attribute, symbol in _SYMBOLS.items():
            if hasattr(constraint, attribute):
                yield f"{symbol} {getattr(constraint, attribute)}"


def _length(metadata: list[Any]) -> str:
    least = max((c.min_length for c in metadata if hasattr(c, "min_length")), default=0)
    most = max((c.max_length for c in metadata if hasattr(c, "max_length")), default=None)
    return f"{least} values" if least == most else f"{least} to {most} values"
