"""The command line: clear words for a user's mistakes, and nothing started for them."""

import json

import pytest
from click.testing import CliRunner

from actient import cli
from actient.paths import checkout
from actient.runs import execute


@pytest.fixture
def invoke(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a kernel would have been started")

    monkeypatch.setattr(execute, "run", refuse)
    return lambda *arguments: CliRunner().invoke(cli.main, arguments)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["run", "04_results", "-p", "confidence=beaucoup"], 2, "confidence = 'beaucoup'"),
        (["run", "04_results", "-p", "confidence=1.5"], 2, "< 1"),
        (["run", "04_results", "-p", "nope=1"], 2, "unknown parameter"),
        (["run", "04_results", "-p", "confidence"], 2, "NAME=VALUE"),
        (["run", "04_results", "-p", "confidence=["], 2, "not valid YAML"),
        (["run", "04_results", "-p", "rule=rounding", "-p", "rule=truncation"], 2, "twice"),
        (["run", "4_results"], 2, "Chapters: 01_context"),
        (["params", "nowhere"], 2, "No chapter is named"),
        (["results", "nowhere"], 2, "No chapter is named"),
        (["book", "--lang", "de"], 2, "fr"),
    ],
)
def test_a_mistake_is_told_in_words(invoke, arguments, code, said):
    result = invoke(*arguments)
    assert result.exit_code == code
    assert said in result.output
    assert "Traceback" not in result.output


def test_parameters_from_a_file_are_checked_too(invoke, tmp_path):
    file = tmp_path / "valeurs.yml"
    file.write_text("confidence: 2\n", encoding="utf-8")
    assert "confidence = 2" in invoke("run", "04_results", "-f", str(file)).output
    file.write_text("- confidence\n", encoding="utf-8")
    assert "expected NAME: VALUE" in invoke("run", "04_results", "-f", str(file)).output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"confidence: \xff\xfe", "not a UTF-8 text file"),
        (b"confidence: [", "not valid YAML"),
        (b"3: 4", "3: unknown parameter"),
        (b"just words", "expected NAME: VALUE"),
    ],
)
def test_a_broken_file_is_told_in_words(invoke, tmp_path, content, said):
    file = tmp_path / "values.yml"
    file.write_bytes(content)
    result = invoke("run", "04_results", "-f", str(file))
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_pair_wins_over_the_file(invoke, tmp_path):
    file = tmp_path / "values.yml"
    file.write_text("confidence: 0.9\n", encoding="utf-8")
    output = invoke("run", "04_results", "-f", str(file), "-p", "confidence=3").output
    assert "confidence = 3" in output


def test_params_lists_every_parameter(invoke):
    everything = json.loads(invoke("params", "--json").output)
    assert everything["03_pathway"][1]["allowed"] == "by_order, extracted, by_meaning"
    assert "by_meaning" in invoke("params", "03_pathway").output


def test_a_chapter_is_not_replaced_by_its_own_run(invoke, monkeypatch, tmp_path):
    paths = checkout()
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (elsewhere / "data" / "datapackage.json").write_text('{"name": "actient"}', encoding="utf-8")
    link, held = tmp_path / "link", tmp_path / "held"
    link.symlink_to(paths.analysis)
    held.mkdir()
    (held / "04_results.ipynb").symlink_to(paths.notebook("04_results"))
    before = paths.notebook("04_results").read_bytes()
    monkeypatch.chdir(paths.root)
    for out in ("analysis", paths.analysis, link, held, elsewhere / "analysis"):
        result = invoke("run", "04_results", "--out", str(out))
        assert result.exit_code == 2
        assert "would replace the chapter itself" in result.stderr
    assert paths.notebook("04_results").read_bytes() == before
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # what it tells of a defect goes there
    allowed = invoke("run", "04_results", "--out", str(tmp_path / "analysis"))
    assert "a kernel would have been started" in allowed.stderr


def test_outside_a_checkout_it_says_what_it_needs(invoke, monkeypatch, tmp_path):
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    result = invoke("run", "04_results")
    assert result.exit_code == 2
    assert "ACTIENT_ROOT" in result.output
