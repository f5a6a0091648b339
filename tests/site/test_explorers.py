"""Assumptions moved in a real browser: the sentence gives the digits of Python's functions."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from actient.bias.coverage import bounded_difference
from actient.bias.reliability import rogan_gladen
from actient.bias.sampling import wilson
from actient.bias.selection import corrected_share
from actient.claims import load_claims, load_statements
from actient.locale import number, percent

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NARROW = {"width": 320, "height": 640}
CLAIMS, STATEMENTS = load_claims(), load_statements()

PAGES = {
    "explorer-n": "04_results.html",
    "explorer-coverage": "06_coverage.html",
    "explorer-selection": "07_selection.html",
    "explorer-reliability": "09_reliability.html",
}
ESTIMATES = {
    "explorer-n": lambda p, n: wilson(p, n, 0.95),
    "explorer-coverage": lambda p, coverage, difference: bounded_difference(
        p, coverage / 100, difference / 100
    ),
    "explorer-selection": lambda p, selection_ratio: (corrected_share(p, selection_ratio),),
    "explorer-reliability": lambda p, sensitivity, specificity: (
        rogan_gladen(p, sensitivity / 100, specificity / 100).value,
    ),
}


class Move(NamedTuple):
    """Where the reader puts the inputs, and how the sentence then ends."""

    figure: str
    statement: str
    at: Mapping[str, float]
    verdict: str


MOVES = [
    Move("explorer-n", "T11", {"n": 30}, "n’est plus sûr de tenir"),
    Move("explorer-n", "T11", {"n": 160}, "tient de justesse, à l’arrondi près"),
    Move("explorer-n", "T11", {"n": 1000}, "tient"),
    Move("explorer-n", "T15", {"n": 300}, "n’est plus sûr de tenir"),
    Move("explorer-n", "T13", {"n": 2000}, "tient"),
    Move(
        "explorer-coverage", "T11", {"coverage": 58, "difference": 100}, "n’est plus sûr de tenir"
    ),
    Move("explorer-coverage", "T11", {"coverage": 60, "difference": 20}, "n’est plus sûr de tenir"),
    Move("explorer-coverage", "T11", {"coverage": 90, "difference": 10}, "tient"),
    Move("explorer-coverage", "T13", {"coverage": 50, "difference": 0}, "tient"),
    Move("explorer-coverage", "T09", {"coverage": 1, "difference": 37}, "tient"),
    Move("explorer-selection", "T11", {"selection_ratio": 0.5}, "ne tient plus"),
    Move(
        "explorer-selection",
        "T15",
        {"selection_ratio": 1.25},
        "tient de justesse, à l’arrondi près",
    ),
    Move("explorer-selection", "T14", {"selection_ratio": 2.25}, "ne tient plus"),
    Move("explorer-selection", "T09", {"selection_ratio": 5}, "tient"),
    Move("explorer-reliability", "T11", {"sensitivity": 90, "specificity": 70}, "tient"),
    Move("explorer-reliability", "T11", {"sensitivity": 60, "specificity": 97}, "ne tient plus"),
    Move(
        "explorer-reliability",
        "T13",
        {"sensitivity": 90, "specificity": 80},
        "ne peut être jugé, car ces hypothèses n’ont pu donner ce chiffre",
    ),
    Move(
        "explorer-reliability",
        "T09",
        {"sensitivity": 80, "specificity": 99},
        "ne peut être jugé, car ces hypothèses n’ont pu donner ce chiffre",
    ),
]


def plain(text: str) -> str:
    return " ".join(text.split())


def opened(figure: Locator) -> Locator:
    figure.locator(".actient-explore").click()
    figure.locator(".actient-stage svg").wait_for()
    return figure


def put(figure: Locator, name: str, value: float) -> None:
    figure.locator(f'input[type="range"][name="{name}"]').evaluate(
        """(input, value) => {
            input.value = value;
            if (+input.value !== value) throw new Error(`${input.value} is not ${value}`);
            input.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        value,
    )


def line(figure: Locator, number_: int) -> Locator:
    return figure.locator(f".sentence_{number_}_marks text")


@pytest.mark.parametrize("name", list(PAGES))
def test_the_sentence_agrees_with_python_wherever_the_sliders_stand(site, open_page, name):
    watched = open_page(site / "analysis" / PAGES[name])
    figure = opened(watched.page.locator(f"#{name}"))
    moves = [move for move in MOVES if move.figure == name]
    assert len(moves) >= 3
    for move in moves:
        figure.locator('select[name="statement"]').select_option(move.statement)
        for slider, value in move.at.items():
            put(figure, slider, value)
        share = CLAIMS[STATEMENTS[move.statement].claim_id].proportion
        for value in ESTIMATES[name](share, **move.at):
            expect(line(figure, 2)).to_contain_text(f" {plain(percent(float(value), 1, 'fr'))}")
        expect(line(figure, 3)).to_have_text(f"l’énoncé {move.verdict}.")
        assert STATEMENTS[move.statement].text("fr")[:20] in figure.locator("svg").inner_html()
    assert watched.problems == []


def test_answers_that_tell_nothing_are_said_so(site, open_page):
    watched = open_page(site / "analysis" / PAGES["explorer-reliability"])
    figure = opened(watched.page.locator("#explorer-reliability"))
    put(figure, "sensitivity", 50)
    put(figure, "specificity", 50)
    expect(line(figure, 3)).to_contain_text("les réponses n’apprendraient rien")
    put(figure, "specificity", 80)
    expect(line(figure, 3)).not_to_contain_text("n’apprendraient rien")
    assert watched.problems == []


@pytest.mark.parametrize(
    ("name", "slider", "digits"),
    [
        ("explorer-n", "n", lambda value: f"n = {number(value, 0, 'fr')},"),
        ("explorer-coverage", "coverage", lambda value: f"c = {percent(value / 100, 0, 'fr')} "),
        ("explorer-selection", "selection_ratio", lambda value: f"k = {number(value, 2, 'fr')} "),
        ("explorer-reliability", "specificity", lambda value: f"{percent(value / 100, 0, 'fr')},"),
    ],
)
def test_the_keyboard_moves_the_marks_with_the_sentence(site, open_page, name, slider, digits):
    watched = open_page(site / "analysis" / PAGES[name])
    figure = opened(watched.page.locator(f"#{name}"))
    marks = figure.locator(".mark-rule path, .mark-rule line").evaluate_all
    before = marks("all => all.map(one => one.outerHTML).join()")
    ranged = figure.locator(f'input[name="{slider}"]')
    step, start = float(ranged.get_attribute("step")), float(ranged.input_value())
    ranged.focus()
    for _ in range(4):
        watched.page.keyboard.press("ArrowRight")
    expect(line(figure, 1)).to_contain_text(plain(digits(start + 4 * step)))
    assert marks("all => all.map(one => one.outerHTML).join()") != before
    assert watched.problems == []


@pytest.mark.parametrize("name", list(PAGES))
def test_an_open_explorer_is_no_barrier_on_a_narrow_screen(site: Path, open_page, name):
    watched = open_page(site / "analysis" / PAGES[name], NARROW)
    opened(watched.page.locator(f"#{name}"))
    wide = watched.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    options = {"runOnly": ["wcag2a", "wcag2aa"], "preload": False}
    found = Axe().run(watched.page, options=options)
    assert [one["id"] for one in found.response["violations"]] == []
    for given in watched.page.locator(f"#{name} .vega-bindings :is(input, select)").all():
        assert given.evaluate("input => input.labels.length") == 1
    assert watched.problems == []


PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("name", PAGES)
def test_the_reader_who_asked_is_taken_to_the_controls(site, open_page, name):
    """The button goes away, above it stands what it brought: neither focus nor eyes are lost."""
    page = open_page(site / "analysis" / PAGES[name], PHONE).page
    figure = page.locator(f"#{name}")
    figure.locator(".actient-explore").focus()
    page.keyboard.press("Enter")
    stage = figure.locator(".actient-stage")
    expect(stage).to_be_focused()
    box = stage.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    page.keyboard.press("Tab")
    expect(stage.locator("select, input").first).to_be_focused()
