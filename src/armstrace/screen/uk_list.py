"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, XML and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO, Final

from armstrace.screen.days import read_day
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.table_rows import group_rows, open_table
from armstrace.screen.xml_records import Node, read_records

ROOT: Final = "Designations"
HEADER: Final = ("unique id", "name 6", "name type", "alias strength", "regime name", "designation type")
KINDS: Final = {
    "individual": ListedKind.PERSON,
    "entity": ListedKind.ORGANISATION,
    "ship": ListedKind.VESSEL,
}
_PARTS: Final = (1, 2, 3, 4, 5, 6)  # the sixth is the surname, or the whole name
_REPORTED: Final = "report date:"


def read_uk_xml(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries.

    Raises:
        ListError: the file is cut short or no XML.
    """
    records = read_records(stream, context.name, frozenset({"DateGenerated", "Designation"}))
    next(records, None)
    yield About(key="uk")
    for number, node in enumerate(records, 1):
        if node.tag == "DateGenerated":
            yield About(dated=read_day(node.text), key="uk")
        else:
            yield _xml_entry(node, context, number)


def _xml_entry(node: Node, context: Context, number: int) -> ListedEntry | Fault:
    person = ("IndividualDetails", "Individual")
    ship = ("ShipDetails", "Ship")
    names = [
        name
        for one in node.each("Names", "Name")
        for name in _name(one.get("NameType"), one.get("AliasStrength"), (one.get(f"Name{n}") for n in _PARTS))
    ]
    names += named(node.texts("NonLatinNames", "NonLatinName", "NameNonLatinScript"), NameSort.ORIGINAL)
    countries = [
        *node.texts(*person, "Nationalities", "Nationality"),
        *node.texts("Addresses", "Address", "AddressCountry"),
        *node.texts(*ship, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"),
    ]
    passports = node.texts(*person, "PassportDetails", "Passport", "PassportNumber")
    registers = node.texts("EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber")
    draft = Draft(
        node.get("UniqueID"),
        KINDS.get(node.get("IndividualEntityShip").lower(), ListedKind.UNKNOWN),
        names,
        context.countries(countries),
        [read_day(day) for day in node.texts(*person, "DOBs", "DOB")],
        [
            *(identify("imo", one) for one in node.texts(*ship, "IMONumbers", "IMONumber")),
            *(Identifier("passport", one) for one in passports),
            *(Identifier("registration", one) for one in registers),
        ],
        node.texts("RegimeName"),
        read_day(node.get("DateDesignated")),
        node.get("OtherInformation") or node.get("UKStatementofReasons"),
    )
    return finish(draft, f"{context.name}, record {number}")


def _name(kind: str, strength: str, parts: Iterable[str]) -> list[ListedName]:
    is_primary = kind.strip().lower() == "primary name"
    sort = NameSort.PRIMARY if is_primary else NameSort.FORMER if "fka" in kind.lower() else NameSort.ALIAS
    whole = " ".join(part for part in parts if part)
    return named([whole], NameSort.WEAK if strength.lower().startswith("low") else sort)


def read_uk_csv(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries, of which each is many rows.

    Raises:
        ListError: the file is cut short, or a column is missing.
    """
    table = open_table(stream, context.name, ",", HEADER)
    dated = [cells[0].lower().partition(_REPORTED)[2] for cells in table.preamble if cells]
    yield About(dated=next(filter(None, map(read_day, dated)), ""), key="uk")
    groups, faults = group_rows(table.rows, HEADER[0], context.name)
    yield from faults
    for identity, rows in groups.items():
        yield finish(_csv_draft(identity, rows, context), f"{context.name}, entry {identity}")


def _csv_draft(identity: str, rows: list[dict[str, str]], context: Context) -> Draft:
    cells: Callable[[str], list[str]] = lambda column: [v for row in rows if (v := row.get(column, ""))]  # noqa: E731
    names = [
        name
        for row in rows
        for name in _name(row["name type"], row["alias strength"], (row.get(f"name {n}", "") for n in _PARTS))
    ]
    return Draft(
        identity,
        next((KINDS[kind.lower()] for kind in cells("designation type") if kind.lower() in KINDS), ListedKind.UNKNOWN),
        names + named(cells("name non latin script"), NameSort.ORIGINAL),
        context.countries(
            [*cells("nationality ies"), *cells("address country"), *cells("current believed flag of ship")]
        ),
        [read_day(day) for day in cells("d o b")],
        [
            *(identify("imo", one) for one in cells("imo number")),
            *(Identifier("passport", one) for one in cells("passport number")),
            *(Identifier("registration", one) for one in cells("business registration number s")),
        ],
        cells("regime name"),
        next(filter(None, map(read_day, cells("date designated"))), ""),
        next(iter(cells("other information") or cells("uk statement of reasons")), ""),
    )
