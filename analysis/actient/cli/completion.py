"""Completion in the shell: chapters, parameters, values, as the models know them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete

VARIABLE: Final = "_ACTIENT_COMPLETE"


class Bash(BashComplete):
    """click's bash, for words that hold a `=`: bash takes `-p name=val` for four, and click too.

    A name stands before its value, and no space after it: `sample_sizes=`. The program is called
    as it was typed, but for the quotes and backslashes of the shell.
    """

    source_template = """\
%(complete_func)s() {
    local IFS=$'\\n' completion type value at
    local -a words=(%(prog_name)s)
    COMPREPLY=()

    for ((at = 1; at <= COMP_CWORD; at++)); do
        if ((at > 1)) && [[ ${COMP_WORDS[at]} == = || ${COMP_WORDS[at - 1]} == = ]]; then
            words[-1]+=${COMP_WORDS[at]}
        else
            words+=("${COMP_WORDS[at]}")
        fi
    done
    local word=${words[-1]} before=""
    [[ $COMP_WORDBREAKS == *=* ]] && before=${word%%"${word##*=}"}

    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("${value#"$before"}") ;;
        esac
    done < <(env COMP_WORDS="${words[*]}" COMP_CWORD=$((${#words[@]} - 1)) \\
        %(complete_var)s=bash_complete "$(tr -d '\\134\\042\\047' <<< "$1")" 2>/dev/null)

    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    return 0
}

%(complete_func)s_setup() {
    complete -o nosort -F %(complete_func)s %(prog_name)s
}

%(complete_func)s_setup;
"""


SHELLS: Final = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}


def chapter_names(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete the name of a chapter."""
    from actient.parameters import MODELS

    return _starting(incomplete, MODELS)


def parameter_names(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete `NAME=`, then one of a choice's values; those of the chapter, once it is named."""
    from actient.parameters import MODELS, describe

    # click has not read the arguments yet: it stopped at the option that lacks its value.
    words = [word.removesuffix(".ipynb") for word in os.environ.get("COMP_WORDS", "").split()]
    models = [MODELS[word] for word in words if word in MODELS] or list(MODELS.values())
    known = {one.name: one for model in models for one in describe(model)}
    name, equals, _ = incomplete.partition("=")
    if not equals:
        return [
            CompletionItem(f"{one.name}=", help=one.meaning("en"))
            for one in known.values()
            if one.name.startswith(name)
        ]
    if name not in known or known[name].type != "choice":
        return []
    return _starting(incomplete, (f"{name}={value}" for value in known[name].allowed.split(", ")))


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)))
def completion(shell: str) -> None:
    """Print the script that lets a shell complete commands, chapters and parameters.

    bash and zsh read it from their start-up file, fish from a file of its own:

    \b
      echo 'eval "$(actient completion bash)"' >> ~/.bashrc
      echo 'eval "$(actient completion zsh)"' >> ~/.zshrc
      actient completion fish > ~/.config/fish/completions/actient.fish

    \b
    Examples
      actient completion bash
      actient completion zsh
      actient completion fish
    """  # noqa: D301
    click.echo(SHELLS[shell](click.Group(), {}, "actient", VARIABLE).source())


def _starting(incomplete: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
