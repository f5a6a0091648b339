import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from actient import tables
from actient.locale import LANGS
from actient.paths import Paths, checkout

NAMES = [
    "claims",
    "statements",
    "outline",
    "stages",
    "pathway_items",
    "themes",
    "alignments",
    "concepts",
    "relations",
    "sources",
    "comparisons",
    "coverage_presets",
    "indicators",
    "benchmark_simulation",
]


@pytest.fixture
def copy(tmp_path: Path) -> Paths:
    shutil.copytree(checkout().data, tmp_path / "data")
    return Paths(tmp_path)


def test_every_table_is_described_in_both_languages() -> None:
    described = {resource.name: resource for resource in tables.resources()}
    assert set(NAMES) <= set(described)
    for resource in described.values():
        assert len(resource.title.all) == len(resource.description.all) == len(LANGS)
        assert all(
            (
                *resource.title.all,
                *resource.description.all,
                resource.licenses,
                resource.primary_key,
            )
        ), resource.name
        for field in resource.fields:
            assert field.type in tables.DTYPES, (resource.name, field.name)
            assert len(field.description.all) == len(LANGS)
            texts = (field.title("fr"), *field.description.all)
            assert all(texts), (resource.name, field.name)


def test_every_table_on_disk_is_described() -> None:
    data = checkout().data
    folders = ("poster", "framework", "sources", "reporting", "benchmarks")
    on_disk = {
        path.relative_to(data).as_posix() for f in folders for path in (data / f).glob("*.csv")
    }
    assert on_disk <= {resource.path for resource in tables.resources()}


def test_what_holds_the_posters_words_says_so() -> None:
    for resource in tables.resources():
        quotes = "quote" in {field.name for field in resource.fields}
        names = {terms.name for terms in resource.licenses}
        assert not quotes or {"other-closed", "CC-BY-4.0"} <= names, resource.name


def test_dtypes_follow_the_schema() -> None:
    claims = tables.read("claims")
    assert claims["claim_id"].dtype == "string"
    assert claims["value"].dtype == "float64"
    assert claims["decimals"].dtype == "Int64"
    assert tables.read("comparisons")["year"].dtype == "Int64"


def test_row_order_is_kept() -> None:
    assert list(tables.read("claims")["claim_id"]) == [f"C{i:02d}" for i in range(1, 17)]


def test_an_empty_cell_is_missing_and_the_word_na_is_not(copy: Paths) -> None:
    path = copy.data / "framework" / "themes.csv"
    path.write_text("theme,role,label_fr,label_en\nNA,use,None,\n", encoding="utf-8")
    row = tables.read("themes", copy).iloc[0]
    assert (row["theme"], row["label_fr"]) == ("NA", "None")
    assert row["label_en"] is pd.NA


def test_a_byte_order_mark_is_no_part_of_the_first_column(copy: Paths) -> None:
    path = copy.data / "framework" / "stages.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    pd.testing.assert_frame_equal(tables.read("stages", copy), tables.read("stages"))


def test_each_call_returns_its_own_frame() -> None:
    frame = tables.read("stages")
    frame.loc[0, "label_fr"] = "changed"
    assert tables.read("stages").loc[0, "label_fr"] != "changed"


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(tables.UnknownTableError, match=r"'claimz'.*claims, statements, outline"):
        tables.read("claimz")


def test_a_changed_header_names_the_columns(copy: Paths) -> None:
    path = copy.data / "framework" / "stages.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("label_fr", "label_de", 1), "utf-8")
    with pytest.raises(
        tables.TableMismatchError,
        match=r"stages\.csv.*missing columns: label_fr.*not described: label_de",
    ):
        tables.read("stages", copy)


def test_allowed_values_units_and_requirement_reach_the_dictionary() -> None:
    described = {resource.name: resource for resource in tables.resources()}
    fields = {field.name: field for field in described["statements"].fields}
    assert fields["direction"].allowed == ("above", "below")
    assert fields["threshold"].unit == "proportion"
    assert fields["threshold"].required
    assert not fields["note_fr"].required


def test_a_single_primary_key_may_be_written_without_a_list(copy: Paths) -> None:
    path = copy.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["primaryKey"] = ["claim_id"]
    path.write_text(json.dumps(package), encoding="utf-8")
    as_list, as_word = tables.resources(copy)[0], tables.resources()[0]
    assert as_list.primary_key == as_word.primary_key == ("claim_id",)


def test_a_table_that_a_caller_changed_is_whole_for_the_next() -> None:
    frame = tables.read("claims")
    frame.loc[0, "label_fr"] = "autre"
    frame["label_en"] = "other"
    again = tables.read("claims")
    assert "autre" not in set(again["label_fr"])
    assert set(again["label_en"]) != {"other"}


def test_columns_of_the_same_words_are_one_field_and_a_code_keeps_its_name() -> None:
    first, *_ = tables.records("claims")
    raw = tables.read("claims").iloc[0]
    assert first["label"].all == (raw["label_fr"], raw["label_en"])
    assert first["population"] == raw["population"]
    assert first["population_text"]("en") == raw["population_en"]
    assert not {name for name in first if name.endswith(("_fr", "_en"))}


def test_words_without_a_column_in_a_language_are_said_in_french() -> None:
    assert tables.Worded((("fr", "un"),))("en") == "un"
