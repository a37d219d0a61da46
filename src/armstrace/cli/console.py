"""What the command line tells people beside its output: complaints, on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from armstrace.export.plain import plain
from armstrace.observing.events import Event
from armstrace.observing.logs import is_logging, log
from armstrace.observing.safe import trace_of

COMPLAINT: Final = "armstrace: {}"
_UNFORESEEN: Final = (
    "this was not foreseen; run `armstrace verify`, which tells whether a store is damaged, and where none is, report "
    "the lines above"
)


def complain(message: str) -> None:
    """Tell one thing on standard error, safe to show; where a log is written there, as a line of it."""
    if is_logging():
        log(Event.COMPLAINT, {"message": message})
    else:
        click.echo(COMPLAINT.format(plain(message)), err=True)


def complain_unforeseen(error: Exception) -> None:
    """Tell of a fault of the program, or of a store that is not what was written, with what helps to mend it."""
    if is_logging():
        log(Event.CRASHED, {"message": _UNFORESEEN}, error=error)
    else:
        click.echo(trace_of(error), err=True)
        complain(_UNFORESEEN)


def complain_all(messages: Iterable[str]) -> None:
    """Tell several."""
    for message in messages:
        complain(message)
