"""Chapter 02: every concept and relation has its place, and nothing lies over anything."""

from itertools import combinations

import pandas as pd
import pytest

from actient import framework
from actient.chapters.framework import numbers as chapter
from actient.chapters.framework import pictures as draw
from actient.charts.letters import width

CLUSTERS = ["all", "patient", "care_relation", "networks", "setting"]


@pytest.fixture(scope="module")
def concepts() -> pd.DataFrame:
    return framework.concepts()


@pytest.fixture(scope="module")
def relations() -> pd.DataFrame:
    return framework.relations()


def test_no_box_lies_over_another(concepts: pd.DataFrame) -> None:
    boxes = chapter.placed(concepts)
    assert len(boxes) == len(concepts)
    spots = [(one["column"], one["row"]) for one in boxes.to_dict("records")]
    for (x1, y1), (x2, y2) in combinations(spots, 2):
        apart = abs(x1 - x2) > 2 * chapter.HALF_WIDTH or abs(y1 - y2) > 2 * chapter.HALF_HEIGHT
        assert apart, ((x1, y1), (x2, y2))


def test_every_relation_runs_between_its_boxes(relations: pd.DataFrame) -> None:
    routes = chapter.routed(relations)
    assert set(routes) == set(relations["relation_id"])
    for one in relations.to_dict("records"):
        points = routes[one["relation_id"]].points
        ends = ((one["source_id"], points[0]), (one["target_id"], points[-1]))
        for concept, point in ends:
            centre = chapter.PLACES[concept]
            dx, dy = abs(point.column - centre.column), abs(point.row - centre.row)
            assert dx <= chapter.HALF_WIDTH + 1e-9, one["relation_id"]
            assert dy <= chapter.HALF_HEIGHT + 1e-9, one["relation_id"]
            on_side = dx == pytest.approx(chapter.HALF_WIDTH)
            assert on_side or dy == pytest.approx(chapter.HALF_HEIGHT), one["relation_id"]


def test_no_number_lies_over_a_box_or_another_number(relations: pd.DataFrame) -> None:
    labels = [route.label for route in chapter.routed(relations).values()]
    for label in labels:
        for centre in chapter.PLACES.values():
            inside = (
                abs(label.column - centre.column) < chapter.HALF_WIDTH
                and abs(label.row - centre.row) < chapter.HALF_HEIGHT
            )
            assert not inside, label
    for one, two in combinations(labels, 2):
        assert abs(one.column - two.column) > 0.1 or abs(one.row - two.row) > 0.2, (one, two)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_label_fits_its_box(lang: str, concepts: pd.DataFrame) -> None:
    for label in concepts[f"label_{lang}"]:
        lines = draw._lines(label, 0, 0, draw._BOX_ROOM)
        assert all(width(str(line["text"])) <= draw._BOX_ROOM for line in lines), label
        assert len(lines) * draw._LINE <= 2 * chapter.HALF_HEIGHT * draw._PITCH_Y, label


@pytest.mark.parametrize("cluster", CLUSTERS[1:])
def test_a_part_is_one_cluster_and_its_neighbours(
    cluster: str, concepts: pd.DataFrame, relations: pd.DataFrame
) -> None:
    near, kept = chapter.part(concepts, relations, cluster)
    core = set(near.loc[near["core"], "concept_id"])
    assert core == set(concepts.loc[concepts["cluster"] == cluster, "concept_id"])
    ends = zip(kept["source_id"], kept["target_id"], strict=True)
    assert all(source in core or target in core for source, target in ends)
    assert set(kept["source_id"]) | set(kept["target_id"]) <= set(near["concept_id"])
    assert len(kept) < len(relations)


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_every_part_can_be_drawn(
    cluster: str, concepts: pd.DataFrame, relations: pd.DataFrame
) -> None:
    near, kept = chapter.part(concepts, relations, cluster)
    spec = draw.network(near, kept, "fr").to_dict()
    assert len(spec["usermeta"]["actient"]["table"]["rows"]) == len(kept)


def test_history_is_the_posters(concepts: pd.DataFrame, relations: pd.DataFrame) -> None:
    moves = chapter.history(concepts, relations)
    pairs = set(zip(moves["source_id"], moves["target_id"], strict=True))
    assert pairs == {("K01", "K02"), ("K05", "K09"), ("K06", "K07")}
    assert moves["quote"].notna().all()


def test_a_concept_without_place_is_named(concepts: pd.DataFrame) -> None:
    unknown = concepts.head(1).assign(concept_id="K99")
    with pytest.raises(chapter.LayoutError, match="K99"):
        chapter.placed(unknown)


def test_a_relation_without_path_is_named(relations: pd.DataFrame) -> None:
    unknown = relations.head(1).assign(relation_id="L99", source_id="K10", target_id="K16")
    with pytest.raises(chapter.LayoutError, match="L99"):
        chapter.routed(unknown)


def test_relations_are_counted_by_what_they_rest_on(
    concepts: pd.DataFrame, relations: pd.DataFrame
) -> None:
    found = {one.key: one.value for one in chapter.records(concepts, relations)}
    assert found["relations_poster"] + found["relations_reading"] == found["relations"]
    assert found["relations_poster"] == relations["quote"].notna().sum()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_table_gives_each_concept_its_anchor(lang: str, concepts: pd.DataFrame) -> None:
    html = draw.concept_table(concepts, lang)._repr_html_()
    for concept in concepts["concept_id"]:
        assert html.count(f'id="{concept}"') == 1
