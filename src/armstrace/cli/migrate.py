"""``armstrace migrate``: the tables of a store changed to those of another version, to go back to an older program."""

from __future__ import annotations

import os

import click

from armstrace.cli.database import database_option


@click.command()
@database_option
@click.option("--to", "wanted", metavar="VERSION", help="The version of the tables, as the older program names it.")
@click.option("--lose", is_flag=True, help="Go back even where something is lost that nothing brings back.")
def migrate(*, database: str | None, wanted: str | None, lose: bool) -> None:
    """Bring the tables of the store up to date, or back to an earlier version for an older program.

    Every other verb brings them up to date by itself, so this is needed for the way back alone. The older program names
    the version that it knows. End everything that uses the store, and make a copy of it before. What an earlier version
    cannot keep and nothing brings back (judgements, certificates, accounts, watches) stops this, unless --lose is
    given. The register, the search index and the claims are made anew by whoever needs them.

    \b
      armstrace migrate
      armstrace migrate --to 0011
    """  # noqa: D301 - click reads the real sign
    from armstrace.store.database import Database  # noqa: PLC0415 - `--help` does not wait for it
    from armstrace.store.migrate import change_revision  # noqa: PLC0415
    from armstrace.store.open import check_file, locate  # noqa: PLC0415
    from armstrace.store.schema import REVISION  # noqa: PLC0415

    located, wanted = locate(database, os.environ), wanted or REVISION
    if located.file is not None:
        check_file(located.file, located.folder, create=False)
    opened = Database(located.url, located.place)
    try:
        found = change_revision(opened, wanted, lose=lose)
    finally:
        opened.close()
    told = "already" if found == wanted else f"now, {found} before"
    click.echo(f"{located.place.name}: its tables are of version {wanted} {told}")
