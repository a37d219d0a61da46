"""``armstrace update``: reads what the store keeps and today's reader has not read."""

from __future__ import annotations

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader


@click.command()
@database_option
@click.option("--json-log", is_flag=True, help="Log to standard error as JSON Lines, for services.")
def update(*, database: str | None, json_log: bool) -> None:
    """Read what the store keeps and this version of the reader has not read yet.

    Claims of an earlier version are replaced; judgements of people stay as they are.
    """
    with reporting(json_log=json_log) as reporter, open_named_store(database, create=False) as store:
        read = KeptReader(store, reporter).read()
    click.echo(read.told)
