"""``armstrace screen``: names, or all parties of the register, against the sanctions lists in force."""

from __future__ import annotations

import json
from typing import IO, Any, Final

import click

from armstrace.cli.database import database_option, now, open_named_store
from armstrace.cli.registers import chosen_transfers
from armstrace.errors import MetadataError
from armstrace.register.select import Wanted
from armstrace.screen.entries import ListedKind
from armstrace.screen.match import THRESHOLD, Asked

_MOST_NAMES: Final = 100_000


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1)
@click.option(
    "--file", "file", type=click.File("r", encoding="utf-8-sig"), help="Names, one a line; - for standard input."
)
@click.option("--register", "whole_register", is_flag=True, help="All organisations that the register's claims name.")
@click.option("--kind", type=click.Choice([str(kind) for kind in ListedKind if kind is not ListedKind.UNKNOWN]))
@click.option("--imo", metavar="NUMBER", help="The vessel's IMO number, seven digits.")
@click.option("--born", metavar="DATE", help="Year, month or day of birth: 1961 or 1961-05-02.")
@click.option("--country", metavar="CODE", help="Two letters; shown beside the entry's countries, counts nothing.")
@click.option("--list", "keys", metavar="KEY", multiple=True, help="Only this list; may be given several times.")
@click.option(
    "--threshold", type=click.FloatRange(0.3, 1.0), default=THRESHOLD, show_default=True, help="Least points of a hit."
)
@click.option("--certificate", metavar="ID", help="Show the certificate of an earlier search instead.")
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
@database_option
def screen(*, database: str | None, form: str, certificate: str | None, **options: Any) -> None:  # noqa: ANN401
    """Screen names against the sanctions lists in force, and keep a certificate of the search.

    Each hit says which names were compared, what agrees and what does not, and of which version the list is. A hit is
    a likeness of names, not an identification. `--certificate ID` shows what was searched, when and against which
    versions, also where nothing was found; `--format jsonl` gives it as one line of JSON.

    \b
    Exit codes:
      0  the search was made, whether anything was found or not
      2  wrong usage
      3  no list is loaded, or not the one that was named
      6  the store cannot be used
    """  # noqa: D301 - click reads the real sign
    from armstrace.screening import (  # noqa: PLC0415 - needed where there is work
        load_index,
        register_names,
        screen_names,
        where_to_find,
    )

    with open_named_store(database) as store:
        if certificate:
            body = store.screening.certificate(certificate)
        else:
            asked = _asked(**options)
            if options["whole_register"]:
                asked += register_names(chosen_transfers(store, Wanted(), None)[0])
            if not asked:
                raise MetadataError("no name to screen; give names, --file, or --register with claims in the store")
            if not store.screening.lists():
                click.echo(f"to download:\n{where_to_find()}", err=True)
            body = screen_names(store, asked, now(), options["threshold"], load_index(store, options["keys"]))
    _show(body, form, whole=bool(certificate))


def _asked(  # noqa: PLR0913 - one parameter an option
    *,
    names: tuple[str, ...],
    file: IO[str] | None,
    kind: str | None,
    imo: str | None,
    born: str | None,
    country: str | None,
    **_: Any,  # noqa: ANN401 - options that are none of a name
) -> list[Asked]:
    """Return what is asked for; kind, number, birth and country hold for every name.

    Raises:
        MetadataError: a number or date is none, or there are too many names.
    """
    from armstrace.screening import check_facts  # noqa: PLC0415

    check_facts(born, imo)
    try:
        lines = [line.strip() for line in file.read().splitlines()] if file else []
    except UnicodeDecodeError as error:
        raise MetadataError(f"--file: is no text in UTF-8 ({error}); save it so") from error
    wanted = [name for name in (*names, *lines) if name.strip()]
    if len(wanted) > _MOST_NAMES:
        raise MetadataError(f"{len(wanted):,} names are more than {_MOST_NAMES:,} at a time; split the file")
    of_kind = ListedKind(kind) if kind else None
    return [Asked(name, of_kind, imo, born, country.upper() if country else None) for name in dict.fromkeys(wanted)]


def _show(body: dict[str, Any], form: str, *, whole: bool) -> None:
    from armstrace.export.certificates import certificate_text, searched_lines  # noqa: PLC0415

    if whole:
        click.echo(json.dumps(body) if form == "jsonl" else certificate_text(body), nl=form == "jsonl")
        return
    if form == "jsonl":
        for searched in body["searched"]:
            click.echo(json.dumps({**searched, "searched_at": body["searched_at"], "certificate": body["certificate"]}))
        return
    for searched in body["searched"]:
        click.echo("\n".join(searched_lines(searched)))
    found = sum(bool(searched["hits"]) for searched in body["searched"])
    lists = ", ".join(f"{one['list']} ({one['dated'] or 'no date'})" for one in body["lists"])
    click.echo(
        f"{found} of {len(body['searched'])} names with hits, against {lists}; certificate {body['certificate']}"
    )
    if body["official_lists_not_searched"]:
        click.echo(f"not loaded, so not searched: {'; '.join(body['official_lists_not_searched'])}")
