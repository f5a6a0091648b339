"""Icons are read from the theme's own script, and drawn in the page."""

import re
from importlib.resources import files

import pytest

from actient.book.light.icons import IconError, drawings, drawn

SCRIPT = (
    'var r={"bars":[448,512,["navicon"],"f0c9","M1 1"],sun:[512,512,[9728],"f185","M2 2"]},'
    's={"bars":[448,512,["navicon"],"f0c9","M3 3"],sun:[512,512,[9728],"f185","M4 4"]};'
)


def test_the_solid_drawing_stands_in_the_place_of_the_mark():
    page = '<button><i class="theme-switch fa-solid fa-sun fa-lg" data-mode="light"></i></button>'
    assert drawn(page, drawings(SCRIPT)) == (
        '<button><svg class="actient-icon theme-switch fa-sun fa-lg" data-mode="light" '
        'aria-hidden="true" focusable="false" viewBox="0 0 512 512">'
        '<path fill="currentColor" d="M4 4"/></svg></button>'
    )


def test_an_alias_finds_its_drawing():
    assert 'd="M3 3"' in drawn('<span class="fas fa-navicon">\n</span>', drawings(SCRIPT))


def test_other_marks_are_left_alone():
    page = '<i class="fab fa-x"></i><i>word</i><span class="fast">x</span>'
    assert drawn(page, drawings(SCRIPT)) == page


@pytest.mark.parametrize("classes", ["fas fa-gone", "fa-solid fa-lg"])
def test_an_unknown_icon_is_told(classes):
    with pytest.raises(IconError, match=r"does not hold.*Font Awesome Free"):
        drawn(f'<i class="{classes}"></i>', drawings(SCRIPT))


def test_the_script_of_the_theme_is_understood():
    script = files("pydata_sphinx_theme") / (
        "theme/pydata_sphinx_theme/static/scripts/fontawesome.js"
    )
    known = drawings(script.read_text(encoding="utf-8"))
    for name in ("bars", "list", "download", "sun", "moon", "magnifying-glass", "search"):
        assert re.match(r"M[\d.]", known[name].path), name
    assert known["search"] == known["magnifying-glass"]
