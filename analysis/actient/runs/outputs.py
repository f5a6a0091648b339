"""What the outputs stored in a notebook show besides its charts, which are compared apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actient.charts import theme
from actient.records import RECORD_MIME


@dataclass(frozen=True)
class Outputs:
    """The outputs of one notebook, whoever wrote them: a kernel, or a hand.

    Attributes
    ----------
    texts
        What is read, by its place: "cell 7 · output 2 · text/plain".
    records
        What was recorded for machines, by key, unchecked.
    """

    texts: Mapping[str, Any]
    records: Mapping[str, Any]

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Outputs:
        """Collect them, in order."""
        return cls(dict(_texts(notebook)), dict(_records(notebook)))


def _texts(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for place, output in _outputs(notebook):
        for kind, content in _contents(output):
            yield f"{place} · {kind}", content


def _records(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for place, output in _outputs(notebook):
        if stated := output.get("data", {}).get(RECORD_MIME):
            record = dict(stated)
            yield str(record.pop("key", place)), record


def _outputs(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for at, cell in enumerate(notebook["cells"], start=1):
        for number, output in enumerate(cell.get("outputs", []), start=1):
            yield f"cell {at} · output {number}", output


def _contents(output: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "data" in output:
        for mime, content in output["data"].items():
            if mime not in (theme.MIME, RECORD_MIME):
                yield mime, content
    elif "text" in output:
        yield output["name"], output["text"]
    else:
        yield "error", f"{output.get('ename')}: {output.get('evalue')}"
