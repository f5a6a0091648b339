"""From responses to what may be told of them: counted, weighted, protected together, then rounded.

The only module that sees both the responses and what is published of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from actient.bias.arguments import Numbers
from actient.survey.disclosure import Protected, protect
from actient.survey.estimating import tabulation
from actient.survey.estimating.estimates import Proportion, proportion, weighted_proportion
from actient.survey.estimating.margins import Margin, WeightingError
from actient.survey.estimating.pooling import pooled
from actient.survey.estimating.weighting import calibrate, design_effect, effective_size
from actient.survey.publishing import release as linked
from actient.survey.publishing.aggregates import (
    VERSION,
    Aggregates,
    Estimate,
    GroupSize,
    Pooled,
    Residual,
    Share,
    Weighted,
    Weighting,
    estimate,
    told_if_large,
)
from actient.survey.publishing.chains import chains
from actient.survey.publishing.field_report import reported
from actient.survey.publishing.options import Options, PublicationError
from actient.survey.questionnaire import Group, Questionnaire
from actient.survey.responses.model import Responses

DECIMALS: Final = 4  # of a published proportion; weighted ones have fewer
__all__ = ["Options", "PublicationError", "publish"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class _Weights:
    """Weights of the members of a group who can be weighted.

    Attributes
    ----------
    labels
        Counts of the answers weighted by: whoever knows the margins reads them in the estimates,
        so that these are told only with them.
    """

    weighting: Weighting
    labels: tuple[str, ...]
    who: Mask
    cells: NDArray[np.int64]
    weights: NDArray[np.float64]


def publish(
    responses: Responses, questionnaire: Questionnaire, options: Options | None = None
) -> Aggregates:
    """Keep of responses what may be told: totals that point to no one.

    Raises
    ------
    PublicationError
        If the margins leave nobody to weight, or sample and margins cannot be brought together.
    """
    chosen = options or Options()
    frame = responses.frame
    groups = [_counted(frame, questionnaire, group) for group in questionnaire.groups]
    weights = {
        group.group_id: _weights(frame, group, chosen)
        for group in questionnaire.groups
        if group.group_id in chosen.margins
    }
    weighted = _weighted_measures(frame, questionnaire, weights, chosen)
    told = protect(
        linked.release(
            groups,
            weighted=[attack for attack, _ in weighted.values()],
            confidence=chosen.confidence,
        ),
        chosen.threshold,
    )
    measures = tuple(
        _measure(told, groups, questionnaire, measure_id, weighted, chosen.confidence)
        for measure_id in (m.measure_id for m in questionnaire.measures)
    )
    shares = tuple(_shares(told, groups, chosen.confidence))
    return Aggregates(
        version=VERSION,
        origin="synthetic" if responses.source.synthetic else "supplied",
        threshold=chosen.threshold,
        confidence=chosen.confidence,
        tool=responses.source.tool,
        groups=tuple(
            GroupSize(one.group.group_id, told.count(linked.group_id(one.group.group_id)))
            for one in groups
        ),
        shares=shares,
        measures=measures,
        pooled=tuple(_pooled(measures, questionnaire, chosen)),
        chains=tuple(chains(frame, questionnaire, measures, chosen)),
        weightings=tuple(_told_weighting(told, one) for one in weights.values()),
        reported=tuple(reported(responses, chosen.threshold, weighted=bool(weights))),
        withheld=sum(one.status == "withheld" for one in (*shares, *measures)),
    )


def _counted(frame: pd.DataFrame, questionnaire: Questionnaire, group: Group) -> linked.Counted:
    tables = tabulation.tables(frame, questionnaire, group)
    held = {table.item.item_id for table in tables}
    measured = [
        one
        for one in tabulation.measured(frame, questionnaire, group)
        if one.measure.item_id in held
    ]
    size = int(tabulation.members(frame, group).sum())
    return linked.Counted(group, size, tuple(tables), tuple(measured))


def _weights(frame: pd.DataFrame, group: Group, options: Options) -> _Weights:
    margins = options.margins[group.group_id]
    who = tabulation.members(frame, group)
    for item_id, margin in margins.items():
        who = who & np.asarray(frame[item_id].isin(margin.labels), dtype=np.bool_)
    if not who.any():
        raise PublicationError.no_one_to_weight(group.group_id, margins)
    codes = [
        frame.loc[who, item_id].cat.set_categories(list(margin.labels)).cat.codes.to_numpy()
        for item_id, margin in margins.items()
    ]
    try:
        found = calibrate(codes, list(margins.values()), options.largest_weight)
    except WeightingError as error:
        raise PublicationError.from_weighting(group.group_id, error) from None
    weighting = Weighting(
        group_id=group.group_id,
        variables=tuple(margins),
        largest_ratio=options.largest_weight,
        at_limit=told_if_large(found.at_limit, int(who.sum()), options.threshold),
        residual=tuple(_residual(margins, found.reached)),
        design_effect=round(design_effect(found.weights), 2),
        effective_n=round(effective_size(found.weights)),
    )
    return _Weights(weighting, _labels(group, margins), who, found.cells, found.weights)


def _residual(
    margins: Mapping[str, Margin], reached: Sequence[NDArray[np.float64]]
) -> Iterable[Residual]:
    for (item_id, margin), shares in zip(margins.items(), reached, strict=True):
        for label, target, share in zip(margin.labels, margin.shares, shares, strict=True):
            yield Residual(item_id, label, target, _shown(share))


def _labels(group: Group, margins: Mapping[str, Margin]) -> tuple[str, ...]:
    return tuple(
        linked.option_id(group.group_id, item_id, label)
        for item_id, margin in margins.items()
        for label in margin.labels
    )


def _told_weighting(told: Protected, one: _Weights) -> Weighting:
    if all(label in told.published for label in one.labels if label in told.release.by_id):
        return one.weighting
    return replace(
        one.weighting, at_limit=None, residual=None, design_effect=None, effective_n=None
    )


def _weighted_measures(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    weights: Mapping[str, _Weights],
    options: Options,
) -> dict[str, tuple[linked.WeightedMeasure, Proportion]]:
    found = {}
    for measure in questionnaire.measures:
        used = weights.get(measure.group_id)
        if used is None:
            continue
        item = questionnaire.item(measure.item_id)
        numerator = tabulation.success(frame, measure)[used.who]
        base = tabulation.answered(frame, item)[used.who]
        if base.sum() < options.threshold:
            continue
        estimate = weighted_proportion(numerator[base], used.weights[base], options.confidence)
        _, first, cells = np.unique(used.cells[base], return_index=True, return_inverse=True)
        attack = linked.WeightedMeasure(
            measure_id=measure.measure_id,
            counts=np.bincount(cells, weights=numerator[base]).astype(np.int64),
            sizes=np.bincount(cells).astype(np.int64),
            weights=used.weights[base][first],
            share=float(estimate.share),
            effective_n=float(estimate.effective_n),
            follows=used.labels,
        )
        found[measure.measure_id] = (attack, estimate)
    return found


def _shares(
    told: Protected, groups: Sequence[linked.Counted], confidence: float
) -> Iterable[Share]:
    for one in groups:
        for table in one.tables:
            for code in table.counts:
                group, item = one.group.group_id, table.item.item_id
                ids = (linked.option_id(group, item, code), linked.base_id(group, item))
                yield _share(told, group, item, code, ids, confidence)


def _share(
    told: Protected,
    group: str,
    item: str,
    code: str,
    ids: tuple[str, str],
    confidence: float,
    weighted: Weighted | None = None,
) -> Share:
    count, base = told.count(ids[0]), told.count(ids[1])
    if count is None or not base:
        return Share(group, item, code, "withheld")
    estimate = proportion(count, base, confidence)
    share, low, high = (_shown(v) for v in (estimate.share, estimate.low, estimate.high))
    return Share(group, item, code, "published", count, base, share, low, high, weighted)


def _measure(
    told: Protected,
    groups: Sequence[linked.Counted],
    questionnaire: Questionnaire,
    measure_id: str,
    weighted: Mapping[str, tuple[linked.WeightedMeasure, Proportion]],
    confidence: float,
) -> Share:
    measure = next(m for m in questionnaire.measures if m.measure_id == measure_id)
    held = {m.measure.measure_id for one in groups for m in one.measures}
    if measure_id not in held:
        return Share(measure.group_id, measure.item_id, measure_id, "absent")
    ids = (linked.numerator_id(measure_id), linked.base_id(measure.group_id, measure.item_id))
    estimate = weighted[measure_id][1] if measure_id in weighted else None
    both = {linked.weighted_id(measure_id), linked.interval_id(measure_id)}
    shown = _weighted(estimate) if estimate and both <= told.published else None
    return _share(told, measure.group_id, measure.item_id, measure_id, ids, confidence, shown)


def _weighted(estimate: Proportion) -> Weighted:
    share, low, high = (
        round(float(value), linked.SHARE_DECIMALS)
        for value in (estimate.share, estimate.low, estimate.high)
    )
    return Weighted(
        share,
        low,
        high,
        round(float(estimate.effective_n)),
        round(float(estimate.design_effect), 2),
    )


def _pooled(
    measures: Sequence[Share], questionnaire: Questionnaire, options: Options
) -> Iterable[Pooled]:
    """Pool what one question measures alike, where every group with a weight has its estimate."""
    alike: dict[tuple[object, ...], dict[str, tuple[str, Estimate]]] = {}
    for measure, share in zip(questionnaire.measures, measures, strict=True):
        key = (measure.item_id, measure.success_codes)
        weighted = measure.group_id in options.margins
        found = estimate(share, weighted=weighted, confidence=options.confidence)
        if found is not None:
            alike.setdefault(key, {})[measure.group_id] = (measure.measure_id, found)
    for groups in alike.values():
        if options.pool and groups.keys() >= options.pool.keys():
            yield _pooled_share({name: groups[name] for name in options.pool}, options)


def _pooled_share(parts: Mapping[str, tuple[str, Estimate]], options: Options) -> Pooled:
    """Pool estimates as they are published: anyone can do it again, and nothing more is told."""
    weighted = tuple(name for name, (_, one) in parts.items() if one.weighted)
    whole = pooled([one for _, one in parts.values()], list(options.pool.values()))
    decimals = linked.SHARE_DECIMALS if weighted else DECIMALS
    share, low, high = (round(float(v), decimals) for v in (whole.share, whole.low, whole.high))
    measure_ids = tuple(name for name, _ in parts.values())
    return Pooled(measure_ids, tuple(options.pool.items()), weighted, share, low, high)


def _shown(value: Numbers) -> float:
    return round(float(value), DECIMALS)
