"""What a PDF printed by Chromium says of its pages: their sizes, and where its anchors are.

Chromium writes one classic PDF file: objects in clear, only their streams compressed. This reads
that, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)(?:\sstream\r?\n|\s?endobj)", re.S)
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_DESTINATION: Final = re.compile(rb"/([^\s\[/<>]+) \[(\d+) 0 R /XYZ")
_ESCAPED: Final = re.compile(rb"#([0-9a-fA-F]{2})")


class PdfReadError(ValueError):
    """A file that is not a PDF as Chromium writes them."""

    @classmethod
    def without(cls, what: str) -> PdfReadError:
        """Say what was looked for."""
        return cls(
            f"This is not a PDF as Chromium writes them: it has no {what}. If Chromium changed its "
            "way of writing, actient/book/paper/pdf_pages.py has to follow."
        )


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Give the width and height of every page, in points (1/72 inch).

    Raises
    ------
    PdfReadError
        If the file is not a PDF that can be read.
    """
    objects = _objects(pdf)
    return [_size(objects[page]) for page in _pages(objects)]


def destinations(pdf: bytes) -> dict[str, int]:
    """Give, for every anchor that a link of the document leads to, its page, counted from 1.

    Raises
    ------
    PdfReadError
        If the file is not a PDF that can be read.
    """
    objects = _objects(pdf)
    number = {page: place for place, page in enumerate(_pages(objects), start=1)}
    found = re.search(rb"/Dests (\d+) 0 R", _catalogue(objects))
    if found is None:
        return {}
    return {
        _name(name): number[int(page)]
        for name, page in _DESTINATION.findall(objects[int(found[1])])
        if int(page) in number
    }


def _objects(pdf: bytes) -> dict[int, bytes]:
    if not pdf.startswith(b"%PDF"):
        raise PdfReadError.without("%PDF at its start")
    return {int(number): body for number, body in _OBJECT.findall(pdf)}


def _catalogue(objects: dict[int, bytes]) -> bytes:
    for body in objects.values():
        if b"/Type /Catalog" in body:
            return body
    raise PdfReadError.without("catalogue")


def _pages(objects: dict[int, bytes]) -> list[int]:
    root = re.search(rb"/Pages (\d+) 0 R", _catalogue(objects))
    if root is None:
        raise PdfReadError.without("pages")
    return list(_leaves(objects, int(root[1])))


def _leaves(objects: dict[int, bytes], node: int) -> Iterator[int]:
    body = objects[node]
    kids = re.search(rb"/Kids \[(.*?)\]", body, re.S)
    if kids is None:
        yield node
        return
    for kid in _REFERENCE.findall(kids[1]):
        yield from _leaves(objects, int(kid))


def _size(page: bytes) -> tuple[float, float]:
    box = re.search(rb"/MediaBox \[([^\]]*)\]", page)
    if box is None:
        raise PdfReadError.without("size of a page")
    left, bottom, right, top = map(float, box[1].split())
    return right - left, top - bottom


def _name(raw: bytes) -> str:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw).decode("utf-8", "replace")
