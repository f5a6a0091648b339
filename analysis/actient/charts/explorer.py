"""Assumptions the reader moves in the browser, no server needed: chapters 04, 06, 07 and 09.

Each picture carries a small table (one row per statement) and the estimator's formula, written a
second time in the Vega expression language. Tests hold the two writings together: an estimate
computed in a browser shows the digits that the function of `actient.bias` gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from actient.bias import normal
from actient.bias.coverage import bounded_difference
from actient.bias.interval import Interval
from actient.bias.reliability import rogan_gladen
from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share
from actient.charts import theme
from actient.charts.statements import COLON, heading, one_line
from actient.claims import Claim, Statement
from actient.locale import Lang, number, percent

Verdict = Literal["holds", "barely", "fails", "impossible", "mute"]
"""True; true as printed but not at the worst end of its rounding; not (surely) true; the
assumptions cannot have given the figure; answers that would tell nothing."""

DEFAULT_STATEMENT: Final = "T11"
SENTENCE: Final = "sentence"  # name of the layers that write it: `.sentence_1_marks` in a page
_CLOSE: Final = 1e-9  # closer to a bound is on it
_LINE_HEIGHT: Final = 19

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "fr": {
        "statement": "Énoncé",
        "printed": "Imprimé",
        "result": "Avec l’hypothèse",
        "share": "Part",
        "low": "Part la plus basse",
        "high": "Part la plus haute",
        "assumption": "Hypothèse",
        "verdict": "L’énoncé",
        "none": "aucune",
    },
    "en": {
        "statement": "Statement",
        "printed": "Printed",
        "result": "Under the assumption",
        "share": "Share",
        "low": "Lowest share",
        "high": "Highest share",
        "assumption": "Assumption",
        "verdict": "The statement",
        "none": "none",
    },
}
_INTERVAL_VERDICTS: Final[dict[Lang, dict[Verdict, str]]] = {
    "fr": {
        "holds": "tient",
        "barely": "tient de justesse, à l’arrondi près",
        "fails": "ne tient plus à coup sûr",
    },
    "en": {
        "holds": "holds",
        "barely": "barely holds: rounding alone could undo it",
        "fails": "no longer holds for certain",
    },
}
_POINT_VERDICTS: Final[dict[Lang, dict[Verdict, str]]] = {
    "fr": {
        "holds": "tient",
        "barely": "tient de justesse, à l’arrondi près",
        "fails": "ne tient plus",
        "impossible": "ne peut être jugé : ces hypothèses n’ont pu donner ce chiffre",
        "mute": "ne peut être jugé : les réponses n’apprendraient rien",
    },
    "en": {
        "holds": "holds",
        "barely": "barely holds: rounding alone could undo it",
        "fails": "no longer holds",
        "impossible": "cannot be judged: these assumptions cannot give this figure",
        "mute": "cannot be judged: answers would tell nothing",
    },
}


class Slider(NamedTuple):
    """A range input that the reader moves.

    Attributes
    ----------
    name : str
        Of the Vega-Lite parameter.
    low, high, step, value : float
        Bounds, step and default position, in the unit of the label.
    label : str
        What the reader sees beside it.
    """

    name: str
    low: float
    high: float
    step: float
    value: float
    label: str


@dataclass(frozen=True)
class _Explorer:
    """An estimator written twice, and the words around it.

    Attributes
    ----------
    mute
        Vega expression: where the positions allow no estimate.
    estimate
        The estimator of `actient.bias`: share and slider positions in, interval out (of no width
        for a point); none where the positions allow no estimate.
    expressions
        Its two limits as Vega expressions of the share, which stands as `{p}`.
    premise, conclusions
        First line of the sentence, and the second by verdict: Vega expressions of the sliders
        and the fields `low` and `high`.
    """

    name: str
    sliders: tuple[Slider, ...]
    estimate: Callable[..., Interval | None]
    expressions: tuple[str, str]
    mute: str
    shown: Callable[..., str]
    premise: str
    conclusions: Mapping[Verdict, str]
    verdicts: Mapping[Verdict, str]
    positions: tuple[tuple[float, ...], ...]
    caption: str

    @property
    def is_point(self) -> bool:
        return self.expressions[0] == self.expressions[1]

    def at(self, *positions: float) -> Callable[[float], Interval | None]:
        return lambda share: self.estimate(share, *positions)

    @property
    def default(self) -> tuple[float, ...]:
        return tuple(slider.value for slider in self.sliders)


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
        premise = (
            f"{_q('Si ')} + datum.printed + {_q(' venait d’un tirage au sort de n = ')}"
            f" + {_whole('n')} + {_q(',')}"
        )
        conclusion = _from_to(f"l’intervalle à {level} irait de ", " à ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si le chiffre venait d’un échantillon aléatoire "
            "simple de n personnes : le chiffre imprimé, point plein, et son intervalle de Wilson "
            f"à {level}, en pointillé. L’affiche ne donne aucune taille d’échantillon."
        )
    else:
        label = "Supposed sample size, n"
        premise = (
            f"{_q('If ')} + datum.printed + {_q(' came from a random sample of n = ')}"
            f" + {_whole('n')} + {_q(',')}"
        )
        conclusion = _from_to(f"the {level} interval would run from ", " to ", ":")
        caption = (
            "Move the assumption. If the figure came from a simple random sample of n people: the "
            f"printed figure, filled dot, and its {level} Wilson interval, dashed. The poster "
            "gives no sample size."
        )
    explorer = _Explorer(
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
    return _draw(explorer, statements, claims, lang)


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
        premise = (
            f"{_q('Si c = ')} + {_share('coverage / 100', 0)}"
            f" + {_q(' et si les autres diffèrent de ')} + {_whole('difference')}"
            f" + {_q(' points au plus,')}"
        )
        conclusion = _from_to("la part vraie irait de ", " à ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si le questionnaire atteint une part c de la "
            "population visée et si les personnes hors d’atteinte diffèrent au plus de l’écart "
            "choisi : le chiffre imprimé, point plein, et l’intervalle de la part vraie, en "
            "pointillé. À cent points d’écart, on ne suppose plus rien : ce sont les bornes de "
            "Manski."
        )
    else:
        labels = ("Coverage c, %", "Difference of the others, points, at most")
        premise = (
            f"{_q('If c = ')} + {_share('coverage / 100', 0)}"
            f" + {_q(' and the others differ by ')} + {_whole('difference')}"
            f" + {_q(' points at most,')}"
        )
        conclusion = _from_to("the true share would lie between ", " and ", ":")
        caption = (
            "Move the assumption. If the questionnaire reaches a part c of the target population "
            "and the people out of reach differ by at most the difference chosen: the printed "
            "figure, filled dot, and the interval of the true share, dashed. At a hundred points "
            "nothing is assumed any more: these are the Manski bounds."
        )
    start = (_hundredths(coverage), _hundredths(max_difference))
    explorer = _Explorer(
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
    return _draw(explorer, statements, claims, lang)


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
        premise = (
            f"{_q('Si les personnes concernées ont répondu k = ')}"
            f" + {_decimal('selection_ratio', 2)} + {_q(' fois aussi volontiers,')}"
        )
        conclusion = _value("la part vraie serait de ", " :")
        caption = (
            "À vous de déplacer l’hypothèse. Si les personnes concernées par l’énoncé ont répondu "
            "k fois aussi volontiers que les autres : le chiffre imprimé, point plein, et, au bout "
            "du pointillé, la part vraie qu’il cacherait. Aucune mesure de k n’existe pour ce "
            "questionnaire."
        )
    else:
        label = "Selection ratio k"
        premise = (
            f"{_q('If the people concerned answered k = ')}"
            f" + {_decimal('selection_ratio', 2)} + {_q(' times as willingly,')}"
        )
        conclusion = _value("the true share would be ", ":")
        caption = (
            "Move the assumption. If the people the statement is about answered k times as "
            "willingly as the others: the printed figure, filled dot, and, at the end of the "
            "dashes, the true share behind it. No measure of k exists for this questionnaire."
        )
    formula = "{p} / ({p} + selection_ratio * (1 - {p}))"
    explorer = _Explorer(
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
    return _draw(explorer, statements, claims, lang)


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
        premise = (
            f"{_q('Si la sensibilité est de ')} + {_share('sensitivity / 100', 0)}"
            f" + {_q(' et la spécificité de ')} + {_share('specificity / 100', 0)} + {_q(',')}"
        )
        conclusion = _value("la part vraie serait de ", " :")
        impossible = _value("la correction donnerait ", ", qui n’est pas une part :")
        mute = _q("aucune correction n’est possible, leur somme doit dépasser un :")
        caption = (
            "À vous de déplacer l’hypothèse. Si les réponses ont cette sensibilité et cette "
            "spécificité : le chiffre imprimé, point plein, et, au bout du pointillé, la part "
            "corrigée. Une correction qui sort de l’échelle est écrite telle quelle et signalée ; "
            "son trait s’arrête au bord."
        )
    else:
        labels = ("Sensitivity Se, %", "Specificity Sp, %")
        premise = (
            f"{_q('If sensitivity is ')} + {_share('sensitivity / 100', 0)}"
            f" + {_q(' and specificity ')} + {_share('specificity / 100', 0)} + {_q(',')}"
        )
        conclusion = _value("the true share would be ", ":")
        impossible = _value("the correction would give ", ", which is no share:")
        mute = _q("no correction is possible, their sum must exceed one:")
        caption = (
            "Move the assumption. If the answers have this sensitivity and specificity: the "
            "printed figure, filled dot, and, at the end of the dashes, the corrected share. A "
            "correction that leaves the scale is written as it is and said to be impossible; its "
            "line stops at the edge."
        )
    start = (_hundredths(sensitivity), _hundredths(specificity))
    formula = "({p} - (1 - specificity / 100)) / (sensitivity / 100 - (1 - specificity / 100))"
    explorer = _Explorer(
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
    return _draw(explorer, statements, claims, lang)


def _rogan_gladen(share: float, sensitivity: float, specificity: float) -> Interval | None:
    if sensitivity + specificity <= 100:
        return None
    return _point(float(rogan_gladen(share, sensitivity / 100, specificity / 100).value))


def _draw(
    explorer: _Explorer,
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> alt.TopLevelMixin:
    chosen = list(statements)
    first = next((one for one in chosen if one.statement_id == DEFAULT_STATEMENT), chosen[0])
    return theme.figure(
        _chart(explorer, chosen, first, claims, lang),
        name=explorer.name,
        lang=lang,
        caption=explorer.caption,
        description=_description(explorer, first, claims[first.claim_id], lang),
        table=_table(explorer, chosen, claims, lang),
        origins=["printed", "computed"],
        assumption=True,
    )


def _chart(
    explorer: _Explorer,
    statements: Sequence[Statement],
    first: Statement,
    claims: Mapping[str, Claim],
    lang: Lang,
) -> alt.LayerChart | alt.FacetChart:
    words = _WORDS[lang]
    base = alt.Chart().transform_filter("datum.statement_id == statement")
    for field, expression in _fields(explorer, lang).items():
        base = base.transform_calculate(**{field: expression})
    y_axis = alt.Axis(
        domain=False,
        ticks=False,
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-12,
        labelPadding=-4,
        zindex=1,
    )
    y = alt.Y("row:N", sort=[words["printed"], words["result"]], title=None, axis=y_axis)
    printed = base.transform_calculate(row=_q(words["printed"]))
    result = base.transform_calculate(row=_q(words["result"])).transform_filter(
        "isValid(datum.low)"
    )
    ends = ("drawn_high",) if explorer.is_point else ("drawn_low", "drawn_high")
    layers = [
        base.mark_rule(color=theme.INK, strokeWidth=1).encode(x=_x("threshold", lang)),
        result.mark_rule(color=theme.BLUE, strokeWidth=3, strokeDash=list(theme.DASH)).encode(
            x=_x("share" if explorer.is_point else "drawn_low", lang),
            x2="drawn_high:Q",
            y=y,
        ),
        *(
            result.mark_tick(color=theme.BLUE, thickness=3, size=16, opacity=1).encode(
                x=_x(end, lang), y=y
            )
            for end in ends
        ),
        printed.mark_point(**theme.points("printed")).encode(x=_x("share", lang), y=y),
        *_text_lines(base),
    ]
    return (
        alt.layer(*layers, data=_rows(statements, claims, lang))
        .add_params(_dropdown(statements, first, claims, lang), *map(_range, explorer.sliders))
        .properties(width=theme.WIDTH, height=alt.Step(46))
    )


def _x(field: str, lang: Lang) -> alt.X:
    axis = alt.Axis(format="%", title=_WORDS[lang]["share"], tickCount=5, grid=False)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _rows(statements: Sequence[Statement], claims: Mapping[str, Claim], lang: Lang) -> pd.DataFrame:
    """One row per statement: what the formulas and the sentence need, nothing computed yet."""
    frame = pd.DataFrame(
        [
            {
                "statement_id": one.statement_id,
                "share": claims[one.claim_id].proportion,
                "worst": one.worst_end(claims[one.claim_id]),
                "threshold": one.threshold,
                "above": one.direction == "above",
                "printed": _printed(claims[one.claim_id], lang),
            }
            for one in statements
        ]
    )
    lines = [["", *heading(one, lang).split("\n")][-2:] for one in statements]
    return frame.assign(heading_1=[a for a, _ in lines], heading_2=[b for _, b in lines])


def _fields(explorer: _Explorer, lang: Lang) -> dict[str, str]:
    """Write estimate, verdict and sentence as Vega expressions, each after what it builds on."""
    fields = {
        f"{kind}{end}": f"{explorer.mute} ? null : {formula.replace('{p}', share)}"
        for kind, share in (("", "datum.share"), ("worst_", "datum.worst"))
        for end, formula in zip(("low", "high"), explorer.expressions, strict=True)
    }
    inside = f"datum.low >= {-_CLOSE} && datum.high <= {1 + _CLOSE}"
    fields["verdict"] = (
        f"{explorer.mute} ? 'mute' : !({inside}) ? 'impossible'"
        f" : {_on_its_side('worst_')} ? 'holds' : {_on_its_side('')} ? 'barely' : 'fails'"
    )
    fields["line_1"] = explorer.premise
    fields["line_2"] = _by_verdict(explorer.conclusions)
    subject = {"fr": "l’énoncé", "en": "the statement"}[lang]
    fields["line_3"] = _by_verdict(
        {key: _q(f"{subject} {text}.") for key, text in explorer.verdicts.items()}
    )
    # Marks stop at the edge of the picture; the sentence gives the number as it is.
    fields["drawn_low"] = "clamp(datum.low, 0, 1)"
    fields["drawn_high"] = "clamp(datum.high, 0, 1)"
    return fields


def _on_its_side(prefix: str) -> str:
    low, high = f"datum.{prefix}low", f"datum.{prefix}high"
    return (
        f"(datum.above ? {low} > datum.threshold + {_CLOSE} : {high} < datum.threshold - {_CLOSE})"
    )


def _by_verdict(texts: Mapping[Verdict, str]) -> str:
    *others, (_, last) = texts.items()
    return "".join(f"datum.verdict == '{key}' ? {text} : " for key, text in others) + last


def _text_lines(base: alt.Chart) -> list[alt.Chart]:
    fields = ("heading_1", "heading_2", "line_1", "line_2", "line_3")
    layers = []
    for place, field in enumerate(fields):
        is_heading = field.startswith("heading")
        up = (len(fields) - place) * _LINE_HEIGHT + (12 if is_heading else 6)
        text = base.mark_text(
            align="left", baseline="top", fontSize=13, fontWeight="bold" if is_heading else "normal"
        ).encode(x=alt.value(0), y=alt.value(-up), text=f"{field}:N")
        layers.append(text.properties(name=field.replace("line", SENTENCE)))
    return layers


def _dropdown(
    statements: Sequence[Statement], first: Statement, claims: Mapping[str, Claim], lang: Lang
) -> alt.Parameter:
    labels = [f"{one.statement_id} · {_printed(claims[one.claim_id], lang)}" for one in statements]
    bind = alt.binding_select(
        options=[one.statement_id for one in statements],
        labels=labels,
        name=f"{_WORDS[lang]['statement']}{COLON[lang]}",
    )
    return alt.param(name="statement", value=first.statement_id, bind=bind)


def _range(slider: Slider) -> alt.Parameter:
    bind = alt.binding_range(
        min=slider.low, max=slider.high, step=slider.step, name=f"{slider.label} "
    )
    return alt.param(name=slider.name, value=slider.value, bind=bind)


def _q(text: str) -> str:
    """Return a string literal of the Vega expression language."""
    return json.dumps(text, ensure_ascii=False)


def _share(expression: str, decimals: int) -> str:
    """Write a proportion as `actient.locale.percent` does: halves up, decimal halves included."""
    scale = 10 ** (decimals + 2)
    return f"format({_halves_up(expression, scale)}, '.{decimals}%')"


def _decimal(expression: str, decimals: int) -> str:
    return f"format({_halves_up(expression, 10**decimals)}, ',.{decimals}f')"


def _whole(expression: str) -> str:
    return f"format({expression}, ',d')"


def _halves_up(expression: str, scale: int) -> str:
    up = f"floor(abs({expression}) * {scale} * (1 + 1e-12) + 0.5) / {scale}"
    return f"({expression} < 0 ? -1 : 1) * {up}"


def _from_to(before: str, between: str, after: str) -> str:
    low, high = _share("datum.low", 1), _share("datum.high", 1)
    return f"{_q(before)} + {low} + {_q(between)} + {high} + {_q(after)}"


def _value(before: str, after: str) -> str:
    return f"{_q(before)} + {_share('datum.low', 1)} + {_q(after)}"


def _verdict(estimate: Callable[[float], Interval | None], one: Statement, claim: Claim) -> Verdict:
    found, worst = estimate(claim.proportion), estimate(one.worst_end(claim))
    if found is None or worst is None:
        return "mute"
    if not (float(found.low) >= -_CLOSE and float(found.high) <= 1 + _CLOSE):
        return "impossible"
    if _true_throughout(worst, one):
        return "holds"
    return "barely" if _true_throughout(found, one) else "fails"


def _true_throughout(found: Interval, one: Statement) -> bool:
    if one.direction == "above":
        return float(found.low) > one.threshold + _CLOSE
    return float(found.high) < one.threshold - _CLOSE


def _table(
    explorer: _Explorer,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> pd.DataFrame:
    words = _WORDS[lang]
    rows = []
    for one in statements:
        claim = claims[one.claim_id]
        for at in dict.fromkeys((*explorer.positions, explorer.default)):
            found = explorer.estimate(claim.proportion, *at)
            verdict = _verdict(explorer.at(*at), one, claim)
            rows.append(
                {
                    words["statement"]: one_line(one, lang),
                    words["printed"]: _printed(claim, lang),
                    words["assumption"]: explorer.shown(*at),
                    **_limits(found, explorer, lang),
                    words["verdict"]: explorer.verdicts[verdict],
                }
            )
    return pd.DataFrame(rows)


def _limits(found: Interval | None, explorer: _Explorer, lang: Lang) -> dict[str, str]:
    words = _WORDS[lang]
    low, high = (
        (words["none"], words["none"])
        if found is None
        else (percent(float(found.low), 1, lang), percent(float(found.high), 1, lang))
    )
    if explorer.is_point:
        return {words["share"]: low}
    return {words["low"]: low, words["high"]: high}


def _description(explorer: _Explorer, first: Statement, claim: Claim, lang: Lang) -> str:
    at = explorer.default
    limits = _limits(explorer.estimate(claim.proportion, *at), explorer, lang)
    verdict = explorer.verdicts[_verdict(explorer.at(*at), first, claim)]
    what = ", ".join(f"{name.lower()} {value}" for name, value in limits.items())
    head, sentence = explorer.shown(*at), one_line(first, lang)
    colon = COLON[lang]
    if lang == "fr":
        return (
            f"{sentence} Le chiffre imprimé, {_printed(claim, lang)}, est un point plein ; "
            f"un trait vertical marque la moitié. Avec l’hypothèse de départ, {head}{colon}{what}"
            f" ; l’énoncé {verdict}. La figure interactive laisse choisir l’énoncé et l’hypothèse."
        )
    return (
        f"{sentence} The printed figure, {_printed(claim, lang)}, is a filled dot; a vertical "
        f"line marks half. Under the starting assumption, {head}{colon}{what}; the statement "
        f"{verdict}. The interactive figure lets the reader choose statement and assumption."
    )


def _printed(claim: Claim, lang: Lang) -> str:
    return percent(claim.proportion, claim.decimals, lang)


def _hundredths(share: float) -> float:
    return float(round(share * 100))


def _floats(found: Interval) -> Interval:
    return Interval(float(found.low), float(found.high))


def _point(value: float) -> Interval:
    return Interval(value, value)
