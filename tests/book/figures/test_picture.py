"""A figure's two images: the size that keeps their place, and no image twice on a page."""

import pytest

from actient.book.figures.picture import PictureSizeError, images

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="479" height="130.5" a="b">'


def test_each_says_its_size_its_words_and_its_shade():
    light, dark = str(images("one", up="../", drawn=DRAWN, alt='a "b" <c>', later=False)).split(
        "<img"
    )[1:]
    for shown, shade, file in ((light, "light", "one.svg"), (dark, "dark", "one.dark.svg")):
        assert f'class="actient-{shade} dark-light"' in shown
        assert f'src="../_images/{file}"' in shown
        assert 'width="479" height="131"' in shown
        assert 'alt="a &#34;b&#34; &lt;c&gt;"' in shown
    assert "lazy" not in light
    assert 'loading="lazy"' in dark


def test_far_down_a_page_both_wait():
    assert str(images("one", up="", drawn=DRAWN, alt="a", later=True)).count("lazy") == 2


def test_a_drawing_of_unknown_size_is_refused_by_name():
    with pytest.raises(PictureSizeError, match="« one »"):
        images("one", up="", drawn="<svg>", alt="a", later=False)
