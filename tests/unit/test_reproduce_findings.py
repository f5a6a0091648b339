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
    assert [one.check for one in findings.in_order(counts)][:2] == ["versions", "data"]


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
