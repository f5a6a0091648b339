"""The questionnaire's page shows all of it, in words, with nothing to fill in."""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from actient import claims, framework
from actient.book.pages import questionnaire as questionnaire_page
from actient.book.pages.page import Place
from actient.locale import LANGS, Lang
from actient.paths import checkout
from actient.survey.forms import FORMS, texts
from actient.survey.questionnaire import Questionnaire, load_questionnaire, reconstructed


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire()


@pytest.fixture(scope="module")
def pages() -> dict[Lang, BeautifulSoup]:
    return {
        lang: BeautifulSoup(questionnaire_page.as_seen(Place(checkout(), lang)), "html.parser")
        for lang in LANGS
    }


def question(page: BeautifulSoup, item_id: str) -> Tag:
    found = page.find(id=f"q-{item_id}")
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_question_stands_once_in_order_with_its_answers(
    questionnaire: Questionnaire, pages: dict[Lang, BeautifulSoup], lang: Lang
) -> None:
    shown = [str(one["id"]) for one in pages[lang].select("ol > li[id]")]
    assert shown == [f"q-{item.item_id}" for item in questionnaire.items]
    for item in questionnaire.items:
        part = question(pages[lang], item.item_id)
        assert item.question(lang) in part.get_text()
        assert item.hint(lang) in part.get_text()
        answers = [one.get_text() for one in part.select("ul > li")]
        assert answers == [choice.label(lang) for choice in item.choices]
        assert bool(part.select(".actient-required")) == item.required


@pytest.mark.parametrize("lang", LANGS)
def test_the_mark_the_notice_and_the_stops_are_visible(
    questionnaire: Questionnaire, pages: dict[Lang, BeautifulSoup], lang: Lang
) -> None:
    page = pages[lang]
    marks = [one.get_text() for one in page.select(".actient-reconstructed")]
    assert marks == [reconstructed(lang)] * 2  # above and below: the page is long
    notice = page.select(".actient-notice p")
    assert len(notice) == len(questionnaire.notice)
    assert questionnaire.notice[-1].text(lang) in notice[-1].get_text()
    assert texts.declined(lang) in question(page, "consent").get_text()
    assert texts.too_young(lang) in question(page, "age_band").get_text()


def test_conditions_are_said_in_words_and_lead_to_their_question(
    pages: dict[Lang, BeautifulSoup],
) -> None:
    def said(lang: Lang, name: str) -> str:
        (found,) = question(pages[lang], name).select(".actient-condition")
        return " ".join(found.get_text().split())

    assert said("fr", "check_sources") == "Posée si la réponse à la question 14 est Oui."
    assert said("en", "networks_time") == "Asked unless the answer to question 8 is Never."
    assert said("fr", "profession").endswith("question 2 est Professionnel de santé.")
    for page in pages.values():
        for part, answer in (("patient", "Patient"), ("professional", "")):
            (found,) = page.select(f"#part-{part} > .actient-condition")
            assert answer in found.get_text()
            assert found.select("a[href='#q-profile']")


def test_numbers_run_on_from_one_part_to_the_next(
    questionnaire: Questionnaire, pages: dict[Lang, BeautifulSoup]
) -> None:
    starts = [int(str(one["start"])) for one in pages["fr"].select("section > ol")]
    sizes = [len(questionnaire.in_section(one.section_id)) for one in questionnaire.sections]
    assert starts == [1 + sum(sizes[:place]) for place in range(len(sizes))]


def test_the_parts_are_listed_first(
    questionnaire: Questionnaire, pages: dict[Lang, BeautifulSoup]
) -> None:
    for lang, page in pages.items():
        listed = [(one["href"], one.get_text()) for one in page.select("nav a")]
        assert listed == [
            (f"#part-{one.section_id}", one.title(lang)) for one in questionnaire.sections
        ]


def test_links_lead_to_figures_and_stages_that_exist(
    questionnaire: Questionnaire, pages: dict[Lang, BeautifulSoup]
) -> None:
    figures = set(claims.load_claims())
    stages = set(framework.stages()["stage_id"])
    links = {str(one["href"]) for one in pages["fr"].select(".actient-links a")}
    known = {f"../book/provenance.html#{one}" for one in figures}
    known |= {f"../analysis/03_pathway.html#{one}" for one in stages}
    assert links <= known
    linked = {item_id for item in questionnaire.items for item_id in item.claim_ids}
    assert {one.partition("#")[2] for one in links} >= linked > {"C09", "C16"}


def test_nothing_can_be_filled_in_and_anchors_are_unique(
    pages: dict[Lang, BeautifulSoup],
) -> None:
    for page in pages.values():
        assert page.find_all(["form", "input", "select", "textarea", "button", "script"]) == []
        names = [str(one["id"]) for one in page.find_all(id=True)]
        assert len(set(names)) == len(names)
        inside = {str(one["href"])[1:] for one in page.select("a[href^='#']")}
        assert inside <= set(names)


def test_the_page_offers_every_file_and_names_it() -> None:
    for lang in LANGS:
        offered = BeautifulSoup(
            questionnaire_page.as_offered(Place(checkout(), lang)), "html.parser"
        )
        links = [str(one["href"]) for one in offered.select("a[download]")]
        assert {link.rpartition("/")[2] for link in links} == set(FORMS)
        assert all(re.fullmatch(r"\.\./_static/forms/[\w.]+", link) for link in links)
    prose = (checkout().book / "questionnaire.md").read_text(encoding="utf-8")
    for name in ("xlsform.xlsx", "limesurvey.txt", "template.csv", "codes.csv"):
        assert f"`{name}`" in prose
