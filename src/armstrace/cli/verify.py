"""``armstrace verify``: is all that was kept still there, and as it was? A store, or a bundle that left one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.log_options import log_options
from armstrace.cli.progress import reporting
from armstrace.errors import MetadataError, StoreError
from armstrace.export.plain import plain
from armstrace.observing.logs import Logs


@click.command()
@click.argument("bundle", required=False, metavar="[BUNDLE.zip]", type=click.Path(path_type=Path))
@database_option
@click.option("--clean", is_flag=True, help="Remove what an interrupted run left over.")
@log_options
def verify(*, bundle: Path | None, database: str | None, clean: bool, logs: Logs) -> None:
    """Hash all evidence again, check the database, and tell every loss or change.

    Lists also what could not be read when it was added. Of a BUNDLE that `armstrace export --format bundle` wrote,
    it checks every hash, the ids of the documents, and that each claim's words stand where it says; no store is needed.

    \b
    Exit codes:
      0  everything is as it was kept
      6  something is lost or changed, or the store cannot be used
    """  # noqa: D301 - click reads the real sign
    if bundle is None:
        counts, lost = _verify_store(database, clean=clean, logs=logs)
    elif database is None and not clean:
        counts, lost = _verify_bundle(bundle, logs=logs)
    else:
        raise MetadataError(f"{bundle}: a bundle is checked alone; leave out --database and --clean, or the bundle")
    told = ", ".join(f"{count} of {about}" for about, count in sorted(counts.items()) if count) or "nothing"
    click.echo(f"checked {told}: {f'{lost} lost or changed' if lost else 'all as it was kept'}")
    if lost:
        raise SystemExit(StoreError.exit_code)


def _verify_store(database: str | None, *, clean: bool, logs: Logs) -> tuple[Counter[str], int]:
    """Check a store, tell what is wrong, and return what was checked and how much of it is lost."""
    counts: Counter[str] = Counter()
    lost = 0
    with reporting(logs) as reporter, open_named_store(database, create=False) as store:
        reporter.expect("verifying", None)
        for check in store.verify(clean=clean):
            counts[check.about] += 1
            lost += check.is_loss
            reporter.step("verified", **check._asdict())
            if check.trouble:
                reporter.write(plain(f"{check.state}: {check.name}: {check.trouble}"))
        for failure in store.failures():
            reporter.write(plain(f"could not be read: {failure.reason} ({failure.at})"))
    return counts, lost


def _verify_bundle(bundle: Path, *, logs: Logs) -> tuple[Counter[str], int]:
    """Check a bundle, tell what is wrong, and return what was checked and how much is wrong."""
    from armstrace.export.bundle_check import check_bundle  # noqa: PLC0415 - keeps `--help` fast

    counts: Counter[str] = Counter()
    lost = 0
    with reporting(logs) as reporter:
        for trouble in check_bundle(bundle, counts):
            lost += 1
            reporter.step("damaged", **trouble._asdict())
            place = f"{bundle}, {trouble.name}" if trouble.name else str(bundle)
            reporter.write(plain(f"{place}: {trouble.what}"))
    return counts, lost
