"""The preview card: a picture of the right size, drawn from one of our own figures."""

import struct

import pytest

from actient.book.frame import card

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="40" height="20" '
    'viewBox="0 0 40 20">'
)


def figure(folder, head=SVG, fill="#ff0000"):
    folder.mkdir(exist_ok=True)
    drawn = f'{head}<rect width="40" height="20" fill="{fill}"/></svg>'
    (folder / f"{card.FIGURE}.svg").write_text(drawn, encoding="utf-8")
    return folder


def test_the_card_is_a_png_of_the_size_it_says(tmp_path):
    drawn = card.draw(figure(tmp_path), "fr", (1200, 630))
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)


def test_the_figure_and_the_language_show(tmp_path):
    one = card.draw(figure(tmp_path), "fr", (1200, 630))
    assert one == card.draw(tmp_path, "fr", (1200, 630))
    assert one != card.draw(tmp_path, "en", (1200, 630))
    assert one != card.draw(figure(tmp_path, fill="#0000ff"), "fr", (1200, 630))


def test_a_missing_figure_is_told(tmp_path):
    with pytest.raises(card.CardError, match=rf"{card.FIGURE}.*is missing.*FIGURE"):
        card.draw(tmp_path, "fr", (1200, 630))


def test_a_picture_without_frame_is_told(tmp_path):
    with pytest.raises(card.CardError, match="no viewBox"):
        card.draw(figure(tmp_path, head="<svg>"), "fr", (1200, 630))
