"""The tidy table of a sweep: one row per scenario and record, in the grid's order.

The same bytes whatever the order in which scenarios finished, how many workers ran them, or how
often the sweep was interrupted: no time of day, no duration, no machine.

| column | holds |
|---|---|
| scenario | identifier: hash of the chapter and of every checked parameter |
| one per parameter | its value, the default where the grid gives none; a list is written as JSON |
| notebook | the chapter |
| record, value, unit, origin, assumption | one recorded result; all empty if the scenario failed |
| status | done or failed |
| error | why it failed, in one line |
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from actient import parameters
from actient.files import harmless, write, write_bytes
from actient.sweep.grid import Scenario
from actient.sweep.outcome import Outcome
from actient.sweep.patterns import is_asked_for

BEFORE: Final = ("scenario",)
AFTER: Final = (
    *("notebook", "record", "value", "unit", "origin", "assumption"),
    *("status", "error"),
)
SUFFIXES: Final = (".csv", ".parquet")

Row = dict[str, Any]


def rows(
    scenarios: Sequence[Scenario], outcomes: Mapping[str, Outcome], keep: Sequence[str] = ()
) -> list[Row]:
    """Lay outcomes out, one row per scenario and record; a failed scenario has one row.

    Parameters
    ----------
    outcomes
        By scenario identifier; one for each scenario.
    keep
        Patterns (`T11_*`) of the records to keep; none: every record.
    """
    return [
        row
        for scenario in scenarios
        for row in _rows(scenario, outcomes[scenario.identifier], keep)
    ]


def columns(notebook: str) -> list[str]:
    """List the columns of a sweep of `notebook`, in order."""
    return [*BEFORE, *parameters.model_of(notebook).model_fields, *AFTER]


def write_table(out: Path, notebook: str, content: Sequence[Row]) -> None:
    """Write the table, as CSV or Parquet by the extension of `out`, whole or not at all."""
    if out.suffix.lower() == ".parquet":
        write_bytes(out, _parquet(notebook, content))
    else:
        write(out, _csv(notebook, content))


def _rows(scenario: Scenario, outcome: Outcome, keep: Sequence[str]) -> Iterator[Row]:
    head = {
        "scenario": scenario.identifier,
        "notebook": scenario.notebook,
        "status": outcome.status,
        **{name: _plain(value) for name, value in scenario.parameters.items()},
    }
    if outcome.status == "failed":
        yield {**head, "error": outcome.error.splitlines()[0]}
    for key, record in outcome.records.items():
        if is_asked_for(key, keep):
            yield {**head, "record": key, **record}


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


def _csv(notebook: str, content: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = columns(notebook)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in content)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else value  # a negative number is a number


def _parquet(notebook: str, content: Sequence[Row]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    kinds: dict[Any, Any] = {
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
    }
    fields = parameters.model_of(notebook).model_fields

    def kind(name: str) -> Any:
        if name == "value":
            return pyarrow.float64()
        return kinds.get(fields[name].annotation if name in fields else str, pyarrow.string())

    schema = pyarrow.schema([(name, kind(name)) for name in columns(notebook)])
    stream = io.BytesIO()
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist([dict(row) for row in content], schema=schema), stream
    )
    return stream.getvalue()
