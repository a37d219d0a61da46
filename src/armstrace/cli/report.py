"""``armstrace report``: one transfer with all its evidence as a single page."""

from __future__ import annotations

from pathlib import Path

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, current_stages, tell_undated
from armstrace.cli.text_files import read_text
from armstrace.errors import InputError, MetadataError


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
    before and after it, and the hashes of the documents' evidence. It names no reviewer.
    """
    from armstrace.register.reliability import load_reliability  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.registering import undated_documents  # noqa: PLC0415
    from armstrace.web.publication.report import Asked, make_report  # noqa: PLC0415

    reliability = load_reliability(read_text(sources) if sources else None, str(sources))
    with open_named_store(database, create=False) as store:
        stages = current_stages(store)
        if as_of:
            tell_undated(undated_documents(store))
        try:
            page = make_report(store, stages, Asked(transfer, as_of, certificate, reliability))
        except ValueError as error:
            raise MetadataError(f"--as-of {error}") from error
    if output is None:
        click.echo(page, nl=False)
        return
    try:
        output.write_text(page, "utf-8", "replace")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); give another file") from error
