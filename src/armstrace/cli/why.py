"""``armstrace why``: why two claims or two documents were or were not joined."""

from __future__ import annotations

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import current_stages
from armstrace.export.plain import plain


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database_option
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def why(*, one: str, other: str, database: str | None, form: str) -> None:
    """Say why A and B, two claims or two documents, were or were not joined.

    Claims are joined to one transfer, and their origins to one origin; documents to one copy family.
    """
    from armstrace.export.jsonl import json_line  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.joined import explain_pair  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        found = explain_pair(store, current_stages(store), (one, other))
    if form == "jsonl":
        click.echo(json_line({**found._asdict(), "reasons": list(found.reasons)}))
        return
    click.echo(plain(found.sentence))
    for reason in found.reasons:
        click.echo(f"  {plain(reason)}")
