"""Run a command with further words that one variable holds, as the Makefile's `OPTIONS` does.

`python -m actient.cli.given_words OPTIONS actient book`: words are split as a shell splits them
(quotes and backslashes group), and nothing in them is expanded or run.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence

from actient.cli.exits import Exit


def command(words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Return the command and the words that the variable named first holds.

    Raises
    ------
    ValueError
        If a quotation mark or a backslash there has no end.
    """
    name, *program = words
    try:
        return [*program, *shlex.split(environment.get(name, ""))]
    except ValueError as error:
        raise ValueError(
            f"{name} cannot be split into words ({str(error).lower()}): {environment[name]!r}. "
            "Close each quotation mark; write a mark or a space that stands for itself inside "
            "quotes of the other kind."
        ) from None


if __name__ == "__main__":
    try:
        arguments = command(sys.argv[1:], os.environ)
    except ValueError as error:
        print(f"actient: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(Exit.USAGE)
    os.execvp(arguments[0], arguments)  # noqa: S606
