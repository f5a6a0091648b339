"""Scenarios in parallel on Dask: processes of this machine, or a cluster that is already there."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from actient.runs import interrupts
from actient.sweep.outcome import Outcome
from actient.sweep.worker import Task, UnfitWorkerError, run

ANSWER: Final = 5  # seconds that a scheduler has to answer
DEATHS: Final = 2  # workers that a scenario may kill here; one more, and it has failed

_TALKATIVE: Final = ("distributed", "distributed.client", "tornado.application")  # Dask's settings
_HERE: Final = {
    "distributed.scheduler.allowed-failures": DEATHS,
    # A task waits at the scheduler, not at a busy worker, whose death it would be blamed for.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.worker.daemon": False,  # so that workers may fork warm kernels
}


class ClusterError(RuntimeError):
    """No worker can be had; nothing that finished is lost."""

    @classmethod
    def silent(cls, address: str, error: Exception) -> ClusterError:
        """Say that the scheduler did not answer."""
        return cls(
            f"No Dask scheduler answers at {address} ({type(error).__name__}). Expected an address "
            "such as tcp://192.168.1.10:8786, as `dask scheduler` prints it when it starts."
        )

    @classmethod
    def no_worker(cls, address: str) -> ClusterError:
        """Say that the scheduler has nobody to give work to."""
        return cls(f"The scheduler at {address} has no worker. Start some: dask worker {address}")

    @classmethod
    def lost(cls) -> ClusterError:
        """Say that the scheduler went away in mid-run."""
        return cls(
            "The scheduler is gone. What had finished is kept; run the same command to go on."
        )

    @classmethod
    def unfit(cls, error: BaseException) -> ClusterError:
        """Say why a worker cannot do this work."""
        return cls(f"The sweep stopped: {error}")

    @classmethod
    def no_package(cls, error: BaseException) -> ClusterError:
        """Say that workers lack what we have."""
        return cls(
            f"The sweep stopped: a worker cannot load Actient ({error}). Workers need the same "
            "environment: install requirements.txt and the package there."
        )


def run_all(
    tasks: Sequence[Task],
    finished: Callable[[Outcome], None],
    *,
    scheduler: str | None = None,
    workers: int | None = None,
) -> None:
    """Run every task, and hand each outcome over as it comes, in any order.

    A worker that dies loses nothing: Dask gives its scenario to another. A scenario whose workers
    die again and again has failed.

    Parameters
    ----------
    scheduler
        Address of an existing scheduler; by default, processes of this machine only.
    workers
        Processes to start here; by default one per processor, and no more than tasks.

    Raises
    ------
    ClusterError
        If the scheduler does not answer, has no worker or goes away, or a worker sees another
        checkout.
    """
    if not tasks:
        return
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters, we tell
    count = min(len(tasks), workers or os.cpu_count() or 1)
    with _there(scheduler) if scheduler else _here(count) as client:
        futures = client.map(run, list(tasks), pure=False, key="actient-sweep")
        names = {future.key: task.identifier for future, task in zip(futures, tasks, strict=True)}
        try:
            for future in as_completed(futures):
                finished(_outcome(future, names[future.key]))
                future.release()
        except BaseException:
            client.cancel(futures, force=True)
            raise


def _outcome(future: Any, identifier: str) -> Outcome:
    if future.status == "finished":
        outcome: Outcome = future.result()
        return outcome
    if future.status != "error":
        raise ClusterError.lost()
    error = future.exception()
    if isinstance(error, UnfitWorkerError):
        raise ClusterError.unfit(error)
    if isinstance(error, ModuleNotFoundError):
        raise ClusterError.no_package(error)
    if isinstance(error, KilledWorker):
        died = "the process that ran it died, each time it was tried: killed, or out of memory?"
        return Outcome(identifier, "failed", {}, f"WorkerDied: {died}")
    return Outcome(identifier, "failed", {}, f"{type(error).__name__}: {error}")


@contextmanager
def _here(count: int) -> Iterator[Client]:
    with (
        tempfile.TemporaryDirectory(prefix="actient-sweep-", ignore_cleanup_errors=True) as folder,
        dask.config.set({**_HERE, "temporary-directory": folder}),
    ):
        with interrupts.held():
            cluster = LocalCluster(
                n_workers=count,
                processes=True,
                threads_per_worker=1,
                host="127.0.0.1",
                # no dashboard; its port would be the same for every sweep of a machine
                scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                local_directory=folder,
                silence_logs=logging.CRITICAL,
                preload=["actient.sweep.terminal"],
            )
        with cluster, Client(cluster) as client:
            yield client


@contextmanager
def _there(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=ANSWER)
    except (OSError, ValueError, TypeError) as error:  # a timeout is an OSError
        raise ClusterError.silent(address, error) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=ANSWER)
        except TimeoutError:
            raise ClusterError.no_worker(address) from None
        yield client
