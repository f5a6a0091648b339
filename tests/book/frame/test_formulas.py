"""Formulas become MathML in the page; one that cannot be drawn stops the build."""

from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from actient.book.frame import formulas
from actient.book.frame.formulas import FormulaError, mathml


def drawn(source: str, **options) -> BeautifulSoup:
    return BeautifulSoup(mathml(source, **options), "html.parser")


def test_a_fraction_is_a_fraction_and_text_is_text():
    formula = drawn(r"\pi = \frac{p}{p + k (1 - p)}, \quad \text{Se < 1}")
    assert formula.mfrac.mrow.get_text() == "p"
    assert formula.mi.get_text() == "π"
    assert formula.mtext.get_text() == "Se\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}1"


@pytest.mark.parametrize(("block", "display"), [(False, "inline"), (True, "block")])
def test_it_stands_in_a_sentence_or_on_a_line_of_its_own(block, display):
    assert drawn("p", block=block).math["display"] == display


@pytest.mark.parametrize("source", [r"\frac{", r"\nosuch x", "p^", r"\begin{matrix} p"])
def test_what_is_not_latex_is_refused_and_quoted(source):
    with pytest.raises(FormulaError, match="is not LaTeX") as caught:
        mathml(source)
    assert repr(source) in str(caught.value)


@pytest.mark.parametrize(("kind", "place"), [(nodes.math, 0), (nodes.math_block, 1)])
def test_sphinx_is_given_both_kinds(kind, place, monkeypatch):
    app, warned = Mock(), Mock()
    formulas.register(app)
    name, *renderers = app.add_html_math_renderer.call_args.args
    assert name == "mathml"
    monkeypatch.setattr(formulas, "_log", warned)
    for source, marker in ((r"\tau", "τ"), (r"\frac{", "<code>")):
        writer = SimpleNamespace(
            body=[], builder=SimpleNamespace(config=SimpleNamespace(language="fr"))
        )
        with pytest.raises(nodes.SkipNode):
            renderers[place][0](writer, kind(source, source))
        assert marker in BeautifulSoup(writer.body[0], "html.parser").decode(formatter=None)
    assert warned.warning.call_count == 1  # and the build refuses warnings
