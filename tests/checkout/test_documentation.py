"""What documents say of the tree is there: a path that moved is moved in them, too."""

import re
from pathlib import Path

import pytest

from actient.paths import checkout

ROOT = checkout(Path(__file__).parent).root
PACKAGE = ROOT / "analysis" / "actient"
DOCUMENTS = sorted(ROOT.glob("*.md"))

_QUOTED = re.compile(r"`([A-Za-z_][\w./<>-]*)`")
_DOTTED = re.compile(r"\bactient((?:\.[a-z_]+)+)")
_MADE = ("_build/", "answers.csv")  # not in the checkout


def paths_named(text: str) -> list[str]:
    """List what stands between backquotes and looks like a path of ours."""
    found = _QUOTED.findall(text)
    return [name for name in found if ("/" in name or name.endswith(".py")) and "://" not in name]


def stands(name: str) -> bool:
    """Tell whether a path is there, from the top or from the package; `<name>` is any folder."""
    pattern = re.sub(r"<\w+>|NN_name", "*", name).rstrip("/")
    if "/" not in pattern:
        pattern = f"**/{pattern}"
    return any(any(base.glob(pattern)) for base in (PACKAGE, ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_in_a_document_is_there(document):
    text = document.read_text(encoding="utf-8")
    ours = [name for name in paths_named(text) if not name.startswith(_MADE)]
    assert [name for name in ours if not stands(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_named_in_a_document_is_there(document):
    for parts in _DOTTED.findall(document.read_text(encoding="utf-8")):
        place = PACKAGE.joinpath(*parts[1:].split("."))
        inside = place.parent.with_suffix(".py")  # `actient.module.function`
        assert place.is_dir() or place.with_suffix(".py").is_file() or inside.is_file(), parts


def test_the_tree_drawn_in_the_architecture_has_every_room_of_the_package():
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    rooms = {path.parent.relative_to(PACKAGE) for path in PACKAGE.glob("*/**/__init__.py")}
    named = {room.name for room in rooms if room.parts[:-1] != ("chapters",)}
    assert {name for name in named if f"{name}/" not in tree} == set()


# Rooms of the same name, one of which mirrors the other: a chapter and its estimator, a page and
# what it shows, a command and what it runs.
_MIRRORS = ("chapters", "pages", "cli", "charts")


def test_no_two_modules_share_a_name_unless_one_mirrors_the_other():
    places: dict[str, list[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if path.stem != "__init__" and path.stem not in ("numbers", "pictures", "words"):
            places.setdefault(path.stem, []).append(path.parent.relative_to(PACKAGE).as_posix())
    shared = {
        name: folders
        for name, folders in places.items()
        if len([one for one in folders if one.split("/")[-1] not in _MIRRORS]) > 1
    }
    assert shared == {}
