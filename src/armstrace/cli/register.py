"""``armstrace register``: the transfers that the store tells of, one a line."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import click

from armstrace.cli.console import complain
from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, chosen_transfers, current_stages
from armstrace.errors import MetadataError
from armstrace.export.findings import Findings, findings_to_list
from armstrace.export.jsonl import json_line
from armstrace.export.person import page_for
from armstrace.export.register_table import print_key, print_register
from armstrace.export.transfers import transfer_to_dict
from armstrace.lexicon.load import load_country_labels
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.register.types import Transfer
from armstrace.store.repository import Store

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
    names = load_country_labels()
    try:
        wanted = Wanted(party, item, Status(status) if status else None, after, before, rejected, released)
        with open_named_store(database, create=False) as store:
            found = _as_of(store, wanted, as_of) if as_of else _today(store, wanted, lines=form == "jsonl")
    except ValueError as error:
        raise MetadataError(str(error)) from error
    if form == "jsonl":
        for line in found.lines:
            click.echo(json_line(line))
    elif found.transfers:
        _print(found, names)
        if len(found.transfers) < found.total:
            complain(f"{len(found.transfers)} of {found.total} transfers shown")
    else:
        click.echo("no transfer found" if found.total else "the register is empty; add documents first")


class _Found(NamedTuple):
    """What was asked for, as transfers or in the public shape, of how many; and what the law says of each, by id."""

    transfers: Sequence[Transfer]
    lines: Sequence[Mapping[str, Any]]
    total: int
    findings: Mapping[str, Findings]


def _today(store: Store, wanted: Wanted, *, lines: bool) -> _Found:
    """Return what is asked for of the register as it is kept; transfers as objects only where they are printed."""
    from armstrace.registering import count_transfers, each_page, load_transfers, query_for  # noqa: PLC0415

    query = query_for(wanted)
    stages = current_stages(store)
    rows = [row for page in each_page(store, query) for row in page]
    if lines:
        return _Found((), [{**row.shape, "findings": row.law} for row in rows], len(rows), {})
    transfers = load_transfers(store, stages, [row.id for row in rows])
    return _Found(transfers, (), count_transfers(store), {row.id: row.law for row in rows})


def _as_of(store: Store, wanted: Wanted, as_of: str) -> _Found:
    from armstrace.checking import check_register_line  # noqa: PLC0415

    transfers, total = chosen_transfers(store, wanted, as_of)
    findings = {one.id: findings_to_list(check_register_line(one)) for one in transfers}
    lines = [{**transfer_to_dict(one), "findings": findings[one.id]} for one in transfers]
    return _Found(transfers, lines, total, findings)


def _print(found: _Found, names: Mapping[str, str]) -> None:
    page = page_for(sys.stdout)
    print_register(page, found.transfers, names, found.findings)
    print_key(page)
