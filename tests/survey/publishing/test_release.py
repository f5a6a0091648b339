"""A survey as one release: everything that links its figures is there, and nothing contradicts."""

from dataclasses import replace

import numpy as np
import pytest
from publishing import QUESTIONNAIRE, drawn, frame, part, repeated

from actient.survey.disclosure import Release, ReleaseError, audit, protect
from actient.survey.estimating import tabulation
from actient.survey.publishing import release as linked

PATIENT = {"profile": "patient"}
DOCTOR = {"profile": "professional", "profession": "doctor"}
NURSE = {"profile": "professional", "profession": "nurse"}


def counted(rows, questionnaire=QUESTIONNAIRE) -> list[linked.Counted]:
    answers = frame(rows)
    found = []
    for group in questionnaire.groups:
        tables = tabulation.tables(answers, questionnaire, group)
        held = {table.item.item_id for table in tables}
        measures = tabulation.measured(answers, questionnaire, group)
        kept = tuple(one for one in measures if one.measure.item_id in held)
        size = int(tabulation.members(answers, group).sum())
        found.append(linked.Counted(group, size, tuple(tables), kept))
    return found


def relations(release: Release) -> set[frozenset[str]]:
    return {frozenset(name for name, _ in one.terms) for one in release.relations}


ROWS = drawn(200, 2, QUESTIONNAIRE)


def test_a_whole_survey_is_a_release_that_holds() -> None:
    release = linked.release(counted(ROWS))  # it checks every relation
    assert len(release.offered) > 300
    sizes = [cell for cell in release.cells if cell.pinned]
    assert [cell.id for cell in sizes] == ["patient", "professional", "doctor"]


def test_those_asked_a_question_are_linked_to_the_answer_that_led_to_it() -> None:
    found = relations(linked.release(counted(ROWS)))
    item = "patient/check_sources"
    assert {"patient/search_online/yes", item, f"{item}: skipped"} in found


def test_other_professionals_are_counted_though_nobody_publishes_them() -> None:
    release = linked.release(counted(ROWS))
    rest = release.by_id["professional but doctor"]
    assert rest.count == release.by_id["professional"].count - release.by_id["doctor"].count
    assert not rest.offered
    assert "professional but doctor/gender/woman" in release.by_id
    assert {"doctor", "professional/profession/doctor"} in relations(release)


def test_a_measure_is_the_sum_of_its_answers() -> None:
    release = linked.release(counted(ROWS))
    counts = [release.by_id[f"patient/networks_use/{code}"].count for code in ("daily", "weekly")]
    assert release.by_id["M04/numerator"].count == sum(counts)


def test_a_weighted_share_follows_the_counts_it_is_weighted_by() -> None:
    rows = repeated(
        (60, PATIENT | {"gender": "woman", "search_online": "yes"}),
        (40, PATIENT | {"gender": "woman", "search_online": "no"}),
        (20, PATIENT | {"gender": "man", "search_online": "yes"}),
        (30, PATIENT | {"gender": "man", "search_online": "no"}),
    )
    one = linked.WeightedMeasure(
        measure_id="M09",
        counts=np.array([60, 20]),
        sizes=np.array([100, 50]),
        weights=np.array([0.78, 1.44]),
        share=(0.78 * 60 + 1.44 * 20) / (0.78 * 100 + 1.44 * 50),
        effective_n=140.0,
        follows=("patient/gender/man", "patient/consent/yes"),
    )
    release = linked.release(counted(rows, part("gender", "search_online")), weighted=[one])
    estimates = {estimate.id: estimate.follows for estimate in release.estimates}
    assert estimates == {
        "M09/weighted": ("M09/numerator", "patient/gender/man"),
        "M09/weighted interval": ("M09/numerator", "patient/gender/man"),
    }


def test_counts_of_two_surveys_are_not_one_release() -> None:
    one, other = counted(ROWS), counted(drawn(200, 3, QUESTIONNAIRE))
    with pytest.raises(ReleaseError):
        linked.release([replace(one[0], measures=other[0].measures), *one[1:]])


def test_what_is_protected_passes_the_audit() -> None:
    questionnaire = part("search_online", "check_sources", "disrupted")
    rows = drawn(150, 5, questionnaire)
    told = protect(linked.release(counted(rows, questionnaire)))
    assert told.published
    assert audit(told.release, told.published).passed
