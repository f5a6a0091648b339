"""Parameters: models and cells agree, and what a chapter cannot run with is told at once."""

import ast
import math

import nbformat
import pytest

from actient import parameters
from actient.book.pages import dictionaries
from actient.book.pages.page import Place
from actient.locale import typeset
from actient.parameters import MODELS, ParameterError, check, describe
from actient.paths import checkout
from actient.words import translator

PATHS = checkout()


def parameters_cell(notebook):
    cells = nbformat.read(PATHS.notebook(notebook), as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1, f"{notebook}: one cell must be tagged `parameters`"
    return tagged[0].source


def annotation_of(field):
    text = str(field.annotation)
    simple = {int: "int", float: "float", str: "str"}
    if field.annotation in simple:
        return simple[field.annotation]
    if text.startswith("typing.Literal"):
        return "str"
    if text.startswith("list["):
        return "list[int]" if "int" in text.split(",")[0] else "list[float]"
    raise AssertionError(f"no annotation known for {text}")


def test_there_is_a_model_for_every_notebook_and_a_notebook_for_every_model():
    assert [path.stem for path in PATHS.notebooks()] == list(MODELS)


@pytest.mark.parametrize("notebook", MODELS)
def test_cell_and_model_agree(notebook):
    declared = {}
    for node in ast.parse(parameters_cell(notebook)).body:
        assert isinstance(node, ast.AnnAssign), f"{notebook}: only typed assignments in that cell"
        declared[node.target.id] = (ast.unparse(node.annotation), ast.literal_eval(node.value))
    fields = MODELS[notebook].model_fields
    assert declared == {
        name: (annotation_of(field), field.default) for name, field in fields.items()
    }
    assert list(declared) == list(fields)


@pytest.mark.parametrize("notebook", MODELS)
def test_defaults_are_valid_and_described(notebook):
    assert check(notebook, {}).lang == "fr"
    for one in describe(MODELS[notebook]):
        assert one.meaning("fr") != one.meaning("en")
        assert one.type
        if one.name not in ("seed",) and one.type != "choice":
            assert one.unit, f"{notebook}.{one.name} has no unit"


@pytest.mark.parametrize(
    ("notebook", "values", "named"),
    [
        ("04_results", {"confidence": "high"}, ["confidence", "'high'", "number", "< 1"]),
        ("04_results", {"confidence": 95}, ["confidence", "95", "< 1"]),
        ("04_results", {"confidence": math.nan}, ["confidence", "nan"]),
        ("04_results", {"confidance": 0.9}, ["confidance", "unknown", "confidence"]),
        ("04_results", {"sample_sizes": [30, 0]}, ["sample_sizes", "item 2", "≥ 1"]),
        ("04_results", {"sample_sizes": []}, ["sample_sizes", "1 to 12"]),
        ("04_results", {"sample_sizes": 30}, ["sample_sizes", "list of integer"]),
        ("04_results", {"largest_sample_size": True}, ["largest_sample_size", "True"]),
        ("04_results", {"largest_sample_size": 99.5}, ["largest_sample_size", "integer"]),
        ("03_pathway", {"alignment": "by_luck"}, ["alignment", "by_order, extracted, by_meaning"]),
        ("03_pathway", {"lang": "de"}, ["lang", "fr, en"]),
        ("01_context", {"first_year": 2018, "last_year": 2010}, ["first_year", "last_year"]),
        ("09_reliability", {"sensitivity": 0.3, "specificity": 0.4}, ["sensitivity", "add"]),
        ("10_combined", {"difference": [0.1, 0.0, -0.1]}, ["difference", "lowest"]),
    ],
)
def test_an_error_names_parameter_value_and_what_is_allowed(notebook, values, named):
    with pytest.raises(ParameterError) as caught:
        check(notebook, values)
    for part in named:
        assert part in str(caught.value)


def test_every_problem_is_told_at_once():
    with pytest.raises(ParameterError) as caught:
        check("04_results", {"confidence": 2, "rule": "floor", "nope": 1})
    assert all(name in str(caught.value) for name in ("confidence", "rule", "nope"))


def test_an_unknown_chapter_lists_the_chapters():
    with pytest.raises(ParameterError, match="04_results"):
        check("4_results", {})


def test_the_extension_may_be_written():
    assert parameters.model_of("04_results.ipynb") is MODELS["04_results"]


@pytest.mark.parametrize("notebook", MODELS)
def test_rules_between_parameters_are_said_where_there_are_any(notebook):
    model = MODELS[notebook]
    checked = bool(model.__pydantic_decorators__.model_validators)
    assert checked == bool(model.rules)
    if checked:
        assert any(name in model.rules for name in model.model_fields)
        assert translator("en")(model.rules) != model.rules


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_of_parameters_says_everything_the_models_say(lang):
    page = dictionaries.parameters_table(Place(PATHS, lang)).striptags()
    assert "`" not in page
    for model in MODELS.values():
        assert " ".join(translator(lang)(model.rules).replace("`", "").split()) in page
        for one in describe(model):
            meaning = one.meaning(lang).replace("`", "")
            meaning = typeset(meaning) if lang == "fr" else meaning
            for said in (one.name, str(one.default), meaning):
                assert " ".join(said.split()) in page, one.name
            for said in (one.unit, one.source):
                assert " ".join(dictionaries.said(said, lang).split()) in page, one.name
