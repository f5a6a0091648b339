"""Records: what may be stated, and that it comes back as stated."""

import math

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient import records
from actient.records import (
    GLUE_PREFIX,
    RECORD_MIME,
    Record,
    Recorder,
    RecordError,
    checked,
    collect,
)


@pytest.fixture
def shown(monkeypatch):
    """What a notebook's cell would have received as outputs."""
    outputs = []
    monkeypatch.setattr(
        records,
        "display",
        lambda data, raw, metadata: outputs.append(
            nbformat.v4.new_output("display_data", data=data, metadata=metadata)
        ),
    )
    return outputs


def notebook_of(outputs):
    cells = [nbformat.v4.new_code_cell(outputs=[output]) for output in outputs]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.validate(notebook)
    return notebook


def test_the_glue_prefix_is_the_one_mystnb_looks_for():
    from myst_nb.ext.glue import GLUE_PREFIX as THEIRS

    assert GLUE_PREFIX == THEIRS


def test_mystnb_finds_the_formatted_text(shown):
    from myst_nb.core.variables import format_plain_text
    from myst_nb.ext.glue import extract_glue_data_cell

    Recorder("fr")("C15", 0.556, unit="proportion", origin="printed")
    ((key, output),) = extract_glue_data_cell(notebook_of(shown).cells[0])
    assert key == "C15"
    assert format_plain_text(output["data"]["text/plain"], "s") == "55,6\N{NO-BREAK SPACE}%"


def test_a_record_comes_back_as_it_was_stated(shown):
    record = Recorder("en")
    record("a", 1 / 3, unit="ratio", origin="computed", assumption="simple random sample")
    record("b", 171, unit="persons", origin="computed")
    found = collect(notebook_of(shown))
    assert found["a"] == Record("a", 0.3333333333, "ratio", "computed", "simple random sample")
    assert found["b"].as_json() == {
        "value": 171,
        "unit": "persons",
        "origin": "computed",
        "assumption": None,
    }


def test_values_beyond_what_processors_agree_on_are_rounded_away():
    a = checked("a", 0.1 + 0.2, unit="ratio", origin="computed")
    b = checked("a", 0.3, unit="ratio", origin="computed")
    assert a == b


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_rounding_keeps_ten_digits(value):
    stated = checked("a", value, unit="ratio", origin="computed").value
    assert math.isclose(stated, value, rel_tol=1e-9, abs_tol=1e-300)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"key": "2bad"}, "letters, digits"),
        ({"key": "a b"}, "letters, digits"),
        ({"value": float("nan")}, "finite"),
        ({"value": float("inf")}, "finite"),
        ({"value": "beaucoup"}, "not a number"),
        ({"value": None}, "not a number"),
        ({"unit": "furlongs"}, "unknown unit"),
        ({"origin": "guessed"}, "unknown origin"),
    ],
)
def test_what_cannot_be_recorded_says_why(arguments, message):
    good = {"key": "a", "value": 0.5, "unit": "proportion", "origin": "computed"}
    with pytest.raises(RecordError, match=message):
        checked(**{**good, **arguments})


def test_a_key_stated_twice_is_an_error(shown):
    record = Recorder("fr")
    record("a", 1, unit="count", origin="computed")
    record("a", 2, unit="count", origin="computed")
    with pytest.raises(RecordError, match="twice"):
        collect(notebook_of(shown))


def test_outputs_that_are_not_records_are_left_alone():
    other = nbformat.v4.new_output("display_data", data={"text/plain": "hello"})
    assert collect(notebook_of([other])) == {}
    assert RECORD_MIME.endswith("+json")  # nbformat keeps objects only under such types
