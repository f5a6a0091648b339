"""YAML for parameters: safe, with numbers as YAML 1.2 and everyone else write them."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

_INT: Final = "tag:yaml.org,2002:int"
_FLOAT: Final = "tag:yaml.org,2002:float"


class Loader(yaml.SafeLoader):
    """PyYAML reads YAML 1.1: 1e-3 is text, 010 is eight, 1:30 ninety, a second `name:` wins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping whose names are all different."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        problem=f"{key.value!r} is given twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag not in (_INT, _FLOAT)]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _form in (
    (_INT, r"[-+]?[0-9]+"),
    (_FLOAT, r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
    (_FLOAT, r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
):
    Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_form})$"), list("-+.0123456789"))
Loader.add_constructor(_INT, lambda loader, node: int(str(node.value)))


def load(text: str) -> Any:
    """Read one YAML document.

    Raises
    ------
    ValueError
        If it is none: what is wrong and where, in one line.
    """
    try:
        return yaml.load(text, Loader)  # noqa: S506 — a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(said(error)) from None


def said(error: yaml.YAMLError | ValueError | RecursionError) -> str:
    """Say in one line what is wrong with a document, and where."""
    match error:
        case yaml.MarkedYAMLError():
            mark = error.problem_mark or error.context_mark
            where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
            return f"{error.problem or error.context}{where}"
        case RecursionError():
            return "too many brackets inside each other"
        case yaml.YAMLError():
            return str(error).splitlines()[0]
    return str(error).split(";")[0]  # a number of thousands of digits, a 13th month
