"""What several tests share: a checkout built from nothing; and what runs where, on two workers."""

import sys

import pytest
from building import actient, copy_checkout
from filelock import FileLock
from hypothesis import settings

from actient.paths import Paths, checkout

# jsonschema, behind nbformat, does without it; importing it compiles 38 grammars, for a second.
sys.modules.setdefault("rfc3987_syntax", None)

# No timing is asserted: machines are shared. `make test-long` draws more examples.
settings.register_profile("everyday", deadline=None, max_examples=25)
settings.register_profile("long", deadline=None, max_examples=100)
settings.load_profile("everyday")


def pytest_configure(config: pytest.Config) -> None:
    """Compare notebooks in kernels that start warm."""
    if config.getoption("nbval", False):
        from actient.runs import execute

        config.option.nbval_kernel_name = execute.warm_kernel(checkout())


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each module and each notebook on one worker, unless its tests are `spread`."""
    for item in items:
        if not item.get_closest_marker("spread") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: not item.get_closest_marker("slow"))  # what takes longest, first


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Paths:
    """A copy of the checkout, built from nothing; shared by every worker, so not to be changed."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    paths = Paths(shared / "livre bâti")
    said = paths.build / "first-run.txt"
    with FileLock(shared / "built.lock"):
        if not said.is_file():
            copy_checkout(paths.root)
            done = actient(paths, "book")
            assert done.returncode == 0, done.stdout + done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    return paths
