"""The register for a person at a terminal: a table, one line a transfer."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from armstrace.embargo.findings import HONESTY as LAW_HONESTY
from armstrace.export.lines import Line, law_words
from armstrace.export.transfer_words import items_words, route_words
from armstrace.export.wording import HONESTY, UNKNOWN, CountryNames
from armstrace.register.types import Transfer

SHOWN_ID = 8  # characters; trace takes any unambiguous beginning
_COLUMNS = (("line", 8), ("transfer", None), ("number", 15), ("status", 13), ("for / against", 15), ("cr", 2))
_LAST_CHANGE = 11


def print_register(page: Console, lines: Iterable[tuple[str, Line]]) -> None:
    """Print the lines of a register, each with the id of its transfer."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    for name, width in _COLUMNS:
        table.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    table.add_column("last change", width=_LAST_CHANGE)
    for identity, line in lines:
        table.add_row(*_cells(identity, line), end_section=True)
    page.print(table)


def print_line(page: Console, transfer: Transfer, names: CountryNames) -> None:
    """Print the heading of one transfer, with its id."""
    line = Text(f"{route_words(transfer, names)}: {items_words(transfer)}", style="bold underline")
    page.print(line.append(f"  {transfer.id[:SHOWN_ID]}", style="not bold not underline dim"))
    page.print()


def print_key(page: Console) -> None:
    """Print what the columns mean."""
    words = (
        "for / against: independent origins, then origins not shown to be independent. cr: credibility after the "
        "Admiralty scale, 1 confirmed by other sources to 5 improbable, 6 cannot be judged. "
        "`armstrace trace LINE` shows who says so, in which words, and why it is graded so."
    )
    page.print(Text(words, style="dim"))
    page.print(Text(HONESTY, style="dim"))
    page.print(Text(f"law: {LAW_HONESTY} `armstrace check` gives paragraphs and reasons.", style="dim"))


def _cells(identity: str, line: Line) -> list[Text]:
    what = Text(line["route"], style="bold")
    what.append(f"\n{line['items']}", style="not bold")
    notes = (
        (f"conflict: {', '.join(line['conflicts'])}" if line["conflicts"] else "", "red"),
        (f"law: {law}" if (law := law_words(line)) else "", "yellow"),
        (line["reviewed"], "dim"),
    )
    for words, style in notes:
        what.append(f"\n{words}" if words else "", style=f"not bold {style}")
    status = Text(line["status"], style="red" if line["denied"] else "")
    return [
        Text(identity[:SHOWN_ID]),
        what,
        Text(line["number"]),
        status.append(f"\n{line['period']}" if line["period"] else "", style="dim"),
        Text(line["standing"].replace(" / ", "\n/ ")),
        Text(str(line["credibility"]["digit"])),
        Text(line["changed"]["day"] if line["changed"] else UNKNOWN),
    ]
