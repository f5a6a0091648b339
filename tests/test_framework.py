import pytest

from actient import framework, tables

ORDER = [f"S{i:02d}" for i in range(1, 11)]


@pytest.fixture(params=framework.ALIGNMENTS)
def alignment(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_ten_stages_in_order() -> None:
    assert list(framework.stages()["stage_id"]) == ORDER
    assert list(framework.stages()["position"]) == list(range(1, 11))


def test_each_element_stands_once_in_each_alignment(alignment: str) -> None:
    layout = framework.pathway(alignment)
    items = set(tables.read("pathway_items")["item_id"])
    figures = {f"C{i:02d}" for i in range(7, 14)}
    assert sorted(layout["element_id"]) == sorted(items | figures)
    assert layout.loc[layout["role"] == "figure", "block_id"].isna().all()
    assert layout.loc[layout["role"] != "figure", "theme"].notna().all()


def test_the_layout_is_ordered_and_complete(alignment: str) -> None:
    layout = framework.pathway(alignment)
    assert list(layout.columns) == framework.PATHWAY_COLUMNS
    assert layout["stage_position"].is_monotonic_increasing
    for _, cells in layout.groupby("stage_id"):
        ranks = [framework.ROLES.index(role) for role in cells["role"]]
        assert ranks == sorted(ranks)
    texts = ["stage_fr", "stage_en", "quote", "text_fr", "text_en", "doubt"]
    assert layout[texts].notna().all(axis=None)


def test_by_order_puts_the_kth_block_with_the_kth_stage() -> None:
    layout = framework.pathway("by_order")
    blocks = layout.dropna(subset="block_id")
    assert list(blocks["stage_id"].str[1:]) == list(blocks["block_id"].str[1:])
    assert framework.pathway().equals(layout)


@pytest.mark.parametrize(
    ("element_id", "by_order", "extracted", "by_meaning"),
    [
        ("U01a", "S01", "S01", "S02"),
        ("R01a", "S01", "S01", "S02"),
        ("U05a", "S05", "S05", "S06"),
        ("R05a", "S05", "S05", "S06"),
        ("U07a", "S07", "S07", "S07"),
        ("U08a", "S08", "S07", "S08"),
        ("R08a", "S08", "S07", "S08"),
        ("R08c", "S08", "S08", "S08"),
        ("U09a", "S09", "S08", "S09"),
        ("R09b", "S09", "S08", "S09"),
        ("U10a", "S10", "S09", "S10"),
        ("C07", "S02", "S02", "S02"),
        ("C12", "S08", "S08", "S08"),
        ("C13", "S09", "S08", "S10"),
    ],
)
def test_where_the_alignments_put_an_element(
    element_id: str, by_order: str, extracted: str, by_meaning: str
) -> None:
    found = [
        framework.pathway(name).set_index("element_id").loc[element_id, "stage_id"]
        for name in framework.ALIGNMENTS
    ]
    assert found == [by_order, extracted, by_meaning]


def test_doubt_shows_wherever_the_alignments_disagree() -> None:
    placed = tables.read("alignments")
    for element_id, rows in placed.groupby("element_id"):
        if rows["stage_id"].nunique() > 1:
            assert (rows["doubt"] == "doubtful").all(), element_id
        assert rows["doubt"].nunique() == 1, element_id


def test_every_doubt_is_explained_and_only_doubts_are(alignment: str) -> None:
    layout = framework.pathway(alignment)
    doubtful = layout["doubt"] == "doubtful"
    for lang in ("fr", "en"):
        assert (layout[f"note_{lang}"].notna() == doubtful).all()


def test_recurring_risks_and_uses() -> None:
    risks = framework.recurring_themes("risk").set_index("theme")
    assert dict(risks["block_ids"]) == {
        "access_code_lost": "R03;R05;R09",
        "difficult_formalities": "R03;R09",
    }
    assert list(risks["blocks"]) == [3, 2]
    uses = framework.recurring_themes("use").set_index("theme")
    assert dict(uses["block_ids"]) == {"online_booking": "U01;U03", "sms_reminder": "U02;U03"}
    assert risks[["label_fr", "label_en"]].notna().all(axis=None)


def test_an_unknown_alignment_lists_the_three() -> None:
    with pytest.raises(ValueError, match=r"'alphabetical'.*by_order, extracted, by_meaning"):
        framework.pathway("alphabetical")


def test_an_unknown_role_lists_the_two() -> None:
    with pytest.raises(ValueError, match=r"'figure'.*use, risk"):
        framework.recurring_themes("figure")


def test_the_historical_evolution_can_be_read() -> None:
    names = framework.concepts().set_index("concept_id")["label_en"]
    read = {
        (names[row["source_id"]], row["type"], names[row["target_id"]])
        for row in framework.relations().to_dict("records")
    }
    platforms = "Platforms of exchange with experts"
    assert ("Patient", "evolves_into", "Actient") in read
    assert ("One-to-one encounter", "evolves_into", platforms) in read
    assert ("Actient", "takes_place_in", "Changed time and space") in read


def test_the_framework_is_one_network() -> None:
    edges = framework.relations()[["source_id", "target_id"]].to_numpy().tolist()
    reached, frontier = {"K01"}, {"K01"}
    while frontier:
        near = {a for a, b in edges if b in frontier} | {b for a, b in edges if a in frontier}
        frontier = near - reached
        reached |= near
    assert reached == set(framework.concepts()["concept_id"])


@pytest.mark.parametrize("name", ["concepts", "relations"])
def test_what_rests_on_the_poster_quotes_it(name: str) -> None:
    frame = tables.read(name)
    assert ((frame["basis"] == "poster") == frame["quote"].notna()).all()
