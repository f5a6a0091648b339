"""Chapter 13, against closed forms, the chapter that it swept, and the files that it names."""

from __future__ import annotations

import math
import re

import pytest

from actient import tables
from actient.chapters.sensitivity import numbers as chapter
from actient.chapters.sensitivity import pictures as draw
from actient.charts.theme import Figure
from actient.claims import load_claims, load_statements
from actient.locale import number, percent
from actient.parameters import check
from actient.paths import checkout
from actient.sweep import grid

PATHS = checkout()
TABLE = tables.read(chapter.TABLE)
FOUND = chapter.load_surface(0.05)
RECORDS = {record.key: record for record in chapter.records(FOUND)}
STATEMENTS = load_statements()


def test_the_grid_the_table_and_chapter_ten_agree() -> None:
    scenarios = grid.read(PATHS.data / "sweeps" / "combined.yml", "10_combined")
    assert list(dict.fromkeys(TABLE["scenario"])) == [one.identifier for one in scenarios]
    defaults = check("10_combined", {}).model_dump()
    assert list(chapter.OWN_RATIO) == defaults["selection_ratio"]
    assert list(chapter.OWN_SPECIFICITY) == defaults["specificity"]
    varied = {"selection_ratio", "specificity", "draws"}
    for one in scenarios:
        assert all(one.parameters[name] == defaults[name] for name in defaults.keys() - varied)


def test_the_count_is_the_one_the_chapter_recorded() -> None:
    counted = TABLE[TABLE["record"] == "surviving_count"]["value"].astype(int).tolist()
    ratios = [0.8, 0.6666666667, 0.5, 0.4, 0.3333333333, 0.25]
    assert len(counted) == len(ratios) * 6
    cells = FOUND.cells.sort_values(["ratio", "specificity"], ascending=[True, False])
    assert cells["count"].tolist() == counted


def test_a_lower_limit_never_leaves_more() -> None:
    strict, lax = chapter.load_surface(0.02), chapter.load_surface(0.10)
    assert (strict.cells["count"] <= FOUND.cells["count"]).all()
    assert (lax.cells["count"] >= FOUND.cells["count"]).all()
    assert strict.cells["count"].sum() < lax.cells["count"].sum()


@pytest.mark.parametrize("key", ["T15", "T16"])
def test_where_selection_alone_acts_the_swept_part_has_a_closed_form(key: str) -> None:
    p = load_claims()[STATEMENTS[key].claim_id].proportion
    tipping = abs(math.log(p / (1 - p)))  # of the odds, at a threshold of one half
    of = FOUND.statements[FOUND.statements["statement_id"] == key]
    assert len(of) == 36
    for row in of.to_dict("records"):
        spread = math.log(row["ratio"]) / 1.959964
        beyond = 0.5 * math.erfc(tipping / spread / math.sqrt(2))
        assert row["fails"] == pytest.approx(beyond, abs=0.011)  # 20 000 draws: three deviations


def test_embellished_answers_comfort_one_statement_and_shake_the_other() -> None:
    by = {
        key: of.pivot(index="specificity", columns="ratio", values="fails")
        for key, of in FOUND.statements.groupby("statement_id")
    }
    assert (by["T11"].diff().dropna() >= 0).all(axis=None)
    assert (by["T10"].diff().dropna() <= 0).all(axis=None)
    assert (by["T14"].diff().dropna() <= 0).all(axis=None)


def test_what_the_prose_says_in_words_is_so() -> None:
    values = {key: record.value for key, record in RECORDS.items()}
    assert values["own_count"] > values["more_specific_count"]
    assert values["own_count"] > values["less_specific_count"]
    assert values["as_many_count"] < values["scenario_count"] / 2
    assert chapter.always(FOUND) == ["T09", "T13", "T16"]
    assert chapter.always(FOUND, suited=True) == ["T16"]
    undecided = FOUND.statements[FOUND.statements["undecided"]]["statement_id"]
    assert undecided.is_unique
    falls = FOUND.cells.pivot(index="specificity", columns="ratio", values="count")
    assert (falls.diff(axis="columns").iloc[:, 1:] <= 0).all(axis=None)


def test_every_conclusion_names_what_it_rests_on() -> None:
    for key, record in RECORDS.items():
        assert record.origin == "computed"
        if key not in ("scenario_count", "statement_count", "draws"):
            assert record.assumption, key


def test_a_failed_scenario_is_not_passed_over() -> None:
    failed = TABLE.copy()
    failed.loc[3, "status"] = "failed"
    with pytest.raises(ValueError, match="failed"):
        chapter.surface(failed, 0.05)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pictures_alternatives_and_tables_show_every_cell(lang) -> None:
    counts = draw.counts(FOUND, 0.05, lang).to_dict()
    figure = Figure.from_spec(counts)
    assert [row[2] for row in figure.table.rows] == [
        str(count)
        for count in FOUND.cells.sort_values(["specificity", "ratio"], ascending=[False, True])[
            "count"
        ]
    ]
    assert [row[:2] for row in figure.table.rows if row[3]] == [
        (percent(0.85, 0, lang), number(2, 2, lang))
    ]
    assert len(re.findall(r"[3-7](?:, [3-7]){5}", counts["description"])) == 6
    shown = draw.statements(FOUND, STATEMENTS, 0.05, lang).to_dict()
    assert len(Figure.from_spec(shown).table.rows) == 3 * 36
    for spec in (counts, shown):
        figure = Figure.from_spec(spec)
        assert figure.assumption
        assert figure.origins == ("computed",)
        assert "5" in figure.caption


def test_a_part_that_no_draw_gives_is_said_to_be_missing() -> None:
    missing = FOUND.statements.copy()
    missing.loc[missing["statement_id"] == "T11", "fails"] = float("nan")
    surface = chapter.Surface(FOUND.cells, missing, FOUND.draws)
    table = Figure.from_spec(draw.statements(surface, STATEMENTS, 0.05, "en").to_dict()).table
    assert "impossible as assumed" in {row[3] for row in table.rows}


def test_the_page_shows_the_command_of_the_makefile() -> None:
    notebook = PATHS.notebook("13_sensitivity").read_text(encoding="utf-8")
    recipe = (PATHS.root / "Makefile").read_text(encoding="utf-8")
    arguments = recipe.partition("actient sweep 10_combined")[2].partition("\n\n")[0]
    page = notebook.partition("actient sweep 10_combined")[2].partition("```")[0]
    words = re.sub(r'[\\",]|\bn\b|\\n', " ", page).split()
    assert words == arguments.replace("\\", " ").split()


def test_the_table_is_small_enough_to_be_read() -> None:
    assert (PATHS.data / "sweeps" / "combined.csv").stat().st_size < 250_000
