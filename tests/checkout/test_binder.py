"""Binder: its script, run for real on a copy with the lock and its hashes, as repo2docker would."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from building import copy_checkout

from actient.paths import checkout


def test_the_settings_are_where_repo2docker_reads_them() -> None:
    root = checkout().root
    assert (root / "binder" / "runtime.txt").read_text(encoding="utf-8") == "python-3.11\n"
    assert os.access(root / "binder" / "postBuild", os.X_OK)
    assert not (root / ".binder").exists()  # repo2docker refuses both
    made_elsewhere = {"environment.yml", "requirements.txt", "Dockerfile", "setup.py", "Pipfile"}
    assert not made_elsewhere & {path.name for path in (root / "binder").iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The copy that postBuild went through, and the environment's variables it was given."""
    paths = copy_checkout(tmp_path_factory.mktemp("binder") / "dépôt")
    server = tmp_path_factory.mktemp("server")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", server], check=True)
    dropped = ("ACTIENT_", "JUPYTER_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    cache = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True
    ).stdout.strip()
    environment = {
        **kept,
        "HOME": str(paths.root),  # as there: the checkout is the home folder
        "NB_PYTHON_PREFIX": str(server),
        "PIP_CACHE_DIR": cache,
    }
    done = subprocess.run(
        ["./binder/postBuild"],
        cwd=paths.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return paths.root, environment


def in_environment(made: tuple[Path, dict[str, str]], *words: str, **more: str) -> str:
    root, environment = made
    return subprocess.run(
        [str(root / ".venv" / "bin" / words[0]), *words[1:]],
        cwd=root / "analysis",
        env={**environment, **more},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def same_name(pinned: str) -> str:
    name, _, version = pinned.partition("==")
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


@pytest.mark.long
def test_the_servers_kernel_is_the_locked_environment(made) -> None:
    root, environment = made
    kernels = Path(environment["NB_PYTHON_PREFIX"], "share", "jupyter", "kernels")
    kernel = json.loads((kernels / "python3" / "kernel.json").read_text(encoding="utf-8"))
    assert Path(kernel["argv"][0]).parent == root / ".venv" / "bin"
    frozen = in_environment(made, "python", "-m", "pip", "freeze", "--exclude-editable")
    lock = (root / "requirements.txt").read_text(encoding="utf-8")
    wanted = {same_name(line.split()[0]) for line in lock.splitlines() if "==" in line}
    installed = {same_name(line) for line in frozen.splitlines()}
    assert len(installed) > 100
    assert installed - wanted == set()


@pytest.mark.long
def test_jupyterlab_finds_the_kernel_and_the_charts_extension(made) -> None:
    _, environment = made
    share = str(Path(environment["NB_PYTHON_PREFIX"], "share", "jupyter"))
    extensions = in_environment(
        made, "python", "-c", _FEDERATED, JUPYTER_PATH=share, JUPYTER_PREFER_ENV_PATH="0"
    )
    assert json.loads(extensions)["actient"]["ext_path"].startswith(share)
    assert "4." in in_environment(made, "jupyter", "lab", "--version")


@pytest.mark.long
def test_the_command_line_is_on_the_path_and_runs_a_chapter(made) -> None:
    root, environment = made
    done = subprocess.run(
        [str(root / ".local" / "bin" / "actient"), "run", "11_vigilance", "--json"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["11_vigilance"]


_FEDERATED = (
    "import json; from jupyter_core.paths import jupyter_path;"
    "from jupyterlab.commands import get_federated_extensions;"
    "print(json.dumps(get_federated_extensions(jupyter_path('labextensions'))))"
)
