"""Chapter 11: the poster's three indicators, defined; limits that are not zero."""

import math

import pytest

from actient.chapters.vigilance import numbers as chapter
from actient.chapters.vigilance import pictures as draw
from actient.claims import Claim, load_claims


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return load_claims()


def test_the_three_indicators_are_the_posters(claims: dict[str, Claim]) -> None:
    found = chapter.indicators(claims)
    assert [one.item.quote for one in found] == [
        "% de médecins recommandant des sites",
        "% de patients qui échantent avec leur médecin",
        "Fréquence et gravité des incidents",
    ]
    assert [one.unit for one in found] == ["proportion", "proportion", "per 1000"]


def test_only_two_have_a_printed_figure_near_them(claims: dict[str, Claim]) -> None:
    near = [one.baseline and one.baseline.claim_id for one in chapter.indicators(claims)]
    assert near == ["C13", "C14", None]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_table_says_that_a_baseline_is_our_reading(lang: str, claims: dict[str, Claim]) -> None:
    words = {"fr": "notre lecture", "en": "our reading"}[lang]
    for one in chapter.indicators(claims):
        assert one.baseline is None or words in one.baseline_note(lang)
    html = draw.indicator_table(chapter.indicators(claims), lang)._repr_html_()
    for anchor in ("I1", "I2", "I3"):
        assert html.count(f'id="{anchor}"') == 1


def test_limits_fall_as_one_over_exposure() -> None:
    limits = chapter.zero_incident([1000, 10, 1000, 100], 0.95)
    assert list(limits["exposure"]) == [10, 100, 1000]
    assert (limits["high"] * limits["exposure"]).tolist() == pytest.approx([3.6889] * 3, abs=1e-4)


def test_records_give_the_rule_of_three_per_thousand(claims: dict[str, Claim]) -> None:
    limits = chapter.zero_incident([300], 0.95)
    found = {one.key: one for one in chapter.records(claims, limits, 0.95)}
    assert found["zero_incident_300_upper"].value == pytest.approx(-1000 * math.log(0.05) / 300)
    assert found["zero_incident_300_upper"].value < found["zero_incident_300_high"].value
    assert found["zero_incident_300_high"].assumption
    assert (found["C13"].value, found["C14"].value) == (0.155, 0.69)
