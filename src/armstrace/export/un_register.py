"""A draft of what a State would tell the United Nations Register of Conventional Arms of a year, from open sources.

The columns are those of the standardised form (General Assembly resolution 46/36 L and the reports of the experts
since; A category, B final importer or exporter State, C number of items, D State of origin, E intermediate location,
remarks), and of its optional form for small arms and light weapons. It is a draft of armstrace: no State wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from armstrace.errors import MetadataError
from armstrace.export.plain import plain
from armstrace.export.record import About, Out, Record
from armstrace.export.spreadsheet import ENCODING, Cell, csv_line_of_others
from armstrace.export.state_year import Delivery, Kind, Number, delivery_in, kinds_of, number_of
from armstrace.export.transfer_words import givers_words, origin_words
from armstrace.export.wording import CountryNames
from armstrace.lexicon.item_codes import ItemCode
from armstrace.register.types import Alternative, PartyValue
from armstrace.review.release import is_released
from armstrace.told import Told

PARTS: Final = {"un-register": "I. Categories I to VII", "salw": "II. Small arms and light weapons"}
ANNEX: Final = "Annex. In neither part"
NOTE: Final = "Note"
_DIRECTIONS: Final = ("exports", "imports")
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
_LINES: Final = ("S", "L")  # small arms stand before light weapons


@dataclass(frozen=True, slots=True)
class Return:
    """Of which State, year and direction a table is."""

    country: str
    year: str
    is_of_exports: bool
    names: CountryNames


class Entry(NamedTuple):
    """A row under way, with what it is put in order by."""

    order: tuple[int, int, str, str, str]
    cells: tuple[Cell, ...]


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write the table: a note, part I, part II, and the annex of what has no place in either.

    Only lines that people stand behind are in it, whatever is chosen. It holds the rows of one State and year at once.

    Raises:
        MetadataError: the options name no State, year or direction.
    """
    asked = read_options(about)
    released = (record for record in records if is_released(record.transfer))
    rows = sorted((row for record in released for row in _entries(record, asked)), key=attrgetter("order"))
    out.write(csv_line_of_others(_columns(asked)).encode(ENCODING))
    for note in _notes(asked, about, len(rows)):
        out.write(csv_line_of_others((NOTE, *[None] * 6, note, None, None)).encode())
    for row in rows:
        out.write(csv_line_of_others(row.cells).encode("utf-8", "replace"))


def read_options(about: About) -> Return:
    """Return of which State, year and direction a table is asked for.

    Raises:
        MetadataError: that is not told, or is none.
    """
    told = about.options
    country, year, direction = (told.get(name, "") for name in ("country", "year", "direction"))
    wrong = [
        words
        for is_right, words in (
            (country.upper() in about.names, f"country={country}: give a code of ISO 3166, such as country=BR"),
            (bool(_YEAR.fullmatch(year)), f"year={year}: give a calendar year, such as year=2018"),
            (direction in _DIRECTIONS, f"direction={direction}: give direction=exports or direction=imports"),
        )
        if not is_right
    ]
    if wrong:
        raise MetadataError(f"un-register is of one State and year; --set {'; --set '.join(wrong)}")
    return Return(country.upper(), year, direction == "exports", about.names)


def _columns(asked: Return) -> Sequence[str]:
    return (
        "Part",
        "A Category (I-VII) or line of the small arms form",
        "B Final importer State(s)" if asked.is_of_exports else "B Exporter State(s)",
        "C Number of items",
        "D State of origin (if not exporter)",
        "E Intermediate location (if any)",
        "Remarks: description of item",
        "Remarks: comments on the transfer",
        "Line of the register",
        "Documents",
    )


def _notes(asked: Return, about: About, count: int) -> Iterator[str]:
    way = "exports of" if asked.is_of_exports else "imports by"
    state = plain(asked.names[asked.country])
    yield (
        f"A draft made by armstrace {about.versions.get('program', '')} from open sources, of {way} {state} in "
        f"{asked.year}. It is not a submission of any State, and says what sources say, not what took place."
    )
    yield (
        "Only lines that a reviewer stands behind, said to be delivered in the year. C is empty where no exact number "
        "is told, or sources differ: the remarks then say what they tell."
    )
    if not count:
        yield "No reviewed line tells of such a delivery. That is no nil report: other deliveries may not be reported."


def _entries(record: Record, asked: Return) -> Iterator[Entry]:
    fields = record.transfer.fields
    own, other = (fields.supplier, fields.recipient)[:: 1 if asked.is_of_exports else -1]
    if asked.country not in _countries(own):
        return
    delivery = delivery_in(record.transfer, asked.year)
    if delivery is None:
        return
    partners = _states(other, asked.names)
    known = {asked.country} if asked.is_of_exports else set(_countries(other))
    origin = [asked.names.get(one, one) for one in _countries(fields.maker) if one not in known]
    through = _states(fields.via, asked.names)
    for kind, claims in kinds_of(delivery).items():
        number, part = number_of(delivery, claims), _part(kind, delivery)
        figure = None if delivery.doubt or delivery.others else number.figure
        comments = "; ".join(_comments(record, Case(delivery, kind, claims, number), asked, own))
        place = f"{kind.code.code} {kind.code.title}" if kind.code else None
        stretch = (part, place, partners or None, figure, " or ".join(map(plain, origin)) or None, through or None)
        cells = (*stretch, kind.words, comments, record.transfer.id, _documents(record, claims))
        yield Entry((*_order(part, kind.code), partners, record.transfer.id, kind.words), cells)


class Case(NamedTuple):
    """One kind of arms of one delivery, the claims that name it, and their number."""

    delivery: Delivery
    kind: Kind
    claims: Sequence[Told]
    number: Number


def _part(kind: Kind, delivery: Delivery) -> str:
    return PARTS[kind.code.system] if kind.code and not delivery.doubt else ANNEX


def _order(part: str, code: ItemCode | None) -> tuple[int, int]:
    """Return where a row stands: by part, then as the form has its lines."""
    parts = (*PARTS.values(), ANNEX)
    if code is None:
        return parts.index(part), len(_ROMAN) * 100
    letter, digits = code.code[:1], code.code[1:]
    if letter in _LINES and digits.isdigit():
        return parts.index(part), _LINES.index(letter) * 100 + int(digits)
    roman, _, letters = code.code.partition("(")
    return parts.index(part), _ROMAN.index(roman) * 100 + sum(map(ord, letters[:1]))


def _comments(record: Record, case: Case, asked: Return, own: Sequence[Alternative[PartyValue]]) -> Iterator[str]:
    transfer, names, delivery = record.transfer, asked.names, case.delivery
    if case.kind.why:
        yield case.kind.why
    if delivery.doubt:
        yield delivery.doubt
    ids = [told.claim.id for told in case.claims]
    yield f"delivered {delivery.days or 'on a day not told'}, says {givers_words(transfer, ids, names)}"
    if case.number.words and case.number.figure is None:
        yield f"number told: {case.number.words}"
    if case.number.figure is not None and (delivery.others or delivery.doubt):
        yield f"number told, maybe not of this year alone: {case.number.words}"
    if not case.number.words:
        yield "number not told"
    if delivery.others:
        yield f"also said to be delivered {delivery.others}"
    if len({one.value for one in own if one.value}) > 1:
        yield f"sources differ on whose it is: {_states(own, names)}"
    if against := [origin_words(one, names) for one in transfer.denied.origins]:
        yield f"denied by {', '.join(against)}"
    yield f"told as {', '.join(dict.fromkeys(str(told.claim.certainty) for told in case.claims))}"
    reviewed = sum(told.review is not None for told in case.claims)
    yield f"{reviewed} of {len(case.claims)} claims of the delivery reviewed"


def _countries(side: Iterable[Alternative[PartyValue]]) -> list[str]:
    return list(dict.fromkeys(one.value.country for one in side if one.value and one.value.country))


def _states(side: Iterable[Alternative[PartyValue]], names: CountryNames) -> str:
    """Return the States of a side by name; a party whose State nobody tells by its own."""
    found: dict[str, None] = {}
    for one in side:
        if one.value:
            country, organisation = one.value
            found[plain(names.get(country, country) if country else f"{organisation or ''} (no State)")] = None
    return " or ".join(found)


def _documents(record: Record, claims: Sequence[Told]) -> str:
    cited = dict.fromkeys(told.claim.document for told in claims)
    found = [record.documents[one] for one in cited if one in record.documents]
    return " ".join(one.url or one.id for one in found)
