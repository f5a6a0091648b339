"""Loaded by each worker that a sweep starts here: a Ctrl-C is for the command, not for them.

The command then stops its workers; each would otherwise tell a traceback of its own.
"""

from __future__ import annotations

import signal


def dask_setup(worker: object) -> None:
    """Ignore interrupts from the terminal, as Dask calls it when a worker starts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
