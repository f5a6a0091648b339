"""The command reference: every command, option, example and exit code, as help tells them."""

import re

import click
import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from actient import cli
from actient.book.pages.commands import command_reference, exit_codes
from actient.book.pages.page import Place
from actient.cli.exits import Exit
from actient.locale import LANGS, Lang
from actient.paths import checkout

PATHS = checkout()
NAMES = sorted(cli.main.commands)
LAST_LINE = re.compile(r"-h, --help +Show this message and exit\.")  # said once, in prose


@pytest.fixture(scope="module")
def pages() -> dict[Lang, BeautifulSoup]:
    return {
        lang: BeautifulSoup(command_reference(Place(PATHS, lang)), "html.parser") for lang in LANGS
    }


def section(page: BeautifulSoup, name: str) -> Tag:
    (found,) = page.select(f"section#command-{name}")
    return found


def helped(*words: str) -> str:
    return CliRunner().invoke(cli.main, [*words, "--help"], prog_name="actient").stdout


@pytest.mark.parametrize("name", NAMES)
def test_all_that_the_help_of_a_command_says_is_in_its_section(pages, name) -> None:
    shown = "".join(section(pages["fr"], name).get_text().split())
    told = set(LAST_LINE.sub("", helped(name)).replace("`", "").split())
    assert {word for word in told if word not in shown} == {"Usage:", "Options:"}


@pytest.mark.parametrize("name", ["actient", *NAMES])
def test_every_option_is_listed_under_its_command(pages, name) -> None:
    command = cli.main if name == "actient" else cli.main.commands[name]
    listed = [one.get_text().split()[0].strip(",") for one in section(pages["en"], name)("dt")]
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert listed == [option.opts[0] for option in options]


@pytest.mark.parametrize("name", ["actient", *NAMES])
def test_examples_stand_as_they_are_typed(pages, name) -> None:
    words = [] if name == "actient" else [name]
    examples = helped(*words).partition("Examples\n")[2].partition("\n\n")[0]
    stated = [line.strip() for line in examples.splitlines()]
    code = [one.get_text().splitlines() for one in section(pages["en"], name)("pre")]
    assert stated
    assert [line.strip() for line in stated] in [[line.strip() for line in one] for one in code]


@pytest.mark.parametrize("lang", LANGS)
def test_every_command_is_in_the_list_that_opens_the_page(pages, lang) -> None:
    links = [str(link["href"]) for link in pages[lang].select("ul a")]
    assert links == [f"#command-{name}" for name in NAMES]
    assert len(pages[lang].select("section[id]")) == len(NAMES) + 1


@pytest.mark.parametrize("lang", LANGS)
def test_every_exit_code_is_listed_with_its_meaning(lang) -> None:
    listed = BeautifulSoup(exit_codes(Place(PATHS, lang)), "html.parser")
    codes = [int(one.get_text()) for one in listed("dt")]
    assert dict(zip(codes, (one.get_text() for one in listed("dd")), strict=True)) == {
        code.value: code.meaning for code in Exit
    }


def test_english_is_marked_in_the_french_page_and_only_there(pages) -> None:
    codes = {lang: exit_codes(Place(PATHS, lang)) for lang in LANGS}
    assert all(one.find("div", lang="en") for one in pages["fr"]("section"))
    assert all(one.find("span", lang="en") for one in pages["fr"]("li"))
    assert 'lang="en"' in codes["fr"]
    assert 'lang="' not in codes["en"]
    assert not pages["en"].select("[lang]")


def test_lines_that_scroll_are_within_reach_of_the_keyboard(pages) -> None:
    code = pages["fr"]("pre")
    assert len(code) > len(NAMES)
    assert {one.get("tabindex") for one in code} == {"0"}
