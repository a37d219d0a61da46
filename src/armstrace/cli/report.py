"""``armstrace report``: one transfer with all its evidence as a single page, which is the format html of one line."""

from __future__ import annotations

from pathlib import Path

import click

from armstrace.cli.database import database_option
from armstrace.cli.export import Order, write_export
from armstrace.cli.registers import as_of_option
from armstrace.web.exports import find_format


@click.command()
@click.argument("transfer")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.html", help="Else standard output."
)
@database_option
@as_of_option
@click.option("--certificate", metavar="ID", help="Show this certificate of `armstrace screen` in it.")
@click.option(
    "--sources",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your own table of how reliable sources are (YAML).",
)
def report(  # noqa: PLR0913 - one parameter an option
    *,
    transfer: str,
    output: Path | None,
    database: str | None,
    as_of: str | None,
    certificate: str | None,
    sources: Path | None,
) -> None:
    """Write TRANSFER with its evidence as one HTML file that needs nothing beside it, to keep, send or print.

    TRANSFER is an id that `armstrace register` shows, the id of one of its claims, or the beginning of either. The
    page holds its history, every value with who gives it, findings with paragraphs, each claim between the sentences
    before and after it, and the hashes of the documents' evidence. It names no reviewer. `armstrace export --format
    html` writes the same page, and can leave out more or less of it.
    """
    from armstrace.exporting import Choice  # noqa: PLC0415 - keeps `--help` fast

    options = {"certificate": certificate} if certificate else {}
    order = Order(find_format("html", is_of_one=True), output, database, sources, options)
    write_export(order, Choice(transfer=transfer, as_of=as_of))
