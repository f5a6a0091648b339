"""Tables in a page: columns where there is room, cards on a phone, one table to be listened to."""

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from actient.charts.table import Folded, Group, ReadableTable, Row, bare, cards, scrolling

COLUMNS = ("Quoi", "Sens", "Source")
GROUPS = (
    Group("Premier", (Row(("a", "un", "S1"), "A1"), Row(("b", "deux", ""))), "G1"),
    Group("", (Row(("c", "trois", "S3")),)),
)
LAYOUTS = pytest.mark.parametrize("write", [cards, scrolling])


def read(html) -> BeautifulSoup:
    return BeautifulSoup(str(html), "html.parser")


@LAYOUTS
def test_a_table_says_its_columns_its_groups_and_its_rows(write):
    table = read(write(COLUMNS, GROUPS, "Les sens"))
    assert [one.get_text() for one in table.select("thead th[scope=col]")] == list(COLUMNS)
    bodies = [[row.get_text("|") for row in body.select("tr")] for body in table.select("tbody")]
    assert bodies == [["Premier", "a|un|S1", "b|deux"], ["c|trois|S3"]]
    assert [one["id"] for one in table.select("tr[id]")] == ["G1", "A1"]
    assert table.select_one("th[scope=rowgroup]")["colspan"] == "3"


@LAYOUTS
def test_the_region_that_may_scroll_has_a_name_and_the_focus(write):
    region = read(write(COLUMNS, GROUPS, "Les <sens>")).select_one("[role=region]")
    assert (region["aria-label"], region["tabindex"]) == ("Les <sens>", "0")


@LAYOUTS
def test_an_empty_table_is_a_table(write):
    table = read(write(("a",), bare(()), "Un tableau"))
    assert table.th.get_text() == "a"
    assert table.select("td") == []


@LAYOUTS
def test_text_in_a_cell_is_text_and_markup_is_markup(write):
    table = read(write(("x", "y"), bare([("<b>1</b>", Markup("<i>2</i>"))]), "t"))
    assert "<b>1</b>" in table.tbody.get_text()
    assert table.tbody.i.get_text() == "2"


def test_a_card_keeps_the_roles_of_a_table_and_names_its_cells():
    table = read(cards(COLUMNS, GROUPS, "Les sens"))
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for tag, role in roles.items():
        assert {one.get("role") for one in table.select(tag)} == {role}
    assert {one["role"] for one in table.select("tbody th")} == {"rowheader"}
    assert [one["data-label"] for one in table.select("tr#A1 td")] == ["Sens", "Source"]


def test_columns_of_numbers_end_on_the_same_line_and_no_other_column_does():
    columns = ("Étape", "Part", "Écart", "Rapport", "Effectif", "Code", "Vide")
    rows = [
        ("a", "42\u00a0%", "\u22121,5", "3.5 ×", "1\u202f090", "C11", ""),
        ("b", "7 %", "+2", "4.1 ×", "—", "3", ""),
    ]
    table = read(scrolling(columns, bare(rows), "t"))
    for row in table.select("tr"):
        aligned = ["actient-number" in cell.get("class", ()) for cell in row.select("th, td")]
        assert aligned == [False, True, True, True, True, False, False]


@LAYOUTS
@pytest.mark.parametrize("row", [("1",), ("1", "2", "3")])
def test_a_row_that_does_not_fit_its_columns_is_refused(write, row):
    with pytest.raises(ValueError, match="zip"):
        write(("a", "b"), bare([row]), "t")


def test_a_readable_table_is_cards_or_numbers_and_lines_in_a_terminal():
    words = ReadableTable("Les sens", COLUMNS, GROUPS)
    assert "actient-cards" in words._repr_html_()
    assert "actient-cards" not in ReadableTable("n", COLUMNS, GROUPS, numbers=True)._repr_html_()
    lines = ["Les sens", "Premier", "  a | un | S1", "  b | deux", "  c | trois | S3"]
    assert repr(words).splitlines() == lines
    folded = Folded("Tout voir", words)
    assert read(folded._repr_html_()).details.summary.get_text() == "Tout voir"
    assert repr(folded) == repr(words)
