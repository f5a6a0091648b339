"""The English catalogue is whole, says what the French says, and never falls behind in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from building import copy_checkout

from actient.book import translations
from actient.book.translation import catalogues
from actient.paths import Paths, checkout

HERE = checkout(Path(__file__).parent)
PAGE = "book/objectives"
FRENCH = "Une {term}`hypothèse`, [ici](method.md), vaut {glue:text}`a.ipynb::k:s` en 2018 (`code`)."
ENGLISH = "An {term}`assumption`, [here](method.md), is {glue:text}`a.ipynb::k:s` in 2018 (`code`)."
TERMS = {"hypothèse": "assumption"}


def catalog(**messages: str) -> Catalog:
    """A catalogue of messages and translations, from keywords."""
    made = Catalog()
    for french, english in messages.items():
        made.add(french, english)
    return made


def kinds(found) -> list[str]:
    return [problem.kind for problem in found]


# ------------------------------------------------------------------------------ the book's own text
def test_every_message_of_the_catalogue_is_translated_with_its_roles_links_and_numbers() -> None:
    known = catalogues.load(HERE, "en")
    assert len(known) >= 21
    terms = catalogues.glossary(known)
    problems = [
        str(problem)
        for page, one in known.items()
        for problem in catalogues.problems(page, catalogues.texts(one), one, terms)
    ]
    assert not problems, "\n".join(problems)


def test_the_catalogue_translates_nothing_that_the_sources_no_longer_say() -> None:
    toc = plain((HERE.root / "_toc.yml").read_text("utf-8"))
    gone = [
        f"{page}: {text[:60]}"
        for page, one in catalogues.load(HERE, "en").items()
        if not page.startswith("actient/")  # the code's: translation/test_code.py
        for text in catalogues.texts(one)
        if plain(text) not in plain(source(page)) + toc
    ]
    assert not gone, "Run `actient translations`:\n" + "\n".join(gone)


def test_files_are_written_the_one_way_we_write_them() -> None:
    rewritten = [
        page
        for page, one in catalogues.load(HERE, "en").items()
        if catalogues.serialised(one, "en") != catalogues.place(HERE, page, "en").read_text("utf-8")
    ]
    assert not rewritten, f"Run `actient translations`, then commit: {rewritten}"


def test_no_straight_quotes_in_english_prose() -> None:
    straight = [
        f"{page}: {message.string[:80]}"
        for page, one in catalogues.load(HERE, "en").items()
        for message in one
        if message.id and re.search(r"[\"']", re.sub(NOT_PROSE, "", message.string))
    ]
    assert not straight, "Write ’ “ and ”:\n" + "\n".join(straight)


NOT_PROSE = r"`[^`]*`|\$[^$]*\$|\[[^\]]*\]\{\.language-fr\}"


def source(page: str) -> str:
    """The French text of a page, as its author wrote it."""
    notebook = HERE.root / f"{page}.ipynb"
    if not notebook.is_file():
        return (HERE.root / f"{page}.md").read_text("utf-8")
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def plain(text: str) -> str:
    """Without line breaks and what begins a line."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def extracted() -> dict[str, tuple[str, ...]]:
    """What there is to translate here, asked of Sphinx once."""
    return translations.extract(HERE)


@pytest.mark.slow
def test_the_catalogue_is_in_step_with_the_pages(extracted) -> None:
    problems = translations.check(HERE, extracted)
    assert not problems, "\n".join(map(str, problems))


# -------------------------------------------------------------------------------- planted mistakes
@pytest.mark.slow
def test_a_changed_sentence_is_caught_and_keeps_its_old_translation_to_mend(
    tmp_path, monkeypatch
) -> None:
    paths = copy_checkout(tmp_path)
    page = paths.book / "objectives.md"
    text = page.read_text("utf-8")
    assert text.count("## Le point de départ") == 1
    page.write_text(text.replace("## Le point de départ", "## Un point de départ"), "utf-8")

    before = catalogues.place(paths, PAGE, "en").read_bytes()
    extracted = translations.extract(paths)
    monkeypatch.setattr(translations, "extract", lambda _: extracted)  # both ask Sphinx the same
    found = translations.check(paths)
    assert [(one.page, one.kind, one.message) for one in found] == [
        (PAGE, "missing", "Un point de départ"),
        (PAGE, "obsolete", "Le point de départ"),
    ]
    assert catalogues.place(paths, PAGE, "en").read_bytes() == before  # a check changes nothing

    untouched = catalogues.place(paths, "book/method", "en").read_bytes()
    left = translations.update(paths)
    assert [(one.kind, one.message) for one in left] == [("fuzzy", "Un point de départ")]
    entry = catalogues.place(paths, PAGE, "en").read_text("utf-8")
    assert '#| msgid "Le point de départ"\nmsgid "Un point de départ"\n' in entry
    assert catalogues.place(paths, "book/method", "en").read_bytes() == untouched
    assert not list(paths.build.glob("gettext-*"))  # nothing is left behind


def test_what_can_be_wrong_with_a_translation_is_told() -> None:
    fuzzy, obsolete = catalog(un="one"), catalog(un="one")
    fuzzy.get("un").flags.add("fuzzy")
    obsolete.obsolete["vieux"] = catalog(vieux="old").get("vieux")
    assert kinds(catalogues.problems(PAGE, ["un"], catalog(un="one"), {})) == []
    assert kinds(catalogues.problems(PAGE, ["un"], catalog(), {})) == ["missing"]
    assert kinds(catalogues.problems(PAGE, ["un"], catalog(un=""), {})) == ["missing"]
    assert kinds(catalogues.problems(PAGE, ["un"], fuzzy, {})) == ["fuzzy"]
    assert kinds(catalogues.problems(PAGE, ["un"], catalog(un="one", deux="two"), {})) == [
        "obsolete"
    ]
    assert kinds(catalogues.problems(PAGE, ["un"], obsolete, {})) == ["obsolete"]


def test_a_page_that_left_is_told_and_its_file_removed(tmp_path) -> None:
    paths = Paths(tmp_path)
    assert kinds(translations.update(paths, {"book/a": ["un"], "book/b": ["deux"]})) == [
        "missing",
        "missing",
    ]
    assert kinds(translations.check(paths, {"book/a": ["un"]})) == ["missing", "obsolete"]
    assert kinds(translations.update(paths, {"book/a": ["un"]})) == ["missing"]
    assert not catalogues.place(paths, "book/b", "en").exists()


def test_updating_twice_gives_the_same_bytes(tmp_path) -> None:
    paths = Paths(tmp_path)
    pages = {"book/a": ["zéro", "un", FRENCH]}
    translations.update(paths, pages)
    place = catalogues.place(paths, "book/a", "en")
    first = place.read_bytes()
    translations.update(paths, pages)
    assert place.read_bytes() == first
    assert first.index("zéro".encode()) < first.index(b'"un"')  # the order of the page
    assert str(tmp_path).encode() not in first
    assert b"Date" not in first
    assert b"python" not in first


def test_a_faithful_translation_passes() -> None:
    found = catalogues.problems(PAGE, [FRENCH], catalog(**{FRENCH: ENGLISH}), TERMS)
    assert kinds(found) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{term}`assumption`", "assumption"),
        ("{term}`assumption`", "{term}`hypothesis`"),
        ("(method.md)", "(methods.md)"),
        ("{glue:text}`a.ipynb::k:s`", "{glue:text}`a.ipynb::j:s`"),
        ("{glue:text}`a.ipynb::k:s`", "42%"),
        ("2018", "2017"),
        ("2018", "2018 and 2019"),
        ("`code`", "`other`"),
        ("`code`", "code"),
    ],
)
def test_a_translation_that_loses_or_adds_markup_or_numbers_is_caught(before, after) -> None:
    assert ENGLISH.count(before) == 1
    altered = ENGLISH.replace(before, after)
    found = list(catalogues.problems(PAGE, [FRENCH], catalog(**{FRENCH: altered}), TERMS))
    assert kinds(found) == ["altered"]
    assert PAGE in str(found[0])


def test_the_words_of_a_formula_are_translated_and_its_signs_are_not() -> None:
    french = r"C’est $\frac{\pi\,(1 - \pi)}{\text{biais}^2}$."
    for english, expected in (
        (r"It is $\frac{\pi\,(1 - \pi)}{\text{bias}^2}$.", []),
        (r"It is $\frac{\pi\,(1 + \pi)}{\text{bias}^2}$.", 1),
    ):
        found = kinds(catalogues.problems(PAGE, [french], catalog(**{french: english}), {}))
        assert found == (["altered"] if expected else [])


def test_a_shown_text_may_differ_when_its_term_does_not() -> None:
    french, english = "{term}`hypothèses <hypothèse>`", "{term}`what we assume <assumption>`"
    assert not list(catalogues.problems(PAGE, [french], catalog(**{french: english}), TERMS))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('msgid "un\nmsgstr "one"\n', "line 1"),
        ('msgid "un"\n<<<<<<< HEAD\nmsgstr "one"\n', "line 2"),
        ('msgid "un"\nmsgstr "one\\"\n', "line 2"),
        ("\udce9t\udce9", "utf-8"),
    ],
)
def test_a_broken_catalogue_is_named_and_nothing_is_written(tmp_path, text, where) -> None:
    paths = Paths(tmp_path)
    place = catalogues.place(paths, "book/a", "en")
    place.parent.mkdir(parents=True)
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(catalogues.CatalogueError, match=rf"a\.po .*{where}.*No catalogue"):
        translations.update(paths, {"book/a": ["un"], "book/b": ["deux"]})
    assert not catalogues.place(paths, "book/b", "en").exists()
    assert place.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_message_without_translation_stays_french(tmp_path) -> None:
    paths = Paths(tmp_path)
    translations.update(paths, {"book/a": ["un"]})
    assert catalogues.translated(paths, "book/a", "un", "en") == "un"
    assert catalogues.translated(paths, "book/none", "un", "en") == "un"
    place = catalogues.place(paths, "book/a", "en")
    place.write_text(catalogues.serialised(catalog(un="one"), "en"), "utf-8")
    assert catalogues.translated(paths, "book/a", "un", "en") == "one"
    assert catalogues.translated(paths, "book/a", "un", "fr") == "un"


@pytest.mark.parametrize(("returncode", "log"), [(2, "What went wrong"), (0, "page: ERROR: wrong")])
def test_sources_that_cannot_be_read_are_an_error_that_says_so(
    tmp_path, monkeypatch, returncode, log
) -> None:
    paths = copy_checkout(tmp_path)

    def broken(paths, source, folder, *options):
        (folder / "_build" / "gettext").mkdir(parents=True)
        (folder / "_build" / "gettext" / "page.pot").write_text('msgid "un"\nmsgstr ""\n', "utf-8")
        return type("Done", (), {"returncode": returncode, "stdout": f"one\n{log}\n"})

    monkeypatch.setattr(translations.site, "jupyter_book", broken)
    with pytest.raises(translations.ExtractionError, match=log):
        translations.extract(paths)


@pytest.mark.slow
def test_a_text_beside_a_figure_of_another_page_is_extracted(extracted) -> None:
    texts = extracted["book/summary"]
    assert any(text.startswith("Le point, en bas,") for text in texts)  # inside {key-picture}
