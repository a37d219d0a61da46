"""``armstrace deliver``: alerts sent to the addresses of watches."""

from __future__ import annotations

import click

from armstrace.cli.console import complain
from armstrace.cli.database import database_option, open_named_store
from armstrace.export.plain import plain


@click.command()
@database_option
@click.option("--allow-private", is_flag=True, help="Send to this machine and the local network too.")
def deliver(*, database: str | None, allow_private: bool) -> None:
    """Send what is due to the addresses of watches, once; `armstrace serve` does so all the time.

    Each alert is sent at least once, those of a watch in their order. What is not taken is sent again later and later,
    ten times; exit code 3 tells that something was not taken.
    """
    from armstrace.cli.registers import current_stages  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.delivering import deliver as deliver_due  # noqa: PLC0415

    counts = {"delivered": 0, "waiting": 0, "dead": 0}
    with open_named_store(database, create=False) as store:
        current_stages(store)
        for one in deliver_due(store, allow_private=allow_private):
            counts[one.state] += 1
            if one.reason:
                complain(f"{plain(one.watch)}, alert {one.alert}: {one.reason}")
    click.echo(f"{counts['delivered']} delivered, {counts['waiting']} to be sent again, {counts['dead']} given up")
    if counts["waiting"] or counts["dead"]:
        raise SystemExit(3)
