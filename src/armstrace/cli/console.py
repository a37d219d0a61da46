"""What the command line tells people beside its output: complaints, on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from armstrace.export.plain import plain
from armstrace.observing.events import Event
from armstrace.observing.logs import is_logging, log

COMPLAINT: Final = "armstrace: {}"


def complain(message: str) -> None:
    """Tell one thing on standard error, safe to show; where a log is written there, as a line of it."""
    if is_logging():
        log(Event.COMPLAINT, {"message": message})
    else:
        click.echo(COMPLAINT.format(plain(message)), err=True)


def complain_all(messages: Iterable[str]) -> None:
    """Tell several."""
    for message in messages:
        complain(message)
