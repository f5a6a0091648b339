"""How to cite: CITATION.cff as its format asks, and what is derived from it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup
from pybtex.database import parse_string

import actient
from actient.book.pages import citing
from actient.book.provenance import citation
from actient.book.provenance.citation import CitationError, Revision
from actient.locale import LANGS
from actient.paths import Paths, checkout

PATHS = checkout()
STATED = yaml.safe_load((PATHS.root / "CITATION.cff").read_text(encoding="utf-8"))
COMPENDIUM = citation.load(PATHS)
KNOWN = Revision("5f367c9ce2", "2026")
UNKNOWN = Revision("", "")
SCHEMA = os.environ.get("CFF_SCHEMA")

# What the schema of the Citation File Format 1.2.0 requires, and the fields it allows here.
REQUIRED = {"authors", "cff-version", "message", "title"}
ALLOWED = REQUIRED | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords"),
    *("license", "license-url", "preferred-citation", "references", "repository"),
    *("repository-artifact", "repository-code", "type", "url", "version"),
}


def test_the_citation_file_keeps_the_rules_of_its_format():
    assert REQUIRED <= set(STATED) <= ALLOWED
    assert STATED["cff-version"] == "1.2.0"
    assert STATED["type"] in ("software", "dataset")
    assert len(STATED["keywords"]) == len(set(STATED["keywords"]))
    for author in [*STATED["authors"], *STATED["references"][0]["authors"]]:
        assert set(author) in ({"name"}, {"family-names", "given-names"})
    for reference in STATED["references"]:
        assert {"authors", "title", "type"} <= set(reference)


def test_the_citation_file_is_valid_against_the_official_schema():
    if not SCHEMA:
        pytest.skip(
            "NOT RUN: set CFF_SCHEMA to schema.json of citation-file-format 1.2.0 "
            "(https://github.com/citation-file-format/citation-file-format)"
        )
    schema = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
    assert schema["$id"].endswith("1.2.0/schema.json")
    validator = jsonschema.Draft7Validator(schema)
    assert [one.message for one in validator.iter_errors(STATED)] == []
    assert list(validator.iter_errors({**STATED, "version ": 1, "authors": []}))


def test_nothing_that_does_not_exist_is_cited():
    assert not {"doi", "identifiers", "date-released", "url", "repository-code"} & set(STATED)
    for work in (COMPENDIUM.work, citation.chapter(PATHS, "07_selection", "fr")):
        for revision in (KNOWN, UNKNOWN):
            written = citation.bibtex(work, COMPENDIUM, revision)
            said = citation.text(work, COMPENDIUM, revision, "en")
            assert not re.search(r"doi|orcid|url|month", written + said, re.IGNORECASE)


def test_version_and_licence_are_those_of_the_package():
    assert COMPENDIUM.version == actient.__version__
    assert COMPENDIUM.licence == "BSD-3-Clause"


def test_a_chapter_is_cited_within_the_compendium():
    work = citation.chapter(PATHS, "07_selection.ipynb", "en")
    said = citation.text(work, COMPENDIUM, KNOWN, "en")
    assert said == (
        f"Actient contributors (2026). “Selection: who chooses to answer?”, in "
        f"{COMPENDIUM.work.title}, version {COMPENDIUM.version}, revision 5f367c9ce2."
    )


def test_french_has_its_own_quotes_and_title():
    work = citation.chapter(PATHS, "07_selection", "fr")
    said = citation.text(work, COMPENDIUM, KNOWN, "fr")
    assert "«\u00a0Sélection\u00a0: qui choisit de répondre\u00a0?\u00a0», dans Actient" in said


@pytest.mark.parametrize("lang", LANGS)
def test_without_git_no_year_is_made_up(lang):
    said = citation.text(COMPENDIUM.work, COMPENDIUM, UNKNOWN, lang)
    assert not re.search(r"\b20\d\d\b", said)
    assert "year" not in citation.bibtex(COMPENDIUM.work, COMPENDIUM, UNKNOWN)
    assert ("year" if lang == "en" else "année") not in citing.cited(
        COMPENDIUM.work, COMPENDIUM, UNKNOWN, lang
    )


@pytest.mark.parametrize("lang", LANGS)
def test_bibtex_is_read_back_by_another_reader(lang):
    entries = parse_string(citing.bibliography(PATHS, lang), "bibtex").entries
    names = [f"actient_{one.stem}" for one in PATHS.notebooks()]
    assert list(entries) == ["actient", *names]
    for name, entry in entries.items():
        assert str(entry.persons["author"][0]) == "{Actient contributors}"
        title = COMPENDIUM.work.title
        assert entry.fields["title" if name == "actient" else "booktitle"] == f"{{{title}}}"


def test_what_a_page_shows_is_escaped():
    work = citation.part(COMPENDIUM, "07_selection", "a < b & <script>")
    page = BeautifulSoup(citing.cited(work, COMPENDIUM, KNOWN, "en"), "html.parser")
    assert not page.select("script")
    assert r"{a < b \& <script>}" in page.select_one("pre").get_text()


def test_the_box_follows_the_chapter_and_leaves_it_as_it_is():
    app = SimpleNamespace(srcdir=PATHS.root, config=SimpleNamespace(language="fr"))
    body = '<section id="a"><p>a &amp; b</p></section>'
    context = {"body": body, "title": "Sélection <em>x</em>"}
    citing._at_the_foot(app, "analysis/07_selection", "page.html", context, object())
    page = BeautifulSoup(context["body"].removeprefix(body), "html.parser")
    assert context["body"].startswith(body)
    assert page.summary.get_text() == "Citer ce chapitre"
    assert "Sélection x" in page.select_one("pre").get_text()
    assert page.a["href"] == "../book/provenance.html#citer"

    other = {"body": body, "title": "x"}
    citing._at_the_foot(app, "book/method", "page.html", other, object())
    assert other["body"] == body


def test_an_unknown_chapter_and_a_broken_file_are_told(tmp_path):
    with pytest.raises(CitationError, match=r"'99_none'.*07_selection"):
        citation.chapter(PATHS, "99_none", "fr")
    (tmp_path / "CITATION.cff").write_text("title: [", encoding="utf-8")
    with pytest.raises(CitationError, match=r"CITATION\.cff"):
        citation.load(Paths(tmp_path))
    (tmp_path / "CITATION.cff").write_text("title: Actient", encoding="utf-8")
    with pytest.raises(CitationError, match="references"):
        citation.load(Paths(tmp_path))


def test_the_command_cites_and_tells_what_it_does_not_know():
    def cite(*words):
        return subprocess.run(
            [sys.executable, "-m", "actient", "cite", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    done = cite("07_selection", "--format", "bibtex", "--lang", "fr")
    assert (
        "Sélection"
        in parse_string(done.stdout, "bibtex").entries["actient_07_selection"].fields["title"]
    )
    lost = cite("99_none")
    assert lost.returncode == 2
    assert lost.stderr.startswith("actient: No chapter is named '99_none'")


def test_the_english_title_says_its_language_on_a_french_page():
    said = citing.cited(COMPENDIUM.work, COMPENDIUM, KNOWN, "fr")
    marked = BeautifulSoup(said, "html.parser").select_one('.actient-cite-text [lang="en"]')
    assert marked.get_text() == COMPENDIUM.work.title
    assert 'lang="en"' not in citing.cited(COMPENDIUM.work, COMPENDIUM, KNOWN, "en")
