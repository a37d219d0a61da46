"""What carries out work in parallel: tasks in, results out, in any order.

``Run`` is the seam for whoever has work that falls into tasks; the built-in ``map`` is the simplest one. ``Engine`` is
what stands behind it: it tells of tasks whose worker died instead of failing as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Final, Generic, Protocol, TypeVar

from armstrace.errors import WorkerError

T = TypeVar("T")
R = TypeVar("R")
LOCAL: Final = "local"
DASK: Final = "dask"
ENGINES: Final = (LOCAL, DASK)
ATTEMPTS: Final = 3  # at a task whose worker dies; the first death may be anybody's fault


class Run(Protocol):
    """Carries out picklable work on picklable tasks, and yields each task's result once, in any order."""

    def __call__(self, work: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R]:
        """Yield the results; an exception of the work is raised here."""
        ...


@dataclass(frozen=True, slots=True)
class Died(Generic[T]):
    """A task whose worker died each time it was tried, and how ("killed by signal 9")."""

    task: T
    how: str


class Engine(Protocol):
    """Carries out work that yields any number of results a task."""

    workers: int

    def stream(
        self, work: Callable[[T], Iterable[R]], tasks: Iterable[T], attempts: int = ATTEMPTS
    ) -> Iterator[R | Died[T]]:
        """Yield all results of all tasks in any order; a task whose worker dies ``attempts`` times is ``Died``.

        It is tried again before: work must do no harm if it is begun twice. An exception of the work is raised here
        and ends the rest.
        """
        ...


class Here:
    """The engine that works in this very process: no worker, and nothing that could die alone."""

    workers = 1

    def stream(
        self,
        work: Callable[[T], Iterable[R]],
        tasks: Iterable[T],
        attempts: int = ATTEMPTS,  # noqa: ARG002
    ) -> Iterator[R | Died[T]]:
        """Yield the results in order."""
        for task in tasks:
            yield from work(task)


def run_on(engine: Engine) -> Run:
    """Return the ``Run`` of an engine.

    It raises ``WorkerError`` for a task whose workers keep dying.
    """

    def run(work: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R]:
        for result in engine.stream(partial(_alone, work), tasks):
            if isinstance(result, Died):
                raise WorkerError(f"{result.task}: its worker died each time ({result.how}); give it more memory")
            yield result

    return run


def open_engine(name: str, workers: int, scheduler: str | None = None) -> AbstractContextManager[Engine]:
    """Return an engine, to be entered: ``local`` is a pool of processes, ``dask`` a cluster of Dask.

    Dask connects to ``scheduler`` where one is given, and then uses the workers that are there; else it starts a
    cluster on this machine.

    Raises:
        MissingPartError: the engine is not installed; the text names the extra that brings it.
        WorkerError: no cluster answers at that address.
    """
    if name == DASK:
        from armstrace.batch.cluster import open_cluster  # noqa: PLC0415 - an optional part

        return open_cluster(workers, scheduler)
    from armstrace.batch.pool import open_pool  # noqa: PLC0415 - what works in this process needs none

    return open_pool(workers) if workers else nullcontext(Here())


def _alone(work: Callable[[T], R], task: T) -> tuple[R]:
    return (work(task),)
