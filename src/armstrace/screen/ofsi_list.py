"""The consolidated list of the UK's OFSI, XML and CSV, which ended on 28 January 2026."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, Final

from armstrace.screen.days import read_day
from armstrace.screen.entries import Identifier, ListedKind, ListedName, NameSort
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.table_rows import group_rows, open_table
from armstrace.screen.uk_list import KINDS
from armstrace.screen.xml_records import read_records

ROOT: Final = "ArrayOfFinancialSanctionsTarget"
HEADER: Final = ("group id", "name 6", "group type", "alias type", "regime")
_SORTS: Final = {"primary name": NameSort.PRIMARY, "fka": NameSort.FORMER}
_PARTS: Final = tuple(f"name {n}" for n in (1, 2, 3, 4, 5, 6))
# The names of elements in XML, folded, as the columns of the CSV.
_COLUMNS: Final = {
    "groupid": "group id",
    "grouptypedescription": "group type",
    "aliastype": "alias type",
    "aliasquality": "alias quality",
    "regimename": "regime",
    "namenonlatinscript": "name non latin script",
    "individual dateofbirth": "dob",
    "individual nationality": "nationality",
    "individual passportnumber": "passport number",
    "entity businessregnumber": "registration number",
    "ship imonumber": "imo number",
    "ship flag": "flag",
    "otherinformation": "other information",
    "datelisted": "listed on",
    **{f"name{n}": f"name {n}" for n in (1, 2, 3, 4, 5, 6)},
}
_Row = dict[str, str]


def read_ofsi_xml(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries, of which each is many records.

    Raises:
        ListError: the file is cut short or no XML.
    """
    records = read_records(stream, context.name, frozenset({"FinancialSanctionsTarget"}))
    next(records, None)
    rows = ({_column(child.tag): child.text for child in node.children} for node in records)
    yield from _entries(({column: row.get(column, "") for column in HEADER} | row for row in rows), context, "")


def _column(tag: str) -> str:
    folded = tag.lower().replace("_", " ")
    return _COLUMNS.get(folded, folded)


def read_ofsi_csv(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries, of which each is many rows.

    Raises:
        ListError: the file is cut short, or a column is missing.
    """
    table = open_table(stream, context.name, ",", HEADER)
    days = [read_day(cell) for cells in table.preamble for cell in cells]
    yield from _entries(table.rows, context, next(filter(None, days), ""))


def _entries(rows: object, context: Context, dated: str) -> Read:
    groups, faults = group_rows(rows, HEADER[0], context.name)  # type: ignore[arg-type]
    yield About(
        dated=dated or max((_updated(row) for group in groups.values() for row in group), default=""), key="uk-ofsi"
    )
    yield from faults
    for identity, group in groups.items():
        yield finish(_draft(identity, group, context), f"{context.name}, group {identity}")


def _updated(row: Mapping[str, str]) -> str:
    """Return when a row was changed last: the XML bears no date of its own."""
    return read_day(row.get("lastupdated", ""))


def _draft(identity: str, rows: list[_Row], context: Context) -> Draft:
    def cells(*columns: str) -> list[str]:
        return [value for column in columns for row in rows if (value := row.get(column, ""))]

    names = [name for row in rows for name in _names(row)]
    return Draft(
        identity,
        next((KINDS[kind.lower()] for kind in cells("group type") if kind.lower() in KINDS), ListedKind.UNKNOWN),
        names + named(cells("name non latin script"), NameSort.ORIGINAL),
        context.countries(cells("nationality", "country", "flag")),
        [read_day(day) for day in cells("dob")],
        [
            *(identify("imo", one) for one in cells("imo number")),
            *(Identifier("passport", one) for one in cells("passport number")),
            *(Identifier("registration", one) for one in cells("registration number")),
        ],
        cells("regime"),
        next(filter(None, map(read_day, cells("listed on"))), ""),
        next(iter(cells("other information")), ""),
    )


def _names(row: _Row) -> list[ListedName]:
    sort = _SORTS.get(row["alias type"].lower(), NameSort.ALIAS)
    weak = row.get("alias quality", "").lower().startswith("low")
    return named([" ".join(filter(None, (row.get(part, "") for part in _PARTS)))], NameSort.WEAK if weak else sort)
