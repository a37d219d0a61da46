"""``armstrace add``: documents into the store, and their claims."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import click

from armstrace.cli.database import database_option, now, open_named_store
from armstrace.cli.inputs import Inputs, gather_inputs, input_options
from armstrace.cli.log_options import log_options
from armstrace.cli.progress import Reporter, reporting
from armstrace.cli.reading import KeptReader, ReadCounts
from armstrace.errors import InputError
from armstrace.export.plain import plain
from armstrace.intake import Receipt, keep_texts
from armstrace.observing.logs import Logs
from armstrace.store.repository import Store


@click.command()
@input_options
@database_option
@click.option("--no-read", is_flag=True, help="Keep the documents only; `armstrace update` reads them later.")
@click.option(
    "--format", "form", type=click.Choice(["person", "jsonl"]), default="person", help="How receipts are printed."
)
@log_options
def add(
    *,
    database: str | None,
    no_read: bool,
    form: str,
    logs: Logs,
    **options: Any,  # noqa: ANN401 - those of ``input_options``
) -> None:
    """Add documents to the store, and read their claims.

    PATH is what `armstrace read` takes: files, folders, addresses (http, https), - for standard input. The bytes are
    kept beside the database, under their SHA-256. A line on standard output says that a document is on the disk:
    whether it is new, a new version of a page, or known already. Run it again after an interruption; what is there is
    passed over.

    \b
    Exit codes:
      0  everything was added
      2  wrong usage, or a malformed metadata file
      3  some input could not be read; the rest was added, and `armstrace verify` lists what was not
      4  the installation is damaged or incomplete
      6  the store cannot be used
    """  # noqa: D301 - click reads the real sign
    with reporting(logs) as reporter:
        inputs = gather_inputs(**options, tell=reporter.complain)
        with open_named_store(database) as store:
            counts = _keep(store, inputs, form, reporter)
            read = ReadCounts() if no_read else KeptReader(store, reporter).read()
        if form == "jsonl" and read.unread:
            reporter.complain(read.told)
    if form == "person":
        click.echo(f"{_closing(counts)}; {read.told}")
    if inputs.failed:
        raise SystemExit(InputError.exit_code)


def _keep(store: Store, inputs: Inputs, form: str, reporter: Reporter) -> Counter[str]:
    counts: Counter[str] = Counter()
    reporter.expect("keeping", None)
    found = inputs.found(store.holds)
    for receipt in keep_texts(store, found, inputs.known_of, now):
        counts[receipt.outcome] += 1
        reporter.step(receipt.outcome, **receipt._asdict())
        if receipt.id is not None:
            reporter.write(receipt_line(receipt, form))
    return counts


def receipt_line(receipt: Receipt, form: str) -> str:
    """Return a receipt as one line."""
    if form == "jsonl":
        return json.dumps(receipt._asdict())
    kind = {"new": "new", "known": "known", "version": receipt.detail}[receipt.outcome]
    return f"{receipt.id}  {kind:<10}  {plain(receipt.name)}"


def _closing(counts: Counter[str]) -> str:
    added = counts["new"] + counts["version"]
    told = f"{added} added ({counts['version']} as new versions), {counts['known']} known already"
    if counts["unread"]:
        told += f", {counts['unread']} could not be read"
    return told
