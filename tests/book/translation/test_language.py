"""What Sphinx does not do for an edition: the poster's words marked, terms in order, references."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from pybtex.database import parse_string
from sphinx import addnodes

from actient import parameters, tables
from actient.book.frame import bibliography
from actient.book.pages import dictionaries
from actient.book.translation import language
from actient.paths import checkout

POSTER = language.poster_words(checkout())


# ------------------------------------------------------------------------------- the poster's words
@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<td>“Avis d&#39;experts”</td>", '<td>“<span lang="fr">Avis d&#39;experts</span>”</td>'),
        (
            "says “vérifications des sources”.",
            'says “<span lang="fr">vérifications des sources</span>”.',
        ),
        ("(médecin traitant)", '(<span lang="fr">médecin traitant</span>)'),
    ],
)
def test_quotations_of_the_poster_are_marked_as_french(html: str, marked: str) -> None:
    assert language.mark_poster_words(html, POSTER) == marked


@pytest.mark.parametrize(
    "html",
    [
        "the “Expert opinion” stage",
        "from “patient” to “actient”",
        "“fewer than half check their sources”",
        '<q lang="fr">“Avis d\'experts”</q>',
        '<span lang="fr">“Avis d\'experts”</span>',
        "<code>“Avis d'experts”</code>",
        '<script>"“Avis d\'experts”"</script>',
        '<img alt="“Avis d\'experts”">',
        "(doctors)",
    ],
)
def test_other_words_and_what_is_marked_already_stay(html: str) -> None:
    assert language.mark_poster_words(html, POSTER) == html


def test_words_are_sorted_as_a_dictionary_sorts_them() -> None:
    words = ["énoncé", "EHPAD", "effet", "e-vigilance", "“zéro”"]
    assert sorted(words, key=language.alphabetical) == [
        "e-vigilance",
        "effet",
        "EHPAD",
        "énoncé",
        "“zéro”",
    ]


def test_the_glossary_is_put_in_order() -> None:
    document = _document()
    terms = addnodes.glossary()
    terms += nodes.definition_list("", *(_entry(word) for word in ("relay", "actient", "EHPAD")))
    document += terms
    language.GlossaryOrder(document).apply()
    assert [term.astext() for term in document.findall(nodes.term)] == ["actient", "EHPAD", "relay"]


def _document() -> nodes.document:
    return new_document("page", get_default_settings(Parser))


def _entry(word: str) -> nodes.definition_list_item:
    return nodes.definition_list_item("", nodes.term("", word), nodes.definition())


# --------------------------------------------------------------------------------------- references
BIB = """
@misc{affiche, langid = {french}, author = {Delpech, Annick and Curie, Marie},
  title = {{Les interfaces}}, note = {Sans date}, note_en = {Undated}}
@article{paper, author = {Doe, Jane and Roe, Ann}, title = {On surveys}, journal = {Journal},
  year = {2001}}
@article{many, author = {Doe, Jane and others}, title = {On many}, journal = {J}, year = {2002}}
"""


def references(style: type) -> dict[str, str]:
    works = parse_string(BIB, "bibtex")
    return {
        entry.key: entry.text.render_as("html")
        for entry in style().format_entries(works.entries.values())
    }


def test_a_work_keeps_its_language_and_the_note_speaks_the_page_s() -> None:
    french = references(bibliography._FrenchEntries)
    english = references(bibliography._EnglishEntries)
    assert "Annick Delpech et Marie Curie" in french["affiche"]
    assert "Sans date" in french["affiche"]
    assert "language-" not in french["affiche"]
    assert english["affiche"].startswith("<language-fr>Annick Delpech et Marie Curie.")
    assert english["affiche"].endswith("</language-fr> Undated.")
    assert "Sans date" not in english["affiche"]
    assert french["paper"].startswith("<language-en>Jane Doe and Ann Roe.")
    assert english["paper"].startswith("Jane Doe and Ann Roe.")


def test_authors_left_out_are_et_al() -> None:
    works = parse_string(BIB, "bibtex")
    person = bibliography._with_others(works.entries["many"].persons["author"][0])
    assert str(person.last_names[-1]) == "Doe\u00a0et\u00a0al."


# ---------------------------------------------------------------- pages written from descriptions
def test_bounds_are_written_in_both_languages() -> None:
    assert dictionaries.bounds("≥ 1000, ≤ 10000000", "en") == "≥ 1,000, ≤ 10,000,000"
    assert dictionaries.bounds("> 0.5, < 1", "fr") == "> 0,5, < 1"
    assert dictionaries.bounds("≥ 2007, ≤ 2019", "fr") == "≥ 2007, ≤ 2019"
    assert dictionaries.bounds("1 to 12 values, each > 0", "fr") == "de 1 à 12 valeurs, chacune > 0"
    assert dictionaries.bounds("3 values, each ≥ -1", "en") == "3 values, each ≥ -1"


def test_every_type_unit_source_and_licence_has_its_french() -> None:
    described = [one for model in parameters.MODELS.values() for one in parameters.describe(model)]
    resources = tables.resources(checkout())
    words = {one.type for one in described} | {one.unit for one in described}
    words |= {one.source for one in described}
    words |= {field.unit or "" for one in resources for field in one.fields}
    words |= {field.type for one in resources for field in one.fields}
    words |= {licence.title for one in resources for licence in one.licenses}
    names = {"", "proportion", "C01", "C02", "coverage_presets", "Ugander et al. 2011"}
    names |= {"Creative Commons Attribution 4.0 International"}
    assert {one for one in words if dictionaries.said(one, "fr") == one} == names
    assert {dictionaries.said(one, "en") for one in ("string", "text")} == {"string", "text"}
