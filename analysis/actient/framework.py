"""The conceptual framework and the care pathway, in each of its three alignments."""

from __future__ import annotations

import pandas as pd

from actient import tables
from actient.paths import Paths

ALIGNMENTS = ("by_order", "extracted", "by_meaning")

ROLES = ("use", "risk", "figure")

PATHWAY_COLUMNS = [
    "stage_id",
    "stage_position",
    "stage_fr",
    "stage_en",
    "role",
    "element_id",
    "block_id",
    "quote",
    "text_fr",
    "text_en",
    "theme",
    "doubt",
    "note_fr",
    "note_en",
]


class UnknownAlignmentError(ValueError):
    """No alignment of the pathway table has this name."""

    @classmethod
    def from_name(cls, alignment: str) -> UnknownAlignmentError:
        """Name what was asked for and list the three there are."""
        return cls(
            f"No alignment named {alignment!r}. The three alignments are: {', '.join(ALIGNMENTS)}."
        )


class UnknownRoleError(ValueError):
    """Themes exist for uses and for risks only."""

    @classmethod
    def from_name(cls, role: str) -> UnknownRoleError:
        """Name what was asked for and list the two there are."""
        return cls(f"No themes for the role {role!r}. The roles with themes are: use, risk.")


def stages(paths: Paths | None = None) -> pd.DataFrame:
    """Read the ten stages of the care pathway, in the poster's order.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        One row per stage, columns as in `data/framework/stages.csv`.
    """
    return tables.read("stages", paths)


def concepts(paths: Paths | None = None) -> pd.DataFrame:
    """Read the concepts of the framework, cluster by cluster.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        One row per concept, columns as in `data/framework/concepts.csv`.
    """
    return tables.read("concepts", paths)


def relations(paths: Paths | None = None) -> pd.DataFrame:
    """Read the typed relations between concepts.

    Parameters
    ----------
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        One row per relation, columns as in `data/framework/relations.csv`.
    """
    return tables.read("relations", paths)


def pathway(alignment: str = "by_order", paths: Paths | None = None) -> pd.DataFrame:
    """Lay out every use, risk and figure of the care pathway, stage by stage.

    Parameters
    ----------
    alignment
        ``by_order`` (k-th cell of a column with the k-th stage), ``extracted`` (as transcribed)
        or ``by_meaning`` (our reading).
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        One row per element, ordered by stage, then uses, risks, figures, then printed order.
        Columns: those of `PATHWAY_COLUMNS`; ``block_id`` and ``theme`` are missing for figures.

    Raises
    ------
    UnknownAlignmentError
        If `alignment` is not one of the three.
    """
    if alignment not in ALIGNMENTS:
        raise UnknownAlignmentError.from_name(alignment)
    placed = tables.read("alignments", paths)
    placed = placed[placed["alignment"] == alignment]
    layout = placed.merge(_elements(paths), on="element_id", validate="one_to_one").merge(
        _stage_names(paths), on="stage_id", validate="many_to_one"
    )
    layout["rank"] = layout["role"].map({role: rank for rank, role in enumerate(ROLES)})
    # identifiers follow the printed order within each role
    layout = layout.sort_values(["stage_position", "rank", "element_id"], ignore_index=True)
    return layout[PATHWAY_COLUMNS]


def recurring_themes(role: str, paths: Paths | None = None) -> pd.DataFrame:
    """Find the uses or risks that come back in several blocks of the poster's table.

    Grouping items by theme is our reading. How often a theme recurs does not depend on the
    alignment, at which stages it does: join `pathway` on ``theme`` to see them.

    Parameters
    ----------
    role
        ``use`` or ``risk``.
    paths
        The checkout to read from; by default the one around the current folder.

    Returns
    -------
    pandas.DataFrame
        Columns ``theme``, ``label_fr``, ``label_en``, ``blocks`` (how many) and ``block_ids``
        (separated by semicolons); the most frequent first, then in printed order.

    Raises
    ------
    UnknownRoleError
        If `role` is neither ``use`` nor ``risk``.
    """
    if role not in ("use", "risk"):
        raise UnknownRoleError.from_name(role)
    items = tables.read("pathway_items", paths)
    blocks = (
        items[items["role"] == role]
        .groupby("theme", sort=False)["block_id"]
        .agg(blocks="nunique", block_ids=lambda ids: ";".join(ids.unique()))
        .reset_index()
    )
    themes = tables.read("themes", paths)[["theme", "label_fr", "label_en"]]
    recurring = blocks[blocks["blocks"] > 1].merge(themes, on="theme", validate="one_to_one")
    ordered = recurring.sort_values("blocks", ascending=False, kind="stable", ignore_index=True)
    return ordered[["theme", "label_fr", "label_en", "blocks", "block_ids"]]


def _elements(paths: Paths | None) -> pd.DataFrame:
    texts = {"label_fr": "text_fr", "label_en": "text_en"}
    columns = ["element_id", "role", "block_id", "quote", "text_fr", "text_en", "theme"]
    items = tables.read("pathway_items", paths).rename(columns={"item_id": "element_id", **texts})
    claims = tables.read("claims", paths).rename(columns={"claim_id": "element_id", **texts})
    figures = claims[claims["section"] == "pathway_table"].assign(role="figure")
    return pd.concat([items, figures], ignore_index=True).reindex(columns=columns)


def _stage_names(paths: Paths | None) -> pd.DataFrame:
    names = {"position": "stage_position", "label_fr": "stage_fr", "label_en": "stage_en"}
    return stages(paths)[["stage_id", *names]].rename(columns=names)
