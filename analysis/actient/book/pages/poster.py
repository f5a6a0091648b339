"""The poster laid out anew: its figures, pathway and words, written from the tables.

`{poster-head}`, `{poster-words}` with a kind of item, `{poster-figures}` with a section of the
poster, `{poster-pathway}`, `{poster-indicators}`. Words of the poster stay French, and are marked
so in other editions.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from markupsafe import Markup
from sphinx.application import Sphinx

from actient import claims, framework, tables
from actient.book.figures.renderer import assumption_badge, origin_badge
from actient.book.pages import page
from actient.templates import render

SECTIONS: Final = ("header_block", "social_networks_block", "dialogue_block")
ALIGNMENT: Final = "by_order"  # the default of chapter 03
ROLES: Final = ("use", "risk", "figure")


class UnknownSectionError(LookupError):
    """No figures of the poster stand in this section."""

    @classmethod
    def from_section(cls, section: str) -> UnknownSectionError:
        """Name what was asked for and list what there is."""
        return cls(
            f"No section {section!r} whose figures can be shown. Sections: {', '.join(SECTIONS)}."
        )


def register(app: Sphinx) -> None:
    """Add the parts to Sphinx, and their look."""
    app.add_css_file("poster.css")
    page.add(app, "poster-head", head)
    page.add(app, "poster-words", words, arguments=1)
    page.add(app, "poster-figures", figures, arguments=1)
    page.add(app, "poster-pathway", pathway)
    page.add(app, "poster-indicators", indicators)


def head(place: page.Place) -> Markup:
    """Quote the poster's title, name its author, and say that this layout is not hers."""
    (title,), (author,) = (claims.load_outline(kind, place.paths) for kind in ("title", "author"))
    return _part("head", place, title=title, author=author)


def words(place: page.Place, kind: str) -> Markup:
    """Write the poster's items of one kind.

    Raises
    ------
    actient.claims.UnknownKindError
        If no item is of this kind.
    """
    return _part("words", place, items=claims.load_outline(kind, place.paths))


def figures(place: page.Place, section: str) -> Markup:
    """Show the printed figures of one section, each with its origin and a link to its source.

    Raises
    ------
    UnknownSectionError
        If the section is not one of `SECTIONS`.
    """
    if section not in SECTIONS:
        raise UnknownSectionError.from_section(section)
    printed = claims.load_claims(place.paths).values()
    return _part("figures", place, claims=[claim for claim in printed if claim.section == section])


def pathway(place: page.Place) -> Markup:
    """Lay out the pathway as a table: a row a stage, with its uses, risks and figures.

    The alignment is that of chapter 03; an element whose place is doubtful is dashed, and says so.
    """
    layout = framework.pathway(ALIGNMENT, place.paths)
    return _part(
        "pathway",
        place,
        stages=[
            (stage, _by_role(layout[layout["stage_id"] == stage["stage_id"]]))
            for stage in framework.stages(place.paths).to_dict("records")
        ],
        claims=claims.load_claims(place.paths),
        doubt=assumption_badge(place.lang),
    )


def indicators(place: page.Place) -> Markup:
    """Write the three indicators: the poster's words, and what we would count."""
    named = {item.item_id: item for item in claims.load_outline("indicator", place.paths)}
    counted = tables.read("indicators", place.paths).to_dict("records")
    return _part("indicators", place, items=[(named[row["indicator_id"]], row) for row in counted])


def _by_role(placed: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    return {role: placed[placed["role"] == role].to_dict("records") for role in ROLES}


def _part(name: str, place: page.Place, **values: Any) -> Markup:
    return render(
        "book/pages/poster.html",
        place.lang,
        part=name,
        printed=lambda claim: claims.printed([claim])[0],
        badge=origin_badge("printed", place.lang),
        **values,
    )
