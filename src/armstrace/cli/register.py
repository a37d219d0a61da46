"""``armstrace register``: the transfers that the store tells of, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from armstrace.cli.console import complain
from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, chosen_lines, current_stages
from armstrace.errors import MetadataError
from armstrace.export.jsonl import json_line
from armstrace.export.person import page_for
from armstrace.export.register_table import print_key, print_register
from armstrace.export.transfers import transfer_to_dict
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.store.repository import Store

if TYPE_CHECKING:
    from armstrace.keeping.stages import Stages
    from armstrace.store.transfers import LineRow

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
@click.option("--released", is_flag=True, help="Only lines of which a person accepted or corrected a claim.")
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
    released: bool,
    as_of: str | None,
    form: str,
) -> None:
    """Show the register: one line a transfer, with who is for and against it and how well that hangs together.

    Each value keeps all alternatives with the claims that give them; `--format jsonl` writes them all.
    """
    try:
        wanted = Wanted(party, item, Status(status) if status else None, after, before, rejected, released)
        with open_named_store(database, create=False) as store:
            stages = current_stages(store)
            found, total = chosen_lines(store, wanted, as_of)
            shapes = _shapes(store, stages, found, as_of) if form == "jsonl" else ()
    except ValueError as error:
        raise MetadataError(str(error)) from error
    if form == "jsonl":
        for shape in shapes:
            click.echo(json_line(shape))
    elif found:
        page = page_for(sys.stdout)
        print_register(page, [(line.transfer_id, line.shown) for line in found])
        print_key(page)
        if len(found) < total:
            complain(f"{len(found)} of {total} transfers shown")
    else:
        click.echo("no transfer found" if total else "the register is empty; add documents first")


def _shapes(store: Store, stages: Stages, lines: Sequence[LineRow], as_of: str | None) -> Iterable[Mapping[str, Any]]:
    """Return transfers in their public shape: as they are kept, or merged anew as of a day."""
    from armstrace.registering import load_transfers  # noqa: PLC0415
    from armstrace.store.transfers import transfer_rows  # noqa: PLC0415

    ids = [line.transfer_id for line in lines]
    if as_of is None:
        with store.database.read() as connection:
            rows = transfer_rows(connection, ids)
        return [{**row.shape, "findings": row.law} for row in rows]
    transfers = load_transfers(store, stages, ids, as_of)
    return [{**transfer_to_dict(one), "findings": list(stages.check(one))} for one in transfers]
