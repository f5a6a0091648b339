"""Finding the checkout."""

import pytest

from actient.paths import MARKER, CheckoutNotFoundError, checkout, is_checkout


def make_checkout(folder):
    (folder / MARKER).parent.mkdir(parents=True)
    (folder / MARKER).write_text('{\n  "name": "actient"\n}\n')
    return folder


def test_from_any_folder_inside(tmp_path, monkeypatch):
    monkeypatch.delenv("ACTIENT_ROOT", raising=False)
    root = make_checkout(tmp_path / "un dossier")
    inside = root / "book" / "deep"
    inside.mkdir(parents=True)
    assert checkout(inside).root == root


@pytest.mark.parametrize("written", ["{}", '{"name": "another-study"}', "", "\x00\xff"])
def test_another_compendium_with_a_data_package_is_no_checkout(tmp_path, monkeypatch, written):
    monkeypatch.delenv("ACTIENT_ROOT", raising=False)
    ours = make_checkout(tmp_path)
    another = make_checkout(tmp_path / "their study")
    (another / MARKER).write_text(written)
    assert not is_checkout(another)
    assert checkout(another).root == ours


def test_a_description_that_a_merge_has_broken_is_still_ours(tmp_path):
    root = make_checkout(tmp_path)
    (root / MARKER).write_text('{\n  "name": "actient",\n<<<<<<< HEAD\n')
    assert is_checkout(root)


@pytest.mark.parametrize("written", ["{\n", "", "\x00\xff", "{}", "[]"])
def test_a_damaged_checkout_is_refused_not_replaced_by_another(tmp_path, monkeypatch, written):
    monkeypatch.delenv("ACTIENT_ROOT", raising=False)
    make_checkout(tmp_path)
    damaged = make_checkout(tmp_path / "second clone")
    (damaged / "analysis" / "actient").mkdir(parents=True)
    (damaged / MARKER).write_text(written)
    for start in (damaged, damaged / "analysis"):
        with pytest.raises(CheckoutNotFoundError, match="damaged") as caught:
            checkout(start)
        assert str(damaged / MARKER) in str(caught.value)
    monkeypatch.setenv("ACTIENT_ROOT", str(damaged))
    with pytest.raises(CheckoutNotFoundError, match="damaged"):
        checkout()


def test_another_study_that_holds_our_package_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.delenv("ACTIENT_ROOT", raising=False)
    ours = make_checkout(tmp_path)
    another = make_checkout(tmp_path / "their study")
    (another / "analysis" / "actient").mkdir(parents=True)
    (another / MARKER).write_text('{"name": "another-study"}')
    assert checkout(another).root == ours


def test_the_stated_root_is_the_only_candidate(tmp_path, monkeypatch):
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path / "mistyped"))
    with pytest.raises(CheckoutNotFoundError, match="mistyped"):
        checkout(make_checkout(tmp_path / "good"))


def test_the_stated_root_wins(tmp_path, monkeypatch):
    stated = make_checkout(tmp_path / "stated")
    monkeypatch.setenv("ACTIENT_ROOT", str(stated))
    assert checkout(make_checkout(tmp_path / "here")).root == stated


def test_notebooks_are_the_numbered_ones_in_order():
    names = [path.name for path in checkout().notebooks()]
    assert names == sorted(names)
    assert checkout().notebook("04_results").name in names
    assert checkout().notebook("04_results.ipynb") == checkout().notebook("04_results")
