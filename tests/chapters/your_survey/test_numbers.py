"""Chapter 12: a whole survey, told without pointing to anyone; synthetic for want of one."""

import pytest
from publishing import part, repeated, survey, told

from actient.chapters.supplied import numbers as own
from actient.chapters.your_survey import numbers as chapter
from actient.chapters.your_survey import pictures as draw
from actient.locale import LANGS
from actient.survey.publishing.aggregates import Reported, Share, Weighting
from actient.survey.publishing.publication import publish

PUBLISHED = Share(
    "patient", "gender", "woman", "published", 60, 100, 0.6, low=0.5, high=0.69, weighted=None
)
WITHHELD = Share("patient", "gender", "man", "withheld")
DOCTORS = Share("doctor", "dialogue", "improved", "withheld")
SAID = (Reported(13, "Mars <2031>.", "March <2031>."),)
ARGUMENTS = {"shares": (PUBLISHED, WITHHELD, DOCTORS), "reported": SAID}
SURVEY = own.beside_the_poster(told(**ARGUMENTS))
SYNTHETIC = own.beside_the_poster(told(origin="synthetic", **ARGUMENTS))


def test_answers_are_gathered_by_question() -> None:
    assert chapter.answers(SURVEY, "patient") == [("gender", [PUBLISHED, WITHHELD])]
    assert chapter.answers(SURVEY, "professional") == []


@pytest.mark.parametrize("lang", LANGS)
def test_groups_have_their_size(lang) -> None:
    found = chapter.groups(SURVEY, lang)
    assert found["n"].tolist() == [300, 100]
    assert (
        found["group"].iloc[1]
        == {"fr": "Professionnels de santé", "en": "Health professionals"}[lang]
    )


def test_how_much_is_told_is_counted() -> None:
    found = {one.key: one for one in chapter.records(SURVEY)}
    assert {key: one.value for key, one in found.items()} == {
        "threshold": 11,
        "statistics_count": 3,
        "withheld_count": 2,
    }
    assert found["withheld_count"].origin == "supplied"
    assert {one.key: one.origin for one in chapter.records(SYNTHETIC)}["statistics_count"] == (
        "synthetic"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_is_laid_out_and_what_is_withheld_said(lang) -> None:
    table = draw.all_answers(SURVEY, lang)
    text, page = repr(table), table._repr_html_()
    assert {"fr": "Une femme", "en": "A woman"}[lang] in text
    assert {"fr": "60,0", "en": "60.0"}[lang] in text
    assert text.count({"fr": "non montré", "en": "not shown"}[lang]) == 1  # no size: no doctors
    assert "SYNTH" not in page


@pytest.mark.parametrize("lang", LANGS)
def test_every_group_of_a_synthetic_table_bears_the_mark(lang) -> None:
    word = {"fr": "SYNTHÉTIQUE", "en": "SYNTHETIC"}[lang]
    for table in (draw.all_answers(SYNTHETIC, lang).table, draw.reported(SYNTHETIC, lang)):
        assert table.groups
        assert all(group.title.startswith(word) for group in table.groups)


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_data_answer_is_laid_out_as_text(lang) -> None:
    page = draw.reported(SURVEY, lang)._repr_html_()
    assert "&lt;2031&gt;" in page
    assert "<2031>" not in page


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="nobody"),
        pytest.param(repeated((3, {"profile": "patient", "gender": "man"})), id="three"),
        pytest.param(repeated((14, {"profile": "professional"})), id="professionals only"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_too_few_answers_make_whole_tables(rows, lang) -> None:
    found = own.beside_the_poster(publish(survey(rows), part("gender")))
    assert draw.all_answers(found, lang)._repr_html_()
    assert draw.reported(found, lang)._repr_html_()
    assert len(chapter.groups(found, lang)) == 3
    assert {one.key for one in chapter.records(found)} == {
        "threshold",
        "statistics_count",
        "withheld_count",
    }


def test_a_file_of_totals_takes_the_place_of_the_demonstration(monkeypatch) -> None:
    monkeypatch.setattr(chapter, "load", lambda *_: SURVEY)
    assert chapter.survey("totals.json", 10, 1) is SURVEY


def test_without_a_file_synthetic_people_are_drawn() -> None:
    found = chapter.survey("", 12, 1)
    assert found.origin == "synthetic"
    assert {one.n for one in found.aggregates.groups} == {None}


@pytest.mark.parametrize("lang", LANGS)
def test_counts_beside_a_weighted_figure_say_that_they_are_not_weighted(lang) -> None:
    weighting = Weighting("patient", ("gender",), 5.0, 0, (), 1.1, 180)
    weighted = own.beside_the_poster(told(**ARGUMENTS, weightings=(weighting,)))
    said = {"fr": "comptées sans pondération", "en": "counted without weights"}[lang]
    assert repr(draw.all_answers(weighted, lang)).count(said) == 1  # patients, not doctors
    assert said not in repr(draw.all_answers(SURVEY, lang))
