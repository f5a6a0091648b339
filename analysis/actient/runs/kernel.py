"""Kernels that start warm.

A new kernel spends most of its life importing pandas, Altair and statsmodels. Here one server
process imports them once and forks a fresh, untouched copy of itself for each notebook: Python's
own `forkserver`, behind the extension point that Jupyter has for starting kernels. Notebooks cannot
tell the difference. Where there is no `fork` (Windows), no room for its socket, or a checkout that
cannot be written to, notebooks start ordinary kernels.
"""

from __future__ import annotations

import errno
import json
import logging
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, Final, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from actient.files import write
from actient.runs import interrupts

KERNEL_NAME: Final = "actient-fork"
# What chapters import. vl_convert stays out: it starts native threads, which do not survive a fork.
PRELOADED: Final = ("ipykernel.kernelapp", "pandas", "altair", "statsmodels.api")
# The server listens on a socket under the temporary folder, 32 characters below it, and the path of
# a socket has at most 103 bytes (macOS; 107 on Linux).
_LONGEST_FOLDER: Final = 70

_CONNECTIONS: Final[set[Path]] = set()


def available() -> bool:
    """Say whether this machine, with its temporary folder, can start kernels by forking."""
    short = len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER
    return short and "forkserver" in multiprocessing.get_all_start_methods()


def install(folder: Path) -> str:
    """Write the kernel's specification under `folder`, and return the kernel's name.

    The folder is put on this process's JUPYTER_PATH; nothing is installed for anybody else.
    """
    if not available():
        return "python3"
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3 (forked)",
        "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": "actient-fork"}},
    }
    try:
        _keep(folder / "kernels" / KERNEL_NAME / "kernel.json", json.dumps(specification, indent=1))
    except OSError:  # a checkout that is shared, and only read
        return "python3"
    paths = [str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    if str(folder) not in os.environ.get("JUPYTER_PATH", "").split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
    return KERNEL_NAME


def _keep(place: Path, text: str) -> None:
    # Workers of a sweep do this at once, and read it: it must never be seen half-written.
    if not (place.is_file() and place.read_text(encoding="utf-8") == text):
        write(place, text)


def stop_all() -> None:
    """Stop every kernel that this process has started and not yet stopped.

    Jupyter, interrupted, may leave the files that say how to reach them.
    """
    for child in multiprocessing.active_children():
        child.kill()
    for file in _CONNECTIONS:
        file.unlink(missing_ok=True)


@contextmanager
def stopped_if_interrupted() -> Iterator[None]:
    """Stop kernels before the process ends: one that outlived it would be told as a leak."""
    try:
        yield
    except KeyboardInterrupt:
        stop_all()
        raise


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by forking the warm server instead of a new interpreter."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Name the file that says how to reach the kernel before Jupyter writes it.

        An interruption at any moment then knows what to take away.
        """
        manager = self.parent
        if manager is not None and not manager.connection_file:
            name = f"actient-kernel-{uuid.uuid4().hex}.json"
            manager.connection_file = str(Path(tempfile.gettempdir(), name))
            _CONNECTIONS.add(Path(manager.connection_file))
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments that `cmd` would have given a new interpreter."""
        arguments = cmd[cmd.index("-f") :]
        child = _server().Process(
            target=_serve,
            args=(
                arguments,
                dict(kwargs.get("env") or os.environ),
                kwargs.get("cwd"),
                _fresh_path(),
            ),
            daemon=True,
        )
        with interrupts.held():  # the server loads its modules before it ignores them
            child.start()
        self.process = cast(Any, _Popen(child))
        self.pid = child.pid
        return self.connection_info


class _Popen:
    """A forked process in the shape that `LocalProvisioner` expects: that of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, child: ForkServerProcess) -> None:
        self._child = child
        self.pid = child.pid

    def poll(self) -> int | None:
        return self._child.exitcode

    def wait(self) -> int | None:
        self._child.join()
        return self._child.exitcode

    def send_signal(self, signum: int) -> None:
        if self.pid is not None and self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        self._child.terminate()

    def kill(self) -> None:
        self._child.kill()


def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


@cache
def _fresh_path() -> list[str]:
    """Ask a new interpreter where it would look for modules: ours has learnt other places since."""
    asked = [sys.executable, "-c", "import json, sys; print(json.dumps(sys.path[1:]))"]
    told: list[str] = json.loads(subprocess.check_output(asked))  # noqa: S603 — our own arguments
    return told


def _serve(
    arguments: list[str], environment: dict[str, str], folder: str | None, path: list[str]
) -> None:
    from ipykernel.kernelapp import IPKernelApp
    from zmq import ZMQError

    # Each copy keeps the server alive, and the server its copies: a process that is killed would
    # leave both behind, if copies did not watch it themselves.
    threading.Thread(target=_end_with_owner, args=(Path(arguments[1]),), daemon=True).start()
    os.setsid()  # an interrupt at the terminal is for the build, which then stops its kernels
    interrupts.let_in()  # one that Jupyter sends is for the kernel
    os.environ.clear()
    os.environ.update(environment)
    if folder:
        os.chdir(folder)
    sys.path[:] = path
    logging.getLogger(IPKernelApp.__name__).addFilter(_is_news)
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # the kernel stops when its server does
    try:
        IPKernelApp.launch_instance(argv=[*arguments, parent])
    except ZMQError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        os._exit(1)  # its port was taken meanwhile; `execute` starts another kernel


def _is_news(said: logging.LogRecord) -> bool:
    # Jupyter interrupts every kernel that it stops, and an idle one calls that an error.
    return not said.getMessage().startswith("KeyboardInterrupt caught in kernel")


def _end_with_owner(connection: Path) -> None:
    owner = multiprocessing.parent_process()  # the one that asked for the kernel, not the server
    if owner is not None:
        owner.join()
        connection.unlink(missing_ok=True)  # nobody is left to reach the kernel, nor to tidy up
        os._exit(1)
