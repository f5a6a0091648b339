"""Formulas as MathML: what browsers draw, screen readers say and printers print without a script.

Sphinx's own renderer asks another host for MathJax; here a formula is part of the page. JupyterLab
draws the same source by itself.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from docutils import nodes
from latex2mathml.converter import convert
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.util import logging

from actient.book.translation import language
from actient.templates import render

NAME: Final = "mathml"

_log = logging.getLogger(__name__)


class FormulaError(ValueError):
    """A formula that cannot be drawn."""

    @classmethod
    def not_latex(cls, source: str) -> FormulaError:
        """Quote it, and say what was expected."""
        return cls(
            f"The formula {source!r} is not LaTeX that can be drawn: expected whole commands, such "
            r"as \frac{p}{q}, and only those that latex2mathml knows."
        )


def register(app: Sphinx) -> None:
    """Have formulas written by us; `html_math_renderer` in `_config.yml` chooses it."""
    app.add_html_math_renderer(NAME, (_inline, None), (_block, None))


def mathml(source: str, *, block: bool = False) -> Markup:
    r"""Write a formula as MathML.

    Parameters
    ----------
    source
        LaTeX, such as ``\frac{p}{p + k (1 - p)}``.
    block
        On a line of its own, rather than in a sentence.

    Raises
    ------
    FormulaError
        If it is not LaTeX that can be drawn.
    """
    try:
        written = convert(source, display="block" if block else "inline")
    except Exception as error:  # the library raises classes of its own, under none in common
        raise FormulaError.not_latex(source) from error
    if "\\" in written:  # a command that the library does not know is left as it is
        raise FormulaError.not_latex(source)
    return Markup(written)  # noqa: S704 — the library escapes text


def _inline(writer: Any, node: nodes.math) -> NoReturn:
    writer.body.append(_drawn(node, block=False))
    raise nodes.SkipNode


def _block(writer: Any, node: nodes.math_block) -> NoReturn:
    lang = language.edition(writer.builder.config)
    drawn = _drawn(node, block=True)
    writer.body.append(render("book/frame/formula.html", lang, formula=drawn))
    raise nodes.SkipNode


def _drawn(node: nodes.Element, *, block: bool) -> Markup:
    try:
        return mathml(node.astext(), block=block)
    except FormulaError as error:
        _log.warning("%s", error, location=node)  # the build refuses any warning
        return Markup("<code>{}</code>").format(node.astext())
