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
from actient.words import N_, translator

_LOW: Final = expressions.share("datum.low", 1)
_HIGH: Final = expressions.share("datum.high", 1)
_HOLDS: Final[dict[Verdict, str]] = {
    "holds": N_("tient"),
    "barely": N_("tient de justesse, à l’arrondi près"),
}
_INTERVAL_VERDICTS: Final[dict[Verdict, str]] = {**_HOLDS, "fails": N_("n’est plus sûr de tenir")}
_POINT_VERDICTS: Final[dict[Verdict, str]] = {
    **_HOLDS,
    "fails": N_("ne tient plus"),
    "impossible": N_("ne peut être jugé, car ces hypothèses n’ont pu donner ce chiffre"),
    "mute": N_("ne peut être jugé, car les réponses n’apprendraient rien"),
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
    _ = translator(lang)
    z = float(normal.two_sided(np.asarray(confidence)))
    level = percent(confidence, 0, lang)
    root = f"{z!r} * sqrt({{p}} * (1 - {{p}}) / n + {z * z!r} / (4 * n * n))"
    middle, scale = f"{{p}} + {z * z!r} / (2 * n)", f"(1 + {z * z!r} / n)"
    conclusion = _("l’intervalle à {level} irait de {low} à {high} :").replace("{level}", level)
    explorer = Explorer(
        name="explorer-n",
        sliders=(Slider("n", 10, 2000, 10, n, _("Taille d’échantillon supposée, n")),),
        estimate=lambda share, size: _floats(wilson(share, size, confidence)),
        expressions=(f"({middle} - {root}) / {scale}", f"({middle} + {root}) / {scale}"),
        mute="false",
        shown=lambda size: f"n = {number(size, 0, lang)}",
        premise=expressions.sentence(
            _("Si {printed} venait d’un tirage au sort de n = {n},"),
            printed="datum.printed",
            n=expressions.whole("n"),
        ),
        conclusions=dict.fromkeys(
            _INTERVAL_VERDICTS, expressions.sentence(conclusion, low=_LOW, high=_HIGH)
        ),
        verdicts=_translated(_INTERVAL_VERDICTS, lang),
        positions=((30,), (100,), (300,), (1000,)),
        caption=_(
            "À vous de déplacer l’hypothèse. Si le chiffre venait d’un échantillon aléatoire "
            "simple de n personnes : le chiffre imprimé, point plein, et son intervalle de Wilson "
            "à {level}, en pointillé. L’affiche ne donne aucune taille d’échantillon."
        ).format(level=level),
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
    _ = translator(lang)
    start = (_hundredths(coverage), _hundredths(max_difference))
    explorer = Explorer(
        name="explorer-coverage",
        sliders=(
            Slider("coverage", 1, 100, 1, start[0], _("Couverture c, en %")),
            Slider("difference", 0, 100, 1, start[1], _("Écart des autres, en points, au plus")),
        ),
        estimate=lambda share, c, d: _floats(bounded_difference(share, c / 100, d / 100)),
        expressions=(
            "{p} - (1 - coverage / 100) * min({p}, difference / 100)",
            "{p} + (1 - coverage / 100) * min(1 - {p}, difference / 100)",
        ),
        mute="false",
        shown=lambda c, d: f"c = {percent(c / 100, 0, lang)}, {number(d, 0, lang)} points",
        premise=expressions.sentence(
            _("Si c = {coverage} et si les autres diffèrent de {difference} points au plus,"),
            coverage=expressions.share("coverage / 100", 0),
            difference=expressions.whole("difference"),
        ),
        conclusions=dict.fromkeys(
            _INTERVAL_VERDICTS,
            expressions.sentence(
                _("la part vraie irait de {low} à {high} :"), low=_LOW, high=_HIGH
            ),
        ),
        verdicts=_translated(_INTERVAL_VERDICTS, lang),
        positions=(start, (start[0], 100), (90, start[1]), (90, 100)),
        caption=_(
            "À vous de déplacer l’hypothèse. Si le questionnaire atteint une part c de la "
            "population visée et si les personnes hors d’atteinte diffèrent au plus de l’écart "
            "choisi : le chiffre imprimé, point plein, et l’intervalle de la part vraie, en "
            "pointillé. À cent points d’écart, on ne suppose plus rien : ce sont les bornes de "
            "Manski."
        ),
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
    _ = translator(lang)
    conclusion = expressions.sentence(_("la part vraie serait de {share} :"), share=_LOW)
    formula = "{p} / ({p} + selection_ratio * (1 - {p}))"
    explorer = Explorer(
        name="explorer-selection",
        sliders=(
            Slider("selection_ratio", 0.1, 5, 0.05, selection_ratio, _("Rapport de sélection k")),
        ),
        estimate=lambda share, k: _point(float(corrected_share(share, k))),
        expressions=(formula, formula),
        mute="false",
        shown=lambda k: f"k = {number(k, 2, lang)}",
        premise=expressions.sentence(
            _("Si les personnes concernées ont répondu k = {ratio} fois aussi volontiers,"),
            ratio=expressions.decimal("selection_ratio", 2),
        ),
        conclusions=dict.fromkeys(("holds", "barely", "fails"), conclusion),
        verdicts=_translated(_POINT_VERDICTS, lang),
        positions=((0.5,), (0.8,), (1.25,), (2.0,), (4.0,)),
        caption=_(
            "À vous de déplacer l’hypothèse. Si les personnes concernées par l’énoncé ont répondu "
            "k fois aussi volontiers que les autres : le chiffre imprimé, point plein, et, au bout "
            "du pointillé, la part vraie qu’il cacherait. Aucune mesure de k n’existe pour ce "
            "questionnaire."
        ),
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
    _ = translator(lang)
    start = (_hundredths(sensitivity), _hundredths(specificity))
    conclusion = expressions.sentence(_("la part vraie serait de {share} :"), share=_LOW)
    formula = "({p} - (1 - specificity / 100)) / (sensitivity / 100 - (1 - specificity / 100))"
    explorer = Explorer(
        name="explorer-reliability",
        sliders=(
            Slider("sensitivity", 0, 100, 1, start[0], _("Sensibilité Se, en %")),
            Slider("specificity", 0, 100, 1, start[1], _("Spécificité Sp, en %")),
        ),
        estimate=_rogan_gladen,
        expressions=(formula, formula),
        mute="sensitivity + specificity <= 100",
        shown=lambda se, sp: (
            f"Se = {percent(se / 100, 0, lang)}, Sp = {percent(sp / 100, 0, lang)}"
        ),
        premise=expressions.sentence(
            _("Si la sensibilité est de {sensitivity} et la spécificité de {specificity},"),
            sensitivity=expressions.share("sensitivity / 100", 0),
            specificity=expressions.share("specificity / 100", 0),
        ),
        conclusions={
            **dict.fromkeys(("holds", "barely", "fails"), conclusion),
            "impossible": expressions.sentence(
                _("la correction donnerait {share}, qui n’est pas une part :"), share=_LOW
            ),
            "mute": expressions.quoted(
                _("aucune correction n’est possible, leur somme doit dépasser un :")
            ),
        },
        verdicts=_translated(_POINT_VERDICTS, lang),
        positions=(start, (90, 90), (100, 80), (60, 100), (90, 50)),
        caption=_(
            "À vous de déplacer l’hypothèse. Si les réponses ont cette sensibilité et cette "
            "spécificité : le chiffre imprimé, point plein, et, au bout du pointillé, la part "
            "corrigée. Une correction qui sort de l’échelle est écrite telle quelle et signalée ; "
            "son trait s’arrête au bord."
        ),
    )
    return draw(explorer, statements, claims, lang)


def _translated(verdicts: Mapping[Verdict, str], lang: Lang) -> dict[Verdict, str]:
    _ = translator(lang)
    return {verdict: _(text) for verdict, text in verdicts.items()}


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
