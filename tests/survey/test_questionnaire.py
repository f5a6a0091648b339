"""The questionnaire's tables hold together, in both languages, and ask nothing they must not."""

import re

import pytest

from actient import claims, framework
from actient.locale import LANGS, Lang
from actient.survey.questionnaire import (
    AGE,
    CONSENT,
    CONSENTED,
    CONTACTS,
    RECRUITER_TOKEN,
    TOKEN,
    UNDER_AGE,
    Item,
    Questionnaire,
    UnknownItemError,
    load_questionnaire,
    reconstructed,
)


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire()


def test_sections_follow_one_another_and_hold_every_question(questionnaire: Questionnaire) -> None:
    by_section = [
        item
        for section in questionnaire.sections
        for item in questionnaire.in_section(section.section_id)
    ]
    assert by_section == list(questionnaire.items)
    assert all(questionnaire.in_section(one.section_id) for one in questionnaire.sections)


def test_consent_comes_first_and_is_required(questionnaire: Questionnaire) -> None:
    first = questionnaire.items[0]
    assert (first.item_id, first.required, first.shown_if) == (CONSENT, True, None)
    assert CONSENTED in first.codes
    assert len(first.codes) == 2


def test_both_branches_have_questions_of_their_own(questionnaire: Questionnaire) -> None:
    assert {item.branch for item in questionnaire.items} == {"all", "patient", "professional"}
    profile = questionnaire.item("profile")
    assert set(profile.codes) == {"patient", "professional"}
    assert profile.required


@pytest.mark.parametrize("lang", LANGS)
def test_everything_is_worded_in_both_languages(questionnaire: Questionnaire, lang: Lang) -> None:
    texts = [
        *(item.question(lang) for item in questionnaire.items),
        *(choice.label(lang) for item in questionnaire.items for choice in item.choices),
        *(section.title(lang) for section in questionnaire.sections),
        *(one.heading(lang) for one in questionnaire.notice),
        *(one.text(lang) for one in questionnaire.notice),
        *(group.label(lang) for group in questionnaire.groups),
        *(measure.note(lang) for measure in questionnaire.measures),
    ]
    assert all(text and text == text.strip() for text in texts)


def test_a_hint_stands_in_both_languages_or_in_neither(questionnaire: Questionnaire) -> None:
    assert [
        i.item_id for i in questionnaire.items if bool(i.hint("fr")) != bool(i.hint("en"))
    ] == []
    assert any(item.hint("fr") for item in questionnaire.items)


def test_wordings_differ_within_a_list(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        for lang in LANGS:
            labels = [choice.label(lang) for choice in item.choices]
            assert len(set(labels)) == len(labels), item.item_id


def test_questions_differ_so_that_an_export_by_wording_can_be_read(
    questionnaire: Questionnaire,
) -> None:
    for lang in LANGS:
        questions = [item.question(lang) for item in questionnaire.items]
        assert len(set(questions)) == len(questions)


def test_answers_are_numbered_from_one_and_coded_simply(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        assert [choice.value for choice in item.choices] == list(range(1, len(item.choices) + 1))
        assert len(set(item.codes)) == len(item.codes)
        assert all(re.fullmatch(r"[a-z0-9_]+", code) for code in item.codes), item.item_id


def test_an_answer_that_says_nothing_is_not_counted(questionnaire: Questionnaire) -> None:
    dropped = {
        choice.code
        for item in questionnaire.items
        for choice in item.choices
        if not choice.substantive
    }
    assert {"unsure", "no_occasion"} <= dropped
    for item in questionnaire.items:
        assert not item.choices or len(item.substantive) >= 2, item.item_id


def test_names_suit_every_tool(questionnaire: Questionnaire) -> None:
    names = [item.item_id for item in questionnaire.items]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,25}", name) for name in names)  # REDCap
    bare = [name.replace("_", "") for name in names]
    assert len(set(bare)) == len(bare)
    assert max(map(len, bare)) <= 20  # LimeSurvey


def test_the_kind_of_a_question_agrees_with_its_answers(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        assert bool(item.choices) == item.type.startswith("select_"), item.item_id
        bounded = item.minimum is not None and item.maximum is not None
        assert bounded == (item.type == "integer"), item.item_id
        if item.type != "select_multiple":
            assert not any(choice.exclusive for choice in item.choices), item.item_id


def test_a_condition_names_an_earlier_question_and_its_answers(
    questionnaire: Questionnaire,
) -> None:
    earlier: dict[str, Item] = {}
    conditioned = 0
    for item in questionnaire.items:
        if item.shown_if:
            assert set(item.shown_if.codes) < set(earlier[item.shown_if.item_id].codes)
            conditioned += 1
        earlier[item.item_id] = item
    assert conditioned


def test_age_is_a_band_place_a_region_and_nothing_is_free_text(
    questionnaire: Questionnaire,
) -> None:
    kinds = {item.type for item in questionnaire.items}
    assert kinds == {"select_one", "select_multiple", "integer", "token"}
    assert {i.item_id for i in questionnaire.items if i.type == "token"} == {TOKEN, RECRUITER_TOKEN}
    assert {i.item_id for i in questionnaire.items if i.type == "integer"} == {CONTACTS}
    assert questionnaire.item(AGE).codes[0] == UNDER_AGE
    assert questionnaire.item("region").choices


def test_the_notice_is_marked_and_to_be_reviewed(questionnaire: Questionnaire) -> None:
    french = " ".join(paragraph.text("fr") for paragraph in questionnaire.notice)
    english = " ".join(paragraph.text("en") for paragraph in questionnaire.notice)
    assert "ce n’est pas la formulation d’origine" in french
    assert "not the original wording" in english
    assert "délégué à la protection des données" in questionnaire.notice[-1].text("fr")
    assert "data protection officer" in questionnaire.notice[-1].text("en")
    assert "pseudonymes" in french
    assert "pseudonymous" in english
    assert french.count("[") == english.count("[") > 0


def test_the_mark_says_it_in_both_languages() -> None:
    assert "n’est pas la formulation d’origine" in reconstructed("fr")
    assert reconstructed("en") == "Reconstructed from the poster; not the original wording."


def test_claims_stages_and_statements_exist(questionnaire: Questionnaire) -> None:
    figures = claims.load_claims()
    stages = set(framework.stages()["stage_id"])
    statements = claims.load_statements()
    for item in questionnaire.items:
        assert set(item.claim_ids) <= set(figures), item.item_id
        assert set(item.stage_ids) <= stages, item.item_id
    for measure in questionnaire.measures:
        assert measure.claim_id in figures
        if measure.statement_id is not None:
            assert statements[measure.statement_id].claim_id == measure.claim_id


def test_a_measure_counts_answers_of_its_question(questionnaire: Questionnaire) -> None:
    groups = {group.group_id for group in questionnaire.groups}
    for measure in questionnaire.measures:
        item = questionnaire.item(measure.item_id)
        assert measure.claim_id in item.claim_ids, measure.measure_id
        assert set(measure.success_codes) < set(item.substantive), measure.measure_id
        assert measure.group_id in groups


def test_a_group_is_made_of_answers_and_lies_in_a_known_one(questionnaire: Questionnaire) -> None:
    groups = {group.group_id: group for group in questionnaire.groups}
    for group in groups.values():
        assert set(group.codes) <= set(questionnaire.item(group.item_id).codes)
        assert group.part_of is None or group.part_of in groups


def test_an_unknown_question_is_named_with_those_there_are(questionnaire: Questionnaire) -> None:
    with pytest.raises(UnknownItemError, match=r"no question named 'age'.*age_band"):
        questionnaire.item("age")
