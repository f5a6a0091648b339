"""The colours of pictures: legible in both modes, and apart for every reader.

Contrast: WCAG 2.1, success criteria 1.4.3 and 1.4.11. Colour vision: the model of Machado, Oliveira
and Fernandes (2009) at full severity, applied to linear RGB; distances are those of CIELAB (1976,
D65), where a just noticeable difference is about 2.3.
"""

import itertools
import json
import re

import pytest

from actient.charts import theme
from actient.charts.theme import DARK, INK, NIGHT, PALETTE, TINTS
from actient.paths import checkout

APART = 12  # several times a just noticeable difference
TEXT, MARK = 4.5, 3
VISIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
MODES = {"light": lambda colour: colour, "dark": lambda colour: DARK[colour]}
BACKGROUND = {"light": "#ffffff", "dark": NIGHT}
MARKS = (INK, *PALETTE)


def linear(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one, other):
    light, dark = sorted(
        (
            sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
            for colour in (one, other)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def seen(colour, vision):
    rgb = linear(colour)
    return [
        min(1, max(0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in VISIONS[vision]
    ]


def lab(rgb):
    to_xyz = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    white = (0.95047, 1, 1.08883)
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (
            sum(w * c for w, c in zip(row, rgb, strict=True)) / most
            for row, most in zip(to_xyz, white, strict=True)
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, vision):
    pairs = zip(lab(seen(one, vision)), lab(seen(other, vision)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_the_measures_give_what_their_definitions_say():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#ffffff")) == pytest.approx((100, 0, 0), abs=0.02)
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    for vision in VISIONS:  # greys are seen by everybody as they are
        assert seen("#808080", vision) == pytest.approx(linear("#808080"), abs=1e-5)
    assert distance("#d62728", "#8c8c00", "deuteranopia") < distance("#d62728", "#8c8c00", "usual")


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("colour", MARKS)
def test_text_and_marks_stand_out(colour, mode):
    # The palette serves for text as well as for marks, so all of it keeps to the stricter limit.
    assert contrast(MODES[mode](colour), BACKGROUND[mode]) >= TEXT


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("tint", TINTS)
def test_text_is_legible_on_every_tint(tint, mode):
    assert contrast(MODES[mode](INK), MODES[mode](tint)) >= TEXT


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("vision", list(VISIONS))
def test_any_two_colours_of_marks_stay_apart(vision, mode):
    painted = MODES[mode]
    close = {
        (one, other): distance(painted(one), painted(other), vision)
        for one, other in itertools.combinations(MARKS, 2)
        if distance(painted(one), painted(other), vision) < APART
    }
    assert close == {}


def test_every_colour_has_its_dark_counterpart_and_no_two_share_one():
    assert set(DARK) == {theme.PAPER, *MARKS, *TINTS}
    assert len(set(DARK.values())) == len(DARK)


def test_no_picture_of_the_book_uses_a_colour_outside_the_palette():
    paint = re.compile(r'"(?:color|fill|stroke|colour|\w+Color|background)": ?"([^"]+)"')
    known = {*DARK, "transparent", "none"}
    found = {}
    for notebook in checkout().notebooks():
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                spec = output.get("data", {}).get(theme.MIME)
                if spec is None:
                    continue
                text = json.dumps({key: spec[key] for key in spec if key != "usermeta"})
                used = {*re.findall(r'"(#[0-9a-fA-F]{3,8})"', text), *paint.findall(text)}
                found[theme.Figure.from_spec(spec).name] = used
    assert len(found) >= 20
    assert {name: used - known for name, used in found.items() if used - known} == {}


def test_a_picture_is_repainted_whole():
    drawn = f'<rect fill="white"/><text fill="{INK}" stroke="none">fill="x"</text>'
    dark = theme.in_dark(drawn)
    assert f'fill="{NIGHT}"' in dark
    assert DARK[INK] in dark
    assert INK not in dark
    assert 'stroke="none"' in dark


def test_the_stylesheet_repaints_what_vega_draws_with_the_same_pairs():
    css = (checkout().book / "_static" / "figures.css").read_text(encoding="utf-8")
    rule = re.compile(
        r'html\[data-theme="dark"\] \.actient-stage \[(fill|stroke)="([^"]+)"\] \{\s*'
        r"(fill|stroke): ([^;]+);"
    )
    written = {(one[0], one[1], one[2]): one[3] for one in rule.findall(css)}
    assert written == {
        (paint, light, paint): dark for light, dark in DARK.items() for paint in ("fill", "stroke")
    }
    assert f"background: {NIGHT} !important" in css
