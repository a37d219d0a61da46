"""``armstrace import``: registers that others keep, into the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from armstrace.cli.add import receipt_line
from armstrace.cli.database import database_option, now, open_named_store
from armstrace.cli.inputs import Inputs, gather_inputs
from armstrace.cli.log_options import log_options
from armstrace.cli.progress import Reporter, reporting
from armstrace.cli.reading import KeptReader
from armstrace.errors import InputError
from armstrace.extract.sipri import FORMAT
from armstrace.extract.sipri_rows import find_table
from armstrace.ingest.raw import RawText, Unread
from armstrace.ingest.walk import Found
from armstrace.intake import keep_texts
from armstrace.observing.logs import Logs
from armstrace.store.repository import Store


@click.group(name="import")
def import_() -> None:
    """Put a register that others keep into the store, each of its lines as claims of theirs."""


@import_.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--published", metavar="DATE", help="When SIPRI made the file, if it does not say so itself.")
@database_option
@log_options
def sipri(*, paths: tuple[str, ...], published: str | None, database: str | None, logs: Logs) -> None:
    """Import the trade register of the SIPRI Arms Transfers Database, as SIPRI exports it: CSV, one line a deal.

    Of each line an order and a delivery become claims of SIPRI's, with the words of their cells; a later file of the
    same choice of suppliers and recipients is a later version. A line that cannot be read is told by its number and
    kept aside; the others go in. docs/sipri.md tells what becomes of each column. SIPRI's terms of use apply to its
    data.

    \b
    Exit codes:
      0  every line went in
      2  wrong usage
      3  some lines, or a file, could not be read; the rest went in
      6  the store cannot be used
    """  # noqa: D301 - click reads the real sign
    with reporting(logs) as reporter:
        inputs = gather_inputs(
            paths=paths,
            demo=False,
            published=published,
            outlet=None,
            metadata_file=None,
            allow_private=False,
            ignore_robots=False,
            tell=reporter.complain,
        )
        with open_named_store(database) as store:
            kept = set(_keep(store, inputs, reporter))
            read = KeptReader(store, reporter).read(kept)
    aside = f"; {len(inputs.failed)} kept aside, and `armstrace verify` lists what and why" if inputs.failed else ""
    click.echo(f"{read.claims} claims of SIPRI's read{aside}")
    if inputs.failed:
        raise SystemExit(InputError.exit_code)


def _keep(store: Store, inputs: Inputs, reporter: Reporter) -> Iterator[str]:
    """Keep the files, and yield the ids of their documents."""
    reporter.expect("keeping", None)
    for receipt in keep_texts(store, _registers(inputs.found(store.holds), inputs), inputs.known_of, now):
        reporter.step(receipt.outcome, **receipt._asdict())
        if receipt.id is not None:
            reporter.write(receipt_line(receipt, "person"))
            yield receipt.id


def _registers(found: Iterable[Found], inputs: Inputs) -> Iterator[Found]:
    """Yield what is found, but instead of a text that is no trade register why it is none."""
    for one in found:
        if isinstance(one, RawText) and one.format != FORMAT:
            unread = Unread(one.capture.source, _why_none(one), one.evidence)
            inputs.report(unread)
            yield unread
        else:
            yield one


def _why_none(raw: RawText) -> str:
    try:
        find_table(raw.text, raw.capture.source)
    except InputError as error:
        return str(error)
    return f"{raw.capture.source}: lies inside other text; give the file as SIPRI made it"
