"""The claims of SIPRI's trade register: of each row an order, and a delivery where one is told.

No sentence is read here: what a cell holds is what SIPRI says, and what a cell lacks stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from armstrace.document import Document, Span
from armstrace.extract.claims import Extraction
from armstrace.extract.make import Rejected
from armstrace.extract.sipri_names import Names
from armstrace.extract.sipri_rows import Aside, Column, Row, find_table, number_in, read_rows
from armstrace.ids import content_id
from armstrace.kinds import ROW
from armstrace.lexicon.load import Lexicon
from armstrace.model import (
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Quantity,
    Source,
    SourceKind,
    Status,
    When,
)
from armstrace.text.csv_records import Cell, words_of
from armstrace.text.year_lists import years_in

OUTLET: Final = "SIPRI"
FORMAT: Final = "sipri-csv"
YEAR_UNCERTAIN: Final = "marked '?': the year"
NUMBER_UNCERTAIN: Final = "marked '?': the number"
_COUNTRY: Final = "SE"
_PIECES: Final = "pieces"


class _Step(NamedTuple):
    """A step that a row tells of: its columns, and its markers with what they say."""

    status: Status
    number: Column
    years: Column
    markers: tuple[tuple[Column, str], ...]


_STEPS: Final = (
    _Step(
        Status.ORDERED,
        Column.ORDERED,
        Column.ORDER_YEAR,
        ((Column.ORDER_YEAR_MARKER, YEAR_UNCERTAIN), (Column.ORDERED_MARKER, NUMBER_UNCERTAIN)),
    ),
    _Step(Status.DELIVERED, Column.DELIVERED, Column.DELIVERY_YEARS, ((Column.DELIVERED_MARKER, NUMBER_UNCERTAIN),)),
)


def read_trade_register(document: Document, lexicon: Lexicon) -> Extraction:
    """Return the claims of a trade register, row by row, and the rows that were kept aside.

    Raises:
        InputError: it is no trade register of SIPRI's.
    """
    names, source = Names(lexicon), _source(document)
    claims: list[Claim] = []
    aside: list[Rejected] = []
    for row in read_rows(document.text, document.name or document.id):
        if isinstance(row, Aside):
            evidence = Evidence(row.span.of(document.text), row.span)
            aside.append(Rejected(evidence, "row", (f"line {row.line}: {row.reason}",)))
        else:
            claims += _claims(row, document, names, source)
    return Extraction(tuple(claims), tuple(aside))


def _source(document: Document) -> Source:
    """Return SIPRI as the source, where the register names itself with the place of its name."""
    text = document.text
    for record in find_table(text, document.name or document.id).above:
        start = text.find(OUTLET, *record.span)
        if text.startswith("Source:", record.span.start) and start >= 0:
            return Source(OUTLET, SourceKind.EXPERT, _COUNTRY, named=True, span=Span(start, start + len(OUTLET)))
    return Source(OUTLET, SourceKind.EXPERT, _COUNTRY, named=True)


def _claims(row: Row, document: Document, names: Names, source: Source) -> Iterator[Claim]:
    """Yield the order and the delivery that a row tells of.

    What a marker says is that SIPRI is not sure, though not how unsure; without one it states a fact. An uncertain
    number is a best one without bounds.
    """
    text = document.text
    evidence = Evidence(row.span.of(text), row.span)
    supplier, recipient = (names.party(row.cells[one], text) for one in (Column.SUPPLIER, Column.RECIPIENT))
    items = (names.item(row.cells[Column.DESIGNATION], row.cells[Column.DESCRIPTION], text),)
    for step in (one for one in _STEPS if row.said(one.number) or row.said(one.years)):
        marked = tuple(words for column, words in step.markers if row.is_marked(column))
        yield Claim(
            id=content_id(document.id, row.span.start, step.status),
            document=document.id,
            kind=ClaimKind.TRANSFER,
            evidence=evidence,
            supplier=supplier,
            recipient=recipient,
            items=items,
            quantity=_quantity(row.cells[step.number], text, is_sure=NUMBER_UNCERTAIN not in marked),
            status=step.status,
            certainty=Certainty.UNSTATED if marked else Certainty.FACT,
            when=_when(row.cells[step.years], text),
            attribution=(source,),
            why=(ROW, *marked),
        )


def _quantity(cell: Cell, text: str, *, is_sure: bool) -> Quantity | None:
    number = number_in(cell.text)
    if number is None:
        return None
    bound, span = number if is_sure else None, words_of(cell, text)
    return Quantity(span.of(text), bound, number, bound, _PIECES, span)


def _when(cell: Cell, text: str) -> When | None:
    years = years_in(cell.text)
    if not years:
        return None
    span = words_of(cell, text)
    return When(span.of(text), f"{years[0]}-01-01", f"{years[-1]}-12-31", DatePrecision.YEAR, span)
