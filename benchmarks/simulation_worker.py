"""One timed run in a process of its own: `simulation_worker.py TASK DRAWS CHUNK SEED MODEL…`.

TASK is "actient", the simulation of the package, or "random_draws", the six laws drawn by numpy
and thrown away: no simulation in numpy can cost less. Imports are not timed. Prints one line of
JSON.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from simulation_model import Model, Run

from actient.bias.simulation import LogNormal, Triangular, simulate

PROBABILITIES = (0.025, 0.5, 0.975)


def main() -> None:
    """Run the task of the command line and report it."""
    task, draws, chunk, seed, *model = sys.argv[1:]
    timed = {"actient": simulation, "random_draws": random_draws}[task]
    start = time.perf_counter()
    quantiles = timed(Model.from_arguments(model), Run(int(draws), int(chunk), int(seed)))
    seconds = time.perf_counter() - start
    report = {"seconds": seconds, "quantiles": quantiles, "version": np.__version__}
    sys.stdout.write(json.dumps(report) + "\n")


def simulation(model: Model, run: Run) -> list[float]:
    """Simulate with the package; return the quantiles of the population share."""
    result = simulate(
        model.share,
        model.n,
        sensitivity=Triangular(*model.sensitivity),
        specificity=Triangular(*model.specificity),
        selection_ratio=LogNormal(*model.selection_ratio),
        coverage=Triangular(*model.coverage),
        difference=Triangular(*model.difference),
        draws=run.draws,
        seed=run.seed,
        chunk=run.chunk,
    )
    return [result.quantile(probability) for probability in PROBABILITIES]


def random_draws(model: Model, run: Run) -> list[float]:
    """Draw from the six laws, in the same chunks, and do nothing with them; no quantiles."""
    rng = np.random.default_rng(run.seed)
    ratio = LogNormal(*model.selection_ratio)
    yes, no = model.n * model.share + 0.5, model.n * (1 - model.share) + 0.5
    for start in range(0, run.draws, run.chunk):
        size = min(run.chunk, run.draws - start)
        rng.beta(yes, no, size)
        rng.triangular(*model.sensitivity, size)
        rng.triangular(*model.specificity, size)
        rng.lognormal(np.log(ratio.median), ratio.sigma, size)
        rng.triangular(*model.coverage, size)
        rng.triangular(*model.difference, size)
    return []


if __name__ == "__main__":
    main()
