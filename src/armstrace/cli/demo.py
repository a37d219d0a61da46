"""``armstrace demo``: the whole way, from eighteen invented documents to a register with its sources and history."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click
from rich.console import Console
from rich.rule import Rule

from armstrace.checking import check_register_line
from armstrace.cli.database import now
from armstrace.cli.inputs import gather_inputs
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.cli.registers import current_stages
from armstrace.cli.serve import PORT, Place, serve_store
from armstrace.export.lines import Line
from armstrace.export.person import page_for
from armstrace.export.register_table import print_key, print_register
from armstrace.export.trace import print_trace
from armstrace.grouping import load_stages
from armstrace.intake import keep_texts
from armstrace.lexicon.load import load_country_labels
from armstrace.register.reliability import load_reliability
from armstrace.register.types import Transfer
from armstrace.registering import build_register, each_line_page
from armstrace.store.open import open_store
from armstrace.store.repository import Store
from armstrace.store.transfers import TransferQuery

_EARLIER: Final = "2018-03-31"


@click.command()
@click.option("--keep", metavar="FILE", help="Keep the database there, to try the other verbs on it.")
@click.option("--serve", "is_served", is_flag=True, help="Then serve it as a desk in the browser, on this machine.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="With --serve; 0: any.")
def demo(*, keep: str | None, is_served: bool, port: int) -> None:
    """Read eighteen invented reports on three arms transfers, and show what became of them.

    Copies, a relay, denials, a correction, a confirmation with another number, a UN panel's note: first the register as
    it was known after a month, then all of it, then who stands behind one line, in which words, and its history. Every
    event, person and company in the reports is invented.
    """
    with demo_database(keep) as store:
        with reporting() as reporter:
            fill_store(store, KeptReader(store, reporter))
        if is_served:
            current_stages(store)
            serve_store(store, Place(port=port))
            return
        show_demo(page_for(sys.stdout), store)
    if keep:
        click.echo(f"kept in {keep}: armstrace register --database {keep}")


@contextmanager
def demo_database(keep: str | None) -> Iterator[Store]:
    """Yield a store in a file of that name, or one that is gone afterwards."""
    with (
        TemporaryDirectory(prefix="armstrace-demo-") as folder,
        open_store(keep or str(Path(folder) / "demo.db"), os.environ if keep else {}) as store,
    ):
        yield store


def fill_store(store: Store, kept: KeptReader) -> None:
    """Keep and read the demo's documents."""
    with as_file(files("armstrace") / "demo_articles") as folder:
        inputs = gather_inputs(
            paths=[str(folder / "reports")],
            demo=False,
            published=None,
            outlet=None,
            metadata_file=folder / "index.jsonl",
            allow_private=False,
            ignore_robots=False,
        )
        for _ in keep_texts(store, inputs.found(), inputs.known_of, now):
            pass
    kept.read()


def show_demo(page: Console, store: Store) -> None:
    """Print the register of the demo at two dates, then the tree of one line."""
    stages = load_stages()
    today = build_register(store, stages)
    page.print(Rule(f"The register as known on {_EARLIER}", align="left"))
    print_register(page, _lines(store, _EARLIER))
    page.print(Rule("The register with all eighteen documents", align="left"))
    print_register(page, _lines(store, None))
    print_key(page)
    page.print(Rule("Who stands behind one line", align="left"))
    shown = _most_told(today.transfers)
    print_trace(page, shown, load_country_labels(), load_reliability(), check_register_line(shown))


def _lines(store: Store, as_of: str | None) -> list[tuple[str, Line]]:
    pages = each_line_page(store, TransferQuery(as_of=as_of))
    return [(line.transfer_id, line.shown) for page in pages for line in page]


def _most_told(transfers: tuple[Transfer, ...]) -> Transfer:
    """Return the transfer that most is said of, denials included."""
    return max(transfers, key=lambda one: (bool(one.denials), len(one.claims)))
