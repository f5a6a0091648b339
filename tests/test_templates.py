"""Templates: words of either language, values escaped, layout of the source left out."""

import jinja2
import pytest

from actient import templates
from actient.templates import render


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.setattr(templates, "_PACKAGE", tmp_path)
    (tmp_path / "room" / "templates").mkdir(parents=True)

    def write(text, lang="fr", **values):
        # A template is read once, so each has a name of its own.
        name = f"{tmp_path.name}-{len(list(tmp_path.rglob('*.html')))}.html"
        (tmp_path / "room" / "templates" / name).write_text(text, encoding="utf-8")
        return str(render(f"room/{name}", lang, **values))

    return write


def test_breaks_between_lines_are_layout_of_the_source(written):
    assert written("<ul>\n  <li>un\n  </li>\n</ul>\n") == "<ul><li>un</li></ul>"
    assert written("<p>a{{ ' ' }}\n  b c</p>\n") == "<p>a b c</p>"
    assert written("{% if true %}\n  {{ 'x\ny' }}\n{% endif %}\n") == "x\ny"


def test_a_whole_document_keeps_its_lines(written):
    document = "<!doctype html>\n<p>un\n  deux\n</p>\n"
    assert written(document) == document


def test_a_value_is_escaped_wherever_it_stands(written):
    hostile = "<script>&"
    assert "<script>" not in written('<p title="{{ v }}">{{ v }}</p>', v=hostile)
    told = written('{{ _("voir {link} : {v}") | filled(v=v, link=link) }}', v=hostile, link="x")
    assert told == "voir x : &lt;script&gt;&amp;"


def test_a_name_that_nobody_gave_is_an_error_with_its_line(written):
    with pytest.raises(jinja2.UndefinedError):
        written("<p>{{ nobody }}</p>")
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        written("<p>\n</p>\n<p>\n{% if %}\n</p>")
    assert caught.value.lineno == 4


def test_numbers_are_written_as_the_language_writes_them(written):
    text = "{{ 0.5562 | percent(1) }} {{ 12000 | number }} {{ '2018-04' | date }}"
    assert written(text) == "55,6\N{NO-BREAK SPACE}% 12\N{NARROW NO-BREAK SPACE}000 avril 2018"
    assert written(text, "en") == "55.6% 12,000 April 2018"


def test_there_is_no_such_template():
    with pytest.raises(jinja2.TemplateNotFound, match="nowhere"):
        render("book/pages/nowhere.html", "fr")
