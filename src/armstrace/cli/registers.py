"""The register as the command line makes it of a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from armstrace.cli.console import complain
from armstrace.errors import MetadataError
from armstrace.store.repository import Store

if TYPE_CHECKING:
    from armstrace.registering import Register

Command = TypeVar("Command", bound=Callable[..., Any])


def as_of_option(command: Command) -> Command:
    """Add to a command the option that asks for the register as it was known on a day."""
    return click.option(
        "--as-of", metavar="DATE", help="Only what follows from documents published by this day, month or year."
    )(command)


def load_register(store: Store, as_of: str | None) -> Register:
    """Return the register of a store, and tell on standard error what an as-of date leaves out.

    Raises:
        MetadataError: the date is none.
        StoreError: the store cannot be used.
    """
    from armstrace.grouping import load_stages  # noqa: PLC0415 - needed where there is work
    from armstrace.registering import build_register  # noqa: PLC0415

    try:
        found = build_register(store, load_stages(), as_of)
    except ValueError as error:
        raise MetadataError(f"--as-of {error}") from error
    if found.undated:
        documents = (
            "1 document with claims has" if found.undated == 1 else f"{found.undated} documents with claims have"
        )
        complain(f"{documents} no date of publication and cannot be part of what was known on a day; left out")
    return found
