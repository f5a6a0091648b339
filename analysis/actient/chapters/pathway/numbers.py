"""Chapter 03: uses, risks and figures at each stage of the care pathway, in one alignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from actient import framework
from actient.claims import Claim, printed
from actient.paths import Paths
from actient.records import Record

FIGURES: Final = ("C07", "C08", "C09", "C10", "C11", "C12", "C13")
DOUBTFUL: Final = "doubtful"
IF_GROUPED: Final = "items are grouped into themes as we read them"


def recurring(layout: pd.DataFrame, paths: Paths | None = None) -> pd.DataFrame:
    """Find the uses and risks that come back, and the stages where they stand in this alignment.

    Parameters
    ----------
    layout
        As `framework.pathway` returns it.

    Returns
    -------
    DataFrame
        One row per theme and stage: role, theme, label_fr, label_en, blocks (in how many blocks
        of the poster's table it appears), stage_id, stage_position, stage_fr, stage_en, doubt.
    """
    themes = pd.concat(
        [framework.recurring_themes(role, paths).assign(role=role) for role in ("risk", "use")],
        ignore_index=True,
    )
    where = ["role", "theme", "stage_id", "stage_position", "stage_fr", "stage_en", "doubt"]
    found = themes[["role", "theme", "label_fr", "label_en", "blocks"]].merge(
        layout[where], on=["role", "theme"], how="left", validate="one_to_many"
    )
    found["doubt"] = found["doubt"] == DOUBTFUL
    # Two blocks of one theme at one stage are one mark; the doubt of either is kept.
    same = [name for name in found.columns if name != "doubt"]
    kept: pd.DataFrame = found.groupby(same, sort=False, as_index=False).agg({"doubt": "any"})
    return kept


def empty_cells(layout: pd.DataFrame, paths: Paths | None = None) -> pd.DataFrame:
    """List the stages that this alignment leaves without use or without risk.

    Returns
    -------
    DataFrame
        Columns stage_id and role.
    """
    filled = set(zip(layout["stage_id"], layout["role"], strict=True))
    pairs = [
        (stage, role)
        for stage in framework.stages(paths)["stage_id"]
        for role in ("use", "risk")
        if (stage, role) not in filled
    ]
    return pd.DataFrame(pairs, columns=["stage_id", "role"])


def steady_elements(paths: Paths | None = None) -> list[str]:
    """List the uses, risks and figures that stand at one stage in all three alignments."""
    layouts = pd.concat([framework.pathway(one, paths) for one in framework.ALIGNMENTS])
    stages = layouts.groupby("element_id", sort=False)["stage_id"].nunique()
    return [str(one) for one in stages[stages == 1].index]


def records(
    claims: Mapping[str, Claim], layout: pd.DataFrame, alignment: str, paths: Paths | None = None
) -> list[Record]:
    """State the figures printed in the table, and count what stands where.

    Keys: `C07` to `C13`; `uses`, `risks` (items), `stages`; `doubtful` (elements whose place is
    doubtful in this alignment), `elements`, `steady` (at one stage in all three alignments),
    `empty_cells` (stages without use or without risk, in this alignment);
    `access_code_lost_blocks` and the like, one per theme that comes back.
    """
    rests = f"alignment {alignment}"
    roles = layout["role"].value_counts()
    themes = recurring(layout, paths).drop_duplicates("theme")
    return [
        *printed(claims[one] for one in FIGURES),
        _count("stages", len(framework.stages(paths))),
        _count("uses", int(roles["use"])),
        _count("risks", int(roles["risk"])),
        _count("elements", len(layout)),
        _count("steady", len(steady_elements(paths))),
        _count("doubtful", int((layout["doubt"] == DOUBTFUL).sum()), rests),
        _count("empty_cells", len(empty_cells(layout, paths)), rests),
        *(
            _count(f"{one['theme']}_blocks", int(one["blocks"]), IF_GROUPED)
            for one in themes.to_dict("records")
        ),
    ]


def _count(key: str, value: int, assumption: str | None = None) -> Record:
    return Record(key, float(value), "count", "computed", assumption)
