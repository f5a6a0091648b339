"""Totals as a file: the same read back, and words for what is none."""

import json
from dataclasses import asdict

import pytest
from publishing import told

from actient.survey.publishing import aggregates
from actient.survey.publishing.aggregates import (
    Aggregates,
    AggregatesError,
    ChainShare,
    Pooled,
    Reported,
    Residual,
    Weighted,
    Weighting,
)

RESIDUAL = (Residual("gender", "woman", 0.52, 0.529), Residual("gender", "man", 0.48, 0.471))
FULL = told(
    ("M09", 60, 200),
    ("M10", 66, 100),
    withheld=["M16"],
    weighted={"M09": Weighted(0.35, 0.3, 0.4, 180, 1.11)},
    chains=(ChainShare("M09", "RDS-I", 0.31, 0.2, 0.4, None),),
    pooled=(Pooled(("M09", "M10"), (("patient", 0.9), ("professional", 0.1)), (), 0.35, 0.3, 0.4),),
    weightings=(Weighting("patient", ("gender",), 5.0, None, RESIDUAL, None, None),),
    reported=(Reported(13, "Mars 2031 ; « é »", "March 2031"),),
)


def test_totals_are_read_back_as_they_were_written(tmp_path) -> None:
    path = tmp_path / "totaux.json"
    path.write_text(aggregates.as_json(FULL), encoding="utf-8")
    assert aggregates.read(path) == FULL


def test_the_file_holds_every_field_in_order() -> None:
    written = json.loads(aggregates.as_json(FULL))
    assert written == json.loads(json.dumps(asdict(FULL)))
    assert list(written) == list(Aggregates.__dataclass_fields__)


def test_what_is_withheld_leaves_no_number() -> None:
    hidden = json.loads(aggregates.as_json(FULL))["measures"][-1]
    assert hidden.pop("status") == "withheld"
    assert [v for v in hidden.values() if v is not None] == ["doctor", "disrupted", "M16"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "faults"),
        (b"consent,profile\nyes,patient\n", "A file of responses is not one"),
        (b"\xff\xfe\x00", "UnicodeDecodeError"),
        (b"[]", "faults"),
        (b'{"version": 2}', "faults"),
    ],
)
def test_a_file_that_holds_none_is_told_in_words(tmp_path, content, said) -> None:
    path = tmp_path / "not totals.json"
    path.write_bytes(content)
    with pytest.raises(AggregatesError, match=said) as error:
        aggregates.read(path)
    assert "not totals.json" in str(error.value)
    assert "patient\n" not in str(error.value)


def test_totals_of_another_version_are_told_apart(tmp_path) -> None:
    path = tmp_path / "totals.json"
    path.write_text(
        aggregates.as_json(FULL).replace('"version": 2', '"version": 1'), encoding="utf-8"
    )
    with pytest.raises(AggregatesError, match="version 1, expected 2"):
        aggregates.read(path)


def test_a_folder_and_a_file_that_is_not_there_are_told_in_words(tmp_path) -> None:
    with pytest.raises(AggregatesError, match="actient tabulate FILE"):
        aggregates.read(tmp_path / "nowhere.json")
    with pytest.raises(AggregatesError, match="IsADirectoryError"):
        aggregates.read(tmp_path)
