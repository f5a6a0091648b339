"""The book, built for real: complete, strict, incremental, the same bytes everywhere."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from building import actient, copy_checkout
from doit.dependency import JSONCodec
from legibility import SMALLEST, on_a_phone

from actient.book import build
from actient.locale import LANGS
from actient.paths import Paths
from actient.runs import recorded

pytestmark = pytest.mark.slow


def pages(paths: Paths) -> dict[str, bytes]:
    return {
        str(path.relative_to(paths.site)): path.read_bytes()
        for path in sorted(paths.site.rglob("*.html"))
    }


def only_pages(paths: Paths, root: str, *others: str) -> None:
    """Leave a few pages in the book: enough for a question that any page answers."""
    toc = {"format": "jb-book", "root": root, "chapters": [{"file": name} for name in others]}
    (paths.root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")


def test_progress_is_shown_and_the_page_to_open_named(built):
    said = (built.build / "first-run.txt").read_text(encoding="utf-8")
    for notebook in built.notebooks():
        assert f"fr/{notebook.stem}: executed" in said
    assert said.splitlines()[-1].endswith(str(built.site / "index.html"))


def test_the_front_door_leads_to_the_french_home(built):
    door = (built.site / "index.html").read_text(encoding="utf-8")
    assert 'href="fr/index.html"' in door
    assert (built.site / "fr" / "index.html").is_file()
    assert (built.site / "fr" / "book" / "index.html").is_file()


def test_every_page_of_the_table_of_contents_was_built(built):
    contents = yaml.safe_load((built.root / "_toc.yml").read_text(encoding="utf-8"))
    files = [contents["root"]]
    files += [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    for file in files:
        assert any((built.root / f"{file}{ending}").is_file() for ending in (".md", ".ipynb"))
        assert (built.site / "fr" / f"{file}.html").is_file()
    assert {f"analysis/{path.stem}" for path in built.notebooks()} <= set(files)


@pytest.mark.parametrize("lang", LANGS)
def test_a_fresh_execution_states_what_the_reference_states(built, lang):
    assert recorded.compare(recorded.reference(built), recorded.read(built, lang)) == []


def test_captions_of_the_english_chapters_are_english(built):
    french = re.compile(r"\b(des|les|une|qui|dans|pour|chiffre|figure est)\b|[àâçèêîôû]")
    for source in built.notebooks():
        executed = (built.executed / "en" / source.name).read_text(encoding="utf-8")
        captions = re.findall(r'"caption": "([^"]*)"', executed)
        assert captions, source.stem
        assert [caption for caption in captions if french.search(caption)] == [], source.stem


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_is_legible_on_a_phone(built, lang):
    drawn = (built.site / lang / "_images").glob("*.svg")
    found = {path.stem: on_a_phone(path.read_text(encoding="utf-8")) for path in drawn}
    for scrolling in ("provenance-graph", "provenance-graph.dark"):  # five columns of names
        del found[scrolling]
    assert len(found) >= 20
    assert {name: size for name, size in found.items() if size < SMALLEST} == {}


def test_a_further_build_executes_nothing(built):
    done = actient(built, "book")
    assert done.returncode == 0, done.stderr
    assert "nothing to execute" in done.stdout
    assert "Building the site" not in done.stdout
    assert "executed," not in done.stdout


@pytest.mark.long  # `test_responses_book.py` compares every byte of a second build each time
def test_two_clean_builds_in_differently_named_folders_are_the_same(built, tmp_path):
    other = copy_checkout(tmp_path / "elsewhere")
    done = actient(other, "book")
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = pages(built), pages(other)
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_no_page_tells_the_machine_or_the_time(built):
    for name, content in pages(built).items():
        text = content.decode()
        assert str(built.root) not in text, name
        assert not re.search(r"/root/|/home/|/work/|/tmp/", text), name


def test_every_figure_is_a_picture_first(built):
    for path in built.notebooks():
        page = built.site / "fr" / "analysis" / f"{path.stem}.html"
        figures = BeautifulSoup(page.read_bytes(), "html.parser").select("figure.actient-figure")
        assert figures, path.stem
        for figure in figures:
            assert (page.parent / figure.img["src"]).resolve().is_file()
            assert len(figure.img["alt"]) > 40
            assert figure.figcaption.get_text(strip=True)
            assert figure.select("table td")
            assert figure.select(".origin")
            links = [link["href"] for link in figure.select("details a")]
            assert all((page.parent / link.split("#")[0]).resolve().is_file() for link in links)
            assert json.loads(figure.select_one("script.actient-spec").string)["$schema"]


def test_every_claim_has_its_anchor_with_its_verdict(built):
    page = (built.site / "fr" / "book" / "provenance.html").read_text(encoding="utf-8")
    for number in range(1, 17):
        assert f'id="C{number:02d}"' in page
    pathway = (built.site / "fr" / "analysis" / "03_pathway.html").read_text(encoding="utf-8")
    for number in range(1, 11):
        assert f'id="S{number:02d}"' in pathway


def test_a_page_asks_nothing_of_any_other_host(built):
    loading = re.compile(
        r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:)?//', re.IGNORECASE
    )
    for name, content in pages(built).items():
        assert not loading.search(content.decode()), name


def test_the_results_command_shows_what_was_recorded(built):
    done = actient(built, "results", "07_selection", "--json")
    stated = json.loads(done.stdout)["07_selection"]["T11_tipping_ratio"]
    assert stated["value"] == pytest.approx(0.42 * 0.5 / (0.58 * 0.5))
    assert stated["origin"] == "computed"


def test_a_failing_chapter_is_named_and_the_last_site_stays(tmp_path):
    paths = copy_checkout(tmp_path / "broken")
    keep = paths.notebooks()[3]
    for other in paths.notebooks():
        if other != keep:
            other.unlink()
    (paths.site / "fr").mkdir(parents=True)
    (paths.site / "fr" / "index.html").write_text("the last good one", encoding="utf-8")
    broken = nbformat.read(keep, as_version=4)
    broken.cells.append(nbformat.v4.new_code_cell("shares = {}\nshares['C99']"))
    nbformat.write(broken, keep)
    done = actient(paths, "book", "--lang", "fr")
    assert done.returncode == 1
    for part in (keep.name, f"cell {len(broken.cells)}", "KeyError", "C99"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    assert (paths.site / "fr" / "index.html").read_text(encoding="utf-8") == "the last good one"
    assert not (paths.results / "fr" / f"{keep.stem}.json").exists()


def test_what_the_system_refuses_is_told_in_words(tmp_path):
    paths = copy_checkout(tmp_path / "refused")
    for extra in paths.notebooks()[1:]:
        extra.unlink()
    (paths.executed / "fr" / "01_context.ipynb" / "in the way").mkdir(parents=True)
    done = actient(paths, "book", "--lang", "fr")
    assert done.returncode == 1
    assert done.stderr.startswith("actient: fr/01_context: ")
    assert "01_context.ipynb: Is a directory." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_memory_that_cannot_be_kept_is_forgotten(tmp_path, monkeypatch):
    place = tmp_path / "checksums.json"
    first = build._WholeJson(str(place), JSONCodec())
    first.set("task", "deps", "one")
    first.dump()
    assert build._WholeJson(str(place), JSONCodec()).get("task", "deps") == "one"

    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(build, "write", refuse)
    first.dump()
    assert not place.exists()


def test_an_interruption_keeps_what_was_finished_and_leaves_no_process(tmp_path):
    paths = copy_checkout(tmp_path / "interrupted")
    build = subprocess.Popen(
        [sys.executable, "-m", "actient", "book"],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    first = build.stdout.readline()
    build.send_signal(signal.SIGINT)
    rest, _ = build.communicate(timeout=60)  # also waits for whoever still holds the pipe
    assert "executed" in first
    assert build.returncode == 130
    assert "Interrupted" in rest
    assert "Traceback" not in rest
    assert list(paths.results.glob("fr/*.json"))
    assert not list(paths.results.glob("fr/.*"))


def test_an_unreadable_memory_of_the_last_build_is_said_and_made_again(tmp_path):
    paths = copy_checkout(tmp_path / "cut short")
    for extra in paths.notebooks()[1:]:
        extra.unlink()
    only_pages(paths, "book/objectives")
    paths.build.mkdir()
    (paths.build / "checksums.json").write_text('{"cut sh', encoding="utf-8")
    done = actient(paths, "book", "--lang", "fr")
    assert "cannot be read" in done.stdout
    assert "01_context: executed" in done.stdout


def test_a_dead_number_does_not_ship(built, tmp_path):
    paths = copy_checkout(tmp_path / "dead")
    shutil.copytree(built.build, paths.build, ignore=shutil.ignore_patterns("site", "work"))
    only_pages(paths, "book/objectives", "analysis/04_results")
    page = paths.book / "objectives.md"
    dead = "\n{glue:text}`../analysis/04_results.ipynb::C99:s`\n"
    page.write_text(page.read_text(encoding="utf-8") + dead, encoding="utf-8")
    done = actient(paths, "book", "--lang", "fr")
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "objectives.md" in line]
    assert any("Glue reference 'C99' not found" in line for line in told), done.stderr
    assert not (paths.site / "fr").exists()


def test_an_edition_without_a_catalogue_is_refused(tmp_path):
    paths = copy_checkout(tmp_path)
    shutil.rmtree(paths.book / "locales")
    done = actient(paths, "book", "--lang", "en")
    assert done.returncode == 1
    assert "Editions: fr" in done.stderr
    assert not paths.build.exists()


def test_jupyter_book_alone_builds_the_installed_checkout(tmp_path):
    paths = copy_checkout(tmp_path / "plain")
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from jupyter_book.cli.main import main; main()"),
            *("build", ".", "-W", "-n", "--keep-going"),
        ],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    page = (paths.build / "html" / "analysis" / "04_results.html").read_text(encoding="utf-8")
    assert 'id="results-wilson"' in page
    assert (paths.build / "html" / "_images" / "results-wilson.svg").is_file()
