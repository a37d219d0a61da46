"""``armstrace deliver``: alerts sent to the addresses of watches."""

from __future__ import annotations

from pathlib import Path

import click

from armstrace.cli.console import complain
from armstrace.cli.counting import kept_metrics
from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.log_options import log_options, metrics_option
from armstrace.export.plain import plain
from armstrace.observing.logs import Logs, start_logs


@click.command()
@database_option
@click.option("--allow-private", is_flag=True, help="Send to this machine and the local network too.")
@metrics_option
@log_options
def deliver(*, database: str | None, allow_private: bool, metrics_path: Path | None, logs: Logs) -> None:
    """Send what is due to the addresses of watches, once; `armstrace serve` does so all the time.

    Each alert is sent at least once, those of a watch in their order. What is not taken is sent again later and later,
    ten times; exit code 3 tells that something was not taken.
    """
    from armstrace.cli.registers import current_stages  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.delivering import deliver as deliver_due  # noqa: PLC0415

    counts = {"delivered": 0, "waiting": 0, "dead": 0}
    if logs.form:
        start_logs(logs)
    with open_named_store(database, create=False) as store, kept_metrics(metrics_path) as counting:
        current_stages(store)
        for one in deliver_due(store, allow_private=allow_private):
            counts[one.state] += 1
            counting.delivered(one.alert, one.state, one.reason)
            if one.reason and not logs.form:
                complain(f"{plain(one.watch)}, alert {one.alert}: {one.reason}")
    click.echo(f"{counts['delivered']} delivered, {counts['waiting']} to be sent again, {counts['dead']} given up")
    if counts["waiting"] or counts["dead"]:
        raise SystemExit(3)
