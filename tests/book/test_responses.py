"""The book on one’s own responses: nothing of anyone in it, nothing left of it afterwards."""

import csv
import gzip
import io
import itertools
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from building import actient, copy_checkout
from exports import DECLINES, DOCTOR, PATIENT, UNDER_AGE, Filled, filled
from exports.kobo import kobo
from exports.redcap import labels as redcap

from actient.paths import Paths, checkout
from actient.runs import execute
from actient.survey.questionnaire import load_questionnaire

pytestmark = pytest.mark.slow

QUESTIONNAIRE = load_questionnaire()
TOO_FEW = "Trop peu de réponses pour que quoi que ce soit puisse être montré ici"
CHAPTERS = (
    *("04_results", "05_populations", "06_coverage", "07_selection"),
    *("08_diffusion", "09_reliability", "10_combined", "12_your_survey"),
)

# What the file holds and nothing else does: planted in columns that are dropped, and in codes.
PLANTED = {
    "e-mail": "zoe.planted@mail.invalid",
    "name": "Zoé Plantée-Quœur",
    "ip": "203.0.113.77",
    "remarks": "Mon voisin plantigrade a tout vu.",
}
CONTACTS = (4217, 3919, 2713, 4423, 1889, 3301, 2999, 4801)  # one list, in this order
TOKENS = tuple(f"pl4nt3d{place:02d}xq" for place in range(60))


@dataclass(frozen=True)
class Built:
    """A checkout built on responses, and what the build said."""

    paths: Paths
    said: str


def people() -> list[Filled]:
    """Sixty adults, a minor and someone who declines; every other one received a code."""
    found = []
    for place in range(60):
        someone = (PATIENT, DOCTOR)[place % 3 == 2]
        yes = place % 2 == 0
        own = {
            "search_online": "yes" if yes else "no",
            "token": TOKENS[place],
            "recruiter_token": TOKENS[place // 2] if place else "",
            "contacts": CONTACTS[place % len(CONTACTS)],
        }
        answers = {**someone.answers, **own}
        if not yes:
            answers = {
                k: v for k, v in answers.items() if k not in {"check_sources", "talk_to_doctor"}
            }
        if not own["recruiter_token"]:
            del answers["recruiter_token"]
        one = filled(5, **answers)
        began = one.started + timedelta(minutes=7 * place, milliseconds=137 + place)
        found.append(Filled(one.answers, began, began + timedelta(minutes=6, milliseconds=457)))
    return [*found, UNDER_AGE, DECLINES]


def with_planted_columns(data: bytes) -> bytes:
    """The same export with columns that no questionnaire asks for."""
    head, *rows = csv.reader(io.StringIO(data.decode()), delimiter=";")
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*head, *PLANTED])
    writer.writerows([*row, *PLANTED.values()] for row in rows)
    return stream.getvalue().encode()


def marks(data: bytes) -> list[str]:
    """Everything in the file that must be nowhere else: planted, row numbers, exact times."""
    head, *rows = csv.reader(io.StringIO(data.decode()), delimiter=";")
    some = rows[:6] + rows[-4:]
    exact = [row[head.index(name)] for row in some for name in ("start", "end", "_uuid")]
    without_zone = [value[:23] for value in exact if "T" in value]
    spaced = [value.replace("T", " ") for value in without_zone]
    return [
        *PLANTED.values(),
        *TOKENS,
        *(t.upper() for t in TOKENS),
        *exact,
        *without_zone,
        *spaced,
    ]


def written_as(text: str) -> Iterator[bytes]:
    """A text in every form in which bytes could hold it."""
    forms = {text, text.lower(), json.dumps(text)[1:-1], text.replace("'", "&#39;")}
    for form, encoding in itertools.product(forms, ("utf-8", "utf-16-le", "utf-16-be", "latin-1")):
        try:
            yield form.encode(encoding)
        except UnicodeEncodeError:
            continue


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        yield str(path), data
        if data[:2] == b"\x1f\x8b":
            yield f"{path} (unpacked)", gzip.decompress(data)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for name in packed.namelist():
                    yield f"{path} ({name})", packed.read(name)


def site_bytes(paths: Paths) -> dict[str, bytes]:
    return {
        str(path.relative_to(paths.site)): path.read_bytes()
        for path in sorted(paths.site.rglob("*"))
        if path.is_file() and path.name != ".buildinfo"  # Sphinx's own: it tells the folder
    }


def page(paths: Paths, name: str) -> str:
    return (paths.site / "fr" / "analysis" / f"{name}.html").read_text(encoding="utf-8")


def without_installing(folder: Path) -> list[str]:
    """What makes `make` use this environment, and leaves it no pip to change it with."""
    programs = folder / "bin"
    programs.mkdir()
    for name, words in {"python": "", "actient": " -m actient"}.items():
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{words} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    installed = folder / "installed"
    installed.touch()  # newer than the lock that was just copied: nothing is installed
    return [f"BIN={programs}", f"STAMP={installed}"]


@pytest.fixture(scope="module")
def export() -> bytes:
    return with_planted_columns(kobo(QUESTIONNAIRE, people()))


@pytest.fixture(scope="module")
def supplied(export: bytes, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A checkout built on responses; the file lies outside it."""
    paths = copy_checkout(tmp_path_factory.mktemp("own survey"))
    file = tmp_path_factory.mktemp("réponses") / "mes réponses.csv"
    file.write_bytes(export)
    done = actient(paths, "book", "--lang", "fr", "--responses", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(paths, done.stdout + done.stderr)


def test_what_is_searched_for_is_in_the_file(export: bytes) -> None:
    for mark in [*PLANTED.values(), *TOKENS]:
        assert any(form in export for form in written_as(mark)), mark


def test_nothing_planted_is_in_any_byte_of_the_build(supplied: Built, export: bytes) -> None:
    needles = sorted({form for mark in marks(export) for form in written_as(mark)})
    anything = re.compile(b"|".join(re.escape(needle) for needle in needles))
    searched = 0
    for name, data in contents(supplied.paths.build):
        searched += 1
        assert not anything.search(data), name
    assert searched > 100
    assert not anything.search(supplied.said.encode())


def test_no_list_of_one_value_per_person_is_in_the_build(supplied: Built) -> None:
    between = rb"[^0-9]{1,40}"
    row = re.compile(between.join(str(value).encode() for value in CONTACTS[:4]))
    assert row.search(json.dumps(CONTACTS).encode())
    for name, data in contents(supplied.paths.build):
        assert not row.search(data), name


def test_the_pages_show_the_survey_with_its_own_n_and_say_that_it_is_supplied(
    supplied: Built,
) -> None:
    told = json.loads(supplied.paths.aggregates.read_text(encoding="utf-8"))
    assert told["origin"] == "supplied"
    shown = [one for one in told["measures"] if one["status"] == "published"]
    assert [one["code"] for one in shown]
    results = page(supplied.paths, "04_results")
    assert 'id="supplied-results"' in results
    assert all(f"n = {one['base']}" in results for one in shown)
    recorded = json.loads(
        (supplied.paths.results / "fr" / "04_results.json").read_text(encoding="utf-8")
    )
    for one in shown:
        record = recorded[f"supplied_{one['code']}_share"]
        assert (record["value"], record["origin"]) == (one["share"], "supplied")


def test_a_plain_build_afterwards_is_the_book_of_the_poster_alone(
    supplied: Built, built: Paths
) -> None:
    done = actient(supplied.paths, "book")  # both editions, which link to one another
    assert done.returncode == 0, done.stdout + done.stderr
    assert not supplied.paths.aggregates.exists()
    now, ever = site_bytes(supplied.paths), site_bytes(built)
    assert now.keys() == ever.keys()
    assert [name for name in sorted(ever) if now[name] != ever[name]] == []
    for results in supplied.paths.results.rglob("*.json"):
        for key, record in json.loads(results.read_text(encoding="utf-8")).items():
            assert record["origin"] != "supplied", f"{results.name}: {key}"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """An export of five answers."""
    file = tmp_path / "cinq réponses d’essai.csv"
    file.write_bytes(redcap(QUESTIONNAIRE, people()[:5]))
    return file


def test_five_answers_give_chapters_that_say_so(few: Path, tmp_path: Path) -> None:
    kernel_name, totals = execute.warm_kernel(checkout()), tmp_path / "totals.json"
    assert actient(checkout(), "tabulate", str(few), "--out", str(totals)).returncode == 0
    for name in CHAPTERS:
        done = execute.run(
            checkout().notebook(name),
            notebook=tmp_path / f"{name}.ipynb",
            results=tmp_path / f"{name}.json",
            values={"responses": str(totals)},
            kernel_name=kernel_name,
        )
        assert TOO_FEW in done.notebook.read_text(encoding="utf-8"), name


@pytest.mark.long  # above, the chapters alone
def test_five_answers_build_a_book_that_says_so(few: Path, tmp_path: Path) -> None:
    paths, file = copy_checkout(tmp_path / "few"), few
    done = subprocess.run(
        ["make", "book", f"RESPONSES={file}", "OPTIONS=--lang fr", *without_installing(tmp_path)],
        cwd=paths.root,
        env={**os.environ, "ACTIENT_ROOT": str(paths.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(paths.aggregates.read_text(encoding="utf-8"))
    assert not [one for one in told["shares"] if one["status"] == "published"]
    for name in CHAPTERS:
        assert TOO_FEW in page(paths, name), name
