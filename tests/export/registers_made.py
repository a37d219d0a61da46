"""Trade registers in SIPRI's layout, of invented deals; and registers of armstrace's made from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from armstrace.document import Document, Metadata
from armstrace.export.record import Record
from armstrace.extract.sipri import read_trade_register
from armstrace.extract.sipri_rows import COLUMNS
from armstrace.group.clusters import group_claims
from armstrace.grouping import load_stages
from armstrace.lexicon.load import load_lexicon
from armstrace.register.merge import merge_claims
from armstrace.told import Group, Told

Cells = Sequence[str]
ABOVE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals of {years}",
    *(f"A line of words of no matter here: number {number}" for number in range(7)),
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
    "Data generated: {day} 10:02:49 AM",
)
PLAIN: dict[str, str] = {
    "Recipient": "Peru", "Supplier": "Sweden", "Year of order": "2011", "Number ordered": "12",
    "Weapon designation": "Gannet-2", "Weapon description": "trainer aircraft", "Number delivered": "12",
    "Year(s) of delivery": "2013; 2014", "status": "New", "Comments": "", "SIPRI TIV per unit": "2.5",
    "SIPRI TIV for total order": "30", "SIPRI TIV of delivered weapons": "30",
}  # fmt: skip
MARKERS = {"year?": 3, "ordered?": 5, "delivered?": 9}


def make_row(**changed: str) -> list[str]:
    """Return a row: the plain deal with some cells changed, by "column" (spaces as _) or "year_marked" ... = "?"."""
    cells = [PLAIN.get(column, "") for column in COLUMNS]
    places = {"_".join(column.casefold().split()): at for at, column in enumerate(COLUMNS) if column.strip()}
    places |= {"years": 10, "year_marked": 3, "ordered_marked": 5, "delivered_marked": 9}
    for name, value in changed.items():
        cells[places[name]] = value
    return cells


def make_file(rows: Iterable[Cells], *, day: str = "11 Mar 2030", delimiter: str = ",", end: str = "\n") -> str:
    """Return a trade register as SIPRI lays it out."""
    out = io.StringIO(newline="")
    out.write("".join(line.format(years="1950-2029", day=day) + end for line in ABOVE))
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def many_rows(count: int) -> list[list[str]]:
    """Return so many different deals, with each marker, unknown parties, groups and bodies among them."""
    suppliers = ("Sweden", "Soviet Union", "unknown supplier(s)", "Cote d'Ivoire", "Viet Nam")
    recipients = ("Peru", "Hezbollah (Lebanon)*", "African Union**", "unknown recipient(s)", "Turkiye", "Chad")
    arms = (("Gannet-{}", "trainer aircraft"), ("Boulder {}", "tank"), ("Quill-{}M", "SAM"), ("ship engine",) * 2)
    rows = []
    for number in range(count):
        name, kind = arms[number % len(arms)]
        year = 1951 + number % 70
        rows.append(
            make_row(
                recipient=recipients[number % len(recipients)],
                supplier=suppliers[number % len(suppliers)],
                year_of_order=str(year),
                year_marked="?" * (number % 2),
                number_ordered="" if number % 11 == 0 else str(1 + number % 97),
                ordered_marked="?" * (number % 3 == 0),
                weapon_designation=name.format(number % 41),
                weapon_description=kind,
                number_delivered="" if number % 7 == 0 else str(1 + number % 89),
                delivered_marked="?" * (number % 5 == 0 and number % 7 != 0),
                years="" if number % 7 == 0 else f"{year + 1}; {year + 3}",
                status=("New", "Second hand", "Second hand but modernized")[number % 3],
                comments=f'Deal {number}; "aid", with commas',
            )
        )
    return rows


def told_of(text: str, name: str = "register", published: str = "2030-03-11") -> list[Told]:
    """Return the claims of a trade register as told."""
    document = Document(name, text, text, Metadata("SIPRI", published), name=name, format="sipri-csv")
    found = read_trade_register(document, load_lexicon())
    return [Told(claim, "SIPRI", published, name) for claim in found.claims]


def records_of(told: Iterable[Told]) -> list[Record]:
    """Return the register of claims, as exports get it."""
    stages = load_stages()
    groups = group_claims(told, load_lexicon().matcher)
    return [Record(merge_claims(Group(one.claims, one.context), stages.origins), (), {}) for one in groups]
