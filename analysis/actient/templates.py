"""Templates of pages: HTML where it can be read as HTML, words as `{{ _("…") }}`.

`render("book/pages/sources.html", lang, rows=rows)` fills `book/pages/templates/sources.html`.
Values are escaped unless they are `Markup`; a name that nobody gave is an error. Line breaks of a
template and the spaces around them are layout of the source, none of the page; only a whole
document, which begins with `<!doctype html>`, keeps its lines.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.ext import Extension
from markupsafe import Markup, escape

from actient.locale import Lang, date, number, percent, quantity
from actient.words import SOURCE, translator

_PACKAGE: Final = Path(__file__).parent
_CODE: Final = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_BREAK: Final = re.compile(r"[ \t]*\n\s*")


def render(name: str, lang: Lang, /, **values: Any) -> Markup:
    """Fill a template of the package, in one language.

    Parameters
    ----------
    name
        Folder and file below the package: `book/pages/sources.html`.
    **values
        What the template names. Besides them it has `_`, `pgettext`, `lang` and `french`, the
        attribute that marks French words in another edition; the filters `number`, `percent`,
        `quantity` and `date`, as `lang` writes them; and `filled`, which puts values into the
        fields of a translated sentence: `{{ _("… {name} …") | filled(name=…) }}`.

    Raises
    ------
    jinja2.TemplateNotFound, jinja2.UndefinedError
        If there is no such template, or it names a value that was not given.
    """
    say = translator(lang)  # of the checkout that is ours now: an environment outlives it
    words = {"_": say, "pgettext": say.pgettext}
    # What Jinja renders with autoescape is markup.
    return Markup(_environment(lang).get_template(name).render(values | words))  # noqa: S704


class _Unbroken(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Turn breaks between lines into comments, so that errors keep their line numbers."""
        if source.startswith("<!doctype"):
            return source
        parts = _CODE.split(source.strip())
        parts[::2] = [_BREAK.sub(lambda found: f"{{#{found[0]}#}}", part) for part in parts[::2]]
        return "".join(parts)


class _Rooms(BaseLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        room, _, file = template.rpartition("/")
        path = _PACKAGE / room / "templates" / file
        if not path.is_file():
            raise TemplateNotFound(template, f"There is no template {path}.")
        return path.read_text(encoding="utf-8"), str(path), None


@lru_cache
def _environment(lang: Lang) -> Environment:
    made = Environment(
        loader=_Rooms(),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_Unbroken],
        keep_trailing_newline=True,
    )
    french = Markup() if lang == SOURCE else Markup(' lang="{}"').format(SOURCE)
    made.globals |= {"lang": lang, "french": french}
    made.filters |= {
        "number": lambda value, decimals=0: number(value, decimals, lang),
        "percent": lambda share, decimals: percent(share, decimals, lang),
        "quantity": lambda value, unit, decimals=None: quantity(value, unit, lang, decimals),
        "date": lambda text: date(text, lang),
        "filled": lambda text, **values: escape(text).format(**values),
    }
    return made
