"""How far a long run is: a bar where a person looks on, lines of JSON for services, else nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Reporter(Protocol):
    """Is told what a run does."""

    def step(self, event: str, **facts: object) -> None:
        """Note one thing done; ``facts`` are what a log keeps of it."""

    def expect(self, task: str, total: int | None) -> None:
        """Begin a task of so many steps, None where nobody knows."""


class _Quiet:
    def step(self, event: str, **facts: object) -> None:
        """Tell nobody."""

    def expect(self, task: str, total: int | None) -> None:
        """Tell nobody."""


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, visible=False)

    def step(self, event: str, **facts: object) -> None:  # noqa: ARG002 - as the protocol has it
        self._progress.advance(self._task)

    def expect(self, task: str, total: int | None) -> None:
        self._progress.reset(self._task, description=task, total=total, visible=True)


class _JsonLog:
    def __init__(self) -> None:
        import structlog  # noqa: PLC0415 - for services alone

        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(),
            ],
            logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        )
        self._log = structlog.get_logger()

    def step(self, event: str, **facts: object) -> None:
        self._log.info(event, **facts)

    def expect(self, task: str, total: int | None) -> None:
        self._log.info("begin", task=task, total=total)


@contextmanager
def reporting(*, json_log: bool) -> Iterator[Reporter]:
    """Yield who is told of the run: a bar on standard error if that is a terminal, JSON lines there if asked for."""
    if json_log:
        yield _JsonLog()
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            yield _Bar(progress)
    else:
        yield _Quiet()
