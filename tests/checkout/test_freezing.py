"""What a move of code must leave as it was: any byte counts, and code that is shown is apart."""

import io
import json
import zipfile

import pytest
from freezing import CODE, compared, frozen

PAGE = (
    '<p>said</p><div class="cell_input docutils container">\n<div class="highlight">'
    "<div><pre>{}</pre></div>\n</div>\n</div><p>after</p>"
)


def notebook(code: str, output: str = "3") -> bytes:
    cell = {"cell_type": "code", "source": code, "outputs": [output]}
    return json.dumps({"cells": [cell, {"cell_type": "markdown", "source": "said"}]}).encode()


def packed(**contents: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("a.css", b"a", b"b", ["differs: a.css"]),
        ("a.html", b"<p>a</p>", b"<p>a </p>", ["differs: a.html"]),
        ("a.zip", packed(one="a", two="b"), packed(one="a", two="c"), ["differs: a.zip/two"]),
        ("a.zip", packed(one="a"), packed(two="a"), ["gone: a.zip/one", "new: a.zip/two"]),
        ("a.ipynb", notebook("x", "3"), notebook("x", "4"), ["differs: a.ipynb"]),
        ("a.css", b"of 91187ba000", b"of c47c063000", []),
        (
            "searchindex.js",
            b'Search.setIndex({"docnames": ["a"], "terms": {"91187ba": 1}})',
            b'Search.setIndex({"docnames": ["a"], "terms": {"c47c063": 1}})',
            [],
        ),
        (
            "searchindex.js",
            b'Search.setIndex({"docnames": ["a"], "terms": {}})',
            b'Search.setIndex({"docnames": ["b"], "terms": {}})',
            ["differs: searchindex.js"],
        ),
        ("a.css", b"the same", b"the same", []),
    ],
)
def test_what_differs_is_named_whatever_the_commit(path, before, after, told):
    found = compared(
        frozen({path: before}, "91187ba000"), frozen({path: after}, commit="c47c063000")
    )
    assert (list(found.differing), list(found.code)) == (told, [])


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.html", PAGE.format("import a").encode(), PAGE.format("import b").encode()),
        ("a.ipynb", notebook("import a"), notebook("import b")),
    ],
)
def test_code_that_is_shown_is_told_apart(path, before, after):
    found = compared(frozen({path: before}), frozen({path: after}))
    assert (found.differing, found.code) == ((), (path + CODE,))
    assert f"code shown only: {path}" in str(found)
