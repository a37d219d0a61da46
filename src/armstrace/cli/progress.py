"""How far a long run is: a bar where a person looks on, lines of a log for services, else nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging import WARNING
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from armstrace.cli.console import COMPLAINT, complain
from armstrace.export.plain import plain
from armstrace.observing.events import STEPS, Event
from armstrace.observing.logs import Logs, log, start_logs


class Reporter(Protocol):
    """Is told what a run does."""

    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:
        """Note what was done, and how far that leads; ``facts`` are what a log keeps of it."""

    def expect(self, task: str, total: int | None) -> None:
        """Begin a task of so many steps, None where nobody knows."""

    def trouble(self, event: str, message: str) -> None:
        """Note a step that went wrong, and tell it on standard error."""

    def complain(self, message: str) -> None:
        """Tell what went wrong, on standard error."""

    def write(self, line: str) -> None:
        """Write a line of output, which must be safe to show."""


class _Quiet:
    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:
        """Tell nobody."""

    def expect(self, task: str, total: int | None) -> None:
        """Tell nobody."""

    def trouble(self, event: str, message: str) -> None:  # noqa: ARG002 - as the protocol has it
        complain(message)

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

    def trouble(self, event: str, message: str) -> None:  # noqa: ARG002 - as the protocol has it
        self.complain(message)

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


class _Logged:
    def step(self, event: str, steps: int = 1, /, **facts: object) -> None:  # noqa: ARG002 - a log has no bar
        known = STEPS.get(event)
        if known is None:
            log(Event.STEP, {"step": event, **facts})
        else:
            log(known, facts)

    def expect(self, task: str, total: int | None) -> None:
        log(Event.TASK_BEGUN, {"task": task, "total": total})

    def trouble(self, event: str, message: str) -> None:
        log(STEPS[event], {"message": message}, level=WARNING)

    def complain(self, message: str) -> None:
        complain(message)

    def write(self, line: str) -> None:
        click.echo(line)


@contextmanager
def reporting(logs: Logs = Logs()) -> Iterator[Reporter]:  # noqa: B008 - a tuple, which nobody can change
    """Yield who is told of the run: lines of a log if they were asked for, else a bar where a person looks on."""
    if logs.form:
        start_logs(logs)
        yield _Logged()
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        ) as progress:
            yield _Bar(progress)
    else:
        yield _Quiet()
