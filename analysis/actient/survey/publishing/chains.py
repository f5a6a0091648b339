"""Measures estimated from who passed the questionnaire to whom, and from contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from actient.bias.arguments import ArgumentError
from actient.bias.chain_bootstrap import Estimator as BootstrapEstimator
from actient.bias.chain_bootstrap import tree_bootstrap
from actient.bias.recruitment import RecruitmentError, recruitment
from actient.survey.estimating import tabulation
from actient.survey.estimating.weighting import effective_size
from actient.survey.publishing.aggregates import ChainShare, Estimator, Share, told_if_large
from actient.survey.publishing.options import Options
from actient.survey.publishing.release import SHARE_DECIMALS
from actient.survey.questionnaire import CONTACTS, Questionnaire

SEED: Final = 20181
RESAMPLES: Final = 1000

_ESTIMATORS: Final[Mapping[Estimator, BootstrapEstimator]] = {"RDS-I": "rds_i", "RDS-II": "rds_ii"}


def chains(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    measures: Sequence[Share],
    options: Options,
) -> Iterable[ChainShare]:
    """Estimate published measures from recruiters and contacts, where there is a chain."""
    shown = {one.code for one in measures if one.status == "published"}
    for measure in questionnaire.measures:
        if measure.measure_id not in shown:
            continue
        group = next(g for g in questionnaire.groups if g.group_id == measure.group_id)
        item = questionnaire.item(measure.item_id)
        asked = tabulation.answered(frame, item) & tabulation.members(frame, group)
        said = np.where(asked, tabulation.success(frame, measure).astype(np.float64), np.nan)
        contacts = frame[CONTACTS].to_numpy(dtype=np.float64, na_value=np.nan)
        places = frame["recruiter"].to_numpy(dtype=np.int64)
        for name in _ESTIMATORS:
            found = _chain_share(measure.measure_id, name, (places, contacts, said), options)
            if found:
                yield found


def _chain_share(
    measure_id: str,
    name: Estimator,
    given: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]],
    options: Options,
) -> ChainShare | None:
    try:
        sample = recruitment(*given)
        found = tree_bootstrap(
            sample,
            _ESTIMATORS[name],
            confidence=options.confidence,
            resamples=RESAMPLES,
            seed=SEED,
        )
    except (RecruitmentError, ArgumentError):
        return None  # no chain, or one too thin: the page says that there is no such estimate
    links, yes = len(sample.recruits), int(sample.answers[sample.counted].sum())
    # A person with few contacts stands for many: the share could be nearly one person's answer.
    worth = effective_size(1 / sample.degrees[sample.counted])
    if min(yes, found.respondents - yes, links, worth) < options.threshold:
        return None
    share, low, high = (
        round(float(value), SHARE_DECIMALS) for value in (found.share, *found.interval)
    )
    told = told_if_large(links, found.respondents, options.threshold)
    return ChainShare(measure_id, name, share, low, high, told)
