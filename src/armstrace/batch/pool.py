"""The engine of one machine: processes that each do one task at a time; one that dies costs what it was at.

Not ``concurrent.futures``: there a worker's death breaks the whole pool, and nobody knows whose task it was.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, TypeVar

from armstrace.batch.engines import ATTEMPTS, Died

T = TypeVar("T")
R = TypeVar("R")
_PATIENCE: Final = 2  # seconds for a worker to go by itself
_OUT_OF_MEMORY: Final = 137  # as a shell tells the death by the system's hand
_RESULT, _RAISED, _DONE = range(3)


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    """One process; ``task`` is what it is at, ``deaths`` how often that died without a result."""

    process: BaseProcess
    pipe: Connection
    task: T | None = None
    deaths: int = 0


@contextmanager
def open_pool(workers: int) -> Iterator[Pool]:
    """Enter to get a pool of so many processes; they start when there is work and end with the context."""
    pool = Pool(workers)
    try:
        yield pool
    finally:
        pool.close()


class Pool:
    """Processes forked from one that has loaded what reads: they share its memory and start at once."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["armstrace.batch.warm"])
        self._idle: list[_Worker[Any]] = []
        self._busy: list[_Worker[Any]] = []

    def stream(
        self, work: Callable[[T], Iterable[R]], tasks: Iterable[T], attempts: int = ATTEMPTS
    ) -> Iterator[R | Died[T]]:
        """Yield all results of all tasks in any order, as ``Engine`` has it."""
        coming = iter(tasks)
        again: deque[tuple[T, int]] = deque()
        try:
            while True:
                while len(self._busy) < self.workers and (task := _next(again, coming)) is not None:
                    self._begin(work, *task)
                if not self._busy:
                    return
                for worker in self._ready():
                    yield from self._hear(worker, again, attempts)
        finally:
            for worker in self._busy:  # whoever stops asking wants no more of it
                worker.process.kill()
            while self._busy:
                self._bury(self._busy[0])

    def close(self) -> None:
        """End all workers."""
        for worker in self._idle:
            worker.pipe.close()
        for worker in self._idle:
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()
            worker.process.close()
        self._idle.clear()

    def _begin(self, work: Callable[[T], Iterable[R]], task: T, deaths: int) -> None:
        worker = self._idle.pop() if self._idle else self._start()
        worker.task, worker.deaths = task, deaths
        self._busy.append(worker)
        with suppress(OSError):  # it died while idle: heard of in a moment
            worker.pipe.send((work, task))

    def _start(self) -> _Worker[Any]:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there,), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here)

    def _ready(self) -> list[_Worker[Any]]:
        """Wait for workers that have something to tell, or died."""
        there = {worker.pipe: worker for worker in self._busy}
        return [there[pipe] for pipe in connection.wait(list(there)) if isinstance(pipe, Connection)]

    def _hear(self, worker: _Worker[T], again: deque[tuple[T, int]], attempts: int) -> Iterator[Any]:
        try:
            kind, content = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._mourn(worker, again, attempts)
            return
        if kind == _RESULT:
            worker.deaths = 0
            yield content
            return
        self._busy.remove(worker)
        self._idle.append(worker)
        worker.task = None
        if kind == _RAISED:
            raise content

    def _mourn(self, worker: _Worker[T], again: deque[tuple[T, int]], attempts: int) -> Iterator[Died[T]]:
        task, deaths = worker.task, worker.deaths + 1
        how = self._bury(worker)
        if task is None:
            return
        if deaths < attempts:
            again.append((task, deaths))
        else:
            yield Died(task, how)

    def _bury(self, worker: _Worker[Any]) -> str:
        self._busy.remove(worker)
        worker.process.join(_PATIENCE)
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode or 0
        worker.pipe.close()
        worker.process.close()
        return f"killed by signal {-code}" if code < 0 else f"ended with code {code}"


def _next(again: deque[tuple[T, int]], coming: Iterator[T]) -> tuple[T, int] | None:
    if again:
        return again.popleft()
    for task in coming:
        return task, 0
    return None


def _serve(pipe: Connection) -> None:
    """Do what comes through a pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever runs this ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            work, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            for result in work(task):
                pipe.send((_RESULT, result))
            told: tuple[int, Exception | None] = (_DONE, None)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except BrokenPipeError:
            return
        except Exception as error:  # noqa: BLE001 - raised where the results are asked for
            told = (_RAISED, error)
        pipe.send(told)


def _end_with_parent() -> None:
    """End when the run does: what it was at is begun again by the next one."""
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
    os._exit(1)
