"""What the book shows of its last reproduction: dated, of which commit, and no time of day."""

import dataclasses
import re
from unittest.mock import Mock

import pytest
from bs4 import BeautifulSoup
from certifying import PATHS, certified

from actient.book.pages import certificate as certificate_page
from actient.book.pages.page import Place
from actient.locale import LANGS
from actient.paths import Paths
from actient.reproduce import certificate
from actient.reproduce.certificate import Difference
from actient.runs import recorded

PARTS = (
    certificate_page.last_certificate,
    certificate_page.execution_times,
    certificate_page.tolerances,
)
TIME_OF_DAY = re.compile(r"\b\d{1,2}:\d\d\b|\bT?\d\d:\d\d|\b\d{1,2}\s?h\s?\d\d\b")


@pytest.fixture
def keep(tmp_path):
    def kept(made):
        paths = Paths(tmp_path)
        paths.last_certificate.parent.mkdir(parents=True, exist_ok=True)
        paths.last_certificate.write_text(certificate.as_json(made), encoding="utf-8")
        return paths

    return kept


def read(html):
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("lang", LANGS)
def test_the_certificate_is_dated_and_says_of_which_commit_it_is(keep, lang):
    soup = read(certificate_page.last_certificate(Place(keep(certified()), lang)))
    text = soup.get_text(" ")
    assert soup.code.get_text() == "a1b2c3d4e5"
    for date in {"fr": ("24 novembre 2026", "23 novembre 2026")}.get(
        lang, ("24 November 2026", "23 November 2026")
    ):
        assert date in text
    assert {"fr": "Tout correspond.", "en": "Everything matched."}[lang] in text
    assert {"fr": "antérieur à celui qui le contient", "en": "earlier commit"}[lang] in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_formula_that_no_chapter_calls_is_said_to_be_out_of_reach(keep, lang):
    said = {"fr": "aucun chapitre ne l’appelle", "en": "no chapter calls it"}[lang]
    place = Place(keep(certified()), lang)
    assert said in read(certificate_page.last_certificate(place)).get_text()


@pytest.mark.parametrize("lang", LANGS)
def test_counts_are_those_of_the_certificate_differences_too(keep, lang):
    made = certified()
    counts = (dataclasses.replace(made.examined.counts[0], matched=1), *made.examined.counts[1:])
    planted = (Difference("records", "fr/01_context", "C01", 1, 2),)
    paths = keep(certified(*planted, counts=counts))
    soup = read(certificate_page.last_certificate(Place(paths, lang)))
    rows = [[cell.get_text() for cell in row.select("td")] for row in soup.select("tbody tr")]
    shown = [[re.sub(r"\D", "", cell) for cell in row[1:]] for row in rows]
    assert shown == [
        [str(one.compared), str(one.matched), str(one.compared - one.matched)] for one in counts
    ]
    assert {"fr": "Des différences", "en": "Differences were found"}[lang] in soup.get_text()


@pytest.mark.parametrize("lang", LANGS)
def test_every_chapter_has_its_times_in_both_languages(keep, lang):
    soup = read(certificate_page.execution_times(Place(keep(certified()), lang)))
    links = [one["href"] for one in soup.select("tbody a")]
    assert links == [f"../analysis/{path.stem}.html" for path in PATHS.notebooks()]
    last = [cell.get_text() for cell in soup.select("tbody tr")[-1].select("td")]
    total = 4.2 * len(links)
    assert [cell.replace(",", ".") for cell in last[1:]] == [f"{total:.1f}"] * 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_tolerances_shown_are_those_of_the_comparer(lang, monkeypatch):
    def bounds():
        soup = read(certificate_page.tolerances(Place(PATHS, lang)))
        rows = soup.select("tbody tr")
        return [[cell.get_text() for cell in row.select("th, td")][2:4] for row in rows]

    none = {"fr": "aucune", "en": "none"}[lang]
    assert bounds()[0] == [none, none]
    assert bounds()[1] == ["10−12", "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10−9"]
    wider = dataclasses.replace(recorded.TOLERANCES[1], relative=1e-3)
    monkeypatch.setattr(recorded, "TOLERANCES", (recorded.TOLERANCES[0], wider))
    assert bounds()[1] == ["10−12", "10−3"]


@pytest.mark.parametrize("lang", LANGS)
def test_before_the_first_certificate_that_is_what_is_said(tmp_path, lang):
    none = {"fr": "Aucun certificat", "en": "No certificate"}[lang]
    for write in (certificate_page.last_certificate, certificate_page.execution_times):
        assert none in write(Place(Paths(tmp_path), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_no_time_of_day_reaches_a_page(keep, lang):
    made = certified()
    assert TIME_OF_DAY.search(certificate.as_json(made))  # the certificate itself has them
    paths = keep(made)
    for write in PARTS:
        assert not TIME_OF_DAY.search(read(write(Place(paths, lang))).get_text(" "))


def test_french_is_typeset_as_french(keep):
    paths = keep(certified())
    for write in PARTS:
        text = read(write(Place(paths, "fr"))).get_text(" ")
        assert not re.search(r" [;:!?%»]|« |'", text)


def test_the_committed_certificate_can_be_read():
    if PATHS.last_certificate.is_file():
        found = certificate.read(PATHS.last_certificate.read_text(encoding="utf-8"))
        assert found.examined.counts


def test_the_book_knows_the_directives():
    app = Mock()
    certificate_page.register(app)
    known = {call.args[0] for call in app.add_directive.call_args_list}
    assert {"certificate", "execution-times", "tolerances"} <= known
