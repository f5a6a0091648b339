"""What surrounds the pages: the front door."""

from bs4 import BeautifulSoup

from actient.book import site
from actient.paths import Paths


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
