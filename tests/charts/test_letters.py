"""Words keep to the room they have: measured and broken as a browser would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actient.charts.letters import balanced, width, wrap

WORDS = st.lists(st.text(st.characters(categories=("L", "N", "P")), min_size=1), max_size=12)
ROOMS = st.floats(1, 1000)


# As Chromium measures them in Liberation Sans; bold letters are only estimated, never too short.
@pytest.mark.parametrize(
    ("text", "measured", "bold"),
    [
        ("Représentants", 84.6, 90.3),
        ("Plateformes d’échanges avec des experts", 241.4, 258.0),
        ("« Homme de l’art » 42\N{NO-BREAK SPACE}% (n = 120) → k* = 12,33", 278.2, 285.4),
        ("Undercoverage: 80% reached, all the others say yes", 302.1, 320.8),
    ],
)
def test_words_are_as_wide_as_a_browser_draws_them(text, measured, bold):
    assert width(text) == pytest.approx(measured, abs=1)
    assert bold - 1 <= width(text, bold=True) <= 1.06 * bold


@given(WORDS, ROOMS, st.booleans())
def test_no_word_is_lost_and_no_line_too_long(words, room, bold):
    for broken in (wrap, balanced):
        lines = broken(" ".join(words), room, bold=bold)
        assert " ".join(lines).split() == " ".join(words).split()
        assert all(" " not in line or width(line, bold=bold) <= room for line in lines)


@given(WORDS, ROOMS)
def test_balanced_lines_are_as_many_and_not_longer(words, room):
    text = " ".join(words)
    greedy, even = wrap(text, room), balanced(text, room)
    assert len(even) == len(greedy)
    assert max(map(width, even), default=0) <= max(map(width, greedy), default=0)


def test_no_line_is_left_with_one_word():
    assert wrap("Plus de la moitié en parlent avec leur médecin.", 250)[-1] == "médecin."
    assert len(balanced("Plus de la moitié en parlent avec leur médecin.", 250)[-1]) > 15


def test_a_word_held_by_a_space_or_hyphen_is_not_broken():
    text = "de 42\N{NO-BREAK SPACE}% par rendez-vous"
    assert wrap(text, 1) == ["de", "42\N{NO-BREAK SPACE}%", "par", "rendez-vous"]
