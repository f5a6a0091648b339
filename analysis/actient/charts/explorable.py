"""A picture with sliders: one formula in Python and in Vega, the words around it, the drawing.

Each picture carries a small table (one row per statement) and the estimator's formula, written a
second time in the Vega expression language. Tests hold the two writings together: an estimate
computed in a browser shows the digits that the function of `actient.bias` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import altair as alt
import pandas as pd

from actient.bias.interval import Interval
from actient.charts import expressions as vega
from actient.charts import theme
from actient.charts.statements import colon, heading, names_above_rows, one_line
from actient.claims import Claim, Statement
from actient.locale import Lang, percent
from actient.words import translator

Verdict = Literal["holds", "barely", "fails", "impossible", "mute"]
"""True; true as printed but not at the worst end of its rounding; not (surely) true; the
assumptions cannot have given the figure; answers that would tell nothing."""

DEFAULT_STATEMENT: Final = "T11"
SENTENCE: Final = "sentence"  # name of the layers that write it: `.sentence_1_marks` in a page
_CLOSE: Final = 1e-9  # closer to a bound is on it
_LINE_HEIGHT: Final = 19


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
class Explorer:
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
        """Whether it gives one share rather than an interval."""
        return self.expressions[0] == self.expressions[1]

    def at(self, *positions: float) -> Callable[[float], Interval | None]:
        """Return the estimator with its sliders at these positions."""
        return lambda share: self.estimate(share, *positions)

    @property
    def default(self) -> tuple[float, ...]:
        """Where the sliders start."""
        return tuple(slider.value for slider in self.sliders)


def draw(
    explorer: Explorer,
    statements: Iterable[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> alt.TopLevelMixin:
    """Draw the picture, its sliders, its sentence, its table and its description."""
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
    explorer: Explorer,
    statements: Sequence[Statement],
    first: Statement,
    claims: Mapping[str, Claim],
    lang: Lang,
) -> alt.LayerChart | alt.FacetChart:
    _ = translator(lang)
    base = alt.Chart().transform_filter("datum.statement_id == statement")
    for field, expression in _fields(explorer, lang).items():
        base = base.transform_calculate(**{field: expression})
    printed_row, result_row = _("Imprimé"), _("Avec l’hypothèse")
    y = alt.Y("row:N", sort=[printed_row, result_row], title=None, axis=names_above_rows(12))
    printed = base.transform_calculate(row=vega.quoted(printed_row))
    result = base.transform_calculate(row=vega.quoted(result_row)).transform_filter(
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
    _ = translator(lang)
    axis = alt.Axis(format="%", title=_("Part"), tickCount=5, grid=False)
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
    lines = [["", *heading(one, lang, theme.WIDTH).split("\n")][-2:] for one in statements]
    return frame.assign(heading_1=[a for a, _ in lines], heading_2=[b for _, b in lines])


def _fields(explorer: Explorer, lang: Lang) -> dict[str, str]:
    """Write estimate, verdict and sentence as Vega expressions, each after what it builds on."""
    _ = translator(lang)
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
    fields["line_3"] = _by_verdict(
        {
            key: vega.quoted(_("l’énoncé {verdict}.").format(verdict=verdict))
            for key, verdict in explorer.verdicts.items()
        }
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
            align="left", baseline="top", fontWeight="bold" if is_heading else "normal"
        ).encode(x=alt.value(0), y=alt.value(-up), text=f"{field}:N")
        layers.append(text.properties(name=field.replace("line", SENTENCE)))
    return layers


def _dropdown(
    statements: Sequence[Statement], first: Statement, claims: Mapping[str, Claim], lang: Lang
) -> alt.Parameter:
    _ = translator(lang)
    labels = [f"{one.statement_id} · {_printed(claims[one.claim_id], lang)}" for one in statements]
    bind = alt.binding_select(
        options=[one.statement_id for one in statements],
        labels=labels,
        name=_("Énoncé") + colon(lang),
    )
    return alt.param(name="statement", value=first.statement_id, bind=bind)


def _range(slider: Slider) -> alt.Parameter:
    bind = alt.binding_range(
        min=slider.low, max=slider.high, step=slider.step, name=f"{slider.label} "
    )
    return alt.param(name=slider.name, value=slider.value, bind=bind)


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
    explorer: Explorer,
    statements: Sequence[Statement],
    claims: Mapping[str, Claim],
    lang: Lang,
) -> pd.DataFrame:
    _ = translator(lang)
    rows = []
    for one in statements:
        claim = claims[one.claim_id]
        for at in dict.fromkeys((*explorer.positions, explorer.default)):
            found = explorer.estimate(claim.proportion, *at)
            verdict = _verdict(explorer.at(*at), one, claim)
            rows.append(
                {
                    _("Énoncé"): one_line(one, lang),
                    _("Imprimé"): _printed(claim, lang),
                    _("Hypothèse"): explorer.shown(*at),
                    **_limits(found, explorer, lang),
                    _("L’énoncé"): explorer.verdicts[verdict],
                }
            )
    return pd.DataFrame(rows)


def _limits(found: Interval | None, explorer: Explorer, lang: Lang) -> dict[str, str]:
    _ = translator(lang)
    if found is None:
        low = high = _("aucune")
    else:
        low, high = (percent(float(limit), 1, lang) for limit in (found.low, found.high))
    if explorer.is_point:
        return {_("Part"): low}
    return {_("Part la plus basse"): low, _("Part la plus haute"): high}


def _description(explorer: Explorer, first: Statement, claim: Claim, lang: Lang) -> str:
    _ = translator(lang)
    at = explorer.default
    limits = _limits(explorer.estimate(claim.proportion, *at), explorer, lang)
    verdict = explorer.verdicts[_verdict(explorer.at(*at), first, claim)]
    what = ", ".join(f"{name.lower()} {value}" for name, value in limits.items())
    return _(
        "{sentence} Le chiffre imprimé, {printed}, est un point plein ; un trait vertical "
        "marque la moitié. Avec l’hypothèse de départ, {assumption} : {what} ; l’énoncé "
        "{verdict}. La figure interactive laisse choisir l’énoncé et l’hypothèse."
    ).format(
        sentence=one_line(first, lang),
        printed=_printed(claim, lang),
        assumption=explorer.shown(*at),
        what=what,
        verdict=verdict,
    )


def _printed(claim: Claim, lang: Lang) -> str:
    return percent(claim.proportion, claim.decimals, lang)
