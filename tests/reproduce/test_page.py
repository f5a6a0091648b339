"""The certificate: verdict, JSON, page; nothing personal, nothing asked of any other host."""

import dataclasses
import json
import os
import platform
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from certifying import PATHS, certified

from actient.locale import LANGS
from actient.paths import MARKER, ROOT
from actient.reproduce import certificate, examine, page
from actient.reproduce.certificate import Count, Difference

PLANTED = (
    Difference(
        *("records", "fr/07_selection", "C11", {"value": 0.42}, {"value": 0.43}),
        absolute=0.01,
        relative=0.0238,
        tolerance="1e-12 / 2e-09",
    ),
    Difference("versions", "numpy", "", "2.4.6", "2.4.5"),
    Difference("pages", "en/book/glossary.html", "", "book/glossary", None),
    Difference(
        *("charts", "en/04_results", "results-wilson $.description", "a" * 64, "<b>" * 99),
        checksum_only=True,
        further=3,
    ),
)


@pytest.fixture(scope="module")
def matched():
    return BeautifulSoup(page.html(certified()), "html.parser")


@pytest.fixture(scope="module")
def differing():
    return BeautifulSoup(page.html(certified(*PLANTED)), "html.parser")


def test_it_reads_back_as_it_was_written():
    made = certified(*PLANTED)
    assert certificate.read(certificate.as_json(made)) == made
    assert json.loads(certificate.as_json(made))["verdict"] == "differences"


@pytest.mark.parametrize("text", ["", "{}", '{"format": 2}', "[1]"])
def test_what_is_not_a_certificate_is_told(text):
    with pytest.raises(certificate.CertificateError, match="make reproduce"):
        certificate.read(text)


def test_only_a_full_match_is_a_match():
    assert certified().verdict == "matched"
    assert certified(PLANTED[0]).verdict == "differences"
    counts = certified().examined.counts
    for place, count in enumerate(counts):
        for one in ((), (Count(count.check, 0, 0),), (Count(count.check, 2, 1),)):
            left = (*counts[:place], *one, *counts[place + 1 :])
            assert certified(counts=left).verdict == "differences"


def test_the_verdict_comes_first_and_everything_follows_in_both_languages(matched, differing):
    for soup, verdict in ((matched, "matched"), (differing, "differences")):
        assert soup.body["data-verdict"] == verdict
        for lang in LANGS:
            article = soup.find("article", lang=lang)
            first = [one.name for one in article.find_all(True, recursive=False)][:2]
            assert first == ["h1", "p"]
            assert len(article.find_all("section")) == 6
            assert "a1b2c3d4e5" in article.get_text()
            assert re.search(r"24 novembre 2026|24 November 2026", article.get_text())
    assert "Tout correspond." in matched.find("article", lang="fr").p.get_text()
    assert "Differences were found." in differing.find("article", lang="en").p.get_text()


def test_each_difference_is_named_with_what_was_expected_and_by_how_much(differing):
    for lang in LANGS:
        text = differing.find("article", lang=lang).get_text(" ")
        for said in ("fr/07_selection C11", "0.42", "0.43", "0.0238", "2e-09", "numpy", "2.4.5"):
            assert said in text
    text = differing.find("article", lang="en").get_text(" ")
    for said in ("en/book/glossary.html", "missing", "the reference is a checksum", "3 more"):
        assert said in text
    assert not differing.find_all("b")  # a value is text, whatever it holds


def test_a_changed_data_file_is_seen_before_the_records_that_follow_from_it():
    records = [
        Difference("records", f"{lang}/07_selection", "C11", 0.42, 0.43) for lang in reversed(LANGS)
    ]
    data = Difference("data", "data/poster/claims.csv", "", "a", "b")
    soup = BeautifulSoup(page.html(certified(*records, data)), "html.parser")
    for lang, said in (("fr", "dans les deux langues"), ("en", "in both languages")):
        table = soup.find("article", lang=lang).select("table.actient-cards")[0]
        rows = [row.get_text(" ") for row in table.select("tbody tr")]
        assert len(rows) == 2
        assert "data/poster/claims.csv" in rows[0]
        assert f"07_selection ({said})" in " ".join(rows[1].split())


def test_many_differences_are_folded_by_chapter_with_their_number():
    many = [
        Difference("records", f"{lang}/{chapter}", f"r{place}", 0.42, 0.43)
        for lang in LANGS
        for chapter, last in (("06_coverage", 21), ("07_selection", 30))
        for place in range(last)
    ]
    soup = BeautifulSoup(page.html(certified(*many)), "html.parser")
    for lang, counts in (
        (
            "fr",
            ("06_coverage\N{NO-BREAK SPACE}: 1 autre", "07_selection\N{NO-BREAK SPACE}: 30 autres"),
        ),
        ("en", ("06_coverage: 1 more", "07_selection: 30 more")),
    ):
        section = soup.find("article", lang=lang).find_all("section")[1]
        assert len(section.find("table").select("tbody tr")) == 20
        folded = section.find_all("details", open=False)
        assert [len(one.select("tbody tr")) for one in folded] == [1, 30]
        for one, said in zip(folded, counts, strict=True):
            assert one.find(True).name == "summary"
            assert one.summary.get_text().endswith(said)
            assert one.find(role="region")["aria-label"] == one.summary.get_text()


def test_long_values_are_cut_where_they_differ_not_before():
    long = Difference("outputs", "fr/01_context", "cell 7", "x" * 900 + "42", "x" * 900 + "43")
    soup = BeautifulSoup(page.html(certified(long)), "html.parser")
    for lang in LANGS:
        cells = soup.find("article", lang=lang).select("table.actient-cards tbody td")
        assert [cell.get_text()[-3:] for cell in cells[1:3]] == ["x42", "x43"]
        assert all(len(cell.get_text()) < 130 for cell in cells[:4])


def test_on_a_phone_each_difference_is_a_card(differing):
    style = differing.style.get_text()
    assert ".actient-cards :is(tbody, tr, th, td) { display: block; }" in style
    for lang, found in (("fr", "Trouvé"), ("en", "Found")):
        table = differing.find("article", lang=lang).select("table.actient-cards")[0]
        rows = table.select("tbody tr")
        assert len(rows) == len(PLANTED)
        assert [cell["data-label"] for cell in rows[0].select("td")][2] == found


def test_what_the_comparison_cannot_see_is_said_where_it_is_counted(matched):
    for lang, said in (("fr", "aucun chapitre ne l’appelle"), ("en", "no chapter calls it")):
        section = matched.find("article", lang=lang).section
        assert section.table
        assert said in section.get_text()


def test_its_words_are_those_of_the_checkout_that_makes_it(tmp_path, monkeypatch):
    catalogue = tmp_path / "book/locales/en/LC_MESSAGES/actient/reproduce.po"
    for path, text in (
        (tmp_path / MARKER, '{"name": "actient"}'),
        (catalogue, 'msgid "Rien."\nmsgstr "Nothing, we say."\n'),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(ROOT, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    written = tmp_path / "certificate.html"
    written.write_text(page.html(certified()), encoding="utf-8")
    assert page.holds_page(written)
    english = BeautifulSoup(written.read_text(encoding="utf-8"), "html.parser").find(id="en")
    assert english.find_all("section")[1].p.get_text() == "Nothing, we say."


def test_what_was_not_done_is_said_with_tolerances_and_times(matched):
    for lang, said in (("fr", "Aucun navigateur"), ("en", "No browser")):
        text = matched.find("article", lang=lang).get_text(" ")
        for part in (said, "10_combined", "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10"):
            assert part in text


def test_it_asks_nothing_of_any_other_file_and_can_be_read_by_everyone(matched):
    assert not matched.find_all(["script", "link", "img", "iframe", "object"])
    assert not matched.find_all(src=True)
    assert all(one["href"].startswith("#") for one in matched.find_all(href=True))
    assert "url(" not in matched.style.get_text()
    assert "prefers-color-scheme: dark" in matched.style.get_text()
    assert matched.html["lang"] == "fr"
    assert {one.get("scope") for one in matched.find_all("th")} == {"col", "row"}
    names = [one["id"] for one in matched.find_all(id=True)]
    assert len(names) == len(set(names))
    assert all(one["aria-label"] for one in matched.select("[role=region]"))


def test_nothing_personal_is_in_a_real_description_of_this_machine():
    machine = examine.machine()
    told = json.dumps(dataclasses.asdict(machine))
    assert platform.machine() in told
    assert str(machine.cores) in told
    for personal in {platform.node(), str(Path.home()), str(PATHS.root), os.environ.get("USER")}:
        if personal and len(personal) > 3:
            assert personal not in told


def test_french_is_typeset_as_french(matched, differing):
    for soup in (matched, differing):
        article = BeautifulSoup(str(soup.find("article", lang="fr")), "html.parser")
        for code in article.find_all("code"):
            code.decompose()
        assert not re.search(r" [;:!?%»]|« |'", article.get_text(" ", strip=True))
