"""``armstrace verify``: is all that was kept still there, and as it was?"""

from __future__ import annotations

from collections import Counter

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.progress import reporting
from armstrace.errors import StoreError
from armstrace.export.plain import plain


@click.command()
@database_option
@click.option("--clean", is_flag=True, help="Remove what an interrupted run left over.")
@click.option("--json-log", is_flag=True, help="Log to standard error as JSON Lines, for services.")
def verify(*, database: str | None, clean: bool, json_log: bool) -> None:
    """Hash all evidence again, check the database, and tell every loss or change.

    Lists also what could not be read when it was added.

    \b
    Exit codes:
      0  everything is as it was kept
      6  something is lost or changed, or the store cannot be used
    """  # noqa: D301 - click reads the real sign
    counts: Counter[str] = Counter()
    lost = 0
    with reporting(json_log=json_log) as reporter, open_named_store(database, create=False) as store:
        reporter.expect("verifying", None)
        for check in store.verify(clean=clean):
            counts[check.about] += 1
            lost += check.is_loss
            reporter.step("verified", **check._asdict())
            if check.trouble:
                reporter.write(plain(f"{check.state}: {check.name}: {check.trouble}"))
        for failure in store.failures():
            reporter.write(plain(f"could not be read: {failure.reason} ({failure.at})"))
    told = ", ".join(f"{count} of {about}" for about, count in sorted(counts.items()))
    click.echo(f"checked {told}: {f'{lost} lost or changed' if lost else 'all as it was kept'}")
    if lost:
        raise SystemExit(StoreError.exit_code)
