"""``armstrace settings``: what is set for a whole store."""

from __future__ import annotations

import getpass

import click

from armstrace.cli.database import database_option, now, open_named_store


@click.command()
@database_option
@click.option(
    "--released-only/--all-lines",
    "only",
    default=None,
    help="Whether only lines that a person stands behind are published, or all.",
)
def settings(*, database: str | None, only: bool | None) -> None:
    """Show the settings of the store, or change one.

    A line is released once a person accepted or corrected a claim of it, as long as none that was judged is read
    otherwise since. `armstrace register --released` shows these lines. Once it is set, `armstrace publish` writes no
    other; whoever may use the desk or its API sees all.

    \b
      armstrace settings
      armstrace settings --released-only
    """  # noqa: D301 - click reads the real sign
    with open_named_store(database, create=False) as store:
        if only is not None:
            store.settings.show_released_only(now(), getpass.getuser(), only=only)
        click.echo(f"public: {'only released lines' if store.settings.released_only() else 'all lines'}")
