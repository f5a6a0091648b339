"""What several tests share: a checkout built from nothing."""

import pytest
from building import actient, copy_checkout
from filelock import FileLock
from hypothesis import settings

from actient.paths import Paths

settings.register_profile("actient", deadline=None)  # no timing is asserted: machines are shared
settings.load_profile("actient")


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
