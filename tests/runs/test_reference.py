"""The committed notebooks and the committed results say the same; nothing volatile is committed."""

import json
import re

import nbformat
import pytest

from actient import records
from actient.charts import theme
from actient.paths import checkout
from actient.runs import recorded

PATHS = checkout()
NOTEBOOKS = [pytest.param(path, id=path.stem) for path in PATHS.notebooks()]


def test_notebooks_and_reference_results_agree():
    committed = {
        path.stem: {
            key: record.as_json()
            for key, record in records.collect(nbformat.read(path, as_version=4)).items()
        }
        for path in PATHS.notebooks()
    }
    assert recorded.compare(recorded.reference(PATHS), committed) == []


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_every_code_cell_was_executed(path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_nothing_of_the_machine_is_committed(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'"papermill"|iopub|/home/|/root/|/work/|/tmp/|C:\\\\', text)
    assert "stderr" not in text


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_cells_are_thin(path):
    for cell in nbformat.read(path, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and "parameters" not in tags:
            lines = [line for line in cell.source.splitlines() if line.strip()]
            imports = [line for line in lines if line.startswith(("from ", "import "))]
            assert len(lines) - len(imports) <= 5, cell.source


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_every_chapter_asks_answers_draws_and_doubts(path):
    cells = nbformat.read(path, as_version=4).cells
    opening = cells[0].source
    assert opening.startswith("# ")
    assert opening.index("**La question.**") < opening.index("**La réponse.**")
    assert any("## Le doute" in cell.source for cell in cells)
    assert figures_of(path)


def figures_of(path):
    cells = nbformat.read(path, as_version=4).cells
    specs = [
        output.data[theme.MIME]
        for cell in cells
        for output in cell.get("outputs", [])
        if theme.MIME in output.get("data", {})
    ]
    return [theme.Figure.from_spec(json.loads(json.dumps(spec))) for spec in specs]


def test_figure_names_are_unique_in_the_book():
    names = [figure.name for path in PATHS.notebooks() for figure in figures_of(path)]
    assert len(names) == len(set(names))


def test_an_assumption_is_named_in_its_caption():
    words = re.compile(r"\bsi\b|suppos|hypoth|imagin|lecture", re.IGNORECASE)
    for path in PATHS.notebooks():
        for figure in figures_of(path):
            if figure.assumption:
                assert words.search(figure.caption), f"{figure.name}: {figure.caption}"


def test_french_figures_are_typeset_in_french():
    lonely = re.compile(r" [:;!?%»]|« ")
    found = [
        f"{figure.name}: {text}"
        for path in PATHS.notebooks()
        for figure in figures_of(path)
        for text in (figure.caption, *figure.table.columns)  # rows may quote the poster as it is
        if lonely.search(text)
    ]
    assert found == []
