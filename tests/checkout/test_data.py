"""The tables against their schema, the poster's transcription, and each other."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from actient import tables
from actient.claims import load_claims
from actient.paths import checkout

# What the poster prints around its content: section titles, lead-ins, list marks.
HEADINGS = [
    "CONTEXTE",
    "OBJECTIFS",
    "METHODE",
    "RESULTATS",
    "DISCUSSION",
    "PERSPECTIVES",
    "Identifier :",
    "Avec les réseaux sociaux virtuels",
    "Risques principaux liés aux réseaux sociaux virtuels",
]

# Tables that hold the poster's content once; concepts and relations quote it again.
CONTENT = ["claims", "outline", "stages", "pathway_items"]

QUOTED = [
    resource.name
    for resource in tables.resources()
    if "quote" in {field.name for field in resource.fields}
]

HOLDS_FRENCH = [
    (resource.name, field.name)
    for resource in tables.resources()
    for field in resource.fields
    if field.name.endswith("_fr")
]


@pytest.fixture(scope="module")
def transcription() -> str:
    stated = os.environ.get("ACTIENT_POSTER")
    path = Path(stated) if stated else checkout().root.parent / "shared" / "poster.txt"
    if not stated and not path.is_file():
        pytest.skip("poster transcription not at hand")
    return path.read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def poster(transcription: str) -> str:
    return _squeezed(transcription)


def test_the_data_package_is_valid() -> None:
    report = Package(str(checkout().data / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("name", QUOTED)
def test_every_quote_is_the_posters(name: str, poster: str) -> None:
    quotes = tables.read(name)["quote"].dropna()
    assert [quote for quote in quotes if _squeezed(quote) not in poster] == []


def test_nothing_of_the_poster_is_left_out_or_told_twice(poster: str) -> None:
    quotes = [quote for name in CONTENT for quote in tables.read(name)["quote"]]
    left = poster
    # the longest first, so that a short quote does not bite into a long one
    for quote in sorted((*map(_squeezed, quotes), *HEADINGS), key=len, reverse=True):
        assert quote in left, f"told more often than the poster does: {quote}"
        left = left.replace(quote, "\n", 1)
    rest = re.sub(r"\b[123]\.|[-,\s]", "", left)
    assert rest == "", f"left out: {rest}"


def test_the_poster_holds_what_the_issue_counts() -> None:
    items = tables.read("pathway_items").groupby("role")["block_id"].nunique()
    kinds = tables.read("outline")["kind"].value_counts()
    assert len(tables.read("claims")) == 16
    assert len(tables.read("stages")) == 10
    assert (items["use"], items["risk"]) == (10, 10)
    counted = {kind: kinds[kind] for kind in ("objective", "method", "discussion")}
    assert counted == {"objective": 2, "method": 3, "discussion": 4}
    assert (kinds["perspective"], kinds["indicator"]) == (3, 3)


@pytest.mark.parametrize("claim_id", load_claims())
def test_no_value_is_invented(claim_id: str) -> None:
    claim = load_claims()[claim_id]
    assert (claim.value, claim.unit, claim.decimals) == _printed(claim.quote)


def test_populations_and_periods_are_words_of_the_quote() -> None:
    for claim in load_claims().values():
        for word in (claim.population, claim.period):
            # C16 stands under the same line "Pour les médecins :" as C15
            context = claim.quote if claim.claim_id != "C16" else load_claims()["C15"].quote
            assert word == "not stated" or word in context, claim.claim_id


def test_extracted_puts_each_item_at_the_last_label_above_its_row(
    transcription: str,
) -> None:
    rows = _stage_of_each_row(transcription)
    placed = tables.read("alignments")
    extracted = placed[placed["alignment"] == "extracted"].set_index("element_id")["stage_id"]
    for item in tables.read("pathway_items").to_dict("records"):
        assert extracted[item["item_id"]] == rows[item["row_as_extracted"]], item["item_id"]


def test_every_comparison_of_a_claim_says_how_it_stands_to_it() -> None:
    frame = tables.read("comparisons")
    assert (frame["claim_id"].notna() == frame["relation"].notna()).all()


def test_every_claim_is_compared_or_cannot_be() -> None:
    compared = set(tables.read("comparisons")["claim_id"].dropna())
    assert {f"C{i:02d}" for i in range(1, 17)} - compared == {"C12"}


def test_a_series_has_one_publisher_one_definition_and_one_population() -> None:
    frame = _with_publisher()
    drawn = frame.dropna(subset="series")
    same = ["publisher", "concept", "definition_fr", "definition_en", "population_fr", "unit"]
    varied = drawn.groupby("series")[same].nunique().max(axis=1)
    assert list(varied[varied > 1].index) == []
    assert not drawn.duplicated(["series", "year", "period"]).any()


def test_access_use_and_daily_use_never_share_a_series() -> None:
    frame = tables.read("comparisons").dropna(subset="series")
    assert frame.groupby("series")["concept"].nunique().max() == 1


def test_a_computed_value_says_how() -> None:
    frame = tables.read("comparisons")
    computed = frame[frame["origin"] == "computed"]
    assert computed["note_fr"].str.startswith("Calculé").all()
    assert computed["note_en"].str.startswith("Computed").all()


def test_relays_carry_no_address_and_every_source_is_used() -> None:
    sources = tables.read("sources")
    assert sources.loc[sources["kind"] == "relay", "url"].isna().all()
    assert set(sources["source_id"]) == set(tables.read("comparisons")["source_id"])


def test_only_percentages_are_shares() -> None:
    frame = tables.read("comparisons")
    assert ((frame["unit"] == "percent") == (frame["measure"] == "share")).all()
    assert frame.loc[frame["unit"] == "percent", "value"].between(0, 100).all()


def test_presets_come_from_their_inputs() -> None:
    values = {key: claim.value for key, claim in load_claims().items()}
    comparisons = tables.read("comparisons")
    values |= dict(zip(comparisons["comparison_id"], comparisons["value"], strict=True))
    for preset in tables.read("coverage_presets").to_dict("records"):
        inputs = [values[key] for key in preset["input_ids"].split(";")]
        share = inputs[0] / inputs[1] if len(inputs) == 2 else inputs[0] / 100
        assert preset["value"] == round(share, 4), preset["preset_id"]
        assert (preset["origin"] == "computed") == (len(inputs) == 2)


def test_a_ratio_keeps_to_one_publisher_one_population_and_one_year() -> None:
    frame = _with_publisher().set_index("comparison_id")
    presets = tables.read("coverage_presets")
    for ids in presets.loc[presets["origin"] == "computed", "input_ids"]:
        same = frame.loc[ids.split(";"), ["publisher", "population_en", "year"]]
        assert (same.nunique() == 1).all()


def test_no_preset_for_populations_whose_coverage_is_unknown() -> None:
    assert set(tables.read("coverage_presets")["target_population"]) == {"residents", "internautes"}


@pytest.mark.parametrize(("name", "column"), HOLDS_FRENCH)
def test_french_is_typeset_as_french(name: str, column: str) -> None:
    texts = tables.read(name)[column].dropna()
    # an ordinary space before a double mark, after an opening guillemet, or a typewriter apostrophe
    faulty = texts[texts.str.contains(r" [;:!?%»]|« |'|\d h\b", regex=True)]
    assert list(faulty) == []


def test_no_cell_has_stray_space() -> None:
    for resource in tables.resources():
        frame = tables.read(resource.name)
        for column in frame.select_dtypes("string"):
            texts = frame[column].dropna()
            assert (texts == texts.str.strip()).all(), (resource.name, column)
            assert not texts.str.contains("  ", regex=False).any(), (resource.name, column)


def _with_publisher() -> pd.DataFrame:
    publishers = tables.read("sources")[["source_id", "publisher"]]
    return tables.read("comparisons").merge(publishers, on="source_id", validate="many_to_one")


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _printed(quote: str) -> tuple[float, str, int]:
    """Read the number, its unit and its decimals out of the poster's words."""
    text = _squeezed(quote)
    if found := re.search(r"(\d+) h (\d\d) par jour", text):
        return int(found[1]) * 60 + int(found[2]), "minutes per day", 0
    if found := re.search(r"(\d+)(?:,(\d+))? ?%", text):
        decimals = found[2] or ""
        return float(f"{found[1]}.{decimals or 0}"), "percent", len(decimals)
    if found := re.search(r"([\d ]+) (RDV|mentions)", text):
        unit = {"RDV": "appointments", "mentions": "likes"}[found[2]]
        return int(found[1].replace(" ", "")), unit, 0
    raise AssertionError(f"no number in {quote!r}")


def _stage_of_each_row(transcription: str) -> dict[int, str]:
    """Find the stage label in, or last above, each row of the transcription's table."""
    table = [line for line in transcription.splitlines() if "\t" in line][1:]  # below its header
    labels = dict(tables.read("stages")[["quote", "stage_id"]].itertuples(index=False))
    stages, current = {}, ""
    for number, line in enumerate(table, start=1):
        current = labels.get(line.split("\t")[0].strip(), current)
        stages[number] = current
    return stages
