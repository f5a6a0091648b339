"""What several tests share: a checkout built from nothing."""

import pytest
from hypothesis import settings

from actient.paths import Paths
from building import actient, copy_checkout

settings.register_profile("actient", deadline=None)  # no timing is asserted: machines are shared
settings.load_profile("actient")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A copy of the checkout, built from nothing; shared, so not to be changed."""
    paths = copy_checkout(tmp_path_factory.mktemp("livre bâti"))
    done = actient(paths, "book")
    assert done.returncode == 0, done.stdout + done.stderr
    (paths.build / "first-run.txt").write_text(done.stdout, encoding="utf-8")
    return paths
