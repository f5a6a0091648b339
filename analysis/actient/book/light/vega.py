"""Vega as one file of our own: for the book's pages and for JupyterLab, without npm or network."""

from __future__ import annotations

import json
from typing import Any, cast

import vl_convert

from actient.charts.theme import VEGA_LOCALES


def bundle() -> str:
    """Write Vega, Vega-Lite, vega-embed and our number formats as one script.

    It gives a page `vegaEmbed`, and `actientLocales` by language.
    """
    locales = {
        lang: {
            "formatLocale": vl_convert.get_format_locale(name),
            "timeFormatLocale": vl_convert.get_time_format_locale(name),
        }
        for lang, name in VEGA_LOCALES.items()
    }
    # In a function of its own: its names would clash with Sphinx's.
    script: str = (
        "(function(){\n"
        + cast(Any, vl_convert).javascript_bundle()  # its stub wrongly requires an argument
        + "\n})();\nwindow.actientLocales="
        + json.dumps(locales, ensure_ascii=False)
        + ";\n"
    )
    return script
