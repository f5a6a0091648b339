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
from actient.locale import Lang, number, percent
from actient.words import N_, translator

_ROLES: Final[dict[Role, str]] = {
    "naive": N_("Sans correction"),
    "right": N_("Correction juste et complète"),
    "wrong": N_("Correction fausse ou incomplète"),
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
    _ = translator(lang)
    frame = _rows(found, lang)
    order = list(frame["row"])
    y = alt.Y("row:N", sort=order, axis=None, scale=alt.Scale(padding=0))
    axis = alt.Axis(
        format="%",
        title=_("Intervalles qui contiennent la vraie part"),
        values=[0, 0.5, 1],
        grid=False,
    )
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
        nominal.mark_text(text=_("{level} annoncés").format(level=level)).encode(y=alt.value(-8)),
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
    _ = translator(lang)
    return _(_WORLDS[world]).format(
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
    _ = translator(lang)
    return _(_ESTIMATORS[estimator]).format(
        accuracy=percent(validation.WRONG_ACCURACY, 0, lang),
        covered=percent(validation.WRONG_COVERED, 0, lang),
        ratio=number(validation.WRONG_SELECTION_RATIO, 2, lang),
    )


_WORLDS: Final[dict[str, str]] = {
    "random": N_("Tirage au sort, sans aucun biais"),
    "false_answers": N_("Réponses fausses : sensibilité {sensitivity}, spécificité {specificity}"),
    "undercoverage": N_("Sous-couverture : {covered} atteints, les autres disent tous oui"),
    "composition": N_("Deux groupes, l’un trop présent parmi les réponses"),
    "selection": N_("Auto-sélection, les oui répondent {ratio} fois plus volontiers"),
    "referral": N_("De proche en proche, sans autre biais"),
    "referral_degree": N_("De proche en proche, les oui ont {degree} fois plus de contacts"),
    "referral_homophily": N_("De proche en proche, {kept} des liens réservés au même groupe"),
    "referral_willing": N_("De proche en proche, les oui ont {odds} fois la cote de réponse"),
    "referral_all": N_("De proche en proche, ces trois écarts à la fois"),
}
_ESTIMATORS: Final[dict[str, str]] = {
    "naive": N_("Wilson, sans correction"),
    "wilson": "Wilson",
    "transformed_wilson": N_("Rogan-Gladen, Wilson transformé"),
    "wrong_accuracy": N_("Rogan-Gladen, {accuracy} supposés"),
    "wilson_around_corrected": N_("Wilson autour du chiffre corrigé"),
    "imbens_manski": N_("Imbens-Manski"),
    "bounds_alone": N_("Bornes de Manski seules"),
    "wrong_coverage": N_("Imbens-Manski, {covered} supposés"),
    "post_stratified": N_("Post-stratification"),
    "wrong_weights": N_("Post-stratification, poids faux"),
    "corrected_ratio": N_("Rapport de sélection juste"),
    "wrong_ratio": N_("Rapport supposé de {ratio}"),
    "rds_ii": "RDS-II",
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
    _ = translator(lang)
    roles = json.dumps({role: _(name) for role, name in _ROLES.items()}, ensure_ascii=False)
    return alt.Legend(title=None, labelExpr=f"{roles}[datum.label]", symbolSize=90)


def _tooltip(lang: Lang) -> list[alt.Tooltip]:
    _ = translator(lang)
    return [
        alt.Tooltip("name:N", title=_("Intervalle")),
        alt.Tooltip("coverage:Q", title=_("Contiennent la vraie part"), format=".1%"),
    ]


def _caption(found: pd.DataFrame, parameters: StudyParameters, lang: Lang) -> str:
    _ = translator(lang)
    referral = found["world"].isin(list(REFERRAL_WORLDS))
    error = number(found.loc[~referral, "mc_error"].max() * 100, 1, lang)
    referral_error = number(found.loc[referral, "mc_error"].max() * 100, 1, lang)
    level, n = percent(parameters.confidence, 0, lang), number(parameters.n, 0, lang)
    runs = number(parameters.replications, 0, lang)
    launches = number(parameters.launches, 0, lang)
    fewest = number(parameters.fewest_respondents, 0, lang)
    return _(
        "Mondes simulés, dont on connaît la vraie part : combien d’intervalles à {level} (trait "
        "vertical) la contiennent. {runs} enquêtes de {n} personnes par monde. De proche en "
        "proche : un seul profil de départ, {launches} lancements par monde, arrêtés à {n} "
        "réponses, sans ceux qui s’éteignent avant {fewest} ; aucun intervalle n’y promet rien. "
        "Erreur de simulation, en points : au plus {error}, et {referral_error} de proche en "
        "proche."
    ).format(
        level=level,
        runs=runs,
        n=n,
        launches=launches,
        fewest=fewest,
        error=error,
        referral_error=referral_error,
    )


def _description(found: pd.DataFrame, parameters: StudyParameters, lang: Lang) -> str:
    _ = translator(lang)
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
    return _(
        "Parmi les intervalles qui promettent {level}, de {low} à {high} contiennent la vraie "
        "part. Sans correction, dès qu’un biais agit : de {least} à {most}. Avec une correction "
        "fausse ou incomplète : de {worst} à {best}. De proche en proche, ceux de RDS-II la "
        "contiennent dans {same} des cas sans autre biais, {degree} si seuls les nombres de "
        "contacts diffèrent, {homophily} si l’on se lie surtout entre semblables."
    ).format(
        level=level,
        low=low,
        high=high,
        least=least,
        most=most,
        worst=worst,
        best=best,
        same=same,
        degree=degree,
        homophily=homophily,
    )


def _table(found: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    _ = translator(lang)
    return pd.DataFrame(
        {
            _("Monde simulé"): [world_name(world, lang) for world in found["world"]],
            _("Intervalle"): [estimator_name(one, lang) for one in found["estimator"]],
            _("Nature"): [_(_ROLES[role]) for role in found["role"]],
            _("Promesse"): [
                _("aucune") if pd.isna(level) else percent(level, 0, lang)
                for level in found["promise"]
            ],
            _("Contiennent la vraie part"): [percent(part, 1, lang) for part in found["coverage"]],
            _("Erreur de simulation (points)"): [
                _points(error, lang) for error in found["mc_error"]
            ],
            _("Biais moyen (points)"): [_points(bias, lang) for bias in found["mean_bias"]],
            _("Largeur moyenne (points)"): [_points(width, lang) for width in found["mean_width"]],
            _("Effet de plan"): [
                _.pgettext("validation", "sans objet")
                if pd.isna(effect)
                else number(effect, 1, lang)
                for effect in found["design_effect"]
            ],
            _("Enquêtes simulées"): [number(runs, 0, lang) for runs in found["replications"]],
        }
    )


def _points(share: float, lang: Lang) -> str:
    _ = translator(lang)
    if pd.isna(share):
        return _.pgettext("validation", "sans objet")
    return number(share * 100, 1, lang)
