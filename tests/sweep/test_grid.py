"""Grid files: what they ask for, and every mistake told at once with its place."""

from pathlib import Path

import pytest

from actient.parameters import MODELS, ParameterError
from actient.paths import Paths
from actient.sweep import grid
from actient.sweep.grid_files import GridError
from actient.sweep.tidy import AFTER, BEFORE


def read(folder, content, notebook="06_coverage", name="grid.yml"):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return grid.read(file, notebook)


def refused(folder, content, **where):
    with pytest.raises(GridError) as caught:
        read(folder, content, **where)
    return str(caught.value)


def test_a_grid_is_every_combination_in_its_own_order(tmp_path):
    scenarios = read(
        tmp_path, "max_difference: [0.1, 0.3]\nframe: [social_networks, internet_use]\n"
    )
    assert [(one.given["max_difference"], one.given["frame"]) for one in scenarios] == [
        (0.1, "social_networks"),
        (0.1, "internet_use"),
        (0.3, "social_networks"),
        (0.3, "internet_use"),
    ]
    assert scenarios[0].parameters["prevalence_ratio"] == [0.8, 1.25]
    assert len({one.identifier for one in scenarios}) == 4


def test_yaml_list_csv_and_tabs_say_the_same(tmp_path):
    listed = read(tmp_path, "- {max_difference: 0.1, prevalence_ratio: [0.5, 1.5]}\n- {}\n")
    text = 'max_difference,prevalence_ratio\n0.1,"[0.5, 1.5]"\n\n,\n0.2,\n'
    with pytest.raises(GridError, match=r"scenario 2 \(line 5\): the same .* scenario 1 \(line 2"):
        read(tmp_path, "max_difference,frame\n0.2,\n\n,\n0.2,\n", name="g.csv")
    commas = read(tmp_path, text.replace("0.2,\n", ""), name="g.csv")
    assert [one.identifier for one in commas] == [listed[0].identifier]
    tabs = read(tmp_path, "max_difference\tprevalence_ratio\n0.1\t[0.5, 1.5]\n", name="g.tsv")
    assert tabs[0].identifier == listed[0].identifier


def test_a_french_spreadsheet_writes_semicolons_commas_and_a_mark(tmp_path):
    text = "\ufeffsensitivity;specificity\r\n0,9;0,8\r\n"
    (one,) = read(tmp_path, text, notebook="09_reliability", name="g.csv")
    assert one.given == {"sensitivity": 0.9, "specificity": 0.8}


@pytest.mark.parametrize(
    "content",
    [
        "max_difference\r\n0,1\r\n0,25\r\n",  # one column, so no separator
        "max_difference;frame\r\n1,0E-01;\r\n2.5E-01;\r\n",
        "max_difference;frame;;\r\n0,1;;;\r\n0,25;;\r\n;;;\r\n",  # columns of nothing
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path, content):
    found = read(tmp_path, content, name="g.csv")
    assert [one.given for one in found] == [{"max_difference": 0.1}, {"max_difference": 0.25}]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_a_spreadsheet_calls_unicode_is_read(tmp_path, encoding):
    text = "max_difference\tframe\r\n0,1\tinternet_use\r\n"
    (one,) = read(tmp_path, text.encode(encoding), name="g.tsv")
    assert one.given == {"max_difference": 0.1, "frame": "internet_use"}
    (same,) = read(tmp_path, "- {max_difference: 0.1, frame: internet_use}".encode(encoding))
    assert same.identifier == one.identifier


def test_yaml_with_a_mistake_is_not_taken_for_a_table(tmp_path):
    assert "name it" not in refused(tmp_path, "max_difference: [0.1")
    assert "name it" not in refused(tmp_path, "max_difference")


def test_a_grid_and_a_pair_read_the_same_numbers(tmp_path):
    from actient.cli.assignments import from_pairs

    for written in ("1e-1", "2.5E-1", ".5", "1"):
        (one,) = read(tmp_path, f"max_difference: [{written}]\n")
        assert one.given == from_pairs([f"max_difference={written}"])
        (same,) = read(tmp_path, f"max_difference\n{written}\n", name="g.csv")
        assert same.given == one.given


def test_a_set_may_repeat_another_with_a_change(tmp_path):
    text = (
        "- &usual {frame: internet_use, max_difference: 0.1}\n- {<<: *usual, max_difference: 0.3}\n"
    )
    assert [one.given for one in read(tmp_path, text)] == [
        {"frame": "internet_use", "max_difference": 0.1},
        {"frame": "internet_use", "max_difference": 0.3},
    ]


def test_an_unknown_name_is_told_once(tmp_path):
    assert refused(tmp_path, f"nope: {list(range(50))}\n").count("nope: unknown") == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="NOT RUN: no /dev/zero here")
def test_a_pipe_without_end_is_not_read_to_its_end():
    with pytest.raises(GridError, match="larger than 10,000,000 bytes"):
        grid.read(Path("/dev/zero"), "06_coverage")


def test_a_scenario_has_one_name_however_it_is_written(tmp_path):
    (plain,) = read(tmp_path, "max_difference: [1]\n")
    (decimal,) = read(tmp_path, "- {max_difference: 1.0, frame: social_networks}\n")
    assert plain.identifier == decimal.identifier
    # a name published in a table must not change with the code that makes it
    assert plain.identifier == "7a5c2be25abde970"


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    said = refused(tmp_path, "max_difference: [0.1, 2]\nnope: [1]\nframe:\n  - internet\n")
    for part in (
        "line 1: max_difference = 2: expected",
        "line 2: nope: unknown parameter",
        "line 4: frame = 'internet': expected one of social_networks",
        "nothing was run",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "an empty file"),
        ("# nothing\n", "an empty file"),
        ("0.2", "the single value '0.2'"),
        ("{}", "no parameter is given"),
        ("[]", "the list of parameter sets is empty"),
        ("max_difference: []", "line 1: max_difference: the list of values is empty"),
        ("max_difference: 0.2", "write [value]"),
        ("max_difference: [.nan]", "nan: expected number"),
        ("max_difference: [.inf]", "inf: expected number"),
        ("max_difference: ['0.2']", "'0.2': expected number"),
        ("max_difference: [yes]", "True: expected number"),
        ("max_difference: [0.1, 0.1]", "scenario 2: the same parameters as scenario 1"),
        ("max_difference: [0.1]\nmax_difference: [0.2]", "line 2: max_difference: already given"),
        ("- {frame: internet_use, frame: home_connection}", "already given on line 1"),
        ("- 3\n", "line 1: expected a parameter set"),
        ("- {prevalence_ratio: [1.25, 0.8]}", "scenario 1 (line 1): prevalence_ratio"),
        ("prevalence_ratio: [[1.25, 0.8]]", "scenario 1: prevalence_ratio"),
        ("max_difference: [0.1", "not valid YAML"),
        ("max_difference: [!!python/object:os.system 1]", "line 1: not valid YAML"),
        ("a: [2018-99-99]", "not valid YAML"),
        ("max_difference: &x [*x]", "recursive"),
        ("--- {}\n--- {}\n", "not valid YAML"),
        ("max_difference: " + "[" * 600, "too many brackets"),
        ("max_difference: [1:30]", "'1:30': expected number"),
        (b"max_difference: [0.1]\n# d\xe9but\n", "line 2: not UTF-8"),
        ("max_difference\tframe\n0.1\tinternet_use\n", "name it grid.tsv"),
        ("max_difference;frame\n0,1;internet_use\n", "name it grid.csv"),
        ("a\x00: [1]", "not valid YAML"),
    ],
)
def test_a_broken_yaml_file_is_told_in_words(tmp_path, content, said):
    assert said in refused(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "expected a line of parameter names"),
        ("max_difference\n", "expected a line of parameter names"),
        ("max_difference,max_difference\n0.1,0.2\n", "two columns have this name"),
        ("max_difference,\n0.1,0.2\n", "line 1: column 2 has no name"),
        ("max_difference,frame\n0.1\n", "line 2: 1 cells under 2 names"),
        ("max_difference,prevalence_ratio\n0.1,[0.5, 1.5]\n", "between quotes"),
        ('max_difference\n"0.1\n', "not valid CSV"),
        ("max_difference,frame\n[0.1,internet_use\n", "line 2: max_difference: '[0.1'"),
        ("max_difference\nnan\n", "'nan': expected number"),
        (
            'max_difference;prevalence_ratio\n0,1;"[0,8; 1,25]"\n',
            "line 2: prevalence_ratio: '[0,8; 1,25]' is not a value; inside a list, decimals take "
            "a point",
        ),
        ("max_difference,frame\n2,x\n0.1,y\n", "scenario 2 (line 3): frame = 'y'"),
    ],
)
def test_a_broken_csv_file_is_told_in_words(tmp_path, content, said):
    assert said in refused(tmp_path, content, name="sets.csv")


def test_a_huge_product_is_counted_not_built(tmp_path):
    values = [round(at / 1000, 3) for at in range(1001)]
    content = f"sensitivity: {values}\nspecificity: {values}\n"
    said = refused(tmp_path, content.replace("[0.0,", "[").replace(", 0.0]", "]"), **RELIABILITY)
    assert "1000 × 1000 = 1,000,000 scenarios; at most 10,000" in said


RELIABILITY = {"notebook": "09_reliability"}


def test_very_many_problems_are_summed_up(tmp_path):
    said = refused(tmp_path, f"max_difference: {list(range(2, 102))}\n")
    assert said.count("\n") == 21
    assert "and 80 more" in said


def test_an_unknown_chapter_lists_the_chapters(tmp_path):
    with pytest.raises(ParameterError, match="06_coverage"):
        read(tmp_path, "x: [1]", notebook="6_coverage")


@pytest.mark.parametrize("notebook", MODELS)
def test_no_parameter_has_the_name_of_a_column(notebook):
    assert not {*BEFORE, *AFTER} & set(MODELS[notebook].model_fields)


def test_a_file_is_the_one_of_the_folder_one_is_in(tmp_path, monkeypatch):
    here, root = tmp_path / "here", tmp_path / "root"
    for folder in (here, root):
        folder.mkdir()
        (folder / "agg.json").write_text(folder.name, encoding="utf-8")
    (root / "top.json").touch()
    names = ["agg.json", "../root/agg.json", "top.json", "nowhere.json"]
    monkeypatch.chdir(here)
    file = tmp_path / "grid.yml"
    file.write_text(f"responses: {names}\n", encoding="utf-8")
    scenarios = grid.read(file, "06_coverage", Paths(root))
    found = [one.parameters["responses"] for one in scenarios]
    assert found == [str(here / "agg.json"), "agg.json", "top.json", "nowhere.json"]
    assert [one.given["responses"] for one in scenarios] == found  # what the chapter is run with
    file.write_text("- responses: agg.json\n- responses: ./agg.json\n", encoding="utf-8")
    with pytest.raises(GridError, match="the same parameters as scenario 1"):
        grid.read(file, "06_coverage", Paths(root))
