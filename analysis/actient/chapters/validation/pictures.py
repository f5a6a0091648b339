"""The picture of the validation study."""

from __future__ import annotations

import json
from typing import Any, Final

import altair as alt
import pandas as pd

from actient.chapters.validation import numbers as validation
from actient.chapters.validation.numbers import REFERRAL_WORLDS, Role, StudyParameters
from actient.charts import theme
from actient.charts.statements import HALO
from actient.locale import NBSP, Lang, number, percent

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "axis": "Intervalles qui contiennent la vraie part",
        "nominal": "{level} annoncés",
        "world": "Monde simulé",
        "estimator": "Intervalle",
        "role": "Nature",
        "promise": "Promesse",
        "no_promise": "aucune",
        "coverage": "Contiennent la vraie part",
        "error": "Erreur de simulation (points)",
        "bias": "Biais moyen (points)",
        "width": "Largeur moyenne (points)",
        "effect": "Effet de plan",
        "replications": "Enquêtes simulées",
        "none": "sans objet",
    },
    "en": {
        "axis": "Intervals that contain the true share",
        "nominal": "{level} nominal",
        "world": "Simulated world",
        "estimator": "Interval",
        "role": "Kind",
        "promise": "Promise",
        "no_promise": "none",
        "coverage": "Contain the true share",
        "error": "Simulation error (points)",
        "bias": "Mean bias (points)",
        "width": "Mean width (points)",
        "effect": "Design effect",
        "replications": "Simulated surveys",
        "none": "not applicable",
    },
}
_ROLES: Final[dict[Lang, dict[Role, str]]] = {
    "fr": {
        "naive": "Sans correction",
        "right": "Correction juste et complète",
        "wrong": "Correction fausse ou incomplète",
    },
    "en": {
        "naive": "No correction",
        "right": "Right and complete correction",
        "wrong": "Wrong or incomplete correction",
    },
}
_LOOK: Final[dict[Role, tuple[str, str]]] = {
    "naive": (theme.ORANGE, "triangle-up"),
    "right": (theme.BLUE, "square"),
    "wrong": (theme.PURPLE, "diamond"),
}
_ROW: Final = 19
_BARS: Final = (212, theme.WIDTH - 44)  # where the percentages run, between names and numbers


def coverage(found: pd.DataFrame, parameters: StudyParameters, lang: Lang) -> alt.TopLevelMixin:
    """Draw how often each interval held the true share, world by world.

    Parameters
    ----------
    found
        As `chapters.validation.study` returns it.
    parameters
        What it was run with.
    """
    frame = _rows(found, lang)
    order = list(frame["row"])
    y = alt.Y("row:N", sort=order, axis=None, scale=alt.Scale(padding=0))
    axis = alt.Axis(format="%", title=_WORDS[lang]["axis"], values=[0, 0.5, 1], grid=False)
    x = alt.X("coverage:Q", scale=alt.Scale(domain=[0, 1], range=list(_BARS)), axis=axis)
    roles = list(_LOOK)
    colour = alt.Color(
        "role:N",
        scale=alt.Scale(domain=roles, range=[_LOOK[role][0] for role in roles]),
        legend=_legend(lang),
    )
    shape = alt.Shape(
        "role:N",
        scale=alt.Scale(domain=roles, range=[_LOOK[role][1] for role in roles]),
        legend=_legend(lang),
    )
    base = alt.Chart(frame).encode(y=y)
    rows = base.transform_filter("datum.kind == 'interval'")
    worlds = base.transform_filter("datum.kind == 'world'")
    level = percent(parameters.confidence, 0, lang)
    nominal = alt.Chart(pd.DataFrame({"coverage": [parameters.confidence]})).encode(x=x)
    names: dict[str, Any] = {"align": "left"}
    chart = alt.layer(
        nominal.mark_rule(color=theme.INK, strokeWidth=1.2),
        nominal.mark_text(text=_WORDS[lang]["nominal"].format(level=level)).encode(y=alt.value(-8)),
        *(
            worlds.mark_text(**names, fontWeight="bold", dy=3, **halo).encode(
                x=alt.value(0), text="name:N"
            )
            for halo in (HALO, {})
        ),
        rows.mark_text(**names).encode(x=alt.value(10), text="name:N"),
        rows.mark_rule(strokeWidth=2).encode(x=x, x2=alt.datum(0), color=colour),
        rows.mark_point(filled=True, size=70, opacity=1).encode(
            x=x, color=colour, shape=shape, tooltip=_tooltip(lang)
        ),
        rows.mark_text(align="right").encode(x=alt.value(theme.WIDTH), text="shown:N"),
    ).properties(width=theme.WIDTH, height=alt.Step(_ROW))
    return theme.figure(
        chart,
        name="validation-coverage",
        lang=lang,
        caption=_caption(found, parameters, lang),
        description=_description(found, parameters, lang),
        table=_table(found, lang),
        origins=["synthetic"],
        sources=[],
    )


def world_name(world: str, lang: Lang) -> str:
    """Return what is simulated, in words.

    Parameters
    ----------
    world
        A key of the column `world` of `chapters.validation.study`.
    """
    return _WORLDS[lang][world].format(
        sensitivity=percent(validation.SENSITIVITY, 0, lang),
        specificity=percent(validation.SPECIFICITY, 0, lang),
        covered=percent(validation.COVERED, 0, lang),
        ratio=number(validation.SELECTION_RATIO, 1, lang),
        degree=number(REFERRAL_WORLDS["referral_degree"].degree_ratio, 1, lang),
        kept=percent(REFERRAL_WORLDS["referral_homophily"].homophily, 0, lang),
        odds=number(REFERRAL_WORLDS["referral_willing"].answer_odds_ratio, 1, lang),
    )


def estimator_name(estimator: str, lang: Lang) -> str:
    """Return how an interval is made, in words.

    Parameters
    ----------
    estimator
        A key of the column `estimator` of `chapters.validation.study`.
    """
    return _ESTIMATORS[lang][estimator].format(
        accuracy=percent(validation.WRONG_ACCURACY, 0, lang),
        covered=percent(validation.WRONG_COVERED, 0, lang),
        ratio=number(validation.WRONG_SELECTION_RATIO, 2, lang),
    )


_WORLDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "random": "Tirage au sort, sans aucun biais",
        "false_answers": f"Réponses fausses{NBSP}: sensibilité {{sensitivity}}, "
        "spécificité {specificity}",
        "undercoverage": f"Sous-couverture{NBSP}: {{covered}} atteints, les autres disent tous oui",
        "composition": "Deux groupes, l’un trop présent parmi les réponses",
        "selection": "Auto-sélection, les oui répondent {ratio} fois plus volontiers",
        "referral": "De proche en proche, sans autre biais",
        "referral_degree": "De proche en proche, les oui ont {degree} fois plus de contacts",
        "referral_homophily": "De proche en proche, {kept} des liens réservés au même groupe",
        "referral_willing": "De proche en proche, les oui ont {odds} fois la cote de réponse",
        "referral_all": "De proche en proche, ces trois écarts à la fois",
    },
    "en": {
        "random": "Random sample, no bias at all",
        "false_answers": "False answers: sensitivity {sensitivity}, specificity {specificity}",
        "undercoverage": "Undercoverage: {covered} reached, all the others say yes",
        "composition": "Two groups, one over-represented among respondents",
        "selection": "Self-selection, “yes” responds {ratio} times as readily",
        "referral": "Friend to friend, no other bias",
        "referral_degree": "Friend to friend, “yes” has {degree} times the contacts",
        "referral_homophily": "Friend to friend, {kept} of ties kept inside the group",
        "referral_willing": "Friend to friend, “yes” {odds} times the odds of response",
        "referral_all": "Friend to friend, all three at once",
    },
}
_ESTIMATORS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "naive": "Wilson, sans correction",
        "wilson": "Wilson",
        "transformed_wilson": "Rogan-Gladen, Wilson transformé",
        "wrong_accuracy": "Rogan-Gladen, {accuracy} supposés",
        "wilson_around_corrected": "Wilson autour du chiffre corrigé",
        "imbens_manski": "Imbens-Manski",
        "bounds_alone": "Bornes de Manski seules",
        "wrong_coverage": "Imbens-Manski, {covered} supposés",
        "post_stratified": "Post-stratification",
        "wrong_weights": "Post-stratification, poids faux",
        "corrected_ratio": "Rapport de sélection juste",
        "wrong_ratio": "Rapport supposé de {ratio}",
        "rds_ii": "RDS-II",
    },
    "en": {
        "naive": "Wilson, no correction",
        "wilson": "Wilson",
        "transformed_wilson": "Rogan–Gladen, Wilson limits",
        "wrong_accuracy": "Rogan–Gladen, {accuracy} assumed",
        "wilson_around_corrected": "Wilson around corrected figure",
        "imbens_manski": "Imbens–Manski",
        "bounds_alone": "Manski bounds alone",
        "wrong_coverage": "Imbens–Manski, {covered} assumed",
        "post_stratified": "Post-stratified",
        "wrong_weights": "Post-stratified, wrong weights",
        "corrected_ratio": "Right selection ratio",
        "wrong_ratio": "Assumed ratio of {ratio}",
        "rds_ii": "RDS-II",
    },
}


def _rows(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """One row of the picture per interval, and one above each world for its name."""
    rows: list[dict[str, Any]] = []
    for world, intervals in found.groupby("world", sort=False):
        rows.append({"kind": "world", "row": str(world), "name": world_name(str(world), lang)})
        rows += [
            {
                "kind": "interval",
                "row": f"{world} {one['estimator']}",
                "name": estimator_name(one["estimator"], lang),
                "role": one["role"],
                "coverage": one["coverage"],
                "shown": percent(one["coverage"], 0, lang),
            }
            for one in intervals.to_dict("records")
        ]
    return pd.DataFrame(rows)


def _legend(lang: Lang) -> alt.Legend:
    words = json.dumps(_ROLES[lang], ensure_ascii=False)
    return alt.Legend(title=None, labelExpr=f"{words}[datum.label]", symbolSize=90)


def _tooltip(lang: Lang) -> list[alt.Tooltip]:
    words = _WORDS[lang]
    return [
        alt.Tooltip("name:N", title=words["estimator"]),
        alt.Tooltip("coverage:Q", title=words["coverage"], format=".1%"),
    ]


def _caption(found: pd.DataFrame, parameters: StudyParameters, lang: Lang) -> str:
    referral = found["world"].isin(list(REFERRAL_WORLDS))
    error = number(found.loc[~referral, "mc_error"].max() * 100, 1, lang)
    referral_error = number(found.loc[referral, "mc_error"].max() * 100, 1, lang)
    level, n = percent(parameters.confidence, 0, lang), number(parameters.n, 0, lang)
    runs = number(parameters.replications, 0, lang)
    launches = number(parameters.launches, 0, lang)
    fewest = number(parameters.fewest_respondents, 0, lang)
    if lang == "fr":
        return (
            f"Mondes simulés, dont on connaît la vraie part{NBSP}: combien d’intervalles à {level} "
            f"(trait vertical) la contiennent. {runs} enquêtes de {n} personnes par monde. De "
            f"proche en proche{NBSP}: un seul profil de départ, {launches} lancements par monde, "
            f"arrêtés à {n} réponses, sans ceux qui s’éteignent avant {fewest}{NBSP}; aucun "
            f"intervalle n’y promet rien. Erreur de simulation, en points{NBSP}: au plus {error}, "
            f"et {referral_error} de proche en proche."
        )
    return (
        f"Simulated worlds, whose true share is known: how many {level} intervals (vertical line) "
        f"contain it. {runs} surveys of {n} people in each world. From friend to friend: one "
        f"profile to start from, {launches} launches in each world, stopped at {n} responses, "
        f"leaving out those that die out before {fewest}; no interval promises anything there. "
        f"Simulation error, in points: at most {error}, and {referral_error} from friend to friend."
    )


def _description(found: pd.DataFrame, parameters: StudyParameters, lang: Lang) -> str:
    promised = found.loc[found["promise"].notna(), "coverage"]
    low, high = percent(promised.min(), 1, lang), percent(promised.max(), 1, lang)
    level = percent(parameters.confidence, 0, lang)
    plain = found[(found["role"] == "naive") & (found["world"] != "referral")]["coverage"]
    least, most = percent(plain.min(), 0, lang), percent(plain.max(), 0, lang)
    wrong = found[found["role"] == "wrong"]["coverage"]
    worst, best = percent(wrong.min(), 0, lang), percent(wrong.max(), 0, lang)
    of = found.set_index(["world", "estimator"])["coverage"]
    same, degree, homophily = (
        percent(of[world, "rds_ii"], 0, lang)
        for world in ("referral", "referral_degree", "referral_homophily")
    )
    if lang == "fr":
        return (
            f"Parmi les intervalles qui promettent {level}, de {low} à {high} contiennent la vraie "
            f"part. Sans correction, dès qu’un biais agit{NBSP}: de {least} à {most}. Avec une "
            f"correction fausse ou incomplète{NBSP}: de {worst} à {best}. De proche en proche, "
            f"ceux de RDS-II la contiennent dans {same} des cas sans autre biais, {degree} si "
            f"seuls les nombres de contacts diffèrent, {homophily} si l’on se lie surtout entre "
            "semblables."
        )
    return (
        f"Of the intervals that promise {level}, {low} to {high} contain the true share. Without "
        f"correction, as soon as a bias acts: {least} to {most}. With a wrong or incomplete "
        f"correction: {worst} to {best}. From friend to friend, those of RDS-II contain it in "
        f"{same} of cases without other bias, {degree} if only the numbers of contacts differ, "
        f"{homophily} if ties are mostly between people who are alike."
    )


def _table(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    words = _WORDS[lang]
    return pd.DataFrame(
        {
            words["world"]: [world_name(world, lang) for world in found["world"]],
            words["estimator"]: [estimator_name(one, lang) for one in found["estimator"]],
            words["role"]: [_ROLES[lang][role] for role in found["role"]],
            words["promise"]: [
                words["no_promise"] if pd.isna(level) else percent(level, 0, lang)
                for level in found["promise"]
            ],
            words["coverage"]: [percent(part, 1, lang) for part in found["coverage"]],
            words["error"]: [_points(error, lang) for error in found["mc_error"]],
            words["bias"]: [_points(bias, lang) for bias in found["mean_bias"]],
            words["width"]: [_points(width, lang) for width in found["mean_width"]],
            words["effect"]: [
                words["none"] if pd.isna(effect) else number(effect, 1, lang)
                for effect in found["design_effect"]
            ],
            words["replications"]: [number(runs, 0, lang) for runs in found["replications"]],
        }
    )


def _points(share: float, lang: Lang) -> str:
    if pd.isna(share):
        return _WORDS[lang]["none"]
    return number(share * 100, 1, lang)
