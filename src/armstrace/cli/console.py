"""What the command line tells people beside its output: complaints, on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from armstrace.export.plain import plain

COMPLAINT: Final = "armstrace: {}"


def complain(message: str) -> None:
    """Tell one thing on standard error, safe to show."""
    click.echo(COMPLAINT.format(plain(message)), err=True)


def complain_all(messages: Iterable[str]) -> None:
    """Tell several."""
    for message in messages:
        complain(message)
