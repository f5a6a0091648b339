"""The game asks what the tables answer, and calls nothing wrong that the poster may say."""

import json
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from actient import framework, tables
from actient.book.pages import game as game_page
from actient.book.pages.page import Place
from actient.chapters.combined.numbers import RARELY
from actient.chapters.game import numbers as game
from actient.chapters.sensitivity.numbers import always, load_surface
from actient.locale import LANGS
from actient.paths import checkout

BOTH = pytest.mark.parametrize("lang", LANGS)


def read(html) -> BeautifulSoup:
    return BeautifulSoup(str(html), "html.parser")


def test_every_stage_is_asked_once_in_the_order_of_the_pathway():
    asked = [one.stage_id for one in game.risk_round("fr")]
    assert asked == list(framework.stages()["stage_id"])


def test_the_right_risk_is_printed_there_and_no_other_is_in_any_alignment():
    layouts = {one: framework.pathway(one) for one in framework.ALIGNMENTS}
    for question in game.risk_round("fr"):
        themes = [one.theme for one in question.offered]
        assert len(set(themes)) == len(themes) == game.OFFERED
        for name, layout in layouts.items():
            here = set(layout.loc[layout["stage_id"] == question.stage_id, "theme"].dropna())
            if name == game.ALIGNMENT:
                assert question.right.theme in here
            assert here & set(themes) <= {question.right.theme}, (question.stage_id, name)


def test_the_place_of_the_right_answer_gives_nothing_away():
    places = [one.offered.index(one.right) for one in game.risk_round("fr")]
    assert set(places) == set(range(game.OFFERED))
    steps = {(here - before) % game.OFFERED for before, here in pairwise(places)}
    assert len(steps) > 1


def test_both_languages_ask_the_same():
    french, english = (game.risk_round(lang) for lang in LANGS)
    for one, other in zip(french, english, strict=True):
        assert [a.theme for a in one.offered] == [b.theme for b in other.offered]
        assert one.stage != other.stage


def test_a_doubt_on_the_place_is_told_where_the_table_has_one():
    layout = framework.pathway(game.ALIGNMENT)
    risks = layout[(layout["role"] == "risk") & (layout["doubt"] != "none")]
    doubtful = {one.stage_id for one in game.risk_round("fr") if one.doubtful}
    assert doubtful == set(risks["stage_id"])
    laid_out = read(game_page.risk_round(Place(checkout(), "en")))
    told = [
        one["id"].removeprefix("g-")
        for one in laid_out.select(".actient-game-question")
        if "Its place is uncertain" in one.get_text()
    ]
    assert set(told) == doubtful


def test_each_risk_of_the_table_has_its_two_habits_and_its_stages():
    found = {one.theme: one for one in game.precautions("en")}
    themes = tables.read("themes")
    assert set(found) == set(themes.loc[themes["role"] == "risk", "theme"])
    assert found["access_code_lost"].stage_ids == ("S03", "S05", "S09")
    assert all(one.patient and one.professional for one in found.values())


def test_solidity_is_what_chapters_10_and_13_conclude():
    surface = load_surface(RARELY)
    own = surface.statements[surface.statements["own"]]
    rarely = set(own.loc[own["rarely"], "statement_id"])
    for question in game.statement_round("fr"):
        name = question.statement.statement_id
        expected = (
            "steady" if name in always(surface) else "shaken" if name in rarely else "fragile"
        )
        assert question.right == ("unsuited" if name in ("T09", "T13") else expected)
        assert question.lowest <= question.own <= question.highest
    assert {one.right for one in game.statement_round("fr")} == set(game.SOLIDITIES)


def test_solidity_agrees_with_what_chapter_10_records():
    recorded = json.loads(checkout().reference_results.read_text("utf-8"))["10_combined"]
    asked = game.statement_round("fr")
    for question in asked:
        fails = recorded[f"{question.statement.statement_id}_fails"]["value"]
        assert (question.right == "fragile") == (fails >= RARELY)
    unsuited = [one for one in asked if one.right == "unsuited"]
    assert len(unsuited) == recorded["ill_fitting_count"]["value"]
    assert sum(one.uncovered for one in asked) == recorded["uncovered_count"]["value"]


SHARES = st.floats(0, 1)


@given(SHARES, SHARES, st.floats(0.01, 0.5))
def test_solidity_never_improves_with_more_failures(own, above, limit):
    highest = max(own, above)
    rank = {name: place for place, name in enumerate(game.SOLIDITIES)}
    found = game.solidity(own, highest, limit)
    assert (found == "steady") == (highest < limit)
    assert (found == "fragile") == (own >= limit)
    assert rank[found] <= rank[game.solidity(max(own, limit), 1.0, limit)]


@BOTH
@pytest.mark.parametrize("name", ["risks", "statements"])
def test_without_its_script_a_round_is_questions_with_answers_to_unfold(lang, name):
    laid_out = rounds(lang)[name]
    questions = laid_out.select(".actient-game-question")
    assert len(questions) == {"risks": 10, "statements": 7}[name]
    for one in questions:
        (right,) = one.select("input[data-right]")
        label = right.find_parent("label").span.get_text()
        assert one.select_one("details strong").get_text() == label
        assert not one.details.has_attr("hidden")
        assert one.select_one(".actient-game-check").has_attr("hidden")  # only the script can
        assert len({field["name"] for field in one.select("input")}) == 1
    assert len({field["name"] for field in laid_out.select("input")}) == len(questions)


@BOTH
def test_what_the_numbers_of_a_round_are_is_said(lang):
    marked = {name: one.select(".origin") for name, one in rounds(lang).items()}
    assert [len(found) for found in marked.values()] == [1, 3]


def test_a_part_of_the_draws_is_told_in_whole_percentages_and_none_is_rounded_to_nothing():
    told = {
        one["id"]: one.details.get_text() for one in rounds("en")["statements"].select("li[id]")
    }
    assert "false in 0% of the draws kept, under every set" in told["g-T09"]
    assert "in 0% to less than 1% under the others" in told["g-T13"]
    assert "in 26% of the draws kept under our initial" in told["g-T15"]
    assert "say nothing certain" in told["g-T13"]
    assert "Caution" not in told["g-T13"]
    assert "how many of these people the questionnaire could reach" in told["g-T16"]


@BOTH
def test_text_in_the_tables_is_text(lang):
    odd = game.Precaution("x", "<b>1</b>", ("S01",), "<i>2</i>", "& 3")
    table = read(game_page.precautions_table([odd], lang))
    assert not table.select("b, i")
    assert "& 3" in table.get_text()


def test_a_risk_without_precautions_is_missed_at_once(monkeypatch):
    whole = tables.read

    def short(name, paths=None):
        read_table = whole(name, paths)
        return read_table.iloc[1:] if name == "precautions" else read_table

    monkeypatch.setattr(game.tables, "read", short)
    with pytest.raises(KeyError):
        game.precautions("fr")


def rounds(lang) -> dict[str, BeautifulSoup]:
    return {
        "risks": read(game_page.risk_round(Place(checkout(), lang))),
        "statements": read(game_page.statement_round(Place(checkout(), lang))),
    }
