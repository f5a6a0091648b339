"""Chapter 03: nothing of the poster's table is lost, doubt is visible, stages have anchors."""

from typing import Any

import pandas as pd
import pytest

from actient import framework
from actient.chapters.pathway import numbers as chapter
from actient.chapters.pathway import pictures as draw
from actient.charts.table import Group, ReadableTable, Row
from actient.claims import Claim, load_claims


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return load_claims()


@pytest.fixture(scope="module")
def stages() -> pd.DataFrame:
    return framework.stages()


@pytest.fixture(params=framework.ALIGNMENTS)
def alignment(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def layout(alignment: str) -> pd.DataFrame:
    return framework.pathway(alignment)


def test_counts_are_the_posters_in_every_alignment(
    alignment: str, layout: pd.DataFrame, claims: dict[str, Claim]
) -> None:
    found = {one.key: one.value for one in chapter.records(claims, layout, alignment)}
    counts = {key: found[key] for key in ("stages", "uses", "risks", "elements")}
    assert counts == {"stages": 10, "uses": 16, "risks": 14, "elements": 16 + 14 + 7}
    assert found["C08"] == 600_000
    assert found["C13"] == pytest.approx(0.155)


def test_by_meaning_leaves_two_stages_empty_and_by_order_none() -> None:
    assert chapter.empty_cells(framework.pathway("by_order")).empty
    empty = chapter.empty_cells(framework.pathway("by_meaning"))
    assert set(empty["stage_id"]) == {"S01", "S05"}
    extracted = chapter.empty_cells(framework.pathway("extracted"))
    assert set(extracted["stage_id"]) == {"S10"}


def test_the_lost_access_code_comes_back_most(layout: pd.DataFrame) -> None:
    found = chapter.recurring(layout)
    blocks = found.drop_duplicates("theme").set_index("theme")["blocks"]
    assert blocks.to_dict() == {
        "access_code_lost": 3,
        "difficult_formalities": 2,
        "online_booking": 2,
        "sms_reminder": 2,
    }
    assert blocks.index[0] == "access_code_lost"
    assert not found.duplicated(["theme", "stage_id"]).any()


def test_recurring_stages_follow_the_alignment() -> None:
    def where(alignment: str) -> set[str]:
        found = chapter.recurring(framework.pathway(alignment))
        return set(found.loc[found["theme"] == "access_code_lost", "stage_id"])

    assert where("by_order") == {"S03", "S05", "S09"}
    assert where("by_meaning") == {"S03", "S06", "S09"}
    assert where("extracted") == {"S03", "S05", "S08"}


def test_what_moves_between_alignments_is_doubtful(layout: pd.DataFrame) -> None:
    moving = set(layout["element_id"]) - set(chapter.steady_elements())
    assert moving
    doubtful = set(layout.loc[layout["doubt"] == chapter.DOUBTFUL, "element_id"])
    assert moving <= doubtful


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_matrix_shows_every_element_and_every_doubt(
    lang: Any, alignment: str, layout: pd.DataFrame, stages: pd.DataFrame, claims: dict[str, Claim]
) -> None:
    spec = draw.matrix(layout, stages, claims, alignment, lang).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    boxes = [row for row in rows if "doubtful" in row]
    assert len(boxes) == len(layout)
    assert sum(row["doubtful"] for row in boxes) == (layout["doubt"] == chapter.DOUBTFUL).sum()
    assert all(bool(row["note"]) == row["doubtful"] for row in boxes)
    assert len(spec["usermeta"]["actient"]["table"]["rows"]) == len(layout)


def test_boxes_do_not_lie_over_one_another(
    alignment: str, layout: pd.DataFrame, stages: pd.DataFrame, claims: dict[str, Claim]
) -> None:
    spec = draw.matrix(layout, stages, claims, alignment, "fr").to_dict()
    boxes = [r for data in spec["datasets"].values() for r in data if "doubtful" in r]
    for place, one in enumerate(boxes):
        for two in boxes[place + 1 :]:
            beside = one["x2"] <= two["x"] or two["x2"] <= one["x"]
            assert beside or one["y2"] <= two["y"] or two["y2"] <= one["y"], (one, two)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_stage_use_and_risk_is_an_anchor(
    lang: Any, layout: pd.DataFrame, stages: pd.DataFrame, claims: dict[str, Claim]
) -> None:
    html = draw.reading_table(layout, stages, claims, lang)._repr_html_()
    items = layout.loc[layout["role"] != "figure", "element_id"]
    for anchor in [*stages["stage_id"], *items]:
        assert html.count(f'id="{anchor}"') == 1, anchor
    for label in stages[f"label_{lang}"]:
        assert label.replace("'", "&#39;") in html


def test_a_readable_table_escapes_what_it_shows() -> None:
    table = ReadableTable(
        "a",
        ("b",),
        (
            Group(
                "<i>",
                (
                    Row(
                        ("1 < 2",),
                    ),
                ),
            ),
        ),
    )
    html = table._repr_html_()
    assert "&lt;i&gt;" in html
    assert "1 &lt; 2" in html
    assert repr(table).splitlines() == ["a", "<i>", "  1 < 2"]
