"""Checklists against the poster's words, rates against their definitions, small counts unseen."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields, replace
from html import unescape
from html.parser import HTMLParser
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.book.pages import checklists
from actient.book.pages.checklists import checklist_table
from actient.book.pages.page import Place
from actient.locale import LANGS, Lang
from actient.paths import checkout
from actient.survey.reporting.answers import (
    CHECKLISTS,
    Answer,
    Conduct,
    ConductError,
    ThresholdError,
    UnknownChecklistError,
    answers,
    completion_rate,
    load_checklist,
    participation_rate,
)
from actient.tables import Worded

CHERRIES = load_checklist()
NUMBERS = {int(item.number): item for item in CHERRIES}
RATES = (21, 22, 23)

WAVE = Conduct(
    received=900,
    opened=800,
    refused=120,
    under_age=15,
    consented=500,
    complete=420,
    incomplete=80,
    duplicates_removed=23,
    too_fast=12,
    months=("2026-05", "2026-03", "2026-03"),
    median_seconds=372.0,
    weighted=True,
    tool="LimeSurvey",
)


# ----------------------------------------------------------------------------------- the checklists
def test_the_thirty_items_stand_in_order() -> None:
    assert [item.item_id for item in CHERRIES] == [f"CHERRIES-{n:02d}" for n in range(1, 31)]
    assert [item.number for item in CHERRIES] == [str(n) for n in range(1, 31)]


def test_a_family_stands_together_and_has_one_name() -> None:
    keys = [item.category for item in CHERRIES]
    assert (
        len([key for key, before in zip(keys, [None, *keys], strict=False) if key != before]) == 8
    )
    names = {
        (item.category, item.category_text("fr"), item.category_text("en")) for item in CHERRIES
    }
    assert len(names) == len({*keys}) == 8


@pytest.mark.parametrize("name", CHECKLISTS)
def test_what_the_poster_says_is_quoted(name: str) -> None:
    for item in load_checklist(name):
        said = item.status in ("reported", "partly")
        # the poster asks for the participation rate without printing it
        assert bool(item.quote) == (said or item.item_id == "CHERRIES-22"), item.item_id


@pytest.mark.parametrize("name", CHECKLISTS)
def test_every_point_tells_a_next_survey_what_to_record(name: str) -> None:
    for item in load_checklist(name):
        texts = [item.label(lang) for lang in LANGS] + [item.note(lang) for lang in LANGS]
        assert all(texts), item.item_id


def test_only_the_whole_checklist_has_questions() -> None:
    assert all(item.question(lang) for item in CHERRIES for lang in LANGS)
    brief = [*load_checklist("cross"), *load_checklist("strobe")]
    assert not any(item.question("fr") or item.category or item.answered_by for item in brief)


def test_what_answers_an_item_is_a_field_of_conduct() -> None:
    known = {field.name for field in fields(Conduct)}
    assert {name for item in CHERRIES for name in item.answered_by} <= known


def test_the_items_answered_are_those_the_table_names_and_the_view_rate() -> None:
    named = {number for number, item in NUMBERS.items() if item.answered_by}
    assert set(answers(WAVE, "fr")) == named | {21}
    assert list(answers(WAVE, "fr")) == sorted(answers(WAVE, "fr"))


@pytest.mark.parametrize("number", [n for n, item in NUMBERS.items() if item.answered_by])
def test_an_item_is_answered_by_the_fields_that_the_table_names(number: int) -> None:
    named = {name: getattr(WAVE, name) for name in NUMBERS[number].answered_by}
    without = replace(WAVE, **dict.fromkeys(named))
    assert answers(without, "fr")[number].state == "to_record"
    assert answers(Conduct(**named), "fr")[number] == answers(WAVE, "fr")[number]


def test_an_unknown_checklist_lists_the_known() -> None:
    with pytest.raises(UnknownChecklistError, match=r"'consort'.*cherries, cross, strobe"):
        load_checklist("consort")


# ---------------------------------------------------------------------------------------- the rates
def test_rates_are_those_of_the_checklist() -> None:
    assert participation_rate(WAVE) == 500 / 800
    assert completion_rate(WAVE) == 420 / 500
    assert (answers(WAVE, "fr")[22].value, answers(WAVE, "fr")[22].unit) == (0.625, "proportion")
    assert answers(WAVE, "fr")[22].text.startswith("62,5\u00a0% des personnes qui ont ouvert")
    assert answers(WAVE, "en")[23].text.startswith("84.0% of the people who agreed")


@pytest.mark.parametrize("missing", ["consented", "opened"])
def test_a_rate_without_one_of_its_terms_is_not_stated(missing: str) -> None:
    wave = replace(WAVE, **{missing: None})
    assert participation_rate(wave) is None
    answer = answers(wave, "fr")[22]
    assert (answer.state, answer.value, answer.unit) == ("to_record", None, None)
    assert "relever" in answer.text


def test_a_rate_of_nobody_is_not_a_number() -> None:
    nobody = Conduct(opened=0, consented=0, complete=0)
    assert participation_rate(nobody) is completion_rate(nobody) is None
    assert [answers(nobody, "fr")[item].state for item in (22, 23)] == ["withheld", "withheld"]


def test_the_view_rate_is_never_read_from_responses() -> None:
    assert answers(WAVE, "fr")[21] == answers(Conduct(), "fr")[21]
    assert answers(WAVE, "fr")[21].state == "to_record"


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 40))
def test_a_rate_is_shown_only_if_both_its_groups_reach_the_threshold(
    part: int, rest: int, threshold: int
) -> None:
    answer = answers(Conduct(opened=part + rest, consented=part), "fr", threshold)[22]
    if part >= threshold and rest >= threshold:
        assert answer.value == pytest.approx(part / (part + rest), abs=0.0005 + 1e-9)
    else:
        assert (answer.state, answer.value) == ("withheld", None)


# ------------------------------------------------------------------------------------ small numbers
@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, None), (10, None), (11, "11")])
def test_a_small_count_is_not_given(count: int, shown: str | None) -> None:
    wave = replace(WAVE, duplicates_removed=count, too_fast=count, complete=420, incomplete=count)
    for item in (24, 25, 26, 28, 29):
        for lang, few in (("fr", "moins de 11"), ("en", "fewer than 11")):
            answer = answers(wave, lang)[item]
            assert answer.value == (None if shown is None else count)
            assert (shown or few) in answer.text


def test_the_threshold_is_the_callers() -> None:
    wave = Conduct(duplicates_removed=4)
    assert "moins de 5" in answers(wave, "fr", 5)[26].text
    assert answers(wave, "fr", 4)[26].value == answers(wave, "fr", 1)[26].value == 4
    with pytest.raises(ThresholdError, match="0: expected 1 or more"):
        answers(wave, "fr", 0)


@given(st.integers(12, 400), st.integers(1, 10))
def test_no_hidden_count_is_the_difference_of_two_shown(consented: int, hidden: int) -> None:
    for complete in (hidden, consented - hidden):
        wave = Conduct(
            opened=consented + 50,
            consented=consented,
            complete=complete,
            incomplete=consented - complete,
        )
        shown = {a.value for a in answers(wave, "fr").values() if a.unit == "count"}
        assert shown == {None} or shown == set()
        assert answers(wave, "fr")[23].value is None


def test_a_group_too_small_is_hidden_even_if_deduced() -> None:
    few_complete = Conduct(consented=90, incomplete=85)
    assert answers(few_complete, "fr")[28].state == "withheld"
    assert "85" not in answers(few_complete, "fr")[28].text


def test_the_median_of_a_few_is_not_given() -> None:
    few = Conduct(consented=10, too_fast=0, median_seconds=300)
    assert answers(few, "fr")[29].state == "withheld"
    assert "5" not in answers(few, "en")[29].text


# ---------------------------------------------------------------------------------- dates and words
@pytest.mark.parametrize(
    ("months", "french", "english", "count"),
    [
        (("2026-05", "2026-03"), "de mars 2026 à mai 2026", "from March 2026 to May 2026", 2),
        (("2026-03",), "en mars 2026", "in March 2026", 1),
        (("2025-12", "2026-01"), "de décembre 2025", "from December 2025", 2),
    ],
)
def test_dates_are_months(months: tuple[str, ...], french: str, english: str, count: int) -> None:
    for lang, said in (("fr", french), ("en", english)):
        answer = answers(Conduct(months=months), lang)[13]
        assert said in answer.text
        assert (answer.state, answer.value) == ("answered", count)


@pytest.mark.parametrize(
    ("seconds", "french"), [(48.4, "48\u00a0s"), (372, "6\u00a0min"), (3900, "1\u00a0h\u00a005")]
)
def test_a_median_time_reads_as_a_duration(seconds: float, french: str) -> None:
    assert f"médiane\u00a0: {french}." in answers(Conduct(median_seconds=seconds), "fr")[29].text


maybe_count = st.none() | st.integers(0, 10_000)


@given(
    received=maybe_count,
    too_fast=maybe_count,
    opened=st.none() | st.integers(10_000, 20_000),
    consented=st.none() | st.integers(5_000, 10_000),
    complete=st.none() | st.integers(0, 2_500),
    incomplete=st.none() | st.integers(0, 2_500),
    weighted=st.none() | st.booleans(),
    tool=st.none() | st.text(),
    median_seconds=st.none() | st.floats(0, 1e7),
    threshold=st.integers(1, 100),
)
def test_whatever_the_responses_tell_each_item_has_an_answer(threshold: int, **told) -> None:
    french, english = (answers(Conduct(**told), lang, threshold) for lang in LANGS)
    assert len(french) == 14
    for item, answer in french.items():
        assert answer.text
        assert (answer.value is None) == (answer.unit is None)
        assert replace(answer, text="") == replace(english[item], text="")
        assert answer.text != english[item].text


def test_weighting_is_said_either_way() -> None:
    said = {
        weighted: answers(Conduct(weighted=weighted), "fr")[30] for weighted in (True, False, None)
    }
    assert [answer.state for answer in said.values()] == ["partly", "answered", "to_record"]
    assert "ne sont pas pondérés" in said[False].text


def test_a_tool_is_quoted_as_it_is_named() -> None:
    assert "{tool}" in answers(Conduct(tool="{tool}"), "fr")[9].text
    assert answers(Conduct(tool=""), "fr")[9].state == "to_record"


def every_answer(lang: Lang) -> list[Answer]:
    waves = [
        WAVE,
        Conduct(),
        Conduct(median_seconds=60, months=("2026-03",), weighted=False),
        Conduct(too_fast=3),
        Conduct(opened=5, consented=5, complete=5),
    ]
    return [answer for wave in waves for answer in answers(wave, lang).values()]


@pytest.mark.parametrize("answer", every_answer("fr"), ids=lambda answer: f"{answer.item}")
def test_answers_are_typeset_in_french(answer: Answer) -> None:
    assert not re.search(r" [;:!?%»]|« |'|[{}]", answer.text)
    assert answer.text.endswith(".")


@pytest.mark.parametrize("answer", every_answer("en"), ids=lambda answer: f"{answer.item}")
def test_answers_are_typeset_in_english(answer: Answer) -> None:
    assert not re.search(r"[{}]|\u00a0[:;?!%]| [:;?!%]", answer.text)
    assert answer.text.endswith(".")


# ------------------------------------------------------------------------------- impossible surveys
@pytest.mark.parametrize(
    ("given_counts", "said"),
    [
        ({"complete": -1}, "complete is -1: expected a whole number"),
        ({"opened": 2.5}, "opened is 2.5"),
        ({"too_fast": True}, "too_fast is True"),
        ({"opened": 10, "consented": 9, "refused": 2}, r"consented \(9\) \+ refused \(2\) exceeds"),
        ({"consented": 5, "complete": 6}, r"complete \(6\) exceeds consented \(5\)"),
        ({"received": 5, "duplicates_removed": 6}, r"exceeds received \(5\)"),
        ({"months": ("2026-13",)}, r"'2026-13': expected a year and a month, such as '2026-03'"),
        ({"months": ("mars 2026",)}, "'mars 2026'"),
        ({"median_seconds": float("nan")}, "median_seconds is nan"),
        ({"median_seconds": -1.0}, "expected seconds, 0 or more"),
    ],
)
def test_an_impossible_survey_is_refused_in_words(given_counts: dict, said: str) -> None:
    with pytest.raises(ConductError, match=said):
        Conduct(**given_counts)


def test_a_conduct_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        WAVE.opened = 900  # type: ignore[misc]  # it is frozen


# ----------------------------------------------------------------------------------------- the page
class Reader(HTMLParser):
    """What a table holds, by element, and whether its elements close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CHECKLISTS)
def test_the_table_has_one_row_for_each_point(name: str, lang: Lang) -> None:
    write = getattr(checklists, f"{name}_table")
    html = str(write(Place(checkout(), lang)))
    table, items = Reader(html), load_checklist(name)
    assert [row["id"] for row in table.all("tr") if row.get("id")] == [i.item_id for i in items]
    assert len(table.all("td")) == 2 * len(items)
    assert len(table.all("q")) == len([item for item in items if item.quote])
    assert {attrs.get("lang") for attrs in table.all("q")} == {None if lang == "fr" else "fr"}


def test_the_tables_are_directives_of_the_book_with_their_style() -> None:
    app = Mock()
    checklists.register(app)
    added = {call.args[0] for call in app.add_directive.call_args_list}
    assert {f"{name}-table" for name in CHECKLISTS} <= added
    styles = [call.args[0] for call in app.add_css_file.call_args_list]
    assert "reporting.css" in styles
    assert [s for s in styles if not (checkout().book / "_static" / s).is_file()] == []


def test_rows_and_cells_keep_their_roles_when_no_longer_laid_out_as_a_table() -> None:
    table = Reader(str(checklist_table(CHERRIES, "CHERRIES", "fr")))
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    for tag, role in roles.items():
        assert {attrs.get("role") for attrs in table.all(tag)} == {role}
    assert len([th for th in table.all("th") if th["scope"] == "rowgroup"]) == 8


def test_the_page_gives_no_total_and_no_score() -> None:
    html = str(checklist_table(CHERRIES, "CHERRIES", "fr"))
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    numbers = [int(found) for found in re.findall(r"(?<!\w)\d+", text)]
    assert numbers == list(range(1, 31)), "only the numbers of the items"


def test_what_the_poster_asks_without_printing_it_is_said_kindly() -> None:
    french, english = (str(checklist_table([NUMBERS[22]], "x", lang)) for lang in LANGS)
    assert "Non imprimé, mais l’affiche en parle\u00a0: <q>Diffusion virale" in french
    assert 'Not printed, but the poster raises it: <q lang="fr">Diffusion virale' in english


def test_markup_in_a_table_is_text() -> None:
    item = replace(CHERRIES[0], label=Worded((("fr", "<b>x</b>"),)), quote="a & b")
    html = str(checklist_table([item], "CHERRIES", "fr"))
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "a &amp; b" in html
