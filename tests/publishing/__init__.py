"""What the tests of publication share: small surveys, made in memory, and someone who attacks them.

A survey is made of rows of answers (`item: code`, several codes as a tuple), so that a test can
plant what it wants to find, or not to find. Its questionnaire is a part of the real one: protection
takes seconds on all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from actient.survey.aggregates import (
    VERSION,
    Aggregates,
    GroupSize,
    Share,
    SuppliedOrigin,
    Weighted,
)
from actient.survey.estimates import proportion
from actient.survey.questionnaire import Measure, Questionnaire, load_questionnaire
from actient.survey.responses.model import Counts, Responses, Source

Answers = Mapping[str, object]

QUESTIONNAIRE = load_questionnaire()
SKIPPED = 0.06  # of the questions that are asked


def part(*items: str) -> Questionnaire:
    """A questionnaire that asks these questions only, and what defines its groups."""
    kept = {"consent", "profile", "profession", *items}
    return replace(
        QUESTIONNAIRE,
        items=tuple(item for item in QUESTIONNAIRE.items if item.item_id in kept),
        measures=tuple(m for m in QUESTIONNAIRE.measures if m.item_id in kept),
    )


def survey(rows: Sequence[Answers], /, *, synthetic: bool = False, **counts: int) -> Responses:
    """Responses as the reader would give them; `counts` replace those of a clean file."""
    n = len(rows)
    nothing_wrong = dict.fromkeys(Counts.__dataclass_fields__, 0)
    clean = nothing_wrong | {"rows": n, "consented": n, "kept": n}
    source = Source(
        tool="template",
        separator=",",
        encoding="utf-8",
        layout=(),
        columns={},
        dropped=(),
        missing=(),
        synthetic=synthetic,
    )
    return Responses(frame(rows), source, Counts(**(clean | counts)), (), 0, ())


def frame(rows: Sequence[Answers]) -> pd.DataFrame:
    """The table of these answers, in the reader's types."""
    columns: dict[str, object] = {}
    for item in QUESTIONNAIRE.items:
        given = [row.get(item.item_id) for row in rows]
        if item.type == "select_one":
            columns[item.item_id] = pd.Categorical(given, categories=list(item.codes))
        elif item.type == "select_multiple":
            for code in item.codes:
                ticked = [None if several is None else code in several for several in given]
                columns[f"{item.item_id}/{code}"] = pd.array(ticked, dtype="boolean")
        elif item.type == "integer":
            columns[item.item_id] = pd.array(given, dtype="Int32")
    columns["recruiter"] = np.array([row.get("recruiter", -1) for row in rows], dtype=np.int64)
    columns["duration"] = [row.get("duration", np.nan) for row in rows]
    columns["month"] = pd.array([row.get("month") for row in rows], dtype="string")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))


def repeated(*groups: tuple[int, Answers]) -> list[Answers]:
    """Rows: so many times each of these answers."""
    return [answers for times, answers in groups for _ in range(times)]


def count(rows: Sequence[Answers], item: str, group: Mapping[str, str]) -> Counter[object]:
    """Count the answers of a group to a question, one by one, as a person would."""
    found: Counter[object] = Counter()
    for row in rows:
        if all(row.get(name) == value for name, value in group.items()):
            given = row.get(item)
            several = given if isinstance(given, tuple) else (given,)
            found.update(code for code in several if code is not None)
    return found


def drawn(n: int, seed: int, questionnaire: Questionnaire) -> list[Answers]:
    """Rows of answers at random, rare ones and skipped questions included."""
    rng = np.random.default_rng(seed)
    rates = {
        item.item_id: rng.dirichlet(np.full(len(item.codes), 0.8))
        for item in questionnaire.items
        if item.choices
    }
    return [_person(questionnaire, rates, rng) for _ in range(n)]


def _person(
    questionnaire: Questionnaire, rates: Mapping[str, np.ndarray], rng: np.random.Generator
) -> Answers:
    row: dict[str, object] = {}
    for item in questionnaire.items:
        asked = item.branch in {"all", row.get("profile")}
        if item.shown_if:
            asked &= row.get(item.shown_if.item_id) in item.shown_if.codes
        if not asked or (item.item_id != "profile" and rng.random() < SKIPPED):
            continue
        if item.item_id == "consent":
            row["consent"] = "yes"
        elif item.type == "select_one":
            code = item.codes[rng.choice(len(item.codes), p=rates[item.item_id])]
            row[item.item_id] = "18_24" if code == "under_18" else code
        elif item.type == "select_multiple":
            free = [c.code for c in item.choices if not c.exclusive]
            ticked = rng.random(len(free)) < 2 * rates[item.item_id][: len(free)]
            row[item.item_id] = tuple(np.array(free)[ticked].tolist()) or ("none",)
        elif item.type == "integer":
            row[item.item_id] = int(rng.integers(0, 300))
    return row


def told(
    *measures: tuple[str, int, int],
    origin: SuppliedOrigin = "supplied",
    withheld: Sequence[str] = (),
    shares: Sequence[Share] = (),
    weighted: Mapping[str, Weighted] | None = None,
    **others: Any,
) -> Aggregates:
    """Totals as they are published: measures as (identifier, numerator, base)."""
    by_id = {measure.measure_id: measure for measure in QUESTIONNAIRE.measures}
    found = [_measured(by_id[name], count, base, weighted) for name, count, base in measures]
    kept_back = [
        Share(by_id[name].group_id, by_id[name].item_id, name, "withheld") for name in withheld
    ]
    given = {
        "groups": (GroupSize("patient", 300), GroupSize("professional", 100)),
        "pooled": (),
        "chains": (),
        "weightings": (),
        "reported": (),
    }
    return Aggregates(
        version=VERSION,
        origin=origin,
        threshold=11,
        confidence=0.95,
        tool="template",
        shares=tuple(shares),
        measures=(*found, *kept_back),
        withheld=len(kept_back) + sum(one.status == "withheld" for one in shares),
        **{**given, **others},
    )


def _measured(
    measure: Measure, count: int, base: int, weighted: Mapping[str, Weighted] | None
) -> Share:
    estimate = proportion(count, base)
    limits = (round(float(v), 4) for v in (estimate.share, estimate.low, estimate.high))
    return Share(
        measure.group_id,
        measure.item_id,
        measure.measure_id,
        "published",
        count,
        base,
        *limits,
        (weighted or {}).get(measure.measure_id),
    )
