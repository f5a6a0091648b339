"""Completion in the shell: chapters, parameters, values, as the models know them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete

VARIABLE: Final = "_ACTIENT_COMPLETE"
SHELLS: Final = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}

# A name stands before its value: `sample_sizes=`, and no space after it.
_OPEN_NAME: Final = """\
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace

    return 0
"""


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
            CompletionItem(f"{one.name}=", help=one.en)
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
    script = SHELLS[shell](click.Group(), {}, "actient", VARIABLE).source()
    click.echo(script.replace("    return 0\n", _OPEN_NAME) if shell == "bash" else script)


def _starting(incomplete: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
