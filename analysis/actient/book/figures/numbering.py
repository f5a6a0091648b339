"""Figures are numbered by chapter: the second one of `06_coverage` is figure 6.2 in every edition.

A figure's number is given when its page is read, so that its own links can carry it, and handed to
Sphinx before pages are written: captions show it, and `` {numref}`coverage-ladder` `` in any page
becomes a link that reads “Figure 6.2”.
"""

from __future__ import annotations

import re
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

NUMBER: Final = "actient_number"  # attribute of a figure's node
_COUNT: Final = "actient_figures"
_CHAPTER: Final = re.compile(r"(?:^|/)0*(\d+)_[^/]*$")


def register(app: Sphinx) -> None:
    """Have figures numbered by chapter, not all through the book."""
    app.connect("config-inited", _word)
    app.connect("env-get-updated", _hand_over, priority=900)  # after Sphinx has counted its own way


def next_number(env: Any) -> tuple[int, ...]:
    """Give the next figure of the page being read its number: chapter and place, or place alone."""
    place = env.temp_data[_COUNT] = env.temp_data.get(_COUNT, 0) + 1
    chapter = _CHAPTER.search(env.docname)
    return (int(chapter[1]), place) if chapter else (place,)


def written(number: tuple[int, ...]) -> str:
    """Write a figure's number: `6.2`."""
    return ".".join(map(str, number))


def _word(app: Sphinx, config: Config) -> None:
    config.numfig_format = {"figure": "Figure %s", **config.numfig_format}


def _hand_over(app: Sphinx, env: BuildEnvironment) -> list[str]:
    for page, numbers in env.toc_fignumbers.items():
        figures = numbers.get("figure", {})
        if not figures:
            continue
        for node in env.get_doctree(page).findall(nodes.figure):
            if NUMBER in node:
                figures[node["ids"][0]] = node[NUMBER]
    return []
