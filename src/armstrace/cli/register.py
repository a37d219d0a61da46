"""``armstrace register``: the transfers that the store tells of, one a line."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import click

from armstrace.cli.console import complain
from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, load_register
from armstrace.errors import MetadataError
from armstrace.export.jsonl import json_line
from armstrace.export.person import page_for
from armstrace.export.register_table import print_key, print_register
from armstrace.export.transfers import transfer_to_dict
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Status
from armstrace.register.select import Wanted, select_transfers
from armstrace.register.types import Transfer

_STATUSES = (
    "sought offered planned approved ordered in-transit delivered used seized cancelled refused unspecified".split()
)


@click.command()
@database_option
@click.option(
    "--party", metavar="CODE|NAME", help="A supplier or recipient: RU, or (the beginning of) words of its name."
)
@click.option("--item", metavar="WORDS", help="Words of a designation or description, or a category such as drones.")
@click.option("--status", type=click.Choice(_STATUSES), help="How far it has got by the last word on it.")
@click.option("--after", metavar="DATE", help="Reported on or after this day, month or year.")
@click.option("--before", metavar="DATE", help="Reported on or before it.")
@click.option("--rejected", is_flag=True, help="Show also lines of which people rejected every claim.")
@as_of_option
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def register(  # noqa: PLR0913 - one parameter an option
    *,
    database: str | None,
    party: str | None,
    item: str | None,
    status: str | None,
    after: str | None,
    before: str | None,
    rejected: bool,
    as_of: str | None,
    form: str,
) -> None:
    """Show the register: one line a transfer, with who is for and against it and how well that hangs together.

    Each value keeps all alternatives with the claims that give them; `--format jsonl` writes them all.
    """
    with open_named_store(database, create=False) as store:
        found = load_register(store, as_of)
    names = load_country_labels()
    wanted = Wanted(party, item, Status(status) if status else None, after, before, rejected)
    try:
        transfers = select_transfers(found.transfers, wanted, names)
    except ValueError as error:
        raise MetadataError(str(error)) from error
    if form == "jsonl":
        for transfer in transfers:
            click.echo(json_line(transfer_to_dict(transfer)))
    elif transfers:
        _print(transfers, names)
        if len(transfers) < len(found.transfers):
            complain(f"{len(transfers)} of {len(found.transfers)} transfers shown")
    else:
        click.echo("no transfer found" if found.transfers else "the register is empty; add documents first")


def _print(transfers: Sequence[Transfer], names: Mapping[str, str]) -> None:
    page = page_for(sys.stdout)
    print_register(page, transfers, names)
    print_key(page)
