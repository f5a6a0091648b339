"""What a cell says: codes, numbers, wordings of both languages, ticks, several answers at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import QUESTIONNAIRE

from actient.survey.questionnaire import Item
from actient.survey.responses import values
from actient.survey.responses.values import INVALID, MISSING, NO_NUMBER, NOT_A_NUMBER
from actient.survey.responses.wording import folded, key, shown

CHOICES = [item for item in QUESTIONNAIRE.items if item.choices]
MULTIPLE = [item for item in CHOICES if item.type == "select_multiple"]
every_choice = pytest.mark.parametrize("item", CHOICES, ids=lambda item: item.item_id)
every_multiple = pytest.mark.parametrize("item", MULTIPLE, ids=lambda item: item.item_id)


@every_choice
def test_no_wording_of_a_list_stands_for_two_answers(item: Item) -> None:
    owners: dict[str, set[str]] = {}
    for choice in item.choices:
        names = (choice.code, choice.label("fr"), choice.label("en"), f"{choice.value}")
        for name in (*names, f"A{choice.value}"):
            owners.setdefault(folded(name), set()).add(choice.code)
            owners.setdefault(key(name), set()).add(choice.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_no_header_stands_for_two_questions() -> None:
    owners: dict[str, set[str]] = {}
    for item in QUESTIONNAIRE.items:
        for name in (item.item_id, item.question("fr"), item.question("en")):
            owners.setdefault(key(name), set()).add(item.item_id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@every_choice
def test_every_way_to_write_an_answer(item: Item) -> None:
    reader = values.one_choice(item)
    for position, choice in enumerate(item.choices):
        plain = choice.label("fr").replace("’", "'").replace("\u202f", " ").upper()
        for text in (
            choice.code,
            choice.label("fr"),
            choice.label("en"),
            f"  {plain}\u00a0",
            f"{choice.value}",
            f"{choice.value}.0",
            f"A{choice.value}",
        ):
            assert reader[text] == position, text


@every_choice
def test_unanswered(item: Item) -> None:
    read = values.several_choices if item.type == "select_multiple" else values.one_choice
    for text in ("", " ", "\u00a0", "N/A", "NA", "nan", "NULL"):
        assert read(item)[text] == MISSING, text


@every_choice
def test_anything_else_is_invalid(item: Item) -> None:
    read = values.several_choices if item.type == "select_multiple" else values.one_choice
    for text in ("-1", "+1", "99", "1.5", "A0", "a", "yess", "<b>", "=1", "1-2"):
        assert read(item)[text] == INVALID, text


@pytest.mark.parametrize(
    ("text", "code"),
    [("Y", "yes"), ("N", "no"), ("Oui", "yes"), ("VRAI", "yes"), ("FALSE", "no"), ("0", "no")],
)
def test_yes_and_no_in_other_words(text: str, code: str) -> None:
    item = QUESTIONNAIRE.item("search_online")
    assert values.one_choice(item)[text] == item.codes.index(code)


def test_other_as_limesurvey_writes_it() -> None:
    item = QUESTIONNAIRE.item("gender")
    assert values.one_choice(item)["-oth-"] == item.codes.index("other")
    assert values.one_choice(QUESTIONNAIRE.item("region"))["-oth-"] == INVALID


@pytest.mark.parametrize("item", MULTIPLE, ids=lambda item: item.item_id)
@settings(deadline=None)
@given(data=st.data())
def test_several_answers_however_they_are_joined(item: Item, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(item.choices), min_size=1, unique=True))
    write = data.draw(
        st.sampled_from(
            [
                lambda choice: choice.code,
                lambda choice: choice.label("fr"),
                lambda choice: choice.label("en"),
                lambda choice: f"{choice.value}",
                lambda choice: f"A{choice.value}",
            ]
        )
    )
    joint = data.draw(st.sampled_from([" ", ";", "; ", ", ", ",", "|", " | ", "/", "\n"]))
    bits = sum(1 << item.choices.index(choice) for choice in chosen)
    assert values.several_choices(item)[joint.join(write(choice) for choice in chosen)] == bits


@every_multiple
@pytest.mark.parametrize("text", ["1 " * 2_500, ";" * 3_000 + "x", "1;zz", "none zz", "é" * 6_000])
def test_long_or_half_known_answers_are_invalid(item: Item, text: str) -> None:
    assert values.several_choices(item)[text] == INVALID


@every_multiple
def test_a_column_of_one_answer(item: Item) -> None:
    choice = item.choices[0]
    reader = values.tick(choice)
    yes = (
        "1",
        "1.0",
        "Y",
        "Yes",
        "Oui",
        "TRUE",
        "VRAI",
        "Checked",
        choice.code,
        choice.label("fr"),
    )
    assert {reader[text] for text in yes} == {1}
    no = ("0", "0.0", "N", "No", "Non", "FALSE", "FAUX", "Unchecked")
    assert {reader[text] for text in no} == {0}
    assert {reader[text] for text in ("", "N/A")} == {MISSING}
    assert {reader[text] for text in ("2", "-1", "x", item.choices[1].code)} == {INVALID}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("5000", 5000),
        (" 12 ", 12),
        ("12.0", 12),
        ("12,00", 12),
        ("1\u202f200", 1200),
        ("", NO_NUMBER),
        ("N/A", NO_NUMBER),
        ("5001", NOT_A_NUMBER),
        ("-1", NOT_A_NUMBER),
        ("12.5", NOT_A_NUMBER),
        ("1,200", NOT_A_NUMBER),
        ("12 34", NOT_A_NUMBER),
        ("1e3", NOT_A_NUMBER),
        ("٣", NOT_A_NUMBER),
        ("9" * 6_000, NOT_A_NUMBER),
        ("environ 100", NOT_A_NUMBER),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert values.whole_number(QUESTIONNAIRE.item("contacts"))[text] == number


def test_a_reader_does_not_remember_without_end() -> None:
    reader = values.whole_number(QUESTIONNAIRE.item("contacts"))
    for number in range(60_000):
        assert reader[f"x{number}"] == NOT_A_NUMBER
    assert len(reader) <= 50_000


@settings(deadline=None)
@given(st.text(max_size=300))
def test_what_is_shown_is_short_and_harmless(text: str) -> None:
    seen = shown(text)
    assert len(seen) <= 60
    assert all(each.isprintable() or each in "\u00a0\u202f" for each in seen)
    if len(text) <= 60 and text.isprintable():
        assert seen == text


def test_escape_sequences_of_terminals_are_defused() -> None:
    assert shown("\x1b[31mrouge\x07\u202e") == "·[31mrouge··"
