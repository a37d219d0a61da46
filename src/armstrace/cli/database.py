"""The store as the command line opens it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from armstrace.store.open import open_store
from armstrace.store.repository import Store

Command = TypeVar("Command", bound=Callable[..., Any])


def database_option(command: Command) -> Command:
    """Add to a command the option that names the store."""
    return click.option(
        "--database",
        metavar="FILE|URL",
        help="The store: a file, or postgresql://... Else $ARMSTRACE_DATABASE, else ./armstrace.db.",
    )(command)


def open_named_store(database: str | None, *, create: bool = True) -> Store:
    """Return the store that the option or the environment names.

    Raises:
        StoreError: it cannot be used; without ``create`` also where it is not there.
    """
    return open_store(database, os.environ, create=create)


def now() -> str:
    """Return the moment, ISO in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
