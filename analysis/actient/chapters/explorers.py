"""Assumptions the reader moves in the browser, no server needed: chapters 04, 06, 07 and 09."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import altair as alt
import numpy as np

from actient.bias import normal
from actient.bias.coverage import bounded_difference
from actient.bias.interval import Interval
from actient.bias.reliability import rogan_gladen
from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share
from actient.charts import expressions
from actient.charts.explorable import Explorer, Slider, Verdict, draw
from actient.claims import Claim, Statement
from actient.locale import Lang, number, percent

_INTERVAL_VERDICTS: Final[dict[Lang, dict[Verdict, str]]] = {
    "fr": {
        "holds": "tient",
        "barely": "tient de justesse, à l’arrondi près",
        "fails": "n’est plus sûr de tenir",
    },
    "en": {
        "holds": "holds",
        "barely": "barely holds: rounding alone could undo it",
        "fails": "is no longer sure to hold",
    },
}
_POINT_VERDICTS: Final[dict[Lang, dict[Verdict, str]]] = {
    "fr": {
        "holds": "tient",
        "barely": "tient de justesse, à l’arrondi près",
        "fails": "ne tient plus",
        "impossible": "ne peut être jugé, car ces hypothèses n’ont pu donner ce chiffre",
        "mute": "ne peut être jugé, car les réponses n’apprendraient rien",
    },
    "en": {
        "holds": "holds",
        "barely": "barely holds: rounding alone could undo it",
        "fails": "no longer holds",
        "impossible": "cannot be judged: these assumptions exclude this figure",
        "mute": "cannot be judged: answers would tell nothing",
    },
}


def sample_size(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    *,
    confidence: float,
    lang: Lang,
    n: int = 100,
) -> alt.TopLevelMixin:
    """Let the reader move n, the size of the random sample a figure is supposed to come from.

    Parameters
    ----------
    confidence
        Confidence level of the Wilson interval, a proportion.
    n
        Where the slider starts, in persons.
    """
    z = float(normal.two_sided(np.asarray(confidence)))
    level = percent(confidence, 0, lang)
    root = f"{z!r} * sqrt({{p}} * (1 - {{p}}) / n + {z * z!r} / (4 * n * n))"
    middle, scale = f"{{p}} + {z * z!r} / (2 * n)", f"(1 + {z * z!r} / n)"
    if lang == "fr":
        label = "Taille d’échantillon supposée, n"
        premise = expressions.sentence(
            "Si ",
            "datum.printed",
            " venait d’un tirage au sort de n = ",
            expressions.whole("n"),
            ",",
        )
        conclusion = expressions.from_to(f"l’intervalle à {level} irait de ", " à ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si le chiffre venait d’un échantillon aléatoire "
            "simple de n personnes : le chiffre imprimé, point plein, et son intervalle de Wilson "
            f"à {level}, en pointillé. L’affiche ne donne aucune taille d’échantillon."
        )
    else:
        label = "Assumed sample size, n"
        premise = expressions.sentence(
            "If ",
            "datum.printed",
            " came from a random sample of n = ",
            expressions.whole("n"),
            ",",
        )
        conclusion = expressions.from_to(f"the {level} interval would run from ", " to ", ":")
        caption = (
            "Move the assumption. If the figure came from a simple random sample of n people: the "
            f"printed figure, filled dot, and its {level} Wilson interval, dashed. The poster "
            "gives no sample size."
        )
    explorer = Explorer(
        name="explorer-n",
        sliders=(Slider("n", 10, 2000, 10, n, label),),
        estimate=lambda share, size: _floats(wilson(share, size, confidence)),
        expressions=(f"({middle} - {root}) / {scale}", f"({middle} + {root}) / {scale}"),
        mute="false",
        shown=lambda size: f"n = {number(size, 0, lang)}",
        premise=premise,
        conclusions=dict.fromkeys(_INTERVAL_VERDICTS[lang], conclusion),
        verdicts=_INTERVAL_VERDICTS[lang],
        positions=((30,), (100,), (300,), (1000,)),
        caption=caption,
    )
    return draw(explorer, statements, claims, lang)


def coverage(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    *,
    coverage: float,
    max_difference: float,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Let the reader move coverage, and how much the people out of reach may differ.

    Parameters
    ----------
    coverage, max_difference
        Where the sliders start: proportions in ]0, 1] and [0, 1], taken to the nearest hundredth.
    """
    if lang == "fr":
        labels = ("Couverture c, en %", "Écart des autres, en points, au plus")
        premise = expressions.sentence(
            "Si c = ",
            expressions.share("coverage / 100", 0),
            " et si les autres diffèrent de ",
            expressions.whole("difference"),
            " points au plus,",
        )
        conclusion = expressions.from_to("la part vraie irait de ", " à ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si le questionnaire atteint une part c de la "
            "population visée et si les personnes hors d’atteinte diffèrent au plus de l’écart "
            "choisi : le chiffre imprimé, point plein, et l’intervalle de la part vraie, en "
            "pointillé. À cent points d’écart, on ne suppose plus rien : ce sont les bornes de "
            "Manski."
        )
    else:
        labels = ("Coverage c, %", "Largest difference of the others, points")
        premise = expressions.sentence(
            "If c = ",
            expressions.share("coverage / 100", 0),
            " and the others differ by ",
            expressions.whole("difference"),
            " points at most,",
        )
        conclusion = expressions.from_to("the true share would lie between ", " and ", ":")
        caption = (
            "Move the assumption. If the questionnaire reaches a share c of the target population "
            "and the people out of reach differ by at most the difference chosen: the printed "
            "figure, filled dot, and the interval of the true share, dashed. At a hundred points "
            "nothing is assumed any more: these are the Manski bounds."
        )
    start = (_hundredths(coverage), _hundredths(max_difference))
    explorer = Explorer(
        name="explorer-coverage",
        sliders=(
            Slider("coverage", 1, 100, 1, start[0], labels[0]),
            Slider("difference", 0, 100, 1, start[1], labels[1]),
        ),
        estimate=lambda share, c, d: _floats(bounded_difference(share, c / 100, d / 100)),
        expressions=(
            "{p} - (1 - coverage / 100) * min({p}, difference / 100)",
            "{p} + (1 - coverage / 100) * min(1 - {p}, difference / 100)",
        ),
        mute="false",
        shown=lambda c, d: f"c = {percent(c / 100, 0, lang)}, {number(d, 0, lang)} points",
        premise=premise,
        conclusions=dict.fromkeys(_INTERVAL_VERDICTS[lang], conclusion),
        verdicts=_INTERVAL_VERDICTS[lang],
        positions=(start, (start[0], 100), (90, start[1]), (90, 100)),
        caption=caption,
    )
    return draw(explorer, statements, claims, lang)


def selection(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    *,
    lang: Lang,
    selection_ratio: float = 0.8,
) -> alt.TopLevelMixin:
    """Let the reader move k, how much more willingly those concerned answered.

    Parameters
    ----------
    selection_ratio
        Where the slider starts, above 0: an illustration, no ratio is known.
    """
    if lang == "fr":
        label = "Rapport de sélection k"
        premise = expressions.sentence(
            "Si les personnes concernées ont répondu k = ",
            expressions.decimal("selection_ratio", 2),
            " fois aussi volontiers,",
        )
        conclusion = expressions.value("la part vraie serait de ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si les personnes concernées par l’énoncé ont répondu "
            "k fois aussi volontiers que les autres : le chiffre imprimé, point plein, et, au bout "
            "du pointillé, la part vraie qu’il cacherait. Aucune mesure de k n’existe pour ce "
            "questionnaire."
        )
    else:
        label = "Selection ratio k"
        premise = expressions.sentence(
            "If the people concerned answered k = ",
            expressions.decimal("selection_ratio", 2),
            " times as readily,",
        )
        conclusion = expressions.value("the true share would be ", ":")
        caption = (
            "Move the assumption. If the people concerned by the statement answered k times as "
            "readily as the others: the printed figure, filled dot, and, at the end of the "
            "dashes, the true share behind it. No measurement of k exists for this questionnaire."
        )
    formula = "{p} / ({p} + selection_ratio * (1 - {p}))"
    explorer = Explorer(
        name="explorer-selection",
        sliders=(Slider("selection_ratio", 0.1, 5, 0.05, selection_ratio, label),),
        estimate=lambda share, k: _point(float(corrected_share(share, k))),
        expressions=(formula, formula),
        mute="false",
        shown=lambda k: f"k = {number(k, 2, lang)}",
        premise=premise,
        conclusions=dict.fromkeys(("holds", "barely", "fails"), conclusion),
        verdicts=_POINT_VERDICTS[lang],
        positions=((0.5,), (0.8,), (1.25,), (2.0,), (4.0,)),
        caption=caption,
    )
    return draw(explorer, statements, claims, lang)


def reliability(
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    *,
    sensitivity: float,
    specificity: float,
    lang: Lang,
) -> alt.TopLevelMixin:
    """Let the reader move sensitivity and specificity of the answers.

    A correction outside [0, 1] is written as it is and said to be impossible; only its mark stops
    at the edge of the picture.

    Parameters
    ----------
    statements
        Those that report what people do.
    sensitivity, specificity
        Where the sliders start: proportions in [0, 1], taken to the nearest hundredth.
    """
    if lang == "fr":
        labels = ("Sensibilité Se, en %", "Spécificité Sp, en %")
        premise = expressions.sentence(
            "Si la sensibilité est de ",
            expressions.share("sensitivity / 100", 0),
            " et la spécificité de ",
            expressions.share("specificity / 100", 0),
            ",",
        )
        conclusion = expressions.value("la part vraie serait de ", " :")
        impossible = expressions.value("la correction donnerait ", ", qui n’est pas une part :")
        mute = expressions.quoted("aucune correction n’est possible, leur somme doit dépasser un :")
        caption = (
            "À vous de déplacer l’hypothèse. Si les réponses ont cette sensibilité et cette "
            "spécificité : le chiffre imprimé, point plein, et, au bout du pointillé, la part "
            "corrigée. Une correction qui sort de l’échelle est écrite telle quelle et signalée ; "
            "son trait s’arrête au bord."
        )
    else:
        labels = ("Sensitivity Se, %", "Specificity Sp, %")
        premise = expressions.sentence(
            "If sensitivity is ",
            expressions.share("sensitivity / 100", 0),
            " and specificity ",
            expressions.share("specificity / 100", 0),
            ",",
        )
        conclusion = expressions.value("the true share would be ", ":")
        impossible = expressions.value("the correction would give ", ", which is no share:")
        mute = expressions.quoted("no correction is possible, their sum must exceed one:")
        caption = (
            "Move the assumption. If the answers have this sensitivity and specificity: the "
            "printed figure, filled dot, and, at the end of the dashes, the corrected share. A "
            "correction that leaves the scale is written as it is and said to be impossible; its "
            "line stops at the edge."
        )
    start = (_hundredths(sensitivity), _hundredths(specificity))
    formula = "({p} - (1 - specificity / 100)) / (sensitivity / 100 - (1 - specificity / 100))"
    explorer = Explorer(
        name="explorer-reliability",
        sliders=(
            Slider("sensitivity", 0, 100, 1, start[0], labels[0]),
            Slider("specificity", 0, 100, 1, start[1], labels[1]),
        ),
        estimate=_rogan_gladen,
        expressions=(formula, formula),
        mute="sensitivity + specificity <= 100",
        shown=lambda se, sp: (
            f"Se = {percent(se / 100, 0, lang)}, Sp = {percent(sp / 100, 0, lang)}"
        ),
        premise=premise,
        conclusions={
            "holds": conclusion,
            "barely": conclusion,
            "fails": conclusion,
            "impossible": impossible,
            "mute": mute,
        },
        verdicts=_POINT_VERDICTS[lang],
        positions=(start, (90, 90), (100, 80), (60, 100), (90, 50)),
        caption=caption,
    )
    return draw(explorer, statements, claims, lang)


def _rogan_gladen(share: float, sensitivity: float, specificity: float) -> Interval | None:
    if sensitivity + specificity <= 100:
        return None
    return _point(float(rogan_gladen(share, sensitivity / 100, specificity / 100).value))


def _hundredths(share: float) -> float:
    return float(round(share * 100))


def _floats(found: Interval) -> Interval:
    return Interval(float(found.low), float(found.high))


def _point(value: float) -> Interval:
    return Interval(value, value)
