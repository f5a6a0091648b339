"""Differences as they are told: causes first, some of every check, once for both languages."""

import dataclasses
from typing import get_args

from actient.locale import LANGS
from actient.reproduce import findings
from actient.reproduce.certificate import Check, Count, Difference

DATA = Difference("data", "data/poster/claims.csv", "", "a", "b", checksum_only=True)
VERSION = Difference("versions", "numpy", "", "2.4.6", "2.4.5")


def record(lang, name, found=0.43):
    return Difference("records", f"{lang}/07_selection", name, {"value": 0.42}, {"value": found})


FOLLOWING = tuple(record(lang, f"r{place}") for lang in LANGS for place in range(26))


def test_what_can_be_a_cause_comes_before_what_follows_from_it():
    told = findings.found((*FOLLOWING, DATA, VERSION))
    assert [one.difference for one in told[:2]] == [VERSION, DATA]
    counts = tuple(Count(check, 1, 1) for check in sorted(get_args(Check)))
    assert [one.check for one in findings.in_order(counts)] == [
        *("versions", "data", "records", "editions", "charts", "outputs", "pages")
    ]


def test_the_same_difference_in_both_languages_is_told_once():
    told = findings.found(FOLLOWING)
    assert len(told) == 26
    assert str(told[0]).startswith("records: 07_selection (in both languages) · r0: expected")
    page = [Difference("pages", f"{lang}/book/a.html", "", "book/a", None) for lang in LANGS]
    assert str(*findings.found(page)).startswith("pages: book/a.html (in both languages): missing")


def test_what_differs_from_one_language_to_the_other_is_told_of_each():
    only = findings.found((record("fr", "r"), record("en", "r", found=0.44)))
    assert [one.difference.where for one in only] == ["fr/07_selection", "en/07_selection"]
    assert [one.difference for one in findings.found((record("en", "r"),))] == [record("en", "r")]
    further = dataclasses.replace(record("en", "r"), further=2)
    assert len(findings.found((record("fr", "r"), further))) == 2


LONG = Difference(
    *("outputs", "fr/01_context", "cell 7 · output 1 · text/html"),
    "<td>\n" * 5000 + "42",
    "<td>\n" * 5000 + "43",
    absolute=1.0,
    further=3,
)


def test_a_long_difference_is_told_on_short_lines_that_show_it():
    (told,) = findings.found((LONG,))
    what, expected, found, more = told.lines
    assert what == "outputs: fr/01_context · cell 7 · output 1 · text/html:"
    assert (expected[:11], expected[-2:]) == ("  expected ", "42")
    assert found.endswith("43 (differs by 1)")
    assert more == "  and 3 more differences there"
    only = dataclasses.replace(LONG, found=None, name="n" * 900)
    assert findings.found((VERSION,))[0].lines == (str(VERSION),)
    for one in findings.found((LONG, only, dataclasses.replace(only, expected=None, found="x"))):
        assert all(len(line) < 200 and "\n" not in line for line in one.lines)


def test_what_follows_the_first_of_a_check_is_parted_by_chapter():
    other = tuple(
        dataclasses.replace(one, where=one.where.replace("07", "08")) for one in FOLLOWING
    )
    told = findings.found((*FOLLOWING, *other, DATA, VERSION))
    first, others = findings.first_of_each(told, 20)
    assert [one.difference.check for one in first] == ["versions", "data", *["records"] * 20]
    assert {place: len(more) for place, more in others.items()} == {
        ("records", "07_selection"): 6,
        ("records", "08_selection"): 26,
    }
    assert findings.first_of_each(told[:3], 20) == (told[:3], {})


def test_no_check_hides_another():
    charts = tuple(Difference("charts", "fr/01", f"figure $.{n}", 1, 2) for n in range(50))
    pages = (Difference("pages", "en/book/a.html", "", "book/a", None),)
    told = findings.found((*FOLLOWING, *charts, DATA, *pages))
    shown = [one.difference.check for one in findings.some_of_each(told, 20)]
    assert len(shown) == 20
    assert shown == sorted(shown, key=findings.ORDER.index)
    assert shown.count("data") == shown.count("pages") == 1
    assert min(shown.count("charts"), shown.count("records")) == 9
    assert findings.some_of_each(told[:3], 20) == told[:3]
