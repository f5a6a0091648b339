"""A Ctrl-C at the terminal reaches every process of the command: not one that is just starting."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def held() -> Iterator[None]:
    """Keep a Ctrl-C until processes started meanwhile, which inherit this, can ignore theirs.

    Without it, one that is still loading its modules tells a traceback of its own. Such a process
    lets interrupts in again with `let_in`, if it wants them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # whoever starts it later lets interrupts in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def let_in() -> None:
    """Receive interrupts again, in a process that was started while they were held."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
