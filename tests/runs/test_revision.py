"""What git says of the checkout: its own repository, and no other."""

import pytest
from building import git

from actient.paths import Paths
from actient.runs import revision


def test_the_commit_is_named_and_a_change_is_marked(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "page.md").write_text("one", encoding="utf-8")
    git(tmp_path, "add", "page.md")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    paths = Paths(tmp_path.resolve())
    assert revision.commit(paths) == git(tmp_path, "rev-parse", "--short=10", "HEAD")
    (tmp_path / "page.md").write_text("two", encoding="utf-8")
    assert revision.commit(paths).endswith("+")


def test_outside_git_there_is_no_commit(tmp_path):
    assert revision.commit(Paths(tmp_path)) == ""


def test_a_folder_inside_another_checkout_does_not_borrow_its_commit(tmp_path):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "inside").mkdir()
    assert revision.commit(Paths(tmp_path / "inside")) == ""


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
def test_a_hook_of_another_repository_changes_nothing(tmp_path, monkeypatch, variable):
    ours, other = tmp_path.resolve() / "ours", tmp_path.resolve() / "other"
    for folder in (ours, other):
        folder.mkdir()
        git(folder, "init", "--quiet")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", folder.name)
    alone = revision.commit(Paths(ours))
    named = {"GIT_WORK_TREE": other, "GIT_INDEX_FILE": other / ".git/index"}
    monkeypatch.setenv(variable, str(named.get(variable, other / ".git")))
    assert alone
    assert revision.commit(Paths(ours)) == alone
    assert revision.commit_date(Paths(ours))


def test_the_day_of_a_file_is_that_of_the_last_commit_that_changed_it(tmp_path):
    paths = Paths(tmp_path.resolve())
    git(tmp_path, "init", "--quiet")
    assert revision.commit_date(paths) == ""
    (tmp_path / "one").write_text("one", encoding="utf-8")
    git(tmp_path, "add", "one")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    assert revision.commit_date(paths, paths.root / "one") == revision.commit_date(paths)
    assert revision.commit_date(paths, paths.root / "none") == ""


def test_without_git_the_answer_is_a_failure_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git was not found" in revision.ask_git(tmp_path, "status").stderr
    assert revision.commit(Paths(tmp_path)) == ""
