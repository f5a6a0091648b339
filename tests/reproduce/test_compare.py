"""The comparer: every planted change is caught and named, and what is the same is not."""

import copy
import json

import pytest
from certifying import PATHS, charts, notebook, stored

from actient.bias import selection as formulas
from actient.chapters.selection import numbers as chapter
from actient.claims import load_claims, load_statements
from actient.locale import UNITS
from actient.records import RECORD_MIME
from actient.reproduce import compare, examine
from actient.runs import checksums, recorded, specifications
from actient.runs.checksums import Content

REFERENCE = recorded.reference(PATHS)


@pytest.fixture
def made():
    return copy.deepcopy(REFERENCE)


def test_what_is_the_same_matches():
    found = compare.records(REFERENCE, {"fr": REFERENCE, "en": REFERENCE})
    total = sum(len(stated) for stated in REFERENCE.values())
    assert (found.count.compared, found.count.matched) == (2 * total, 2 * total)
    assert found.differences == ()
    specs = charts()
    assert compare.charts(specs, specs).differences == ()
    assert compare.charts(specs, specs).count.compared > 20


def test_a_claims_figure_planted_in_its_table_is_named_with_its_file_and_its_record(made):
    path = "data/poster/claims.csv"
    text = (PATHS.root / path).read_bytes()
    assert text.count(b",42,") == 1
    present = {**checksums.present(PATHS), path: Content.of(text.replace(b",42,", b",43,"))}
    (of_file,) = compare.data(checksums.stated(PATHS), present).differences
    assert (of_file.check, of_file.where) == ("data", path)
    assert of_file.expected != of_file.found
    assert of_file.checksum_only
    made["07_selection"]["C11"]["value"] = 0.43  # what the chapter then records
    (of_record,) = compare.records(REFERENCE, {"fr": made}).differences
    assert (of_record.where, of_record.name) == ("fr/07_selection", "C11")
    assert of_record.absolute == pytest.approx(0.01)
    assert of_record.relative == pytest.approx(0.01 / 0.42)
    assert "0.43" in str(of_record)


def test_a_formula_planted_in_bias_is_named_by_every_record_that_rests_on_it(made, monkeypatch):
    true = formulas.tipping_ratio
    monkeypatch.setattr(chapter, "tipping_ratio", lambda *shares: true(*shares) * (1 + 1e-6))
    for record in chapter.records(load_claims(), load_statements(), bias=0.1):
        made["07_selection"][record.key] = record.as_json()
    found = compare.records(REFERENCE, {"en": made})
    assert {one.where for one in found.differences} == {"en/07_selection"}
    named = {one.name for one in found.differences}
    ratios = {key for key in REFERENCE["07_selection"] if "_tipping_ratio" in key}
    assert named == {key for key in ratios if key in made["07_selection"]} - {
        key for key in ratios if made["07_selection"][key] == REFERENCE["07_selection"][key]
    }
    assert "T11_tipping_ratio" in named
    assert all(one.relative == pytest.approx(1e-6, rel=0.01) for one in found.differences)
    assert found.count.matched == found.count.compared - len(named)


def test_what_a_hand_changed_in_a_committed_notebook_is_named_with_its_cell_and_its_record():
    edited = notebook("07_selection")
    ((at, output),) = [
        (at, output)
        for at, cell in enumerate(edited["cells"], start=1)
        for output in cell.get("outputs", [])
        if output["data"].get(RECORD_MIME, {}).get("key") == "C11"
    ]
    output["data"][RECORD_MIME]["value"] = 0.43
    output["data"]["text/plain"] = "C11 = 43"
    (cell,) = [cell for cell in edited["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "by the way"}]
    found = compare.outputs(stored(**{"07_selection": edited}), stored())
    assert {one.where for one in found.differences} == {"fr/07_selection"}
    named = {one.name: one for one in found.differences}
    (text,) = [name for name in named if name.startswith(f"cell {at} · output")]
    assert text.endswith("text/plain")
    assert named[text].expected == "C11 = 43"
    assert named["C11"].absolute == pytest.approx(0.01)
    (said,) = [one for name, one in named.items() if name.endswith("stdout")]
    assert (said.expected, said.found) == ("by the way", None)
    assert found.count.compared - found.count.matched == len(named) == 3


def test_the_last_digit_of_a_record_in_a_notebook_may_move_as_in_the_reference():
    made = notebook("07_selection")
    for cell in made["cells"]:
        for output in cell.get("outputs", []):
            record = output["data"].get(RECORD_MIME, {})
            if record.get("key") == "T11_tipping_ratio":
                record["value"] *= 1 + 1e-10
    assert compare.outputs(stored(), stored(**{"07_selection": made})).differences == ()


@pytest.mark.parametrize(
    "planted",
    [
        *({"unit": "foo"}, {"value": None}, {"value": "0.42"}, {"value": True}, {"value": []}),
        *({"value": float("nan")}, {"note": "added"}, 3, "C11", None),
    ],
    ids=str,
)
def test_a_reference_that_a_hand_spoiled_is_named_and_stops_nothing(made, planted):
    spoiled = copy.deepcopy(REFERENCE)
    record = spoiled["07_selection"]["C11"]
    spoiled["07_selection"]["C11"] = {**record, **planted} if isinstance(planted, dict) else planted
    found = compare.records(spoiled, {"fr": made})
    assert [(one.where, one.name) for one in found.differences] == [("fr/07_selection", "C11")]
    assert str(found.differences[0])


def test_a_record_without_one_of_its_parts_is_named(made):
    spoiled = copy.deepcopy(REFERENCE)
    del spoiled["07_selection"]["C11"]["unit"]
    (one,) = compare.records(spoiled, {"fr": made}).differences
    assert one.name == "C11"


def test_one_data_cell_a_missing_file_and_one_nobody_described_are_named():
    present = checksums.present(PATHS)
    changed = {**present, "data/sources/comparisons.csv": Content(1, "0" * 64)}
    del changed["data/poster/outline.csv"]
    changed["data/poster/new.csv"] = Content(2, "1" * 64)
    found = compare.data(checksums.stated(PATHS), changed)
    assert [(one.where, one.expected is None, one.found is None) for one in found.differences] == [
        ("data/poster/new.csv", True, False),
        ("data/poster/outline.csv", False, True),
        ("data/sources/comparisons.csv", False, False),
    ]
    assert found.count.compared - found.count.matched == 3


def test_a_file_without_a_stated_checksum_is_not_taken_as_matched():
    found = compare.data({"data/a.csv": None}, {"data/a.csv": Content(1, "0")})
    assert found.count.matched == 0


def test_a_package_version_is_named_missing_and_unlocked_ones_too():
    locked = {"NumPy": "2.4.6", "jupyter_core": "5.9", "scipy": "1.17"}
    installed = {"numpy": "2.4.5", "jupyter-core": "5.9", "other": "1", "actient": "0", "pip": "24"}
    found = compare.versions(locked, installed)
    assert [(one.where, one.expected, one.found) for one in found.differences] == [
        ("numpy", "2.4.6", "2.4.5"),
        ("other", None, "1"),
        ("scipy", "1.17", None),
    ]
    assert (found.count.compared, found.count.matched) == (4, 1)


def test_a_charts_title_is_named_with_its_notebook_figure_and_json_path():
    made = charts()
    figure = made["04_results"]["results-wilson"]
    figure["usermeta"]["actient"]["caption"] += " bis"
    (one,) = compare.charts(charts(), made).differences
    assert one.where == "fr/04_results"
    assert one.name == "results-wilson $.usermeta.actient.caption"
    assert one.found == one.expected + " bis"


def test_a_moved_mark_says_by_how_much_and_a_long_list_is_counted():
    made = charts()
    name, rows = next(iter(made["06_coverage"]["coverage-bounds"]["datasets"].items()))
    column = next(key for key, value in rows[0].items() if isinstance(value, float))
    for row in rows:
        row[column] += 0.001
    made["06_coverage"]["coverage-bounds"]["description"] += " Bis."
    found = compare.charts(charts(), made)
    *marks, described = found.differences
    assert len(marks) == compare.LISTED
    assert marks[-1].further == len(rows) - compare.LISTED
    assert described.name == "coverage-bounds $.description"  # not lost among the marks
    assert found.count.compared - found.count.matched == 1
    first = found.differences[0]
    assert first.name == f"coverage-bounds $.datasets.{name}[0].{column}"
    assert first.absolute == pytest.approx(0.001)


def test_english_charts_are_named_by_part_and_the_reference_said_to_be_a_checksum():
    reference = json.loads(PATHS.reference_charts.read_text(encoding="utf-8"))["en"]
    made = copy.deepcopy(reference)
    made["04_results"]["results-wilson"]["$.description"] = "0" * 64
    del made["05_populations"][next(iter(made["05_populations"]))]
    changed, gone = compare.chart_checksums(reference, made, "en").differences
    assert changed.where == "en/04_results"
    assert changed.name == "results-wilson $.description"
    assert changed.checksum_only
    assert gone.found is None


def test_the_english_reference_holds_every_figure_of_the_book():
    reference = json.loads(PATHS.reference_charts.read_text(encoding="utf-8"))["en"]
    french = charts()
    assert {name: set(figures) for name, figures in reference.items()} == {
        name: set(figures) for name, figures in french.items()
    }
    spec = french["04_results"]["results-wilson"]
    parts = specifications.checksums(spec)
    assert set(parts) == set(reference["04_results"]["results-wilson"])
    before = copy.deepcopy(spec)
    spec["usermeta"]["actient"]["caption"] += " "
    changed = {part for part, one in specifications.checksums(spec).items() if parts[part] != one}
    assert changed == {"$.usermeta.actient.caption"}
    assert specifications.checksums(before) == parts


def test_a_missing_record_and_a_new_one_are_told_apart(made):
    stated = made["04_results"]
    gone = next(iter(stated))
    stated["new"] = stated.pop(gone)
    missing, new = sorted(
        compare.records(REFERENCE, {"fr": made}).differences, key=lambda one: one.found is not None
    )
    assert (missing.name, missing.found) == (gone, None)
    assert (new.name, new.expected) == ("new", None)


def test_a_page_missing_in_english_is_named():
    pages = examine.contents(PATHS)
    found = compare.pages(
        pages, {"fr": pages, "en": [one for one in pages if "glossary" not in one]}
    )
    assert [one.where for one in found.differences] == ["en/book/glossary.html"]
    assert (found.count.compared, found.count.matched) == (2 * len(pages), 2 * len(pages) - 1)


def test_a_value_that_differs_in_one_language_is_named(made):
    made["10_combined"]["T11_fails"]["value"] += 0.01
    (one,) = compare.editions(REFERENCE, {"en": made}).differences
    assert (one.check, one.where, one.name) == ("editions", "en/10_combined", "T11_fails")


@pytest.mark.parametrize("part", ["unit", "origin", "assumption"])
def test_unit_origin_and_assumption_are_compared_to_the_letter(made, part):
    changed = {"unit": "ratio", "origin": "synthetic", "assumption": "another"}[part]
    made["01_context"]["C01"][part] = changed
    (one,) = compare.records(REFERENCE, {"fr": made}).differences
    assert one.name == "C01"
    assert one.absolute is None
    assert changed in str(one)


@pytest.mark.parametrize(
    ("expected", "found", "where"),
    [
        ({"a": None}, {}, [("$.a", "null", None)]),
        ({"a": 1}, {"a": True}, [("$.a", 1, True)]),
        ({"a": 1}, {"a": 1.0}, []),
        ([1, 2], [1], [("$[1]", 2, None)]),
        ({"a": [{"b": "x"}]}, {"a": [{"b": "y"}]}, [("$.a[0].b", "x", "y")]),
        ({"a": {}}, {"a": []}, [("$.a", {}, [])]),
    ],
)
def test_json_values_are_walked_to_where_they_differ(expected, found, where):
    assert list(compare.unlike(expected, found)) == where


def test_every_unit_has_one_tolerance_and_whole_numbers_have_none():
    assert sorted(unit for one in recorded.TOLERANCES for unit in one.units) == sorted(UNITS)
    whole = recorded.tolerance_of("count")
    assert not whole.passes(1_000_000_000, 1_000_000_001)
    for stated in REFERENCE.values():
        for key, record in stated.items():
            if record["unit"] in whole.units:
                assert isinstance(record["value"], int), key


def test_the_last_digit_that_is_kept_may_move_by_one_and_no_more():
    share = recorded.tolerance_of("proportion")
    assert share.passes(0.1000000000, 0.1000000001)
    assert share.passes(0.9999999999, 1)
    assert share.passes(0, 1e-13)
    assert not share.passes(0.1000000000, 0.1000000003)
    assert not share.passes(0, 1e-9)


def test_the_lock_is_read_for_this_system():
    locked = examine.read_lock(PATHS)
    assert len(locked) > 150
    installed = examine.installed_packages()
    assert locked["numpy"] == installed["numpy"]
