"""What a reader takes away: files that a French or an English spreadsheet opens as they are."""

import csv
import io
import json

import altair as alt
import pandas as pd
import pytest

from actient.book.figures import downloads
from actient.charts import theme
from actient.charts.theme import DARK, INK
from actient.locale import number, percent

TABLE = theme.Table(
    ("Énoncé", "Part ; écart"),
    (
        ("T11 · « vérifient »\nles sources", percent(0.42, 1, "fr")),
        ("taille", number(10_000, 0, "fr")),
        ("écart", f"{number(-7.8, 1, 'fr')}"),
        ('=HYPERLINK("x")', "+1+1"),
        ("@somme", "-2+3"),
        ("—", ""),
    ),
)


def read(text, delimiter):
    return list(
        csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    )


def test_a_french_spreadsheet_finds_its_separators_accents_and_numbers():
    text = downloads.csv_text(TABLE, "fr")
    assert text.startswith("\ufeffÉnoncé;")
    assert text.count("\r\n") == 7
    rows = read(text, ";")
    assert rows[0] == ["Énoncé", "Part ; écart"]
    assert rows[1] == ["T11 · « vérifient »\nles sources", "42,0 %"]
    assert rows[2][1] == "10 000"
    assert rows[3][1] == "-7,8"
    assert rows[6] == ["—", ""]


def test_an_english_spreadsheet_finds_commas():
    table = theme.Table(("Size", "Share"), (("1,000", "42.0%"),))
    assert read(downloads.csv_text(table, "en"), ",") == [["Size", "Share"], ["1,000", "42.0%"]]


def test_no_cell_runs_as_a_formula():
    rows = read(downloads.csv_text(TABLE, "fr"), ";")
    assert rows[4] == ['\'=HYPERLINK("x")', "'+1+1"]
    assert rows[5] == ["'@somme", "'-2+3"]


@pytest.fixture
def files():
    frame = pd.DataFrame({"x": [1 / 3, 0.5], "y": [0, 1]})
    made = theme.figure(
        alt.Chart(frame).mark_line(color=INK).encode(x="x:Q", y="y:Q"),
        name="n",
        lang="fr",
        caption="c",
        description="d",
        table=pd.DataFrame({"a": ["1"]}),
        origins=["computed"],
    )
    spec = theme.portable_spec(made.to_dict())
    return downloads.files(theme.Figure.from_spec(spec), spec)


def test_the_specification_gives_unformatted_numbers(files):
    spec = json.loads(files[".vl.json"])
    assert spec["datasets"]["n-1"][0]["x"] == 0.33333


def test_the_dark_picture_is_the_same_in_other_colours(files):
    assert f'stroke="{INK}"' in files[".svg"]
    assert f'stroke="{DARK[INK]}"' in files[".dark.svg"]
    assert 'fill="white"' not in files[".dark.svg"]
    back = files[".dark.svg"]
    for light, dark in DARK.items():
        back = back.replace(f'"{dark}"', f'"{light}"')
    assert back == files[".svg"]
