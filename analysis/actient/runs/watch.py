"""Who watches long work: told when each step starts and when it is over."""

from __future__ import annotations


class Watch:
    """Watches nothing; the command line's own shows it on the terminal."""

    def start(self, step: str) -> None:
        """Learn that a step is under way."""

    def finish(self, step: str) -> None:
        """Learn that a step is over, whether it was started or not."""
