"""The path from sources to figures: what it says is what tables and executed chapters say."""

import dataclasses
import json

import pytest
from bs4 import BeautifulSoup

from actient import claims, tables
from actient.book.pages import provenance, uses
from actient.book.pages.page import Place
from actient.book.provenance import citation
from actient.book.provenance import pictures as draw
from actient.book.provenance import rows as provenance_rows
from actient.book.provenance.graph import POSTER, Edge, as_json, graph
from actient.charts import theme
from actient.crate import committed
from actient.locale import LANGS
from actient.paths import checkout
from actient.runs import making

PATHS = checkout()


@pytest.fixture(scope="module")
def found():
    return graph(PATHS, PATHS.root)


@pytest.fixture(scope="module")
def indexes(found):
    return {
        lang: BeautifulSoup(uses.index(Place(PATHS, lang, "../"), found), "html.parser")
        for lang in LANGS
    }


@pytest.fixture(scope="module", params=LANGS)
def shown(request, found, indexes):
    lang = request.param
    return provenance.specification(PATHS, found, lang), indexes[lang]


def back(found, start):
    """Everything a node comes from."""
    seen, ahead = set(), [start]
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead += [
                one.origin
                for one in found.edges
                if one.made == key and one.relation not in ("hadMember", "refersTo")
            ]
    return seen


def test_from_a_figure_to_its_sources(found):
    origins = back(found, "figure:context-access-use")
    assert {"notebook:01_context", "row:claims:C01", POSTER, "source:insee_ip1452"} <= origins
    assert "row:comparisons:insee-ip1452-home-access-2007" in origins
    assert "row:claims:C11" not in origins


def test_a_statement_rests_on_the_posters_figure(found):
    assert Edge("row:statements:T11", "wasDerivedFrom", "row:claims:C11") in found.edges
    assert {"row:claims:C11", POSTER} <= back(found, "record:07_selection::T11_tipping_ratio")


def test_a_neighbouring_public_figure_is_no_origin_of_the_posters(found):
    row = "row:comparisons:insee-ip1452-home-access-2007"
    assert Edge(row, "refersTo", "row:claims:C02") in found.edges
    assert Edge(row, "wasDerivedFrom", "row:claims:C02") not in found.edges


def test_a_public_number_in_a_sentence_leads_to_its_row_and_back(found):
    row = "row:comparisons:insee-ip1452-home-access-2007"
    record = "record:01_context::insee_home_access_2007"
    assert Edge(record, "wasDerivedFrom", row) in found.edges
    assert "source:insee_ip1452" in back(found, record)
    assert "analysis/01_context" in found.quoting("comparisons", row.rpartition(":")[2])
    assert "analysis/01_context" in found.quoting("comparisons")
    assert found.quoting("comparisons", "no-such-row") == ()


def test_every_public_number_that_is_recorded_has_its_row(found):
    recorded = json.loads(PATHS.reference_results.read_text(encoding="utf-8"))
    linked = {edge.made for edge in found.edges if edge.origin.startswith("row:comparisons:")}
    for notebook, stated in recorded.items():
        for key, one in stated.items():
            if one["origin"] == "public source":
                assert f"record:{notebook}::{key}" in linked


def test_from_a_figure_of_the_poster_to_every_figure_that_shows_it(found):
    names = {one.name for one in found.drawing("claims", "C11")}
    assert {"selection-ratio", "coverage-ladder", "results-wilson"} <= names
    assert "context-access-use" not in names
    assert "book/summary" in found.quoting("claims", "C11")


def test_figures_rows_and_parameters_are_those_of_the_panels(found):
    for chapter in found.chapters:
        notebook = json.loads(PATHS.notebook(chapter.name).read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        assert chapter.parameters == making.Run.of(notebook).values
        specs = [
            output["data"][theme.MIME]
            for cell in notebook["cells"]
            for output in cell.get("outputs", [])
            if theme.MIME in output.get("data", {})
        ]
        assert [one.name for one in chapter.figures] == [
            theme.Figure.from_spec(spec).name for spec in specs
        ]


def test_the_tables_that_figures_draw_are_among_those_the_crate_saw_read(found):
    _, reads = committed.stated((PATHS.root / committed.FILE).read_text(encoding="utf-8"))
    for chapter in found.chapters:
        drawn = {rows.table.path for one in chapter.figures for rows in one.rows}
        # The claim that a statement rests on is named whether the chapter read it or not.
        assert drawn - {"poster/claims.csv"} <= set(reads[chapter.name])


def test_a_table_rests_on_the_poster_on_public_sources_or_on_other_tables():
    rests = provenance_rows.read(PATHS).rests_on
    assert rests["claims"] == (POSTER,)
    assert rests["comparisons"] == ("table:sources",)
    assert rests["statements"] == ("table:claims",)
    assert set(rests["coverage_presets"]) == {"table:claims", "table:comparisons"}


def test_a_dead_identifier_names_no_row(found):
    known = provenance_rows.read(PATHS).names
    for node in found.nodes:
        kind, _, name = node.key.partition(":")
        if kind == "row":
            table, _, row = name.partition(":")
            assert row in known[table]
    assert len({node.key for node in found.nodes}) == len(found.nodes)


def test_the_written_graph_is_whole_and_the_same_every_time(found):
    content = json.loads(as_json(found))
    names = {node["id"] for node in content["nodes"]}
    assert all({edge["from"], edge["to"]} <= names for edge in content["edges"])
    (chapter,) = (one for one in content["nodes"] if one["id"] == "notebook:07_selection")
    assert chapter["parameters"]["largest_ratio"] == 4.0
    assert chapter["href"] == "analysis/07_selection.html"
    assert as_json(found) == as_json(dataclasses.replace(found))


def test_the_picture_has_words_a_table_and_a_box_for_everything(found, shown):
    spec, _ = shown
    figure = theme.Figure.from_spec(spec)
    texts = {row["text"] for rows in spec["datasets"].values() for row in rows if "text" in row}
    assert {f"{one.number[0]}.{one.number[1]}" for one in found.figures} <= texts
    assert str(len(found.figures)) in spec["description"]
    assert len(figure.table.rows) > len(found.figures)
    assert all(start and end for start, end in figure.table.rows)


def test_boxes_do_not_overlap_and_stay_in_the_picture(shown):
    spec, _ = shown
    boxes = next(rows for rows in spec["datasets"].values() if "colour" in rows[0])
    for one in boxes:
        assert 0 <= one["left"] < one["right"] <= spec["width"]
        assert 0 <= one["top"] < one["bottom"] <= spec["height"]
        for other in boxes:
            apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            assert one is other or one["left"] != other["left"] or apart


def test_lines_go_from_left_to_right(shown):
    spec, _ = shown
    lines = spec["datasets"]["provenance-graph-1"]
    assert lines
    assert all(one["left"] < one["right"] for one in lines)


def test_every_figure_statement_and_table_has_its_promised_anchor(found, shown):
    _, page = shown
    anchors = {one["id"] for one in page.select("tr[id]")}
    drawn = {one.name for one in tables.resources(PATHS) if found.drawing(one.name)}
    numbers = {*claims.load_claims(PATHS), *claims.load_statements(PATHS)}
    assert anchors == {f"use-{one}" for one in numbers} | {f"use-table-{one}" for one in drawn}


def test_each_figure_is_linked_from_what_it_draws(found, shown):
    _, page = shown
    links = {row["id"]: {one["href"] for one in row.select("a")} for row in page.select("tr[id]")}
    for figure in found.figures:
        for rows in figure.rows:
            if rows.table.name in ("claims", "statements"):
                for name in rows.identifiers:
                    assert f"../{figure.place}" in links[f"use-{name}"]
            assert f"../{figure.place}" in links[f"use-table-{rows.table.name}"]


def test_links_inside_the_page_lead_to_its_own_anchors(shown):
    _, page = shown
    cards = set(claims.load_claims(PATHS))  # written by {claims-table}, above
    rows = {one["id"] for one in page.select("tr[id]")}
    inside = {one["href"][1:] for one in page.select('a[href^="#"]')}
    assert inside <= cards | rows


def test_words_are_the_editions_own(indexes):
    french, english = (indexes[lang].get_text() for lang in LANGS)
    assert "Where each table is used" in str(indexes["en"])
    assert "Chiffre de l’affiche" in french
    assert "Chiffre de l’affiche" not in english
    assert citation.page_title(PATHS, "book/summary") in french


def test_a_line_that_would_go_back_is_seen():
    boxes = [draw.Box("a", "A", 1), draw.Box("b", "B", 0)]
    words = draw.Words(("", "", "", "", ""), "caption", "description")
    table = theme.pd.DataFrame([("A", "B")], columns=["from", "to"])
    chart = draw.path(boxes, [("a", "b")], words=words, table=table, lang="fr")
    spec = theme.portable_spec(chart.to_dict())
    line = spec["datasets"]["provenance-graph-1"][0]
    assert line["left"] > line["right"]
