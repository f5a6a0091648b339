"""Completion: the protocol that shells speak, spoken; and the bash script, sourced by bash."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from actient import cli


@pytest.fixture
def completed(monkeypatch, capsys) -> Callable[..., list[str]]:
    """Ask as a shell does, the last word being incomplete; give the words proposed."""

    def ask(*words: str, speaking: str = "zsh") -> list[str]:
        monkeypatch.setenv("_ACTIENT_COMPLETE", f"{speaking}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("actient", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        with pytest.raises(SystemExit) as ended:
            cli.main(prog_name="actient")
        assert ended.value.code == 0
        lines = capsys.readouterr().out.splitlines()
        return lines[1::3] if speaking == "zsh" else [line.split(",", 1)[1] for line in lines]

    return ask


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        (["para"], ["params"]),
        (["run", "04"], ["04_results"]),
        (["run", "04_results", "-p", "sam"], ["sample_sizes="]),
        (["run", "04_results", "-p", "rule="], ["rule=rounding", "rule=truncation"]),
        (["run", "04_results", "-p", "confidence="], []),
        (["run", "03_pathway", "-p", "sam"], []),
        (["run", "03_pathway.ipynb", "-p", "al"], ["alignment="]),
        (["run", "-p", "sample"], ["sample_sizes="]),
        (["run", "04_results", "--lang", ""], ["fr", "en"]),
        (["book", "--lang", "e"], ["en"]),
        (["params", "12"], ["12_your_survey"]),
        (["lab", "04"], ["04_results"]),
        (["sweep", "10"], ["10_combined"]),
        (["cite", "07"], ["07_selection"]),
        (["completion", "z"], ["zsh"]),
    ],
    ids=" ".join,
)
def test_what_is_proposed(words, proposed, completed) -> None:
    assert completed(*words) == proposed


def test_bash_is_answered_in_its_own_form(completed) -> None:
    words = ["run", "04_results", "-p", "sam"]
    assert completed(*words, speaking="bash") == ["sample_sizes="]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_calls_us(shell) -> None:
    from click.testing import CliRunner

    script = CliRunner().invoke(cli.main, ["completion", shell]).stdout
    assert f"_ACTIENT_COMPLETE={shell}_complete" in script
    assert "actient" in script


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="NOT RUN: no bash here")
@pytest.mark.parametrize("called", ["actient", "un dossier/actient"])
def test_bash_sources_the_script_and_completes_with_it(called, tmp_path) -> None:
    asked = {
        "run 04_results -p sam": ["compopt:-o:nospace", "sample_sizes="],
        # bash takes `rule=` for two words and `rule=tr` for three; what it has is not given again
        "run 04_results -p rule =": ["rounding", "truncation"],
        "run 04_results -p rule = tr": ["truncation"],
        "run 04_results --lang = e": ["en"],
        "run 04_results -p rule = rounding -p conf": ["compopt:-o:nospace", "confidence="],
        "run 04_results -p confidence =": [],
        "swe": ["sweep"],
    }
    if called != "actient":  # only its name is another
        asked = dict([next(iter(asked.items()))])
    program = tmp_path / called
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c '
        '"from actient.cli import main; main(prog_name=\'actient\')" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    asking = (
        'eval "$("$PROGRAM" completion bash)"\n'
        "TYPED=${PROGRAM// /\\\\ }\n"  # bash gives the name as it was typed
        'compopt() { (IFS=:; echo "compopt:$*"); }\n'
    ) + "".join(
        f'COMP_WORDS=("$TYPED" {words}); COMP_CWORD={len(words.split())}; COMPREPLY=()\n'
        '_actient_completion "$TYPED"\n'
        'printf "%s\\n" "${COMPREPLY[@]}" "answered"\n'
        for words in asked
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", asking],
        env={**os.environ, "PROGRAM": str(program)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    proposed = [one.split() for one in done.stdout.split("answered\n")[:-1]]
    assert dict(zip(asked, proposed, strict=True)) == asked
