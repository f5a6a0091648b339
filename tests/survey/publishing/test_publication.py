"""What may be told of responses: true, never small, and nothing small to be worked out of it."""

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from publishing import QUESTIONNAIRE, count, drawn, part, repeated, survey
from publishing.attacker import Attacker, truth

from actient.survey.estimating.margins import Margin
from actient.survey.publishing import publication
from actient.survey.publishing.aggregates import Aggregates, Share, as_json
from actient.survey.publishing.publication import Options, PublicationError, publish

PATIENT = {"profile": "patient"}
NURSE = {"profile": "professional", "profession": "nurse"}
DOCTOR = {"profile": "professional", "profession": "doctor"}

SMALL = part("gender", "search_online", "check_sources", "dialogue", "disrupted", "contacts")


def shares(found: Aggregates, group: str, item: str) -> dict[str, Share]:
    return {s.code: s for s in found.shares if (s.group_id, s.item_id) == (group, item)}


def reported(found: Aggregates, item: int) -> str:
    return next(one.en for one in found.reported if one.number == item)


def by_sex(women: int, men: int, **answers: object) -> list[Mapping[str, object]]:
    said = PATIENT | answers
    return repeated((women, said | {"gender": "woman"}), (men, said | {"gender": "man"}))


HALF = {"patient": {"gender": Margin("gender", ("woman", "man"), (0.52, 0.48))}}


def test_what_is_published_is_what_one_counts_by_hand() -> None:
    rows = drawn(300, 3, SMALL)
    found = publish(survey(rows), SMALL)
    groups = {"patient": PATIENT, "professional": {"profile": "professional"}, "doctor": DOCTOR}
    shown = [one for one in found.shares if one.status == "published"]
    assert len(shown) > 10
    for one in shown:
        counted = count(rows, one.item_id, groups[one.group_id])
        item = SMALL.item(one.item_id)
        assert one.count == counted[one.code]
        if item.type == "select_one":
            assert one.base == sum(counted[code] for code in item.substantive)
        assert one.share == pytest.approx(one.count / one.base, abs=5e-5)
        assert one.low < one.share < one.high
    sizes = {one.group_id: one.n for one in found.groups}
    assert sizes["patient"] == sum(row["profile"] == "patient" for row in rows)


def test_nothing_below_the_threshold_is_published() -> None:
    for seed in range(4):
        found = publish(survey(drawn(120, seed, SMALL)), SMALL)
        for one in (*found.shares, *found.measures):
            if one.status == "published":
                assert min(one.count, one.base - one.count) >= 11
            else:
                assert (one.count, one.base, one.share, one.low, one.high) == (None,) * 5
        assert all(one.n is None or one.n >= 11 for one in found.groups)


@pytest.mark.parametrize(
    ("yes", "no", "status"),
    [(11, 11, "published"), (10, 30, "withheld"), (30, 10, "withheld"), (5, 5, "withheld")],
)
def test_a_numerator_a_complement_or_a_base_below_eleven_is_withheld(yes, no, status) -> None:
    asked = {answer: PATIENT | {"search_online": answer} for answer in ("yes", "no")}
    found = publish(survey(repeated((yes, asked["yes"]), (no, asked["no"]))), part("search_online"))
    assert found.measure("M09").status == status
    assert {one.status for one in shares(found, "patient", "search_online").values()} == {status}


def test_a_question_that_the_file_does_not_hold_is_absent() -> None:
    found = publish(survey(by_sex(20, 20)), SMALL)
    assert found.measure("M09").status == "absent"
    assert not shares(found, "patient", "search_online")
    assert found.measure("M99") is None
    assert found.withheld == sum(s.status == "withheld" for s in (*found.shares, *found.measures))


def test_i_do_not_remember_is_no_answer() -> None:
    said = [PATIENT | {"search_online": answer} for answer in ("yes", "no", "unsure")]
    rows = repeated((20, said[0]), (15, said[1]), (30, said[2]))
    found = publish(survey(rows), part("search_online"))
    assert (found.measure("M09").count, found.measure("M09").base) == (20, 35)


def test_doctors_are_not_told_where_the_other_professionals_would_be() -> None:
    rows = repeated(
        (30, DOCTOR | {"search_online": "yes"}),
        (30, DOCTOR | {"search_online": "no"}),
        (14, NURSE | {"search_online": "yes"}),
        (3, NURSE | {"search_online": "no"}),
    )
    found = publish(survey(rows), part("search_online"))
    told = {
        group: shares(found, group, "search_online")["no"].count
        for group in ("professional", "doctor")
    }
    assert None in told.values()  # 33 − 30 would be three nurses


def test_a_share_by_the_chain_needs_eleven_on_each_side_of_those_in_it() -> None:
    def chain(no: int) -> Aggregates:
        places = [index - 1 if index % 3 else -1 for index in range(60)]
        rows = [
            PATIENT
            | {"contacts": 5 + index, "recruiter": place}
            | {"search_online": "no" if index < no else "yes"}
            for index, place in enumerate(places)
        ]
        without_contacts = repeated((30, PATIENT | {"search_online": "no"}))
        return publish(survey(rows + without_contacts), part("search_online"))

    assert not chain(1).chains
    assert {one.estimator for one in chain(20).chains} >= {"RDS-II"}
    for one in chain(20).chains:
        assert 0 <= one.low <= one.share <= one.high <= 1


def test_a_share_by_contacts_that_is_nearly_one_persons_answer_is_not_told() -> None:
    def chain(fewest: int) -> Aggregates:
        rows = [
            PATIENT
            | {"contacts": fewest if index == 0 else 1000, "recruiter": index // 2 if index else -1}
            | {"search_online": "no" if index % 2 else "yes"}
            for index in range(60)
        ]
        return publish(survey(rows), part("search_online"))

    assert not chain(1).chains  # who has one contact weighs as much as a thousand others
    assert chain(800).chains


def test_weighted_shares_are_the_plain_formula() -> None:
    rows = [
        *by_sex(60, 0, search_online="yes"),
        *by_sex(40, 0, search_online="no"),
        *by_sex(0, 20, search_online="yes"),
        *by_sex(0, 30, search_online="no"),
        *repeated((14, PATIENT | {"gender": "other", "search_online": "no"})),
    ]
    found = publish(survey(rows), part("gender", "search_online"), Options(margins=HALF))
    weighted = found.measure("M09").weighted
    assert weighted.share == pytest.approx(0.52 * 60 / 100 + 0.48 * 20 / 50, abs=5e-4)
    effective = 1 / (0.52**2 / 100 + 0.48**2 / 50)
    assert weighted.effective_n == round(effective)
    assert weighted.design_effect == pytest.approx(150 / effective, abs=0.005)
    (told,) = found.weightings
    assert (told.variables, told.at_limit) == (("gender",), 0)
    assert [(one.code, one.target, one.reached) for one in told.residual] == [
        ("woman", 0.52, 0.52),
        ("man", 0.48, 0.48),
    ]
    assert told.design_effect == weighted.design_effect
    assert found.measure("M09").share == pytest.approx(80 / 164, abs=5e-5)


@pytest.mark.parametrize("men", [9, 12])
def test_weighting_does_not_tell_how_few_men_there_are(men) -> None:
    answers = ("yes", "no") * 50
    rows = [
        row | {"search_online": answer}
        for row, answer in zip(by_sex(100 - men, men), answers, strict=True)
    ]
    options = Options(margins=HALF, largest_weight=5.2)  # 9 men reach 46.8 %, 9 × 5.2
    found = publish(survey(rows), part("gender", "search_online"), options)
    told = shares(found, "patient", "gender")
    assert told["man"].count is None  # 9 are too few; 12 would tell that 0 are of another gender
    (weighting,) = found.weightings
    assert weighting.residual is None  # a share reached under the limit is a count of men
    assert (weighting.design_effect, weighting.effective_n, weighting.at_limit) == (None,) * 3
    assert found.measure("M09").status == "published"
    assert found.measure("M09").weighted is None


def test_margins_on_a_handful_of_people_tell_nothing_and_break_nothing() -> None:
    rows = [*by_sex(4, 4, search_online="yes"), *repeated((40, PATIENT | {"search_online": "no"}))]
    found = publish(survey(rows), part("gender", "search_online"), Options(margins=HALF))
    assert found.measure("M09").weighted is None


def test_margins_that_nobody_or_not_everybody_meets_are_an_error_that_names_the_group() -> None:
    with pytest.raises(PublicationError, match=r"--margins: in group patient, nobody answered"):
        publish(survey(repeated((20, NURSE))), part("gender"), Options(margins=HALF))
    with pytest.raises(PublicationError, match=r"group patient: gender: nobody .* “man”"):
        publish(survey(by_sex(20, 0)), part("gender"), Options(margins=HALF))


def test_a_margin_that_the_limit_keeps_out_of_reach_is_refused() -> None:
    rows = by_sex(533, 30, search_online="yes")
    target = {"patient": {"gender": Margin("gender", ("woman", "man"), (0.52, 0.48))}}
    with pytest.raises(PublicationError) as error:
        publish(survey(rows), part("gender", "search_online"), Options(margins=target))
    for words in ("group patient: gender: “man” reaches a weighted share of 0.266", "Merge"):
        assert words in str(error.value)


def test_a_margin_that_is_nearly_reached_is_told_beside_its_target() -> None:
    rows = [
        *by_sex(66, 16, search_online="yes"),
        *by_sex(60, 16, search_online="no"),
        *repeated((20, PATIENT | {"gender": "other", "search_online": "yes"})),
        *repeated((20, PATIENT | {"gender": "other", "search_online": "no"})),
    ]
    options = Options(margins=HALF, largest_weight=0.47 * 158 / 32)
    found = publish(survey(rows), part("gender", "search_online"), options)
    (told,) = found.weightings
    assert told.at_limit == 32
    man = next(one for one in told.residual if one.code == "man")
    assert (man.target, man.reached) == (0.48, 0.47)
    expected = 0.47 * 16 / 32 + 0.53 * 66 / 126
    assert found.measure("M09").weighted.share == pytest.approx(expected, abs=5e-4)


def two_groups() -> list[Mapping[str, object]]:
    return repeated(
        (40, PATIENT | {"search_online": "yes"}),
        (60, PATIENT | {"search_online": "no"}),
        (30, NURSE | {"search_online": "yes"}),
        (20, NURSE | {"search_online": "no"}),
    )


def test_groups_are_never_pooled_without_weights() -> None:
    assert publish(survey(two_groups()), part("search_online")).pooled == ()


def test_groups_are_pooled_with_the_weights_given() -> None:
    options = Options(pool={"patient": 0.9, "professional": 0.1})
    (found,) = publish(survey(two_groups()), part("search_online"), options).pooled
    assert found.share == pytest.approx(0.9 * 0.4 + 0.1 * 0.6, abs=5e-5)
    assert found.measure_ids == ("M09", "M10")
    assert found.low < found.share < found.high


def test_nothing_is_pooled_with_a_group_that_is_withheld() -> None:
    rows = repeated(
        (40, PATIENT | {"search_online": "yes"}),
        (60, PATIENT | {"search_online": "no"}),
        (5, NURSE | {"search_online": "yes"}),
    )
    options = Options(pool={"patient": 0.9, "professional": 0.1})
    assert publish(survey(rows), part("search_online"), options).pooled == ()


def unlike_groups() -> list[Mapping[str, object]]:
    """Rows whose women and men answer otherwise, and are not there in their known shares."""
    return [
        row | said
        for said in (PATIENT, NURSE)
        for row in [
            *by_sex(60, 20, search_online="yes"),
            *by_sex(40, 30, search_online="no"),
            *repeated((14, {"gender": "other", "search_online": "no"})),
        ]
    ]


POOL = {"patient": 0.8, "professional": 0.2}


def test_weighted_groups_are_pooled_with_their_weighted_shares() -> None:
    margins = dict.fromkeys(POOL, HALF["patient"])
    asked = part("gender", "search_online")
    found = publish(survey(unlike_groups()), asked, Options(margins=margins, pool=POOL))
    both = [found.measure(name).weighted for name in ("M09", "M10")]
    (whole,) = found.pooled
    assert whole.weighted == ("patient", "professional")
    assert whole.share == pytest.approx(0.8 * both[0].share + 0.2 * both[1].share, abs=5e-4)
    assert whole.share == pytest.approx(0.52 * 0.6 + 0.48 * 0.4, abs=1e-3)  # plain: 80/164
    for limit, far in (("low", -1), ("high", 1)):
        apart = [getattr(one, limit) - one.share for one in both]
        expected = whole.share + far * np.hypot(0.8 * apart[0], 0.2 * apart[1])
        assert getattr(whole, limit) == pytest.approx(expected, abs=1e-3)


def test_a_group_without_margins_is_pooled_as_it_is_and_said() -> None:
    options = Options(margins=HALF, pool=POOL)
    found = publish(survey(unlike_groups()), part("gender", "search_online"), options)
    (whole,) = found.pooled
    assert whole.weighted == ("patient",)
    expected = 0.8 * found.measure("M09").weighted.share + 0.2 * found.measure("M10").share
    assert whole.share == pytest.approx(expected, abs=5e-4)


def test_nothing_is_pooled_where_a_weighted_share_is_withheld() -> None:
    rows = [row for row in unlike_groups() if row["gender"] != "other"]  # 0 is not told of
    options = Options(margins=HALF, pool=POOL)
    found = publish(survey(rows), part("gender", "search_online"), options)
    patients = found.measure("M09")
    assert (patients.status, patients.weighted) == ("published", None)
    assert found.pooled == ()  # the plain share of patients is no substitute
    assert found.estimate(patients) is None


@pytest.mark.parametrize("seed", range(3))
def test_a_pooled_share_tells_only_what_the_shares_of_groups_do(seed) -> None:
    asked = part("gender", "search_online", "check_sources")
    margins = dict.fromkeys(POOL, HALF["patient"])
    options = Options(margins=margins, pool=POOL, largest_weight=50)
    read = json.loads(as_json(publish(survey(drawn(400, seed, asked)), asked, options)))
    by_id = {one["code"]: one["weighted"] for one in read["measures"]}
    for whole in read["pooled"]:
        parts = [by_id[name] for name in whole["measure_ids"]]
        shares = [one["share"] for one in parts]
        assert whole["share"] == round(float(np.dot([0.8, 0.2], shares)), 3)


@pytest.mark.parametrize(
    ("pool", "said"),
    [
        ({"nobody": 1.0}, "no group is named 'nobody'. Groups: patient, professional, doctor"),
        ({"professional": 0.5, "doctor": 0.5}, "doctor is part of professional"),
        ({"patient": 0.5}, "add up to 0.5"),
        ({"patient": float("nan")}, "nan"),
        ({"patient": 2.0, "professional": -1.0}, "in \\[0, 1\\]"),
    ],
)
def test_weights_of_groups_that_cannot_be_are_refused_before_anything_is_read(pool, said) -> None:
    with pytest.raises(PublicationError, match=f"--pool: .*{said}"):
        Options(pool=pool).check(QUESTIONNAIRE)


def test_a_threshold_of_one_withholds_only_what_nobody_or_everybody_says() -> None:
    rows = repeated((2, PATIENT | {"search_online": "yes"}), (3, PATIENT | {"search_online": "no"}))
    found = publish(survey(rows), part("search_online"), Options(threshold=1))
    assert (found.measure("M09").count, found.measure("M09").base) == (2, 5)


def test_a_threshold_beyond_everyone_publishes_nothing() -> None:
    found = publish(survey(drawn(60, 1, SMALL)), SMALL, Options(threshold=10_000))
    assert not [one for one in (*found.shares, *found.measures) if one.status == "published"]
    assert {one.n for one in found.groups} == {None}
    assert (found.chains, found.pooled) == ((), ())


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="nobody"),
        pytest.param(drawn(3, 1, QUESTIONNAIRE), id="three"),
        pytest.param(repeated((15, NURSE)), id="professionals only"),
        pytest.param(repeated((15, {})), id="no profile"),
    ],
)
def test_too_few_answers_are_told_as_nothing(rows) -> None:
    found = publish(survey(rows), QUESTIONNAIRE)
    assert not [one for one in found.shares if one.status == "published"]
    assert json.loads(as_json(found))["version"] == publication.VERSION


def test_synthetic_responses_give_synthetic_totals() -> None:
    rows = by_sex(20, 20)
    assert publish(survey(rows, synthetic=True), part("gender")).origin == "synthetic"
    assert publish(survey(rows), part("gender")).origin == "supplied"


# What the responses say of the survey itself.


def test_one_persons_time_is_not_the_median_nor_their_month_the_dates() -> None:
    timed = PATIENT | {"duration": 77.0, "month": "2031-03"}
    found = publish(survey([*repeated((30, PATIENT)), timed]), part())
    assert "March" not in reported(found, 13)
    assert "median" not in reported(found, 29)
    enough = publish(survey(repeated((11, timed))), part())
    assert "March" in reported(enough, 13)
    assert "median" in reported(enough, 29)


def test_few_complete_answers_do_not_follow_from_the_incomplete_ones() -> None:
    # 100 agreed, 15 repeated a code: 80 incomplete of the 85 left would tell of 5 complete ones.
    rows = repeated((85, PATIENT))
    found = publish(survey(rows, rows=100, consented=100, duplicates=15, incomplete=80), part())
    assert "80" not in reported(found, 28)


def test_repeated_codes_that_are_kept_are_not_said_to_be_removed() -> None:
    rows = repeated((60, PATIENT))
    found = publish(survey(rows, duplicates=20), part())
    assert "20" not in reported(found, 24)
    removed = publish(survey(rows, rows=80, consented=80, duplicates=20), part())
    assert "20" in reported(removed, 24)


# Attacks on what is published, with nothing of `survey.disclosure`.


def exposed(found: Aggregates, rows, questionnaire) -> list[str]:
    """Name the small counts that the totals prove to be small, whatever else they may be."""
    attacker, true = Attacker.of(as_json(found), questionnaire), truth(rows, questionnaire)
    proven = []
    for name in [name for name in attacker.place if name[0] == "count"]:
        base = ("base", name[1], name[2])
        if true[name] < 11 and attacker.span(name)[1] < 11:
            proven.append("/".join(name[1:]))
        if true[base] - true[name] < 11 and attacker.difference(base, name)[1] < 11:
            proven.append(f"not {'/'.join(name[1:])}")
    return proven


USES = QUESTIONNAIRE.item("uses")
SEVERAL = replace(USES, choices=USES.choices[-3:])  # fifteen answers would take minutes


def attacked(n: int, seed: int) -> None:
    questionnaire = part("gender", "search_online", "check_sources", "disrupted", "contacts")
    questionnaire = replace(questionnaire, items=(*questionnaire.items, SEVERAL))
    rows = drawn(n, seed, questionnaire)
    found = publish(survey(rows), questionnaire)
    assert exposed(found, rows, questionnaire) == []


@pytest.mark.parametrize(
    ("n", "seed"), [pytest.param(25, 1, marks=pytest.mark.slow), (80, 3), (200, 5)]
)
def test_no_small_count_can_be_worked_out(n, seed) -> None:
    attacked(n, seed)


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", [*range(7, 15), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(15, 40))]
)
def test_no_small_count_can_be_worked_out_of_many_surveys(seed) -> None:
    attacked(int(np.random.default_rng(seed).integers(20, 400)), seed)


def test_the_attacker_finds_what_a_careless_release_would_tell() -> None:
    questionnaire = part("search_online")
    rows = repeated(
        (30, DOCTOR | {"search_online": "yes"}),
        (30, DOCTOR | {"search_online": "no"}),
        (14, NURSE | {"search_online": "yes"}),
        (5, NURSE | {"search_online": "no"}),
    )
    careful = publish(survey(rows), questionnaire)
    assert exposed(careful, rows, questionnaire) == []
    careless, true = json.loads(as_json(careful)), truth(rows, questionnaire)
    for share in careless["shares"]:
        base = ("base", share["group_id"], share["item_id"])
        share["base"], share["count"] = true[base], true["count", *base[1:], share["code"]]
    attacker = Attacker.of(json.dumps(careless), questionnaire)
    all_of_them, doctors = (
        ("count", group, "search_online", "no") for group in ("professional", "doctor")
    )
    assert attacker.difference(all_of_them, doctors) == (5, 5)  # nurses
