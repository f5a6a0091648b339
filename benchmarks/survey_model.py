"""The sample that every program of the survey benchmark weights: synthetic, written to files."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ITEMS = 5
SEED = 20181

SEXES = (0.52, 0.48)
AGES = (0.11, 0.15, 0.24, 0.25, 0.25)
REGIONS = (0.19, 0.12, 0.09, 0.09, 0.09, 0.09, 0.08, 0.06, 0.05, 0.05, 0.04, 0.04, 0.01)
TARGETS: dict[str, tuple[float, ...]] = {"sex": SEXES, "age": AGES, "region": REGIONS}
"""Target shares, of our own making: 2, 5 and 13 categories, 130 cells."""

Columns = dict[str, NDArray[np.int32]]


def write(folder: Path, respondents: int) -> None:
    """Draw a sample that is far from the targets, and write it with them.

    Young people and women answer more often than their share; the more so, the likelier a yes.
    `codes.bin` holds the three categories, `items.bin` the answers (0 or 1), one column after the
    other as 32-bit integers; `targets.csv` the target shares.
    """
    rng = np.random.default_rng(SEED)
    drawn = [_drawn(shares, rng, respondents) for shares in TARGETS.values()]
    np.concatenate(drawn).astype("<i4").tofile(folder / "codes.bin")
    chance = 0.6 - 0.08 * drawn[1] - 0.05 * drawn[0]
    with (folder / "items.bin").open("wb") as file:
        for item in range(ITEMS):
            answers = rng.random(respondents) < chance + 0.05 * item
            answers.astype("<i4").tofile(file)
    with (folder / "targets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["variable", "category", "share"])
        for name, shares in TARGETS.items():
            writer.writerows([name, category, share] for category, share in enumerate(shares))


def read(folder: Path) -> tuple[Columns, NDArray[np.int32]]:
    """Read what `write` wrote: the coded variables by name, and one row for each item."""
    codes = np.fromfile(folder / "codes.bin", "<i4").reshape(len(TARGETS), -1)
    items = np.fromfile(folder / "items.bin", "<i4").reshape(ITEMS, -1)
    return dict(zip(TARGETS, codes, strict=True)), items


def _drawn(
    shares: tuple[float, ...], rng: np.random.Generator, respondents: int
) -> NDArray[np.int64]:
    tilted = np.array(shares) * np.linspace(1.6, 0.4, len(shares))
    return rng.choice(len(shares), respondents, p=tilted / tilted.sum())
