"""``armstrace update``: reads what the store keeps and today's reader has not read, and works it into the register."""

from __future__ import annotations

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.log_options import log_options
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.cli.registers import bring_up_to_date, told_of
from armstrace.observing.logs import Logs


@click.command()
@database_option
@click.option("--rebuild", is_flag=True, help="Make the register anew from what the store keeps.")
@log_options
def update(*, database: str | None, rebuild: bool, logs: Logs) -> None:
    """Read what the store keeps and this version has not read yet, and bring the register up to date.

    Claims of an earlier version are replaced; judgements of people stay as they are.
    """
    from armstrace.grouping import load_stages  # noqa: PLC0415 - keeps `--help` fast

    with reporting(logs) as reporter, open_named_store(database, create=False) as store:
        read = KeptReader(store, reporter).read()
        updated = bring_up_to_date(store, load_stages(), reporter, anew=rebuild)
    click.echo(f"{read.told}; register: {told_of(updated)}")
