"""Words in code: French where they are used, English from catalogues, nothing twice."""

import pytest

from actient.words import N_, Translator, translator


def test_french_is_said_as_it_is_written():
    assert translator("fr")("Énoncé") == "Énoncé"


def test_english_is_read_from_the_catalogues_of_the_package():
    assert translator("en")("Énoncé") == "Statement"


def test_a_text_without_translation_stays_french():
    assert translator("en")("Un texte que personne n’a traduit") == (
        "Un texte que personne n’a traduit"
    )


def test_a_context_tells_two_meanings_of_one_word_apart():
    known = {("", "Étape"): "Step", ("parcours", "Étape"): "Stage"}
    say = Translator(known)
    assert (say("Étape"), say.pgettext("parcours", "Étape")) == ("Step", "Stage")
    assert say.pgettext("ailleurs", "Étape") == "Étape"


def test_a_marked_text_stays_itself():
    assert N_("Énoncé") == "Énoncé"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_numbers_are_filled_in_after_the_translation(lang):
    said = translator(lang)("Part vraie si k = {k}").format(k="2")
    assert said.endswith("k = 2")


def test_outside_a_checkout_words_are_french_and_nothing_stops(monkeypatch, tmp_path):
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    assert translator("en")("Énoncé") == "Énoncé"
