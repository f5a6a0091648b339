"""Chapters as files to take away: translated whole, and clear about what they need."""

import subprocess
import sys

import nbformat
import pytest

from actient.book.translation import catalogues, notebooks
from actient.locale import LANGS
from actient.paths import checkout

PATHS = checkout()
CHAPTERS = PATHS.notebooks()


def upper(text):
    return text.upper()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Un titre\n\nDeux lignes\nd’un paragraphe.",
            "# UN TITRE\n\nDEUX LIGNES\nD’UN PARAGRAPHE.",
        ),
        ("- un\n- deux\n\nfin", "- UN\n- DEUX\n\nFIN"),
        ("1. un\n2. deux", "1. UN\n2. DEUX"),
        ("", ""),
    ],
)
def test_marks_stay_and_messages_change(text, expected):
    assert notebooks.translated(text, upper) == expected
    assert notebooks.translated(text, str) == text


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_message_of_a_chapter_is_found_in_its_catalogue(path):
    catalog = catalogues.read(catalogues.place(PATHS, f"analysis/{path.stem}", "en"))
    asked = []

    def translate(text):
        asked.append(text)
        return str(catalog.get(text).string)

    taken = notebooks.to_take(nbformat.read(path, as_version=4), "en", translate)
    assert len(asked) > 5
    nbformat.validate(taken)


def check_cell(lang="fr"):
    taken = notebooks.to_take(nbformat.read(CHAPTERS[0], as_version=4), lang, str)
    return taken.cells[0].source


@pytest.mark.parametrize("lang", LANGS)
def test_without_the_package_a_notebook_says_what_it_needs(lang, tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", check_cell(lang)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "make lab" in done.stderr.splitlines()[-1]


def test_without_a_checkout_a_notebook_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    with pytest.raises(RuntimeError, match="make lab"):
        exec(check_cell(), {})  # noqa: S102 — the cell itself


def test_in_a_checkout_the_first_cell_is_silent(monkeypatch):
    monkeypatch.setenv("ACTIENT_ROOT", str(PATHS.root))
    exec(check_cell(), {})  # noqa: S102 — the cell itself


def test_what_is_taken_twice_has_one_check():
    once = notebooks.to_take(nbformat.read(CHAPTERS[0], as_version=4), "fr", str)
    assert notebooks.to_take(once, "fr", str) == once
