"""Bold only for who sees it: on a terminal that understands it, and unless NO_COLOR says no."""

import os
import sys

import pytest

pty = pytest.importorskip("pty")

BOLD = b"\x1b["


def on_a_terminal(monkeypatch, *words: str, **variables: str) -> bytes:
    """What a command prints on a terminal."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", **variables}.items():
        monkeypatch.setenv(name, value)
    told = bytearray()

    def read(descriptor: int) -> bytes:
        told.extend(data := os.read(descriptor, 1024))
        return data

    monkeypatch.setattr(os, "write", lambda descriptor, data: len(data))  # not on ours
    pty.spawn([sys.executable, "-m", "actient", *words], read, lambda _: b"")
    return bytes(told)


@pytest.mark.parametrize(
    ("variables", "bold"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_bold_is_for_terminals_that_want_it(monkeypatch, variables, bold):
    told = on_a_terminal(monkeypatch, "params", "06_coverage", **variables)
    assert b"06_coverage" in told
    assert (BOLD in told) is bold
