"""How far a long run is: a bar where a person looks on, lines of JSON for services, else nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from armstrace.cli.console import COMPLAINT, complain
from armstrace.errors import ArmstraceError
from armstrace.export.plain import plain


class Reporter(Protocol):
    """Is told what a run does."""

    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:
        """Note what was done, and how far that leads; ``facts`` are what a log keeps of it."""

    def expect(self, task: str, total: int | None) -> None:
        """Begin a task of so many steps, None where nobody knows."""

    def complain(self, message: str) -> None:
        """Tell what went wrong, on standard error."""

    def write(self, line: str) -> None:
        """Write a line of output, which must be safe to show."""


class _Quiet:
    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:
        """Tell nobody."""

    def expect(self, task: str, total: int | None) -> None:
        """Tell nobody."""

    def complain(self, message: str) -> None:
        complain(message)

    def write(self, line: str) -> None:
        click.echo(line)


class _Bar:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, visible=False)

    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:  # noqa: ARG002 - as the protocol has it
        self._progress.advance(self._task, steps)

    def expect(self, task: str, total: int | None) -> None:
        self._progress.reset(self._task, description=task, total=total, visible=True)

    def complain(self, message: str) -> None:
        self._above(COMPLAINT.format(plain(message)))

    def write(self, line: str) -> None:
        if sys.stdout.isatty():
            self._above(line)
        else:
            click.echo(line)

    def _above(self, line: str) -> None:
        """Show a line where the bar stands, which moves down."""
        self._progress.console.print(Text(line), soft_wrap=True)


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

    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:  # noqa: ARG002 - a log has no bar
        self._log.info(event, **facts)

    def expect(self, task: str, total: int | None) -> None:
        self._log.info("begin", task=task, total=total)

    def complain(self, message: str) -> None:
        self._log.warning("complaint", message=plain(message))

    def write(self, line: str) -> None:
        click.echo(line)


@contextmanager
def reporting(*, json_log: bool) -> Iterator[Reporter]:
    """Yield who is told of the run: a bar on standard error if that is a terminal, JSON lines there if asked for."""
    if json_log:
        log = _JsonLog()
        try:
            yield log
        except ArmstraceError as error:  # to who reads every line as JSON, it is one
            log.complain(str(error))
            raise SystemExit(error.exit_code) from error
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        ) as progress:
            yield _Bar(progress)
    else:
        yield _Quiet()
