"""What commit is verified, and a clone of it: worktrees, shallow clones, odd names, no git."""

import shutil

import pytest
from building import git

from actient.paths import Paths, checkout
from actient.reproduce import clone


@pytest.fixture
def repository(tmp_path, monkeypatch):
    root = tmp_path / "dépôt à « vérifier »"
    root.mkdir()
    git(root, "init", "--quiet")
    for text in ("one", "two"):
        (root / "page.md").write_text(f"{text}\n", encoding="utf-8")
        git(root, "add", "page.md")
        monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-01T03:00:00+09:00")
        git(root, "commit", "--quiet", "--message", text)
    return root.resolve()


def test_the_commit_is_cloned_and_changes_around_it_are_left_out(repository, tmp_path):
    (repository / "page.md").write_text("three\n", encoding="utf-8")
    (repository / "new.md").write_text("new\n", encoding="utf-8")
    commit = clone.identify(Paths(repository))
    assert commit.sha == git(repository, "rev-parse", "HEAD")
    assert commit.date == "2026-01-31"  # in UTC; one day later where it was made
    assert commit.uncommitted == 2
    made = clone.clone(Paths(repository), commit, tmp_path / "clean")
    assert (made.root / "page.md").read_text(encoding="utf-8") == "two\n"
    assert not (made.root / "new.md").exists()
    assert git(made.root, "status", "--porcelain") == ""
    assert (repository / "page.md").read_text(encoding="utf-8") == "three\n"


def test_a_worktree_off_any_branch_is_cloned_at_its_own_commit(repository, tmp_path):
    tree = tmp_path / "tree"
    git(repository, "worktree", "add", "--quiet", "--detach", str(tree))
    (tree / "page.md").write_text("only here\n", encoding="utf-8")
    git(tree, "commit", "--quiet", "--all", "--message", "only here")
    commit = clone.identify(Paths(tree.resolve()))
    made = clone.clone(Paths(tree.resolve()), commit, tmp_path / "clean")
    assert (made.root / "page.md").read_text(encoding="utf-8") == "only here\n"


def test_a_shallow_clone_is_enough(repository, tmp_path):
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", repository.as_uri(), str(shallow))
    commit = clone.identify(Paths(shallow.resolve()))
    made = clone.clone(Paths(shallow.resolve()), commit, tmp_path / "clean")
    assert git(made.root, "rev-parse", "HEAD") == commit.sha


def test_inside_a_hook_the_folders_own_repository_is_read(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "another"))
    assert clone.identify(Paths(repository)).uncommitted == 0


@pytest.mark.parametrize("inside_another", [False, True])
def test_a_download_without_git_is_told_how_to_get_a_clone(repository, tmp_path, inside_another):
    folder = (repository if inside_another else tmp_path) / "actient-main"
    folder.mkdir()
    with pytest.raises(clone.CloneError, match=r"not a git clone.*git clone ADDRESS.*ZIP"):
        clone.identify(Paths(folder))


def test_without_git_it_says_what_to_install(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(clone.CloneError, match="git was not found"):
        clone.identify(Paths(repository))


def test_a_repository_without_a_commit_is_told(tmp_path):
    git(tmp_path, "init", "--quiet")
    with pytest.raises(clone.CloneError, match="no commit yet"):
        clone.identify(Paths(tmp_path.resolve()))


def test_an_unknown_commit_is_told(repository, tmp_path):
    unknown = clone.Commit("0" * 40, "2026-11-24", 0)
    with pytest.raises(clone.CloneError, match="cannot be checked out"):
        clone.clone(Paths(repository), unknown, tmp_path / "clean")


def test_data_come_out_with_the_same_bytes_where_git_writes_windows_lines(tmp_path):
    root = tmp_path / "windows"
    root.mkdir()
    git(root, "init", "--quiet")
    git(root, "config", "core.autocrlf", "true")
    shutil.copy(checkout().root / ".gitattributes", root)
    (root / "table.csv").write_bytes(b"a,b\n1,2\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "table")
    (root / "table.csv").unlink()
    git(root, "checkout", "--", "table.csv")
    assert (root / "table.csv").read_bytes() == b"a,b\n1,2\n"
