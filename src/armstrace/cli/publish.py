"""``armstrace publish``: the register as a folder of pages and data that needs no server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from armstrace.cli.console import complain
from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.registers import as_of_option, current_stages, tell_undated
from armstrace.cli.text_files import read_text
from armstrace.errors import MetadataError
from armstrace.model import Status

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@database_option
@click.option("--party", metavar="CODE|NAME", help="Only lines with this supplier or recipient.")
@click.option("--item", metavar="WORDS", help="Only these arms: words of a designation or description, or a category.")
@click.option("--status", type=click.Choice([str(status) for status in Status]), help="Only lines that got so far.")
@click.option("--after", metavar="DATE", help="Only lines reported on or after this day, month or year.")
@click.option("--before", metavar="DATE", help="Only lines reported on or before it.")
@as_of_option
@click.option(
    "--released",
    is_flag=True,
    help="Only lines that a reviewer stands behind, as `armstrace settings` may ask for anyway.",
)
@click.option("--no-quotes", is_flag=True, help="Leave out the sentences of documents; links to these stay.")
@click.option("--title", help="The name of the register on its pages.")
@click.option("--about", type=_FILE, metavar="FILE.md", help="What you say of it, in Markdown, for the page 'About'.")
@click.option("--stamp", metavar="DATE", help="A day of publication to show; by default the pages name none.")
@click.option("--sources", type=_FILE, metavar="FILE", help="Your own table of how reliable sources are (YAML).")
def publish(*, folder: Path, database: str | None, **options: Any) -> None:  # noqa: ANN401 - options of the pages
    """Write the register to the folder DIR as pages and data that need no server.

    The pages open from the disk and can be put on any web server as they are; they load nothing from elsewhere. Of
    each document only the sentences of its claims and its corrections are in them. The same register gives the same
    bytes. An earlier publication in DIR is replaced at once when the new one is whole; a folder that holds anything
    else is left alone.
    """
    from armstrace.web.publication.folder import left_over  # noqa: PLC0415 - `--help` does not wait for it
    from armstrace.web.publication.publish import publish as write  # noqa: PLC0415

    publication = _publication(**options)
    for path in left_over(folder):
        complain(f"{path}: left by a run that was killed, or filled by one under way; remove it if none is")
    with open_named_store(database, create=False) as store:
        stages = current_stages(store)
        if options["as_of"]:
            from armstrace.registering import undated_documents  # noqa: PLC0415

            tell_undated(undated_documents(store))
        try:
            done = write(store, stages, folder, publication)
        except ValueError as error:
            raise MetadataError(str(error)) from error
    click.echo(
        f"{done.transfers:,} transfers, {done.claims:,} claims of {done.documents:,} documents in {done.files:,} files "
        f"({done.size / 1e6:.1f} MB): {folder / 'index.html'}"
    )


def _publication(**options: Any) -> Any:  # noqa: ANN401 - both are known only once they are loaded
    """Return what is to be published.

    Raises:
        MetadataError: a file cannot be read or is malformed.
    """
    from armstrace.exporting import Choice  # noqa: PLC0415
    from armstrace.register.reliability import load_reliability  # noqa: PLC0415
    from armstrace.register.select import Wanted  # noqa: PLC0415
    from armstrace.web.publication.publish import TITLE, Publication  # noqa: PLC0415

    status = Status(options["status"]) if options["status"] else None
    wanted = Wanted(
        options["party"], options["item"], status, options["after"], options["before"], released=options["released"]
    )
    sources: Path | None = options["sources"]
    return Publication(
        choice=Choice(wanted, as_of=options["as_of"], quotes=not options["no_quotes"]),
        title=options["title"] or TITLE,
        about=read_text(options["about"]) if options["about"] else "",
        stamp=options["stamp"],
        reliability=load_reliability(read_text(sources) if sources else None, str(sources)),
    )
