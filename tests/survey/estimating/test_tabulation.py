"""Counts of answers: by group, by question, and what is no answer."""

from collections import Counter

import pytest
from publishing import QUESTIONNAIRE, count, drawn, frame, part, repeated

from actient.survey.estimating import tabulation

PATIENT = {"profile": "patient"}
DOCTOR = {"profile": "professional", "profession": "doctor"}
GROUPS = {group.group_id: group for group in QUESTIONNAIRE.groups}
ROWS = drawn(250, 8, QUESTIONNAIRE)
FRAME = frame(ROWS)


@pytest.mark.parametrize(
    ("group", "where"),
    [("patient", PATIENT), ("professional", {"profile": "professional"}), ("doctor", DOCTOR)],
)
def test_counts_are_those_of_a_person_with_a_pencil(group, where) -> None:
    found = tabulation.tables(FRAME, QUESTIONNAIRE, GROUPS[group])
    assert len(found) > 15
    for table in found:
        expected = count(ROWS, table.item.item_id, where)
        assert table.counts == {code: expected[code] for code in table.counts}
        if table.item.type == "select_one":
            assert sum(table.counts.values()) == table.base
        else:
            answered = [row for row in ROWS if where.items() <= row.items()]
            assert table.base == sum(table.item.item_id in row for row in answered)
        assert "base" not in repr(table)
        assert "counts" not in repr(table)


def test_what_is_the_same_for_all_or_defines_the_group_is_not_a_table() -> None:
    asked = {
        name: {table.item.item_id for table in tabulation.tables(FRAME, QUESTIONNAIRE, group)}
        for name, group in GROUPS.items()
    }
    assert not {"consent", "profile", "contacts", "token"} & set().union(*asked.values())
    assert "profession" in asked["professional"]
    assert "profession" not in asked["doctor"]
    assert "dialogue" in asked["doctor"]
    assert "dialogue" not in asked["patient"]
    assert "talk_to_doctor" not in asked["professional"]


def test_under_age_is_no_answer_to_count() -> None:
    (table,) = tabulation.tables(
        frame(repeated((3, PATIENT | {"age_band": "18_24"}))), part("age_band"), GROUPS["patient"]
    )
    assert "under_18" not in table.counts
    assert Counter(table.counts)["18_24"] == 3


def test_a_question_that_nobody_answered_is_no_table_and_one_of_other_groups_is_empty() -> None:
    rows = frame(repeated((3, PATIENT | {"gender": "man"}), (2, DOCTOR)))
    found = {
        name: tabulation.tables(rows, part("gender", "age_band"), group)
        for name, group in GROUPS.items()
    }
    assert [table.item.item_id for table in found["patient"]] == ["gender"]
    assert {table.item.item_id: table.base for table in found["professional"]} == {
        "profession": 2,
        "gender": 0,
    }


def test_measures_count_their_own_answers_in_their_own_group() -> None:
    for group in GROUPS.values():
        for one in tabulation.measured(FRAME, QUESTIONNAIRE, group):
            inside = [row for row in ROWS if row.get(group.item_id) in group.codes]
            given = [row.get(one.measure.item_id) for row in inside]
            assert one.count == sum(answer in one.measure.success_codes for answer in given)


def test_an_answer_not_given_is_not_chosen() -> None:
    item = QUESTIONNAIRE.item("uses")
    rows = frame([PATIENT | {"uses": ("none",)}, PATIENT, PATIENT | {"uses": ("sms_reminder",)}])
    assert tabulation.answered(rows, item).tolist() == [True, False, True]
    assert tabulation.chosen(rows, item, "sms_reminder").tolist() == [False, False, True]
