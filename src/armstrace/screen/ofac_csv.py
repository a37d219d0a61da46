"""The lists of the United States Treasury (OFAC) in CSV: a file of entries, one of aliases, one of addresses.

The files have no header; their columns are those of OFAC's data specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, Final, NamedTuple

from armstrace.errors import ListError
from armstrace.screen.days import read_day
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.table_rows import Cells, read_rows, sized_rows

PRIMARY, ALIASES, ADDRESSES, COMMENTS = "entries", "aliases", "addresses", "comments"
# The parts and how many columns each has.
COLUMNS: Final = {PRIMARY: 12, ALIASES: 5, ADDRESSES: 6, COMMENTS: 2}
ALIAS_SORTS: Final = {"aka": NameSort.ALIAS, "fka": NameSort.FORMER, "nka": NameSort.ALIAS}
KINDS: Final = {
    "individual": ListedKind.PERSON,
    "vessel": ListedKind.VESSEL,
    "aircraft": ListedKind.AIRCRAFT,
    "entity": ListedKind.ORGANISATION,
    "": ListedKind.ORGANISATION,
}
_EMPTY: Final = "-0-"
# Programmes of those who are not "specially designated nationals". Who is that too has another programme beside them.
_NOT_SDN: Final = ("NS-", "FSE-", "CAPTA", "561-")
_BORN: Final = re.compile(r"(?:^|; )(?:alt\. )?DOB ([^;]+?)(?=;|\.?$)")
_NATIONALITY: Final = re.compile(r"(?:^|; )(?:alt\. )?(?:nationality|citizen) ([^;]+?)(?=;|\.?$)")
_WEAK: Final = re.compile(r"\b(?:a|f|n)\.k\.a\. '([^']+)'")
_NUMBER: Final = re.compile(
    r"(?:^|; )(?:alt\. )?(Passport|MMSI|Registration ID|Tax ID No\.|[\w ]*ID No\.) ([^;(]+?)(?= \(|;|\.?$)"
)


class Part(NamedTuple):
    """One of the files, and its name for messages."""

    stream: BinaryIO
    name: str


def read_ofac_csv(parts: Mapping[str, Part], context: Context) -> Read:
    """Yield the entries of the files; names and countries that belong to no entry mean that the main file is cut short.

    Raises:
        ListError: a file is cut short, the aliases are missing, or aliases belong to no entry.
    """
    more = {name: _by_entry(parts[name], COLUMNS[name]) for name in (ALIASES, ADDRESSES, COMMENTS) if name in parts}
    ids: set[str] = set()
    not_sdn = False
    for cells in _rows(parts[PRIMARY], COLUMNS[PRIMARY]):
        if isinstance(cells, Fault):
            yield cells
            continue
        ids.add(cells[0])
        not_sdn = not_sdn or is_not_sdn(_programmes(cells[3]))
        yield _entry(cells, {name: rows.get(cells[0], []) for name, rows in more.items()}, context)
    for name, rows in more.items():
        if lost := sorted(rows.keys() - ids):
            raise ListError(
                f"{parts[name].name}: holds {name} of entry {lost[0]}, which {parts[PRIMARY].name} does not have: "
                "one of the files is cut short, or they are of different days; download them together again"
            )
    yield About(key="us-consolidated" if not_sdn else "us-sdn")


def _rows(part: Part, size: int) -> Iterator[Cells | Fault]:
    for cells in sized_rows(read_rows(part.stream, part.name), part.name, size):
        yield cells if isinstance(cells, Fault) else ["" if c.strip() == _EMPTY else c.strip() for c in cells]


def _by_entry(part: Part, size: int) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for cells in _rows(part, size):
        if not isinstance(cells, Fault):
            found.setdefault(cells[0], []).append(cells)
    return found


def _entry(cells: Cells, more: Mapping[str, list[Cells]], context: Context) -> ListedEntry | Fault:
    kind = KINDS.get(cells[2].lower(), ListedKind.UNKNOWN)
    remarks = " ".join(filter(None, (cells[11], *(row[1] for row in more.get(COMMENTS, ())))))
    countries = [*_NATIONALITY.findall(remarks), *(row[4] for row in more.get(ADDRESSES, ())), cells[9]]
    draft = Draft(
        cells[0],
        kind,
        _names(cells, more.get(ALIASES, ()), remarks),
        context.countries(filter(None, countries)),
        [read_day(day) for day in _BORN.findall(remarks)],
        _numbers(cells, remarks, is_vessel=kind is ListedKind.VESSEL),
        _programmes(cells[3]),
        "",
        remarks,
    )
    return finish(draft, f"{context.name}, entry {cells[0] or '?'}")


def _names(cells: Cells, aliases: Iterable[Cells], remarks: str) -> list[ListedName]:
    """Return the names; those in quotation marks among the remarks are the ones that OFAC calls weak."""
    names = named([cells[1]], NameSort.PRIMARY)
    for row in aliases:
        names += named([row[3]], ALIAS_SORTS.get(row[2].lower(), NameSort.ALIAS))
    return names + named(_WEAK.findall(remarks), NameSort.WEAK)


def _numbers(cells: Cells, remarks: str, *, is_vessel: bool) -> list[Identifier]:
    numbers = [identify(kind, value, is_vessel=is_vessel) for kind, value in _NUMBER.findall(remarks)]
    return [*([Identifier("call sign", cells[5])] if cells[5] else []), *numbers]


def is_not_sdn(programmes: Sequence[str]) -> bool:
    """Tell whether an entry of these programmes can only stand on the list beside the SDN list."""
    return bool(programmes) and all(one.startswith(_NOT_SDN) for one in programmes)


def _programmes(words: str) -> list[str]:
    return [one.strip(" []") for one in re.split(r"\]\s*\[", words) if one.strip(" []")]
