"""One timed run in a process of its own: `responses_worker.py TASK FILE`.

TASK is "actient", the reader of the package, or "pandas_floor": pandas reads every column as text
and checks the codes of the single choices with `isin`. The floor detects nothing (separator,
encoding, layout), drops no one, names no line, links no one to anyone, and keeps personal data in
memory. Seconds are those of the processor; imports are not timed. Prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

from actient.survey.questionnaire import load_questionnaire
from actient.survey.responses import read

QUESTIONNAIRE = load_questionnaire()


def main() -> None:
    """Run the task of the command line and report it."""
    task, file = sys.argv[1:]
    timed = {"actient": validated, "pandas_floor": floor}[task]
    start = time.process_time()
    kept = timed(Path(file))
    seconds = time.process_time() - start
    report = {"seconds": seconds, "kept": kept, "version": pd.__version__}
    sys.stdout.write(json.dumps(report) + "\n")


def validated(path: Path) -> int:
    """Read with the package; return the number of answers kept."""
    return read(path, QUESTIONNAIRE).counts.kept


def floor(path: Path) -> int:
    """Read everything as text and check codes; return the number of rows without a wrong one."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    fine = pd.Series(data=True, index=frame.index)
    for item in QUESTIONNAIRE.items:
        if item.type == "select_one":
            fine &= frame[item.item_id].isin([*item.codes, ""])
    return int(fine.sum())


if __name__ == "__main__":
    main()
