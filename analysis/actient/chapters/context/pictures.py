"""Pictures of chapter 01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.charts import theme
from actient.charts.statements import colon, semicolon
from actient.claims import Claim
from actient.locale import Lang, Origin, date, duration, percent, quantity
from actient.words import N_, origin_word, translator

_PANELS: Final[dict[str, str]] = {
    "home_access": N_("Accès à domicile, personnes"),
    "household_access": N_("Accès à domicile, ménages"),
    "use_3_months": N_("Usage sur trois mois"),
    "use_month": N_("Usage dans le mois"),
    "use_any_place": N_("Usage, en tout lieu"),
    "use_other": N_("Usage, autres définitions"),
    "daily_use": N_("Usage quotidien"),
}
_TOPICS: Final[dict[str, str]] = {
    "time_online": N_("Sur internet"),
    "time_social": N_("Sur les réseaux sociaux"),
}
_PUBLISHERS: Final[dict[str, tuple[str, str]]] = {  # colour and shape: never colour alone
    "Insee": (theme.BLUE, "square"),
    "CRÉDOC": (theme.ORANGE, "circle"),
    "Médiamétrie": (theme.GREEN, "triangle-up"),
    "Eurostat": (theme.PURPLE, "diamond"),
    N_("UIT"): (theme.QUIET, "triangle-down"),
    "We Are Social": (theme.QUIET, "cross"),
}
_SHORT_NAMES: Final[dict[str, str]] = {
    "Union internationale des télécommunications, Banque mondiale": N_("UIT"),
    "We Are Social, Hootsuite": "We Are Social",
}
_PANEL_GAP: Final = 12
_PANEL_WIDTH: Final = (theme.WIDTH - 42 - _PANEL_GAP) // 2  # two, beside the numbers of one axis
_PANEL_HEIGHT: Final = 120
_HOUR: Final = 60
_LONGEST: Final = 6 * _HOUR  # room for what is written beside the longest time


def access_and_use(
    shares: pd.DataFrame, printed: Sequence[tuple[Claim, int]], lang: Lang
) -> alt.TopLevelMixin:
    """Draw who has, or uses, the internet: one panel per definition, the poster in each.

    Parameters
    ----------
    shares
        As `chapters.context.public_shares` returns it.
    printed
        As `chapters.context.printed_shares` returns it.
    """
    _ = translator(lang)
    frame = _panel_frame(shares, printed, lang)
    shown = [name for name in _publishers(lang) if name in set(frame["publisher"])]
    looks = [_publishers(lang)[name] for name in shown]
    first, last = int(shares["year"].min()), int(shares["year"].max())
    x = alt.X(
        "when:Q",
        title=None,
        scale=alt.Scale(domain=[first - 0.9, last + 0.9], nice=False),
        axis=alt.Axis(format="d", values=_ticks(first, last), grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=None,
        scale=alt.Scale(domain=[0.3, 1]),
        axis=alt.Axis(format="%", values=[0.4, 0.6, 0.8, 1]),
    )
    legend = alt.Legend(title=_("Source publique (marque creuse)"), columns=3, symbolSize=90)
    colour = alt.Color(
        "publisher:N",
        scale=alt.Scale(domain=shown, range=[look[0] for look in looks]),
        legend=legend,
    )
    shape = alt.Shape(
        "publisher:N",
        scale=alt.Scale(domain=shown, range=[look[1] for look in looks]),
        legend=legend,
    )
    tooltip = [
        alt.Tooltip("who:N", title=_("Source")),
        alt.Tooltip("definition:N", title=_("Définition")),
        alt.Tooltip("population:N", title=_("Population")),
        alt.Tooltip("date:N", title=_("Année")),
        alt.Tooltip("share:Q", title=_("Valeur"), format=".1%"),
    ]
    base = alt.Chart().encode(x=x, y=y)
    poster = (
        base.transform_filter("datum.origin == 'printed'")
        .mark_point(**theme.points("printed", colour=theme.INK, size=120))
        .encode(tooltip=tooltip)
    )
    lines = (
        base.transform_filter("datum.series != ''")
        .mark_line(strokeWidth=1.2)
        .encode(detail="series:N", color=colour)
    )
    public = (
        base.transform_filter("datum.origin == 'public source'")
        .mark_point(filled=False, fill="white", fillOpacity=1, strokeWidth=1.8, size=38, opacity=1)
        .encode(color=colour, shape=shape, tooltip=tooltip)
    )
    computed = (
        base.transform_filter("datum.origin == 'computed'")
        .mark_point(shape="stroke", strokeWidth=2, size=110, opacity=1)
        .encode(color=colour, tooltip=tooltip)
    )
    chart = (
        alt.layer(poster, lines, computed, public, data=frame)
        .properties(width=_PANEL_WIDTH, height=_PANEL_HEIGHT)
        .facet(
            facet=alt.Facet(
                "panel_name:N",
                sort=list(dict.fromkeys(frame["panel_name"])),
                header=alt.Header(labelOrient="top", labelAnchor="start", title=None),
            ),
            columns=2,
            spacing={"row": 18, "column": _PANEL_GAP},
        )
        .resolve_axis(x="independent")
    )
    return theme.figure(
        chart,
        name="context-access-use",
        lang=lang,
        caption=_use_caption(lang),
        description=_use_description(shares, printed, lang),
        table=_use_table(frame, lang),
        origins=["printed", "public source", "computed"],
        sources=[f"comparisons:{one}" for one in shares["comparison_id"]],
    )


def durations(frame: pd.DataFrame, lang: Lang) -> alt.TopLevelMixin:
    """Draw the poster's two durations beside the public ones.

    Parameters
    ----------
    frame
        As `chapters.context.durations` returns it.
    """
    _ = translator(lang)
    topics = {topic: _(name) for topic, name in _TOPICS.items()}
    rows = frame.assign(
        place=range(len(frame)),
        source=[_duration_source(row, lang) for row in frame.to_dict("records")],
        time=[duration(minutes, lang) for minutes in frame["minutes"]],
        topic_name=frame["topic"].map(topics),
        note=frame[f"note_{lang}"].fillna(""),
    )
    panels = [
        _duration_panel(rows[rows["topic"] == topic], name, lang, last=topic == [*topics][-1])
        for topic, name in topics.items()
    ]
    chart = alt.vconcat(*panels, spacing=16)
    return theme.figure(
        chart,
        name="context-durations",
        lang=lang,
        caption=_duration_caption(lang),
        description=_duration_description(rows, lang),
        table=_duration_table(rows, lang),
        origins=["printed", "public source", "computed"],
        sources=["comparisons"],
    )


def _duration_panel(
    rows: pd.DataFrame, topic: str, lang: Lang, *, last: bool
) -> alt.LayerChart | alt.FacetChart:
    _ = translator(lang)
    drawn = rows[["place", "source", "time", "minutes", "origin", "note"]]
    axis = alt.Axis(
        values=list(range(0, _LONGEST, _HOUR)),
        labelExpr=f"datum.value / {_HOUR} + ' h'",
        title=_("Durée moyenne par jour") if last else None,
        labels=last,
        ticks=last,
        domain=last,
        grid=True,
    )
    y = alt.Y("place:O", axis=None)
    x = alt.X("minutes:Q", scale=alt.Scale(domain=[0, _LONGEST], nice=False), axis=axis)
    tooltip = [
        alt.Tooltip("source:N", title=_("Source")),
        alt.Tooltip("time:N", title=_("Valeur")),
        alt.Tooltip("note:N", title=_.pgettext("durées", "À savoir")),
    ]
    base = alt.Chart().encode(y=y, x=x, tooltip=tooltip)
    labels = (
        alt.Chart().mark_text(align="left", dy=-14).encode(y=y, x=alt.value(2), text="source:N")
    )
    values = base.mark_text(align="left", dx=11, dy=5, fontWeight="bold").encode(text="time:N")
    marks = [
        base.transform_filter("datum.origin == 'printed'").mark_point(
            **theme.points("printed", colour=theme.INK, size=110), yOffset=5
        ),
        base.transform_filter("datum.origin == 'public source'").mark_point(
            **theme.points("public source"), yOffset=5
        ),
        base.transform_filter("datum.origin == 'computed'").mark_tick(
            color=theme.BLUE, thickness=2.5, size=16, yOffset=5
        ),
    ]
    return alt.layer(labels, *marks, values, data=drawn).properties(
        width=theme.WIDTH,
        height=alt.Step(44),
        title=alt.TitleParams(topic, anchor="start", frame="group", offset=8),
    )


def _panel_frame(
    shares: pd.DataFrame, printed: Sequence[tuple[Claim, int]], lang: Lang
) -> pd.DataFrame:
    _ = translator(lang)
    public = pd.DataFrame(
        {
            "panel_name": [_(_PANELS[panel]) for panel in shares["panel"]],
            "publisher": [_short(name, lang) for name in shares["publisher"]],
            "who": [_short(name, lang) for name in shares["publisher"]],
            "series": shares["series"],
            "definition": shares[f"definition_{lang}"],
            "population": shares[f"population_{lang}"],
            "date": [
                period or str(year)
                for period, year in zip(shares["period"], shares["year"], strict=True)
            ],
            "when": shares["when"],
            "share": shares["share"],
            "origin": shares["origin"],
        }
    )
    poster = pd.DataFrame(
        [
            {
                "panel_name": panel,
                "publisher": None,
                "who": _("Affiche ({claim_id})").format(claim_id=claim.claim_id),
                "series": "",
                "definition": _("« utilisent internet »"),
                "population": claim.population_text(lang),
                "date": str(year),
                "when": float(year),
                "share": claim.proportion,
                "origin": "printed",
            }
            for panel in dict.fromkeys(public["panel_name"])
            for claim, year in printed
        ],
        columns=public.columns,
    )
    # Astype: one dtype on both sides, so that an empty poster does not change the others'.
    return pd.concat([public.astype(object), poster.astype(object)], ignore_index=True)


def _publishers(lang: Lang) -> dict[str, tuple[str, str]]:
    _ = translator(lang)
    return {_(name): look for name, look in _PUBLISHERS.items()}


def _short(publisher: str, lang: Lang) -> str:
    _ = translator(lang)
    return _(_SHORT_NAMES[publisher]) if publisher in _SHORT_NAMES else publisher


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, round((last - first) / 3))
    inner = [year for year in range(first + step, last, step) if last - year >= step / 2 + 1]
    return [first, *inner, last]


def _use_caption(lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Avoir un accès à internet, s’en servir, s’en servir chaque jour : une vignette par "
        "définition. Les points pleins sont les deux valeurs de l’affiche, répétées dans chaque "
        "vignette, car elle ne dit pas ce qu’elle entend par « utilisent ». Marques creuses : "
        "valeurs publiques ; petits tirets : valeurs calculées à partir d’une hausse annoncée. Un "
        "trait ne relie que les valeurs d’une même série."
    )


def _use_description(shares: pd.DataFrame, printed: Sequence[tuple[Claim, int]], lang: Lang) -> str:
    _ = translator(lang)
    parts = []
    for panel, values in shares.groupby("panel", sort=False):
        low, high = (
            percent(end, 1, lang) for end in (values["share"].min(), values["share"].max())
        )
        years = f"{values['year'].min()}-{values['year'].max()}"
        single = values["share"].nunique() == 1
        span = low if single else _("de {low} à {high}").format(low=low, high=high)
        parts.append(f"{_(_PANELS[str(panel)])} ({years}){colon(lang)}{span}")
    poster = ", ".join(f"{percent(c.proportion, 0, lang)} ({year})" for c, year in printed)
    head = _("{count} vignettes. Dans chacune, l’affiche : {poster}. ").format(
        count=len(parts), poster=poster or _("hors des années")
    )
    return head + semicolon(lang).join(parts) + "."


def _use_table(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    poster = frame[frame["origin"] == "printed"].drop_duplicates("who")
    rows = pd.concat([poster.assign(panel_name="—"), frame[frame["origin"] != "printed"]])
    return pd.DataFrame(
        {
            _("Ce qui est mesuré"): rows["panel_name"],
            _("Source"): rows["who"],
            _("Définition"): rows["definition"],
            _("Population"): rows["population"],
            _("Année"): [date(when, lang) for when in rows["date"]],
            _("Valeur"): [quantity(share, "proportion", lang) for share in rows["share"]],
            _("Origine"): [_origin(origin, lang) for origin in rows["origin"]],
        }
    )


def _origin(origin: Origin, lang: Lang) -> str:
    return origin_word(origin, lang)


def _duration_source(row: Mapping[Any, Any], lang: Lang) -> str:
    _ = translator(lang)
    population = str(row[f"population_{lang}"])
    if row["claim_id"]:
        return _("Affiche ({claim_id}) · population {population}").format(
            claim_id=row["claim_id"], population=population
        )
    year = _("sans date") if pd.isna(row["year"]) else str(row["year"])
    return f"{_short(str(row['publisher']), lang)}, {year} · {population}"


def _duration_caption(lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Temps moyen par jour : l’affiche (points pleins), les valeurs publiques lues (marques "
        "creuses), celles que nous avons calculées à partir d’un total publié (traits). Temps "
        "déclaré par des internautes et audience mesurée sur toute la population sont deux mesures "
        "différentes."
    )


def _duration_description(rows: pd.DataFrame, lang: Lang) -> str:
    groups = []
    for topic, group in rows.groupby("topic_name", sort=False):
        shown = zip(group["source"], group["time"], strict=True)
        each = semicolon(lang).join(f"{who}, {time}" for who, time in shown)
        groups.append(f"{topic}{colon(lang)}{each}.")
    return " ".join(groups)


def _duration_table(rows: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("Temps passé"): rows["topic_name"],
            _("Source"): rows["source"],
            _("Valeur"): rows["time"],
            _("Origine"): [_origin(origin, lang) for origin in rows["origin"]],
            _.pgettext("durées", "À savoir"): rows["note"],
        }
    )
