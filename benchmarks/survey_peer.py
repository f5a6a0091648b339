"""One timed run of the Python package weightipy: `survey_peer.py FOLDER`, in its own environment.

Does what `survey_worker.py` does, with weightipy for the weights and pandas for the weighted
shares. It knows nothing of our package.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import weightipy


def main() -> None:
    """Weight, tabulate, report."""
    folder = Path(sys.argv[1])
    targets: dict[str, dict[int, float]] = {}
    with (folder / "targets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            shares = targets.setdefault(row["variable"], {})
            shares[int(row["category"])] = 100 * float(row["share"])
    codes = np.fromfile(folder / "codes.bin", "<i4").reshape(len(targets), -1)
    items = np.fromfile(folder / "items.bin", "<i4").reshape(-1, codes.shape[1])
    frame = pd.DataFrame(dict(zip(targets, codes, strict=True)))
    start = time.perf_counter()
    scheme = weightipy.scheme_from_dict(targets)
    weights = weightipy.weight_dataframe(frame, scheme)["weights"].to_numpy()
    weighted = time.perf_counter()
    shares = [float(np.average(item, weights=weights)) for item in items]
    end = time.perf_counter()
    weights.astype("<f8").tofile(folder / "weightipy.bin")
    report = {
        "weighting": weighted - start,
        "tabulation": end - weighted,
        "shares": shares,
        "version": version("weightipy"),
    }
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
