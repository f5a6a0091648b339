"""What surrounds the pages: the commit in the footer, the front door."""

from bs4 import BeautifulSoup
from building import git

from actient.book import site
from actient.paths import Paths


def test_the_commit_is_named_and_a_change_is_marked(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "page.md").write_text("one", encoding="utf-8")
    git(tmp_path, "add", "page.md")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    paths = Paths(tmp_path.resolve())
    assert site.commit(paths) == git(tmp_path, "rev-parse", "--short=10", "HEAD")
    (tmp_path / "page.md").write_text("two", encoding="utf-8")
    assert site.commit(paths).endswith("+")


def test_outside_git_there_is_no_commit(tmp_path):
    assert site.commit(Paths(tmp_path)) == ""


def test_a_folder_inside_another_checkout_does_not_borrow_its_commit(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "inside").mkdir()
    assert site.commit(Paths(tmp_path / "inside")) == ""


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
