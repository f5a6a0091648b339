"""Pictures of what one's own survey says: one row for each estimate, under the poster's figure.

Where responses are synthetic, so is everything drawn from them, and it is marked as such.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from actient.chapters.supplied.numbers import ASSUMED, Series, Supplied
from actient.charts import theme
from actient.charts.letters import balanced, width
from actient.charts.statements import HALO, colon, label
from actient.locale import Lang, Origin, number, percent
from actient.parameters.models import CoverageParameters, Parameters, ReliabilityParameters
from actient.survey.publishing.aggregates import Residual, Weighting
from actient.words import N_, translator

Kind = Literal[
    "results",
    "populations",
    "coverage",
    "selection",
    "diffusion",
    "reliability",
    "combined",
]

_FROM_ESTIMATES: Final = frozenset[Kind](["coverage", "selection", "reliability", "combined"])
_SEEN: Final = 0.0005  # half a tenth of a percentage point
_HALF: Final = 0.5  # the threshold of every statement
_HEADING: Final = 24  # heights, in pixels
_ROW: Final = 22
_GAP: Final = 14
_APART: Final = 7  # names from what is drawn
_BETWEEN: Final = " — "  # what a heading measures, and in whom

_SERIES: Final[Mapping[Series, str]] = {
    "printed": N_("Imprimé sur l’affiche"),
    "supplied": N_("Vos réponses"),
    "weighted": N_("Les mêmes, pondérées"),
    "pooled": N_("Ensemble, poids donnés"),
    "bounds": N_("Si l’on ignore les autres"),
    "bounds_confidence": N_("… et le hasard du tirage"),
    "selection": N_("Selon qui a répondu"),
    "rds_i": N_("Par la chaîne (RDS-I)"),
    "rds_ii": N_("Par les contacts (RDS-II)"),
    "corrected": N_("Réponses corrigées"),
    "combined": N_("Tous les biais ensemble"),
}
_FRAMES: Final[Mapping[str, str]] = {
    "social_networks": N_("réseaux sociaux"),
    "home_connection": N_("connexion à domicile"),
    "internet_use": N_("usage d’internet"),
}
_CAPTIONS: Final[Mapping[Kind, str]] = {
    "results": N_(
        "Ce que disent vos réponses, à côté du chiffre imprimé. Trait : intervalle de Wilson à "
        "{level}, pour votre effectif, qui ne mesure que le hasard du tirage."
    ),
    "populations": N_(
        "La même question, posée à plusieurs groupes : jamais réunis, sauf avec des poids que vous "
        "avez donnés. Trait : intervalle à {level}."
    ),
    "coverage": N_(
        "Vos réponses et, en pointillé, ce que la part peut être dans toute la population visée si "
        "l’on ne suppose rien des personnes hors d’atteinte ({reached}). La seconde ligne ajoute "
        "le hasard du tirage (Imbens et Manski, {level}). Là où la couverture est inconnue, rien "
        "n’est tracé."
    ),
    "selection": N_(
        "Vos réponses et, en pointillé, la part qu’elles peuvent cacher si les personnes "
        "concernées ont répondu de deux fois moins à deux fois plus volontiers que les autres. "
        "Trait plein : intervalle de Wilson à {level}."
    ),
    "diffusion": N_(
        "Vos réponses et, en pointillé, ce que la chaîne de transmission et les nombres de "
        "contacts permettent d’estimer, sous les hypothèses de l’échantillonnage de proche en "
        "proche ; intervalles à {level}, par rééchantillonnage de l’arbre."
    ),
    "reliability": N_(
        "Vos réponses et, en pointillé, la part de personnes pour qui c’est vrai si la sensibilité "
        "des réponses est de {sensitivity} et leur spécificité de {specificity}. Intervalles à "
        "{level}. Sans ligne pointillée : hypothèses impossibles pour ce chiffre, ou énoncé qui ne "
        "repose pas sur ce que l’on dit de soi."
    ),
    "combined": N_(
        "Vos réponses et, en pointillé, la part simulée quand tous les biais de ce chapitre jouent "
        "ensemble, hasard du tirage compris. Intervalles à {level}."
    ),
}


@dataclass(frozen=True)
class Note:
    """A sentence in place of a picture: nothing can be told."""

    text: str

    def _repr_markdown_(self) -> str:
        return f"*{self.text}*"

    def __repr__(self) -> str:
        """Write the sentence."""
        return self.text


def show(
    kind: Kind,
    frame: pd.DataFrame | None,
    supplied: Supplied | None,
    given: Parameters,
    name: str = "",
) -> alt.TopLevelMixin | Note | None:
    """Draw what a survey says on a chapter's question; nothing where there is no survey.

    Parameters
    ----------
    frame
        As a function of `chapters.supplied` returns it.
    given
        The chapter's parameters: its language, and what the caption says of its assumptions.
    name
        Of the figure, where another chapter draws the same kind: a name stands once in the book.

    Returns
    -------
    figure, Note or None
        A note where too few people answered for anything to be told.
    """
    if supplied is None or frame is None:
        return None
    lang = given.lang
    if frame.empty:
        return Note(_nothing(supplied, lang))
    shown = _laid_out(frame, supplied, lang)
    return theme.figure(
        _chart(shown, lang, threshold=kind not in {"results", "populations"}),
        name=name or f"supplied-{kind}",
        lang=lang,
        caption=_caption(kind, supplied, given),
        description=_description(shown, lang),
        table=_table(shown, lang),
        origins=_origins(frame, supplied),
        assumption=bool(ASSUMED & set(frame["series"])),
    )


def _nothing(supplied: Supplied, lang: Lang) -> str:
    _ = translator(lang)
    return _(
        "Trop peu de réponses pour que quoi que ce soit puisse être montré ici sans désigner "
        "quelqu’un : il en faut au moins {threshold} de chaque côté de chaque chiffre."
    ).format(threshold=number(supplied.aggregates.threshold, 0, lang))


def _laid_out(frame: pd.DataFrame, supplied: Supplied, lang: Lang) -> pd.DataFrame:
    """Give each estimate its place, and each measure a heading above its estimates."""
    rows: list[dict[str, Any]] = []
    y = 0.0
    for measure_id, estimates in frame.groupby("measure_id", sort=False):
        heading = _heading(str(measure_id), supplied, lang)
        lines = _lines(heading)
        for line in lines:
            y += _HEADING - 6 if line != lines[0] else _HEADING
            rows.append({"kind": "heading", "y": y, "text": line})
        for estimate in estimates.to_dict("records"):
            y += _ROW
            rows.append(_row(estimate, y, heading, supplied.origin, lang))
        y += _GAP
    return pd.DataFrame(rows)


def _heading(measure_id: str, supplied: Supplied, lang: Lang) -> str:
    measure = supplied.measures[measure_id]
    found = supplied.aggregates.measure(measure_id)
    base = number(found.base, 0, lang) if found and found.base else "?"
    label = supplied.claims[measure.claim_id].label(lang)
    group = supplied.group_label(measure.group_id, lang)
    return f"{measure.claim_id} · {label}{_BETWEEN}{group} (n = {base})"


def _lines(heading: str) -> list[str]:
    """Break a heading that is too long before its group, then wherever it must be."""
    if width(heading, bold=True) <= theme.WIDTH:
        return [heading]
    parts = heading.split(_BETWEEN)
    return [line for part in parts for line in balanced(part, theme.WIDTH, bold=True)]


def _row(
    estimate: dict[Any, Any], y: float, heading: str, origin: Origin, lang: Lang
) -> dict[str, Any]:
    _ = translator(lang)
    series: Series = estimate["series"]
    invented = series == "supplied" and origin == "synthetic"
    share, low, high = (estimate[name] for name in ("share", "low", "high"))
    return {
        "kind": "printed" if series == "printed" else "estimate",
        "y": y,
        "series": series,
        "name": _("Réponses inventées") if invented else _(_SERIES[series]),
        "heading": heading,
        "share": share,
        "low": low,
        "high": high,
        "own": series == "supplied",
        "assumed": series in ASSUMED,
        "text": _numbers(share, low, high, lang),
    }


def _numbers(share: float, low: float, high: float, lang: Lang) -> str:
    limits = f"{percent(low, 1, lang)} – {percent(high, 1, lang)}" if not math.isnan(low) else ""
    if math.isnan(share):
        return limits
    return f"{percent(share, 1, lang)} ({limits})" if limits else percent(share, 1, lang)


def _chart(shown: pd.DataFrame, lang: Lang, *, threshold: bool) -> alt.LayerChart:
    _ = translator(lang)
    estimates = shown[shown["kind"] != "heading"]
    names = {f"{row['y']:g}": row["name"] for row in estimates.to_dict("records")}
    labels = max(map(width, estimates["name"])) + 1.5 * _APART
    height = float(shown["y"].max()) + _ROW
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=True),
        axis=alt.Axis(
            values=[float(place) for place in estimates["y"]],
            labelExpr=f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
            labelPadding=_APART,
            title=None,
            grid=False,
            domain=False,
            ticks=False,
        ),
    )
    x = alt.X(
        "share:Q",
        title=_("Part, en %"),
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    base = alt.Chart().encode(
        y=y,
        tooltip=[
            alt.Tooltip("heading:N", title=_("Chiffre et groupe")),
            alt.Tooltip("name:N", title=_("Estimation")),
            alt.Tooltip("text:N", title=_("Valeur et intervalle")),
        ],
    )
    own, other = "datum.own", "datum.kind == 'estimate' && !datum.own"
    low, high = alt.X("low:Q", scale=alt.Scale(domain=[0, 1])), alt.X2("high:Q")
    half = [base.mark_rule(color=theme.QUIET, strokeWidth=1).encode(x=alt.datum(_HALF))]
    chart: Any = alt.layer(
        *(half if threshold else []),
        *(
            base.transform_filter("datum.kind == 'heading'")
            .mark_text(**label("left", -labels, fontWeight="bold", **halo))
            .encode(x=alt.datum(0), text="text:N", tooltip=alt.value(None))
            for halo in (HALO, {})
        ),
        _rule(base, f"{other} && datum.assumed", theme.BLUE, dashed=True).encode(x=low, x2=high),
        _rule(base, f"{other} && !datum.assumed", theme.BLUE).encode(x=low, x2=high),
        _rule(base, own, theme.ACCENT).encode(x=low, x2=high),
        base.transform_filter(f"{other} && isValid(datum.share)")
        .mark_tick(color=theme.BLUE, thickness=3, height=12)
        .encode(x=x),
        base.transform_filter(own).mark_point(**theme.points("supplied", size=70)).encode(x=x),
        base.transform_filter("datum.kind == 'printed'")
        .mark_point(**theme.points("printed", size=70))
        .encode(x=x),
        data=shown,
    )
    sized: alt.LayerChart = chart.properties(width=round(theme.WIDTH - labels), height=height)
    return sized


def _rule(base: alt.Chart, where: str, colour: str, *, dashed: bool = False) -> alt.Chart:
    dash = list(theme.DASH) if dashed else [1, 0]
    shown: alt.Chart = base.transform_filter(where).mark_rule(
        color=colour, strokeWidth=2.5, strokeDash=dash
    )
    return shown


def _origins(frame: pd.DataFrame, supplied: Supplied) -> Sequence[Origin]:
    found: list[Origin] = ["printed"] if "printed" in set(frame["series"]) else []
    found.append(supplied.origin)
    if supplied.origin == "supplied":
        found.append("computed")
    return found


def _caption(kind: Kind, supplied: Supplied, given: Parameters) -> str:
    lang = given.lang
    _ = translator(lang)
    level = percent(supplied.aggregates.confidence, 0, lang)
    sentences = [_(_CAPTIONS[kind]).format(level=level, **_told(given))]
    if kind == "results":
        sentences += [_weighting(one, supplied, lang) for one in supplied.aggregates.weightings]
    if kind == "populations":
        sentences += _pooled(supplied, lang)
    if kind in _FROM_ESTIMATES and any(one.weighted for one in supplied.aggregates.measures):
        sentences.append(
            _("Là où les réponses sont pondérées, le pointillé part de la part pondérée.")
        )
    if kind not in {"results", "populations"}:
        sentences.append(_("Trait vertical : la moitié, seuil de notre lecture."))
    if any(
        one.status == "withheld"
        or (one in supplied.shown and not supplied.aggregates.estimate(one))
        for one in supplied.aggregates.measures
    ):
        withheld = _(
            "Les mesures qui manquent ne sont pas montrées : moins de {threshold} personnes d’un "
            "côté, ou le risque d’en laisser deviner d’autres."
        )
        threshold = number(supplied.aggregates.threshold, 0, lang)
        sentences.append(withheld.format(threshold=threshold))
    if supplied.origin == "synthetic":
        sentences.append(
            _(
                "SYNTHÉTIQUE : ces réponses sont inventées, tirées au hasard pour s’accorder avec "
                "l’affiche."
            )
        )
    return " ".join(sentences)


def _told(given: Parameters) -> dict[str, str]:
    """Write what a caption says of the chapter's parameters."""
    _ = translator(given.lang)
    if isinstance(given, CoverageParameters):
        return {"reached": _(_FRAMES[given.frame])}
    if isinstance(given, ReliabilityParameters):
        return {
            name: percent(getattr(given, name), 0, given.lang)
            for name in ("sensitivity", "specificity")
        }
    return {}


def _weighting(one: Weighting, supplied: Supplied, lang: Lang) -> str:
    """Say what the answers of a group were weighted by, under which limit, and what was reached."""
    _ = translator(lang)
    sentences = [
        _(
            "Pondération ({group}) d’après : {variables}. Aucun poids ne dépasse {ratio} fois le "
            "poids moyen\N{NARROW NO-BREAK SPACE}; {at_limit}."
        ).format(
            group=supplied.group_label(one.group_id, lang),
            variables=", ".join(_question(supplied, name, lang) for name in one.variables),
            ratio=number(one.largest_ratio, 1, lang),
            at_limit=_at_limit(one.at_limit, lang),
        )
    ]
    if one.residual is not None:
        sentences.append(_reached(one.residual, supplied, lang))
    if one.effective_n is not None:
        worth = _("Ces réponses pondérées en valent {n} également pesées.")
        sentences.append(worth.format(n=number(one.effective_n, 0, lang)))
    return " ".join(sentences)


def _at_limit(at_limit: int | None, lang: Lang) -> str:
    _ = translator(lang)
    if at_limit is None:
        return _("combien l’atteignent n’est pas montré")
    if at_limit == 0:
        return _("aucun ne l’atteint")
    return _("réponses dont le poids l’atteint : {n}").format(n=number(at_limit, 0, lang))


def _question(supplied: Supplied, item_id: str, lang: Lang) -> str:
    question = supplied.questionnaire.item(item_id).question(lang)
    return question.rstrip(" :\N{NO-BREAK SPACE}")


def _reached(residual: Sequence[Residual], supplied: Supplied, lang: Lang) -> str:
    """Set the shares reached beside the targets, where a reader would see them differ."""
    _ = translator(lang)
    missed = [one for one in residual if abs(one.reached - one.target) >= _SEEN]
    if not missed:
        return _("Toutes les parts connues sont retrouvées.")
    shares = []
    for one in missed:
        item = supplied.questionnaire.item(one.item_id)
        label = next(choice for choice in item.choices if choice.code == one.code).label(lang)
        target, reached = (percent(share, 1, lang) for share in (one.target, one.reached))
        shares.append(f"{_question(supplied, one.item_id, lang)}, {label}, {target}, {reached}")
    return _("Parts voulues, et atteintes sous cette limite : {shares}.").format(
        shares=_listed(shares, lang)
    )


def _pooled(supplied: Supplied, lang: Lang) -> list[str]:
    """Say which estimate of each group is pooled, where a group is weighted."""
    _ = translator(lang)
    if not supplied.aggregates.pooled or not supplied.aggregates.pooled[0].weighted:
        return []
    pooled = supplied.aggregates.pooled[0]
    plain = [name for name, _weight in pooled.weights if name not in pooled.weighted]
    if plain:
        sentence = _(
            "« Ensemble » réunit les chiffres montrés : pondérés pour {weighted}, sans pondération "
            "pour {plain}."
        )
    else:
        sentence = _("« Ensemble » réunit les chiffres montrés : pondérés pour {weighted}.")
    weighted_names, plain_names = (
        _listed([supplied.group_label(name, lang) for name in groups], lang)
        for groups in (pooled.weighted, plain)
    )
    return [sentence.format(weighted=weighted_names, plain=plain_names)]


def _listed(parts: Iterable[str], lang: Lang) -> str:
    _ = translator(lang)
    return _("\N{NARROW NO-BREAK SPACE}; ").join(parts)


def _description(shown: pd.DataFrame, lang: Lang) -> str:
    _ = translator(lang)
    parts = [
        f"{heading}{colon(lang)}"
        + ", ".join(f"{row['name']} {row['text']}" for row in rows.to_dict("records"))
        for heading, rows in shown[shown["kind"] != "heading"].groupby("heading", sort=False)
    ]
    return _("Une ligne par estimation. ") + _listed(parts, lang) + "."


def _table(shown: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    estimates = shown[shown["kind"] != "heading"]
    return pd.DataFrame(
        {
            _("Chiffre et groupe"): estimates["heading"],
            _("Estimation"): estimates["name"],
            _("Valeur et intervalle"): estimates["text"],
        }
    )
