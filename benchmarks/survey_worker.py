"""One timed run in a process of its own: `survey_worker.py FOLDER`.

Weights the sample in FOLDER with the package and tabulates its items. Imports and reading are not
timed. Writes the weights to FOLDER/actient.bin and prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from survey_model import TARGETS, read

from actient.survey.estimating.estimates import weighted_proportion
from actient.survey.estimating.weighting import Margin, calibrate


def main() -> None:
    """Weight, tabulate, report."""
    folder = Path(sys.argv[1])
    variables, items = read(folder)
    margins = [
        Margin(name, tuple(map(str, range(len(shares)))), shares)
        for name, shares in TARGETS.items()
    ]
    start = time.perf_counter()
    weights = calibrate(list(variables.values()), margins).weights
    weighted = time.perf_counter()
    found = weighted_proportion(items, weights)
    end = time.perf_counter()
    weights.tofile(folder / "actient.bin")
    report = {
        "weighting": weighted - start,
        "tabulation": end - weighted,
        "shares": np.atleast_1d(found.share).tolist(),
        "version": np.__version__,
    }
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
