"""Chapter 08: how many answer a questionnaire passed on from one profile, and out of how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from actient.bias.diffusion import (
    CascadeParameters,
    CascadeSummary,
    expected_exposed,
    exposed_max,
    extinction_probability,
    participation_bounds,
    simulate_cascades,
    summarise_cascades,
)
from actient.bias.interval import Interval
from actient.chapters.coverage.numbers import needed
from actient.claims import Claim, Statement
from actient.records import Record

LARGEST_LAUNCH: Final = 10_000  # a launch that grows without end is stopped at this many answers
_NEVER_BINDS: Final = 1e12  # persons on the network: the frame is taken as large

IF_PASSED_ON: Final = "contacts, seeing, answering and sharing follow the chapter's parameters"
IF_NO_MORE: Final = "nothing is assumed of those who saw it and did not answer"


def launch(
    *, contacts: float, seen: float, answered: float, shared: float, dispersion: float
) -> CascadeParameters:
    """Describe a launch from one profile, whose contacts are as many as the mean."""
    return CascadeParameters(
        seed_contacts=round(contacts),
        mean_contacts=contacts,
        seen=seen,
        answered=answered,
        shared=shared,
        dispersion=dispersion,
    )


def respondents(of: CascadeParameters, runs: int, seed: int) -> NDArray[np.int64]:
    """Simulate launches and count the answers of each; synthetic.

    Parameters
    ----------
    runs
        Launches.
    seed
        Seed of the random draws: one seed, one result.
    """
    return simulate_cascades(of, runs, seed, LARGEST_LAUNCH)


def summary(answers: NDArray[np.int64]) -> CascadeSummary:
    """Summarise what `respondents` returned."""
    return summarise_cascades(answers, LARGEST_LAUNCH)


def distribution(answers: NDArray[np.int64]) -> pd.DataFrame:
    """Count the launches by number of answers: none, 1 to 2, 3 to 6, 7 to 14, and so on.

    Returns
    -------
    DataFrame
        One row per class up to the largest launch: first, last (answers), share (of launches, in
        proportion). The shares sum to 1.
    """
    powers = range(int(answers.max() + 1).bit_length())
    rows = [(2**power - 1, 2 ** (power + 1) - 2) for power in powers]
    shares = [float(np.mean((first <= answers) & (answers <= last))) for first, last in rows]
    return pd.DataFrame(rows, columns=["first", "last"]).assign(share=shares)


def participation(of: CascadeParameters, answers: float) -> Interval:
    """Bound the participation rate of a launch of which only the answers are known.

    [n/E_max, 1], with E_max = d₀ + n s d̄: each who shared showed it to all their contacts.

    Parameters
    ----------
    answers
        Answers n counted, in persons; above 0.
    """
    most = exposed_max(of.seed_contacts, answers * of.shared, of.mean_contacts, _NEVER_BINDS)
    return participation_bounds(answers, np.maximum(most, answers))


def needed_participation(
    statements: Mapping[str, Statement], claims: Mapping[str, Claim]
) -> pd.DataFrame:
    """Compute the participation that each statement needs if nothing is assumed of the silent.

    Those who did not answer are to the respondents what those out of reach are to the reached: the
    bounds of chapter 06 hold, with the participation rate in the place of coverage.

    Returns
    -------
    DataFrame
        statement_id, worst (rate needed at the worst end of the printed figure's rounding).
    """
    return needed(statements.values(), claims)[["statement_id", "worst"]]


def records(
    claims: Mapping[str, Claim],
    statements: Mapping[str, Statement],
    *,
    of: CascadeParameters,
    answers: NDArray[np.int64],
) -> list[Record]:
    """State the chapter's results.

    Keys: `reproduction_number`, `extinction_probability`, `expected_respondents` (if the mean is
    finite), `simulated_mean`, `simulated_median`, `simulated_q95`, `simulated_max`,
    `simulated_none`, `simulated_stopped`, `participation_low` and `_high` (of the median launch,
    had it at least one answer), `T11_needed_participation`.
    """
    return [
        *_theory(of),
        *_simulated(answers),
        *_participation_records(of, summary(answers).median),
        *(
            Record(
                f"{row['statement_id']}_needed_participation",
                row["worst"],
                "proportion",
                "computed",
                IF_NO_MORE,
            )
            for row in needed_participation(statements, claims).to_dict("records")
        ),
    ]


def _theory(of: CascadeParameters) -> list[Record]:
    r0 = of.reproduction_number
    extinct = float(extinction_probability(r0, of.dispersion))
    found = [
        Record("reproduction_number", r0, "ratio", "computed", IF_PASSED_ON),
        Record("extinction_probability", extinct, "proportion", "computed", IF_PASSED_ON),
    ]
    if r0 < 1:
        exposed = float(expected_exposed(of.seed_contacts, of.seen, r0))
        mean = exposed * of.answered
        found.append(Record("expected_respondents", mean, "persons", "computed", IF_PASSED_ON))
    return found


def _simulated(answers: NDArray[np.int64]) -> list[Record]:
    found = summary(answers)
    persons = {
        "mean": found.mean,
        "median": found.median,
        "q95": found.q95,
        "max": float(answers.max()),
    }
    shares = {"none": float(np.mean(answers == 0)), "stopped": found.stopped}
    return [
        *(
            Record(f"simulated_{key}", value, "persons", "synthetic", IF_PASSED_ON)
            for key, value in persons.items()
        ),
        *(
            Record(f"simulated_{key}", value, "proportion", "synthetic", IF_PASSED_ON)
            for key, value in shares.items()
        ),
    ]


def _participation_records(of: CascadeParameters, median: float) -> list[Record]:
    if median <= 0:
        return []
    low, high = participation(of, median)
    return [
        Record(f"participation_{end}", float(value), "proportion", "synthetic", IF_PASSED_ON)
        for end, value in (("low", low), ("high", high))
    ]
