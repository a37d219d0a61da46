"""``armstrace compare``: where the press and SIPRI's trade register differ."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.export import opened
from armstrace.cli.registers import current_stages
from armstrace.errors import MetadataError
from armstrace.export.differences import CSV_HEADER, FORMATS, WORDS
from armstrace.register.beside import Differs, find_differences
from armstrace.register.select import Wanted

if TYPE_CHECKING:
    from armstrace.keeping.stages import Stages
    from armstrace.register.beside import Difference
    from armstrace.register.types import Transfer
    from armstrace.store.repository import Store

_FILE: Final = click.Path(dir_okay=False, path_type=Path)
_ONE_SIDED: Final = frozenset({Differs.ONLY_LIST, Differs.ONLY_PRESS})
_AT_ONCE: Final = 50  # transfers in memory


@click.command()
@database_option
@click.option("--party", metavar="CODE|NAME", help="Only transfers with this supplier or recipient.")
@click.option("--item", metavar="WORDS", help="Only these arms: words of a designation or description, or a category.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([str(kind) for kind in Differs]),
    help="Only these differences; may be given more than once. Without it all but what only one side has.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="person", help="How they are written.")
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Else standard output.")
def compare(
    *,
    database: str | None,
    kinds: tuple[str, ...],
    form: str,
    output: Path | None,
    **asked: str | None,
) -> None:
    """Show where the press and SIPRI's trade register differ, transfer by transfer, with both sides' words.

    Import SIPRI's file first (`armstrace import sipri`). Neither side is taken for right: a difference says where to
    look. Numbers and years are compared step by step, ordered with ordered, delivered with delivered.
    """
    wanted = {Differs(kind) for kind in kinds} or set(Differs) - _ONE_SIDED
    counts: Counter[Differs] = Counter()
    with open_named_store(database, create=False) as store:
        stages = current_stages(store)
        with opened(output) as out:
            if form == "csv":
                out.write(f"{CSV_HEADER}\r\n".encode("utf-8-sig"))
            for transfer, found in _differences(store, stages, Wanted(asked["party"], asked["item"])):
                counts[found.kind] += 1
                if found.kind in wanted:
                    end = "\r\n" if form == "csv" else "\n"
                    out.write(f"{FORMATS[form](transfer, found, stages.countries)}{end}".encode())
    told = ", ".join(f"{WORDS[kind]} {counts[kind]}" for kind in Differs if counts[kind])
    click.echo(f"differences: {told or 'none'}", file=sys.stdout if form == "person" and not output else sys.stderr)


def _differences(store: Store, stages: Stages, wanted: Wanted) -> Iterator[tuple[Transfer, Difference]]:
    from armstrace.registering import each_line_page, load_transfers, query_for  # noqa: PLC0415 - keeps `--help` fast

    try:
        query = query_for(wanted)
    except ValueError as error:
        raise MetadataError(str(error)) from error
    for page in each_line_page(store, query):
        for start in range(0, len(page), _AT_ONCE):
            ids = [line.transfer_id for line in page[start : start + _AT_ONCE]]
            for transfer in load_transfers(store, stages, ids):
                yield from ((transfer, found) for found in find_differences(transfer))
