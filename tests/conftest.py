"""What several tests share: a checkout built from nothing; and what runs where, on two workers."""

import sys

import pytest
from building import actient, copy_checkout
from filelock import FileLock
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: not item.get_closest_marker("slow"))


# Modules whose tests share nothing but what every worker shares: any worker takes any of them.
SPREAD = frozenset(
    f"test_{name}.py"
    for name in (
        *("build", "execute", "explorers", "frame", "front", "game_page", "page_figures"),
        *("pages", "paper", "provenance_page", "rerun", "weight"),
    )
)


class Scheduling(LoadScopeScheduling):
    """A module or a notebook stays on one worker, unless it is spread."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file.rpartition("/")[2] in SPREAD else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Share tests out as said above."""
    return Scheduling(config, log)


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
