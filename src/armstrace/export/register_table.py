"""The register for a person at a terminal: a table, one line a transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from armstrace.embargo.findings import HONESTY as LAW_HONESTY
from armstrace.export.findings import Findings, marks_words
from armstrace.export.reviews import reviewed_words
from armstrace.export.transfer_words import (
    items_words,
    period_words,
    quantity_column,
    route_words,
    standing_words,
    step_words,
)
from armstrace.export.wording import HONESTY, UNKNOWN, CountryNames
from armstrace.register.grades import grade_transfer
from armstrace.register.history import changes, latest_status
from armstrace.register.types import Transfer

SHOWN_ID = 8  # characters; trace takes any unambiguous beginning
_COLUMNS = (("line", 8), ("transfer", None), ("number", 15), ("status", 13), ("for / against", 15), ("cr", 2))
_LAST_CHANGE = 11


def print_register(
    page: Console, transfers: Sequence[Transfer], names: CountryNames, findings: Mapping[str, Findings]
) -> None:
    """Print one line a transfer; ``findings`` by its id, where it was checked against the law."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, expand=True)
    for name, width in _COLUMNS:
        table.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    table.add_column("last change", width=_LAST_CHANGE)
    for transfer in transfers:
        table.add_row(*_cells(transfer, names, findings.get(transfer.id, ())), end_section=True)
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


def _cells(transfer: Transfer, names: CountryNames, findings: Findings) -> list[Text]:
    grade = grade_transfer(transfer)
    known = [change.day for change in changes(transfer) if change.day]
    what = Text(route_words(transfer, names), style="bold")
    what.append(f"\n{items_words(transfer)}", style="not bold")
    if transfer.conflicts:
        fields = ", ".join(dict.fromkeys(conflict.field for conflict in transfer.conflicts))
        what.append(f"\nconflict: {fields}", style="not bold red")
    if marks := marks_words(findings):
        what.append(f"\nlaw: {marks}", style="not bold yellow")
    reviewed = reviewed_words(transfer)
    what.append(f"\n{reviewed}" if reviewed else "", style="not bold dim")
    return [
        Text(transfer.id[:SHOWN_ID]),
        what,
        Text(quantity_column(transfer)),
        _status(transfer),
        Text(standing_words(transfer).replace(" / ", "\n/ ")),
        Text(str(grade.digit)),
        Text(max(known, default=UNKNOWN)),
    ]


def _status(transfer: Transfer) -> Text:
    step = latest_status(transfer)
    if step is None:
        return Text(UNKNOWN)
    words = Text(step_words(step), style="red" if step.polarity == "denied" else "")
    return words.append(f"\n{period_words(step.period)}", style="dim") if step.period else words
