"""Synthetic respondents: marked, reproducible, and in agreement with the poster's figures."""

import io
import math

import pandas as pd
import pytest

from actient.claims import load_claims
from actient.survey import synthesis
from actient.survey.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
CLAIMS = load_claims()


def drawn(n: int, seed: int = 1) -> pd.DataFrame:
    stream = io.StringIO()
    synthesis.write(stream, QUESTIONNAIRE, CLAIMS, n=n, seed=seed)
    stream.seek(0)
    return pd.read_csv(stream, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return drawn(20_000)


def test_every_row_bears_the_mark(frame: pd.DataFrame) -> None:
    assert next(iter(frame.columns)) == synthesis.MARK
    assert (frame[synthesis.MARK] == synthesis.MARK).all()


def test_the_same_seed_gives_the_same_file_and_another_seed_another() -> None:
    assert drawn(50).equals(drawn(50))
    assert not drawn(50).equals(drawn(50, seed=2))


@pytest.mark.parametrize("measure", QUESTIONNAIRE.measures, ids=lambda m: m.measure_id)
def test_what_is_measured_agrees_with_the_posters_figure(measure, frame: pd.DataFrame) -> None:
    group = next(g for g in QUESTIONNAIRE.groups if g.group_id == measure.group_id)
    asked = frame[frame[group.item_id].isin(group.codes)]
    item = QUESTIONNAIRE.item(measure.item_id)
    base = asked[asked[measure.item_id].isin(item.substantive)]
    share = base[measure.item_id].isin(measure.success_codes).mean()
    figure = CLAIMS[measure.claim_id].proportion
    assert len(base) > 1000
    assert abs(share - figure) < 4 * math.sqrt(figure * (1 - figure) / len(base))


def test_answers_follow_the_questionnaire(frame: pd.DataFrame) -> None:
    for item in QUESTIONNAIRE.items:
        column = frame[item.item_id]
        if item.type == "select_one":
            assert set(column) <= {"", *item.codes}
        if item.type == "select_multiple":
            alone = {choice.code for choice in item.choices if choice.exclusive}
            parts = column[column != ""].str.split(synthesis.SEPARATOR)
            assert all(len(p) == 1 or not alone & set(p) for p in parts)
        if item.branch != "all":
            assert (frame.loc[frame["profile"] != item.branch, item.item_id] == "").all()
        if item.shown_if:
            hidden = ~frame[item.shown_if.item_id].isin(item.shown_if.codes)
            assert (frame.loc[hidden, item.item_id] == "").all()


def test_tokens_are_unique_and_recruiters_came_before(frame: pd.DataFrame) -> None:
    tokens = frame["token"][frame["token"] != ""]
    assert tokens.is_unique
    rank = dict(zip(tokens, tokens.index, strict=True))
    passed = frame[frame["recruiter_token"].isin(rank)]
    assert len(passed) > 1000
    assert (passed["recruiter_token"].map(rank) < passed.index).all()


def test_batches_do_not_show() -> None:
    options = {"n": 40, "seed": 3}
    small = list(synthesis.rows(QUESTIONNAIRE, CLAIMS, **options, batch=40))
    assert len(small) == 40
    tokens = [row[-1] for row in synthesis.rows(QUESTIONNAIRE, CLAIMS, **options, batch=7)]
    assert len({t for t in tokens if t}) == len([t for t in tokens if t])


@pytest.mark.parametrize("n", [0, -1, 10_000_001])
def test_a_number_that_cannot_be_drawn_is_refused(n: int) -> None:
    with pytest.raises(synthesis.SynthesisError, match="expected a whole number"):
        drawn(n)
