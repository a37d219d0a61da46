"""OpenSanctions files: FollowTheMoney entities as JSON lines (entities.ftm.json), and targets.simple.csv."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, NamedTuple

from armstrace.errors import ListError
from armstrace.screen.days import read_day
from armstrace.screen.entries import IMO, Fault, Identifier, ListedEntry, ListedKind, NameSort
from armstrace.screen.fold import is_latin
from armstrace.screen.limits import CHUNK, MIB, MOST_BYTES, MOST_RECORD
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named, unique
from armstrace.screen.table_rows import open_table

HEADER: Final = ("id", "schema", "name", "aliases", "birth date", "countries", "identifiers", "dataset")
KEY: Final = "opensanctions"
_KINDS: Final = {
    "Person": ListedKind.PERSON,
    "Organization": ListedKind.ORGANISATION,
    "Company": ListedKind.ORGANISATION,
    "PublicBody": ListedKind.ORGANISATION,
    "LegalEntity": ListedKind.UNKNOWN,
    "Vessel": ListedKind.VESSEL,
    "Airplane": ListedKind.AIRCRAFT,
}
# Of what OpenSanctions collects only what is sanctioned or under export control is a listing; politicians are not.
_LISTED: Final = frozenset({"sanction", "sanction.counter", "export.control"})
_SORTS: Final = (
    ("name", NameSort.PRIMARY),
    ("alias", NameSort.ALIAS),
    ("previousName", NameSort.FORMER),
    ("weakAlias", NameSort.WEAK),
)
_COUNTRIES: Final = ("country", "nationality", "citizenship", "jurisdiction", "flag", "registrationCountry")
_NUMBERS: Final = (
    "passportNumber",
    "idNumber",
    "registrationNumber",
    "taxNumber",
    "innCode",
    "ogrnCode",
    "mmsi",
    "callSign",
)

Properties = Mapping[str, list[str]]


class _Listing(NamedTuple):
    programmes: tuple[str, ...]
    since: str


def read_ftm(stream: BinaryIO, context: Context) -> Read:
    """Yield the entries that are listed, then which data set they are of; the file is read to its end before the first.

    Raises:
        ListError: the file is cut short.
    """
    listings: dict[str, list[_Listing]] = {}
    waiting: list[tuple[int, str, str, Properties]] = []
    datasets: set[str] | None = None
    for number, row in _rows(stream, context.name):
        if isinstance(row, Fault):
            yield row
            continue
        schema, properties = row["schema"], row["properties"]
        if schema == "Sanction":
            programmes = unique([*properties.get("program", ()), *properties.get("programId", ())])
            days = [read_day(day) for day in (*properties.get("listingDate", ()), *properties.get("startDate", ()))]
            listing = _Listing(programmes, min(filter(None, days), default=""))
            for entity in properties.get("entity", ()):
                listings.setdefault(entity, []).append(listing)
        elif schema in _KINDS and _is_listed(row):
            waiting.append((number, row["id"], schema, properties))
            mine = set(row.get("datasets") or ())
            datasets = mine if datasets is None else datasets & mine
    for number, identity, schema, properties in waiting:
        yield _entry(
            identity,
            schema,
            properties,
            listings.get(identity, []),
            context._replace(name=f"{context.name}, line {number}"),
        )
    yield About(key=f"{KEY}:{min(datasets)}" if datasets else KEY)


def _is_listed(row: Mapping[str, Any]) -> bool:
    topics = row["properties"].get("topics")
    return bool(row.get("target")) if topics is None else not _LISTED.isdisjoint(topics)


def _entry(
    identity: str, schema: str, properties: Properties, listings: list[_Listing], context: Context
) -> ListedEntry | Fault:
    def values(*names: str) -> list[str]:
        return [value for name in names for value in properties.get(name, ())]

    names = [
        one
        for name, sort in _SORTS
        for number, text in enumerate(values(name))
        for one in named([text], _sort(text, sort, number))
    ]
    draft = Draft(
        identity,
        _KINDS[schema],
        names,
        context.countries(code.upper() if len(code) == 2 else code for code in values(*_COUNTRIES)),  # noqa: PLR2004
        [read_day(day) for day in values("birthDate")],
        [
            *(identify(IMO, number) for number in values("imoNumber")),
            *(Identifier(name, number) for name in _NUMBERS for number in values(name)),
        ],
        [programme for listing in listings for programme in listing.programmes] or values("programId"),
        min(filter(None, (listing.since for listing in listings)), default=""),
        " ".join(values("notes")),
    )
    return finish(draft, context.name)


def _sort(text: str, sort: NameSort, number: int) -> NameSort:
    """Return the sort of a name: the first is the primary one, and one in another script is said to be so."""
    if sort is NameSort.WEAK:
        return sort
    if not is_latin(text):
        return NameSort.ORIGINAL
    return NameSort.ALIAS if sort is NameSort.PRIMARY and number else sort


def _rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    """Yield each line's entity, or why it is none; a last line that is none means that the file is cut short."""
    flaw: Fault | None = None
    for number, line in enumerate(_lines(stream, name), 1):
        if flaw:
            yield number - 1, flaw
            flaw = None
        if not line.strip():
            continue
        row = _read_line(line)
        if row is None:
            flaw = Fault(f"{name}, line {number}", "is no entity of FollowTheMoney")
        else:
            yield number, row
    if flaw:
        raise ListError(f"{name}: is cut short: its last line {flaw.reason}; download it again")


def _read_line(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not (isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("schema"), str)):
        return None
    properties = row.get("properties")
    is_plain = isinstance(properties, dict) and all(
        isinstance(values, list) and all(isinstance(one, str) for one in values) for values in properties.values()
    )
    datasets = row.get("datasets") or []
    has_datasets = isinstance(datasets, list) and all(isinstance(one, str) for one in datasets)
    return row if is_plain and has_datasets else _plain_row(row, properties)


def _plain_row(row: dict[str, Any], properties: object) -> dict[str, Any] | None:
    """Return a row whose properties hold nested entities, as some exports have, without those."""
    if not isinstance(properties, dict):
        return None
    kept = {
        name: [one for one in values if isinstance(one, str)]
        for name, values in properties.items()
        if isinstance(values, list)
    }
    return {**row, "properties": kept, "datasets": []}


def _lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    size, rest = 0, b""
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise ListError(f"{name}: is larger than {MOST_BYTES // MIB} MiB, which no list is; not read")
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
        if len(rest) > MOST_RECORD:
            raise ListError(f"{name}: holds a line of more than {MOST_RECORD // MIB} MiB; not read")
    if rest.strip():
        yield rest


def read_targets(stream: BinaryIO, context: Context) -> Read:
    """Yield the entries of a targets.simple.csv, then which data set they are of.

    Raises:
        ListError: the file is cut short, or a column is missing.
    """
    datasets: set[str] | None = None
    table = open_table(stream, context.name, ",", HEADER)
    for number, row in enumerate(table.rows, 1):
        if isinstance(row, Fault):
            yield row
            continue
        mine = set(unique(row["dataset"].split(";")))
        datasets = mine if datasets is None else datasets & mine
        yield finish(_target(row, context), f"{context.name}, row {number}")
    yield About(key=f"{KEY}:{min(datasets)}" if datasets else KEY)


def _target(row: Mapping[str, str], context: Context) -> Draft:
    def parts(column: str) -> list[str]:
        return [part.strip() for part in row.get(column, "").split(";") if part.strip()]

    kind = _KINDS.get(row["schema"], ListedKind.UNKNOWN)
    aliases = [one for alias in parts("aliases") for one in named([alias], _sort(alias, NameSort.ALIAS, 0))]
    return Draft(
        row["id"],
        kind,
        named([row["name"]], NameSort.PRIMARY) + aliases,
        context.countries(code.upper() if len(code) == 2 else code for code in parts("countries")),  # noqa: PLR2004
        [read_day(day) for day in parts("birth date")],
        [identify("number", one, is_vessel=kind is ListedKind.VESSEL) for one in parts("identifiers")],
        parts("program ids") or parts("sanctions"),
        "",
        "",
    )
