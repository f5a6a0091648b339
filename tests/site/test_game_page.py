"""The game is played: with a mouse, a thumb or the keyboard alone, and read without its script."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PHONE = {"width": 360, "height": 740}
WORDS = {
    "fr": ("C’est cela.", "Ce n’est pas cela.", "Choisissez d’abord une réponse."),
    "en": ("That is it.", "That is not it.", "Choose an answer first."),
}
COUNTS = {"risks": 10, "statements": 7}
ROUNDS = pytest.mark.parametrize("name", list(COUNTS))


def opened(open_page, edition, *, name="risks", **options):
    watched = open_page(edition / "book" / "game.html", **options)
    return watched, watched.page.locator(f"#actient-game-{name}")


@ROUNDS
def test_a_round_is_played_to_its_end_and_begun_again(editions, open_page, name):
    for edition in editions:
        watched, played = opened(open_page, edition, name=name, viewport=PHONE)
        right, wrong, _ = WORDS[edition.name]
        questions = played.locator(".actient-game-question")
        for place in range(COUNTS[name]):
            one = questions.nth(place)
            assert not one.locator(".actient-game-answer").is_visible()
            kind = "[data-right]" if place else ":not([data-right])"
            one.locator(f"input{kind}").first.check()
            one.locator(".actient-game-check").click()
            assert one.locator(".actient-game-verdict").inner_text() == (right if place else wrong)
            assert one.locator(".actient-game-answer p").first.is_visible()
            assert one.locator("input:enabled").count() == 0
        score = played.locator(".actient-game-score").inner_text()
        assert f"{COUNTS[name] - 1}" in score
        assert f"{COUNTS[name]}" in score.replace(f"{COUNTS[name] - 1}", "", 1)
        assert "{" not in score
        played.locator(".actient-game-again").click()
        assert played.locator("input:checked, input:disabled").count() == 0
        assert played.locator(".actient-game-answer:visible").count() == 0
        assert not played.locator(".actient-game-score").is_visible()
        first = questions.first.locator("input").first
        assert first.evaluate("one => one === document.activeElement")
        assert watched.problems == []


def test_one_round_does_not_count_in_the_other(editions, open_page):
    for edition in editions:
        watched, risks = opened(open_page, edition)
        risks.locator("input[data-right]").first.check()
        risks.locator(".actient-game-check").first.click()
        other = watched.page.locator("#actient-game-statements .actient-game-score")
        assert risks.locator(".actient-game-score").is_visible()
        assert not other.is_visible()


def test_an_answer_must_be_chosen_first(editions, open_page):
    for edition in editions:
        _, played = opened(open_page, edition)
        one = played.locator(".actient-game-question").first
        one.locator(".actient-game-check").click()
        verdict = one.locator(".actient-game-verdict")
        assert verdict.inner_text() == WORDS[edition.name][2]
        assert not one.locator(".actient-game-answer").is_visible()
        assert one.locator("input:enabled").count() == 3


def test_the_keyboard_plays(editions, open_page):
    for edition in editions:
        watched, played = opened(open_page, edition)
        page = watched.page
        one = played.locator(".actient-game-question").first
        one.locator("input").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert one.locator(".actient-game-check").evaluate("b => b === document.activeElement")
        page.keyboard.press("Enter")
        # The button is gone: the reader stands at the answer, not at the top of the page.
        assert one.locator("summary").evaluate("b => b === document.activeElement")
        assert one.locator(".actient-game-verdict").inner_text() in WORDS[edition.name]


def test_without_scripts_every_answer_can_be_unfolded(editions, open_page):
    for edition in editions:
        _, played = opened(open_page, edition, java_script_enabled=False)
        assert played.locator("button:visible").count() == 0
        one = played.locator(".actient-game-question").nth(3)
        assert one.locator("summary").is_visible()
        one.locator("summary").click()
        assert one.locator("details strong").first.is_visible()


def test_only_the_game_loads_its_script(editions, contents):
    holders = {page.name for page in contents if "game.js" in page.read_text(encoding="utf-8")}
    assert holders == {"game.html"}
