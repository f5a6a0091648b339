"""How a command ends: with its work done, or with words and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from actient import parameters
from actient.locale import LANGS
from actient.paths import CheckoutNotFoundError

Made = TypeVar("Made")

LANG = click.Choice(LANGS)


def or_exit(make: Callable[[], Made], *expected: type[Exception]) -> Made:
    """Return what `make` makes; tell what a user can mend, and exit 1.

    Anything else is our defect and keeps its traceback.
    """
    told: tuple[type[Exception], ...] = (
        CheckoutNotFoundError,
        parameters.ParameterError,
        *expected,
    )
    try:
        return make()
    except told as error:
        click.echo(f"actient: {error}", err=True)
        sys.exit(1)
