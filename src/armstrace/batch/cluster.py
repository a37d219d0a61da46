"""The engine of many machines: a Dask cluster, one that runs already or one started here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import islice
from typing import Any, Final, TypeVar

from armstrace.batch.engines import ATTEMPTS, Died
from armstrace.errors import MissingPartError, WorkerError

try:
    import dask
    from distributed import Client, KilledWorker, LocalCluster, as_completed
except ImportError as error:
    raise MissingPartError("a Dask cluster needs another package: pip install 'armstrace[cluster]'") from error

T = TypeVar("T")
R = TypeVar("R")
_PATIENCE: Final = 30  # seconds for a scheduler to answer, and for its first worker to come
_WAITING: Final = 2  # tasks a worker that are handed over ahead


@contextmanager
def open_cluster(workers: int, scheduler: str | None) -> Iterator[Cluster]:
    """Enter to get a cluster: that of ``scheduler``, whose workers are as many as there are, or one of this machine.

    Raises:
        WorkerError: nobody answers there, or no worker is there.
    """
    # A worker may die of one record; where it is begun again and how often is for the driver to say.
    settings = {"distributed.scheduler.allowed-failures": ATTEMPTS - 1, "distributed.comm.timeouts.connect": _PATIENCE}
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(settings))
        try:
            cluster = scheduler or stack.enter_context(_here(workers))
            client = stack.enter_context(Client(cluster, timeout=_PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            where = scheduler or "this machine"
            raise WorkerError(
                f"{where}: no Dask cluster answers with a worker ({error}); check the address, and that "
                "`dask worker` runs with this version of armstrace"
            ) from error
        yield Cluster(client)


def _here(workers: int) -> Any:  # noqa: ANN401 - dask has no types
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address=None,
        host="127.0.0.1",
    )


class Cluster:
    """The workers of a Dask cluster; what they yield comes once a task is done."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - dask has no types
        self._client = client
        self.workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

    def stream(
        self, work: Callable[[T], Iterable[R]], tasks: Iterable[T], attempts: int = ATTEMPTS
    ) -> Iterator[R | Died[T]]:
        """Yield all results of all tasks in any order, as ``Engine`` has it; the cluster itself counts attempts."""
        del attempts
        coming = iter(tasks)
        of_future: dict[Any, T] = {}
        running = as_completed()
        try:
            self._hand_over(partial(_gathered, work), islice(coming, _WAITING * self.workers), of_future, running)
            for future in running:
                task = of_future.pop(future)
                yield from self._results(future, task)
                self._hand_over(partial(_gathered, work), islice(coming, 1), of_future, running)
        finally:
            self._client.cancel(list(of_future))

    def _hand_over(self, work: Any, tasks: Iterable[T], of_future: dict[Any, T], running: Any) -> None:  # noqa: ANN401
        for task in tasks:
            future = self._client.submit(work, task, pure=False)
            of_future[future] = task
            running.add(future)

    def _results(self, future: Any, task: T) -> Iterator[Any]:  # noqa: ANN401 - dask has no types
        error = future.exception()
        if isinstance(error, KilledWorker):
            yield Died(task, "its workers were lost")
        elif error is not None:
            raise error
        else:
            yield from future.result()


def _gathered(work: Callable[[T], Iterable[R]], task: T) -> deque[R]:
    return deque(work(task))
