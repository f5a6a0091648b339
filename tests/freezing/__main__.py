"""Make the editions, papers, forms, totals and messages of this checkout in a copy; freeze them.

Only the command line is asked, so that modules may move. The copy is a repository of one commit,
in another folder each time: what depends on the folder, the clock or chance differs at once.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from building import copy_checkout, git
from exports import EVERYONE, google, kobo, limesurvey, redcap, template
from freezing import compared, files, frozen
from reading import QUESTIONNAIRE

WORKERS: Final = 2
ADDRESS: Final = "https://example.org/actient/"
MARGINS: Final = "group,item,code,share\npatient,gender,woman,0.52\npatient,gender,man,0.48\n"
COMMANDS: Final = (
    *("book", "checksums", "cite", "completion", "crate", "forms", "lab", "params", "pdf"),
    *("reference", "reproduce", "results", "run", "sweep", "synthesize", "tabulate"),
    *("translations", "validate"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is frozen, or compare it; 1 if anything but the code shown differs."""
    parser = argparse.ArgumentParser(prog="freezing", description=__doc__)
    parser.add_argument("--out", type=Path, help="JSON file to write")
    parser.add_argument("--against", type=Path, help="JSON file to compare with")
    asked = parser.parse_args(arguments)
    if not (asked.out or asked.against):
        parser.error("say OUT=file to write, or AGAINST=file to compare with")
    before = json.loads(asked.against.read_text(encoding="utf-8")) if asked.against else None
    with tempfile.TemporaryDirectory(prefix="frozen-") as folder:
        now = freeze(Path(folder).resolve())
    if asked.out:
        asked.out.write_text(json.dumps(now, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(now)} paths frozen in {asked.out}")  # noqa: T201
    if before is None:
        return 0
    found = compared(before, now)
    print(found)  # noqa: T201
    return bool(found.differing)


def freeze(folder: Path) -> dict[str, str]:
    """Checksums of all that can be had from a copy of this checkout."""
    root = copy_checkout(folder / "copy").root
    day = {f"GIT_{who}_DATE": "2026-01-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    os.environ |= day
    git(root, "init", "--quiet")
    git(root, "add", "--all", "--force")
    git(root, "commit", "--quiet", "--message", "frozen")
    commit = git(root, "rev-parse", "--short=10", "HEAD")
    committed = {
        name: (root / name).read_bytes()
        for name in git(root, "ls-files", "data", "analysis/*.ipynb", "*.json").splitlines()
    }
    ask = functools.partial(answered, root)
    desk = folder / "desk"
    desk.mkdir()
    made = {f"committed/{name}": data for name, data in committed.items()}
    made |= {"said/book": ask(desk, "book")}
    for name in ("site", "results", "notebooks"):
        made |= under(name, files(root / "_build" / name))
    made |= {"said/pdf": ask(desk, "pdf")}
    for path in sorted((root / "_build" / "pdf").glob("*.pdf")):
        made[f"pdf/{path.stem}"] = text_of(path)
    made |= answers(ask, desk)
    os.environ["SITE_URL"] = ADDRESS
    made |= {"said/supplied": ask(desk, "book", "--responses", "synthetic.csv")}
    made |= under("supplied", files(root / "_build" / "site"))
    made["supplied/aggregates"] = (root / "_build" / "responses" / "aggregates.json").read_bytes()
    return frozen(made, commit)


def under(name: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{name}/{path}": data for path, data in contents.items()}


def answers(ask, desk: Path) -> dict[str, bytes]:
    """What the commands say and write, on the exports of every tool among others."""
    for name, data in exports().items():
        (desk / name).write_bytes(data)
    (desk / "margins.csv").write_text(MARGINS, encoding="utf-8")
    made = {"said/synthesize": ask(desk, "synthesize", "--n", "600", "--out", "synthetic.csv")}
    questions = [
        ["--help"],
        *([command, "--help"] for command in COMMANDS),
        *(["params"], ["params", "--json"], ["cite"], ["cite", "07_selection"]),
        ["results", "--json"],
        ["forms", "--out", "forms", "--json"],
        ["crate", "--date", "2026-01-01", "--out", "crate.json"],
        *(["validate", name, "--json"] for name in exports()),
        *(["validate", "faulty.csv", "--messages", lang] for lang in ("fr", "en")),
        ["validate", "faulty.csv", "--exclude-invalid", "--out", "problems.csv"],
        ["tabulate", "template.csv", "--out", "few.json"],
        ["tabulate", "synthetic.csv", "--out", "many.json"],
        [*("tabulate", "synthetic.csv", "--out", "weighted.json", "--margins", "margins.csv")],
        [*("tabulate", "synthetic.csv", "--out", "pooled.json", "--threshold", "20")]
        + [part for group in ("patient=0.7", "professional=0.3") for part in ("--pool", group)],
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        said = pool.map(lambda words: ask(desk, *words), questions)
        made |= {f"said/{' '.join(words)}": one for words, one in zip(questions, said, strict=True)}
    return made | under("written", files(desk))


def exports() -> dict[str, bytes]:
    """Four people's answers as each tool writes them, and a file in which answers are wrong."""
    asked, people = QUESTIONNAIRE, EVERYONE
    made = {
        "kobo.csv": kobo.kobo(asked, people),
        "kobo-split.csv": kobo.kobo(asked, people, multiple="split", groups=False),
        "central.csv": kobo.central(asked, people),
        "redcap-raw.csv": redcap.raw(asked, people),
        "template.csv": template.fill(asked, people),
    }
    for lang in ("fr", "en"):
        made[f"redcap-labels-{lang}.csv"] = redcap.labels(asked, people, lang)
        made[f"google-{lang}.csv"] = google.download(asked, people, lang)
        made[f"sheet-{lang}.csv"] = google.sheet(asked, people, lang)
        made[f"limesurvey-{lang}.csv"] = limesurvey.export(
            asked, people, headings="full", answers="full", lang=lang
        )
    wrong = template.fill(asked, people).replace(b"weekly", b"now and then")
    return made | {"faulty.csv": wrong.replace(b"120", b"-120")}


def answered(root: Path, desk: Path, *words: str) -> bytes:
    """Exit code and words of a command; of one that fails too, but not of one that crashes."""
    done = subprocess.run(
        [sys.executable, "-m", "actient", *words],
        cwd=desk,
        env={**os.environ, "ACTIENT_ROOT": str(root), "PYTHONHASHSEED": "random"},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"actient {' '.join(words)}: {done.stderr.decode()}")
    told = b"exit %d\n" % done.returncode + done.stdout + done.stderr
    if words[0] == "book":  # chapters end in any order
        told = b"\n".join(sorted(re.sub(rb"\[ *\d+/\d+\] ", b"", told).splitlines()))
    return told.replace(str(root).encode(), b"CHECKOUT")


def text_of(pdf: Path) -> bytes:
    """The words of a PDF, in the order of reading; its bytes tell the time."""
    return subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
