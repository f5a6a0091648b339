"""The lock gives every system and every Python the same versions: a reviewer's is seldom ours."""

from collections import Counter

from packaging.requirements import Requirement

from actient.paths import checkout

LINES = (checkout().root / "requirements.txt").read_text(encoding="utf-8").splitlines()
STATED = [Requirement(line.rstrip(" \\")) for line in LINES if line and line[0].isalnum()]


def test_no_package_has_one_version_here_and_another_there() -> None:
    # numpy 2.5, say, draws other binomial numbers than 2.4 from one seed: other results.
    twice = {
        name: times for name, times in Counter(one.name for one in STATED).items() if times > 1
    }
    assert not twice


def test_every_version_is_exact_and_has_its_hashes() -> None:
    assert len(STATED) > 100
    assert all(str(one.specifier).startswith("==") for one in STATED)
    starts = [at for at, line in enumerate(LINES) if line and line[0].isalnum()]
    assert all(LINES[at + 1].startswith("    --hash=sha256:") for at in starts)
