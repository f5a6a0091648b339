"""What surrounds the pages: the front door, the settings and the banner of an edition."""

import pytest
import yaml
from bs4 import BeautifulSoup

from actient.book import site
from actient.paths import Paths, checkout


def test_the_front_door_offers_every_edition_in_its_own_language(tmp_path):
    site.write_front_door(Paths(tmp_path), ["fr", "en"])
    door = tmp_path / "_build" / "site" / "index.html"
    soup = BeautifulSoup(door.read_bytes(), "html.parser")
    assert soup.html["lang"] == "fr"
    links = [(a["href"], a["hreflang"], a.parent["lang"], a.text) for a in soup.select("main a")]
    assert links == [
        ("fr/index.html", "fr", "fr", "Français"),
        ("en/index.html", "en", "en", "English"),
    ]
    assert '["fr", "en"]' in soup.script.text
    assert soup.select_one("meta[http-equiv=refresh]") is None  # it would leave no time to choose


@pytest.fixture
def settings(tmp_path):
    def staged(lang, supplied=None):
        notebooks, source = tmp_path / "notebooks", tmp_path / f"{lang}-{supplied}"
        notebooks.mkdir(exist_ok=True)
        site.stage(checkout(), lang, notebooks, source, supplied=supplied)
        return yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))

    return staged


def test_the_french_edition_has_the_settings_of_the_repository(settings):
    stated = yaml.safe_load((checkout().root / "_config.yml").read_text(encoding="utf-8"))
    stated["sphinx"]["config"]["actient_editions"] = ["fr", "en"]
    assert settings("fr") == stated


def test_the_english_edition_says_its_settings_in_english(settings):
    stated = settings("en")
    assert stated["author"] == "the Actient contributors"
    assert stated["sphinx"]["config"]["nb_code_prompt_show"] == "Show the code"
    assert "announcement" not in stated["html"]


@pytest.mark.parametrize(("lang", "said"), [("fr", "réponses inventées"), ("en", "invented resp")])
def test_an_edition_that_shows_invented_responses_says_so_on_every_page(settings, lang, said):
    assert said in settings(lang, "synthetic")["html"]["announcement"]
