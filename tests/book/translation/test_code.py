"""The words of the package: every one is collected, room by room, and put together by no one."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from actient.book.translation import catalogues, code
from actient.paths import Paths, checkout

HERE = checkout(Path(__file__).parent)


@pytest.fixture
def package(tmp_path):
    """A package of one room with a module and a template."""
    room = tmp_path / "analysis" / "actient" / "charts"
    (room / "templates").mkdir(parents=True)
    return Paths(tmp_path), room


def test_texts_of_modules_and_templates_are_collected_in_order(package):
    paths, room = package
    (room / "two.py").write_text('_("Deux")\nWORD = N_("Trois")\n_("Deux")\n', encoding="utf-8")
    (room / "templates" / "one.html").write_text('<p>{{ _("Un") }}</p>', encoding="utf-8")
    assert code.texts(paths) == {"actient/charts": ("Un", "Deux", "Trois")}


def test_a_text_on_several_lines_is_one(package):
    paths, room = package
    (room / "one.py").write_text('_(\n    "Un trait, "\n    "deux traits"\n)\n', encoding="utf-8")
    assert code.texts(paths) == {"actient/charts": ("Un trait, deux traits",)}


def test_a_context_goes_with_its_text(package):
    paths, room = package
    (room / "one.py").write_text('_.pgettext("parcours", "Étape")\n', encoding="utf-8")
    (text,) = code.texts(paths)["actient/charts"]
    catalogue = catalogues.updated(Catalog(), [text])
    assert catalogues.texts(catalogue) == (text,)
    (message,) = [one for one in catalogue if one.id]
    assert (message.context, message.id) == ("parcours", "Étape")
    assert [one.kind for one in catalogues.problems("page", [text], catalogue, {})] == ["missing"]


@pytest.mark.parametrize(
    "said",
    [
        '_(f"Part {share}")',
        '_("Part " + share)',
        'N_(f"{n}")',
        'translator(lang)("Part")',
    ],
)
def test_a_text_put_together_before_it_is_translated_is_refused_with_its_line(package, said):
    paths, room = package
    (room / "one.py").write_text(f"\n{said}\n", encoding="utf-8")
    with pytest.raises(code.UntranslatableError, match=re.escape("charts/one.py:2")):
        code.texts(paths)


@pytest.mark.parametrize("english", ["Share, if k = 2", "Share, if k = {share}", "Share"])
def test_a_translation_keeps_the_places_of_numbers(english):
    catalogue = Catalog()
    catalogue.add("Part, si k = {k}", english)
    found = catalogues.problems("actient/charts", ["Part, si k = {k}"], catalogue, {})
    assert [one.kind for one in found] == ["altered"]


@pytest.mark.parametrize(("french", "expected"), [("pour mille", []), ("pour cent", ["altered"])])
def test_a_number_in_letters_may_be_translated_in_digits(french, expected):
    catalogue = Catalog()
    catalogue.add(french, "per 1000")
    found = catalogues.problems("actient/charts", [french], catalogue, {})
    assert [one.kind for one in found] == expected


def test_every_word_of_the_package_is_translated_and_none_is_left_over():
    known, said = catalogues.load(HERE, "en"), code.texts(HERE)
    for room in {*said, *(page for page in known if page.startswith("actient"))}:
        catalogue = known.get(room) or Catalog()
        found = catalogues.problems(room, said.get(room, ()), catalogue, {})
        assert [str(one) for one in found] == []


def test_the_key_of_a_table_of_words_is_no_text(package):
    paths, room = package
    (room / "one.py").write_text('_(KINDS["kind"])\n_(KINDS[row.kind])\n', encoding="utf-8")
    assert code.texts(paths) == {}


def test_one_text_has_one_translation_unless_a_context_tells_two_senses():
    def rooms(*translations, context=None):
        made = [Catalog() for _ in translations]
        for catalogue, english in zip(made, translations, strict=True):
            catalogue.add("Étape", english, context=context)
        return dict(zip(("actient/charts", "actient/reproduce"), made, strict=False))

    assert not list(catalogues.divided(rooms("Stage", "Stage")))
    (problem,) = catalogues.divided(rooms("Stage", "Step"))
    assert "Stage" in str(problem)
    assert "actient/reproduce" in str(problem)
    other = Catalog()
    other.add("Étape", "Step", context="run")
    assert not list(catalogues.divided(rooms("Stage") | {"actient/reproduce": other}))
