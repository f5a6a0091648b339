"""Help: light, with examples that parse, and a list of exit codes that is the one in use."""

import re
import shlex
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from actient import cli
from actient.cli.exits import Exit

HEAVY = (
    *("pandas", "altair", "papermill", "sphinx", "dask", "distributed", "scipy", "doit", "numpy"),
    *("pydantic", "tqdm", "yaml", "jupyterlab", "nbformat", "rocrate", "pyarrow"),
)
COMMANDS = [[], *([name] for name in cli.main.commands)]
FILES = ("answers.csv", "margins.csv", "values.yml", "grid.yml", "grid.csv", "scenarios.csv")


def help_of(*words: str) -> str:
    result = CliRunner().invoke(cli.main, [*words, "--help"])
    assert result.exit_code == Exit.DONE
    return result.stdout


def examples(*words: str) -> list[str]:
    _, _, rest = help_of(*words).partition("Examples\n")
    lines = rest.split("\n\n")[0].splitlines()
    return [re.split(r"\s{2,}", line.strip())[0] for line in lines if line.strip()]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "actient")
def test_every_help_has_examples_that_parse(words, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        (tmp_path / name).touch()
    (tmp_path / "actient" / "data").mkdir(parents=True)
    (tmp_path / "actient" / "data" / "datapackage.json").write_text('{"name": "actient"}')
    found = examples(*words)
    assert found
    for line in found:
        name, *arguments = shlex.split(line.replace("~/", f"{tmp_path}/"))
        assert name == "actient"
        assert arguments[: len(words)] == words or not words
        with cli.main.make_context("actient", arguments) as ctx:
            word, command, rest = cli.main.resolve_command(ctx, ctx._protected_args + ctx.args)
            assert word in cli.main.commands
            with command.make_context(word, rest, parent=ctx):
                pass  # it parses, and nothing is run


def test_an_example_that_does_not_parse_would_be_seen() -> None:
    with (
        cli.main.make_context("actient", ["params", "--jsno"]) as ctx,
        pytest.raises(click.UsageError),
    ):
        cli.main.commands["params"].make_context("params", ["--jsno"], parent=ctx)


@pytest.mark.slow
@pytest.mark.parametrize("words", [[], ["run"], ["book"]], ids=str)
def test_help_imports_nothing_heavy(words) -> None:
    code = (
        "import sys; from actient.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"heavy = set({HEAVY!r}) & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_help_lists_every_exit_code() -> None:
    said = help_of()
    for code in Exit:
        assert re.search(rf"^\s*{code.value}  {re.escape(code.meaning)}$", said, re.MULTILINE)


def test_every_command_that_answers_with_data_can_do_so_as_json() -> None:
    without = {name for name in cli.main.commands if "--json" not in help_of(name)}
    assert without <= {"checksums", "cite", "completion", "crate", "lab"}
