"""The European Union's Financial Sanctions Files, XML and CSV of version 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

from armstrace.screen.days import read_day
from armstrace.screen.entries import Fault, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.fold import is_latin
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.table_rows import group_rows, open_table
from armstrace.screen.xml_records import Node, read_records

ROOT: Final = "export"
NAMESPACE: Final = "http://eu.europa.ec/fpi/fsd/export"
HEADER: Final = (
    "filegenerationdate",
    "entity logicalid",
    "entity eu referencenumber",
    "entity subjecttype",
    "entity regulation programme",
    "namealias wholename",
)
_KINDS: Final = {
    "person": ListedKind.PERSON,
    "p": ListedKind.PERSON,
    "enterprise": ListedKind.ORGANISATION,
    "e": ListedKind.ORGANISATION,
}
_NO_COUNTRY: Final = frozenset({"00", "UNKNOWN"})
_PLACES: Final = ("citizenship", "address")


def read_eu_xml(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries.

    Raises:
        ListError: the file is cut short or no XML.
    """
    records = read_records(stream, context.name, frozenset({"sanctionEntity"}))
    root = next(records, None)
    if root:
        yield About(dated=read_day(root.attributes.get("generationDate", "")), key="eu")
    for number, node in enumerate(records, 1):
        yield _xml_entry(node, context, number)


def _xml_entry(node: Node, context: Context, number: int) -> ListedEntry | Fault:
    def values(tag: str, *names: str) -> list[str]:
        return [next((v for n in names if (v := one.attributes.get(n))), "") for one in node.each(tag)]

    kinds = [kind.lower() for kind in values("subjectType", "code", "classificationCode")]
    draft = Draft(
        node.attributes.get("euReferenceNumber") or node.attributes.get("logicalId", ""),
        next((_KINDS[kind] for kind in kinds if kind in _KINDS), ListedKind.UNKNOWN),
        _names(zip(values("nameAlias", "wholeName"), values("nameAlias", "strong"), strict=True)),
        context.countries(filter(None, (_country(one.attributes) for tag in _PLACES for one in node.each(tag)))),
        [read_day(day) for day in values("birthdate", "birthdate", "year")],
        [
            identify(*pair)
            for pair in zip(
                values("identification", "identificationTypeCode"), values("identification", "number"), strict=True
            )
        ],
        values("regulation", "programme"),
        read_day(node.attributes.get("designationDate", "")) or _first(values("regulation", "publicationDate")),
        " ".join(node.texts("remark")),
    )
    return finish(draft, f"{context.name}, record {number}")


def _country(attributes: Mapping[str, str]) -> str:
    code, name = attributes.get("countryIso2Code", ""), attributes.get("countryDescription", "")
    return next((word for word in (code, name) if word and word.upper() not in _NO_COUNTRY), "")


def _names(aliases: Iterable[tuple[str, str]]) -> list[ListedName]:
    """Return the names of an entry; the list marks no primary one, so its first is taken for it."""
    names: list[ListedName] = []
    for text, strong in aliases:
        sort = NameSort.ALIAS if names else NameSort.PRIMARY
        sort = sort if is_latin(text) else NameSort.ORIGINAL
        names += named([text], NameSort.WEAK if strong.lower() == "false" else sort)
    return names


def read_eu_csv(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries, of which each is many rows.

    Raises:
        ListError: the file is cut short, or a column is missing.
    """
    table = open_table(stream, context.name, ";", HEADER)
    groups, faults = group_rows(table.rows, HEADER[1], context.name)
    yield from faults
    for number, rows in enumerate(groups.values()):
        if not number:
            yield About(dated=read_day(rows[0][HEADER[0]]), key="eu")
        yield _csv_entry(rows, context)


def _csv_entry(rows: list[dict[str, str]], context: Context) -> ListedEntry | Fault:
    first = rows[0]

    def cells(*columns: str) -> list[str]:
        return [value for column in columns for row in rows if (value := row.get(column, ""))]

    countries = cells("citizenship countryiso2code", "address countryiso2code")
    if not any(code.upper() not in _NO_COUNTRY for code in countries):
        countries = cells("citizenship countrydescription", "address countrydescription")
    kinds = [*cells("entity subjecttype"), *cells("entity subjecttype classificationcode")]
    draft = Draft(
        first["entity eu referencenumber"] or first["entity logicalid"],
        next((_KINDS[kind.lower()] for kind in kinds if kind.lower() in _KINDS), ListedKind.UNKNOWN),
        _names(
            (row["namealias wholename"], row.get("namealias strong", "")) for row in rows if row["namealias wholename"]
        ),
        context.countries(country for country in countries if country.upper() not in _NO_COUNTRY),
        [read_day(day) for day in cells("birthdate birthdate") or cells("birthdate year")],
        [identify(row.get("identification typecode", ""), row.get("identification number", "")) for row in rows],
        cells("entity regulation programme"),
        read_day(first.get("entity designationdate", "")) or _first(cells("entity regulation publicationdate")),
        " ".join(dict.fromkeys(cells("entity remark"))),
    )
    return finish(draft, f"{context.name}, entry {first['entity logicalid']}")


def _first(days: Iterable[str]) -> str:
    return min(filter(None, map(read_day, days)), default="")
