"""``armstrace alerts``: what became of the lines that watches ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.errors import MetadataError
from armstrace.export.plain import plain

if TYPE_CHECKING:
    from armstrace.store.alerts import StoredAlert

_AT_ONCE = 500


@click.command()
@click.option("--watch", "name", metavar="NAME|ID", help="Only those of this watch.")
@click.option("--owner", metavar="NAME", help="Whose watch it is; the name of the system's user if left out.")
@click.option(
    "--since", metavar="DATE", help="Only those raised on this day or later (2031-03-01, or a moment in UTC)."
)
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
@database_option
def alerts(*, name: str | None, owner: str | None, since: str | None, form: str, database: str | None) -> None:
    """Show the alerts of watches, the oldest first: what changed, with sources and headlines as they were then."""
    from armstrace.cli.registers import current_stages  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.cli.watches import find_watch  # noqa: PLC0415
    from armstrace.export.jsonl import json_line  # noqa: PLC0415
    from armstrace.keeping.watches import stored_shape  # noqa: PLC0415
    from armstrace.store.alerts import AlertQuery  # noqa: PLC0415

    _check_moment(since)
    with open_named_store(database, create=False) as store:
        current_stages(store)
        watch = find_watch(store, name, owner).id if name else None
        query, found = AlertQuery(None if watch else owner, watch, since=since), []
        while page := store.alerts.alerts(query, _AT_ONCE):
            found += page
            query = query._replace(before=page[-1].number)
    for one in reversed(found):
        if form == "jsonl":
            click.echo(json_line(stored_shape(one)))
        else:
            _print(one)
    if form == "person" and not found:
        click.echo("no alert; `armstrace watches list` lists what is watched")


def _check_moment(since: str | None) -> None:
    from datetime import datetime  # noqa: PLC0415

    try:
        datetime.fromisoformat(since or "2031-01-01")
    except ValueError as error:
        raise MetadataError(f"--since {since}: give a day such as 2031-03-01") from error


def _print(alert: StoredAlert) -> None:
    from armstrace.alerts.wording import change_words, headline_words  # noqa: PLC0415

    click.echo(f"{alert.raised_at}  {plain(alert.watch)}: {plain(alert.body['title'])}  (line {alert.line[:8]})")
    for change in alert.body["changes"]:
        click.echo(f"  {change_words(change)}")
    for headline in alert.body["headlines"]:
        click.echo(f"    {headline_words(headline)}{' ' + plain(headline['url']) if headline['url'] else ''}")
    if alert.body["more_headlines"]:
        click.echo(f"    and {alert.body['more_headlines']} earlier")
    click.echo()
