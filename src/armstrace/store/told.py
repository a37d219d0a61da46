"""Claims as the register tells them, the parts that they make, and how well these fit: rows, and what changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, distinct, func, or_, select, update

from armstrace.store.changes import chunks
from armstrace.store.register_schema import PART_CHOICES, PART_FITS, TOLD_CLAIMS

_C = TOLD_CLAIMS.c

Sides = tuple[str | None, str | None]


class ToldRow(NamedTuple):
    """A claim as told; ``body`` is JSON. ``part`` is the first claim of its part, None for claims of other kinds."""

    claim_id: str
    document_id: str
    is_transfer: bool
    supplier: str | None
    recipient: str | None
    part: str | None
    refers_to: str | None
    day: str | None
    body: str


class Fitting(NamedTuple):
    """An open part and one that it fits, by their first claims."""

    part: str
    other: str
    score: float


def told_of_documents(connection: Connection, documents: Iterable[str]) -> list[ToldRow]:
    """Return the claims of documents."""
    return _by_column(connection, _C.document_id, documents)


def told_of_ids(connection: Connection, claims: Iterable[str]) -> list[ToldRow]:
    """Return the claims of ids, those that are there."""
    return _by_column(connection, _C.claim_id, claims)


def told_of_parts(connection: Connection, parts: Iterable[str]) -> list[ToldRow]:
    """Return the claims of parts."""
    return _by_column(connection, _C.part, parts)


def told_about(connection: Connection, claims: Iterable[str]) -> list[ToldRow]:
    """Return the claims of other kinds that refer to claims."""
    return [row for row in _by_column(connection, _C.refers_to, claims) if not row.is_transfer]


def told_of_blocks(connection: Connection, blocks: Iterable[Sides]) -> list[ToldRow]:
    """Return the transfer claims of blocks."""
    found: list[ToldRow] = []
    for chosen in chunks(sorted(set(blocks), key=str)):
        found.extend(_rows(connection, _C.is_transfer & or_(*(_is_block(block) for block in chosen))))
    return found


def told_of_sides(connection: Connection, blocks: Iterable[Sides]) -> list[ToldRow]:
    """Return the claims of known parties beside open blocks: with the supplier, or recipient, that is known of one."""
    wanted = sorted(set(blocks), key=str)
    whole = _C.is_transfer & _C.supplier.is_not(None) & _C.recipient.is_not(None)
    suppliers = [supplier for supplier, _ in wanted if supplier is not None]
    recipients = [recipient for supplier, recipient in wanted if supplier is None and recipient is not None]
    found: dict[str, ToldRow] = {}
    for column, values in ((_C.supplier, suppliers), (_C.recipient, recipients)):
        for chosen in chunks(values):
            found.update((row.claim_id, row) for row in _rows(connection, whole & column.in_(chosen)))
    return list(found.values())


def count_undated(connection: Connection) -> int:
    """Return how many documents with claims have no date of publication."""
    return connection.scalar(select(func.count(distinct(_C.document_id))).where(_C.day.is_(None))) or 0


def fits_of(connection: Connection, parts: Iterable[str]) -> list[Fitting]:
    """Return what open parts fit."""
    return [
        Fitting(*row) for chosen in chunks(parts) for row in _pairs(connection, PART_FITS, PART_FITS.c.part, chosen)
    ]


def fits_with(connection: Connection, others: Iterable[str]) -> list[Fitting]:
    """Return which open parts fit the given ones."""
    c = PART_FITS.c
    return [Fitting(*row) for chosen in chunks(others) for row in _pairs(connection, PART_FITS, c.other, chosen)]


def choices_of(connection: Connection, parts: Iterable[str]) -> list[Fitting]:
    """Return what open parts chose."""
    c = PART_CHOICES.c
    return [Fitting(*row) for chosen in chunks(parts) for row in _pairs(connection, PART_CHOICES, c.part, chosen)]


def choices_for(connection: Connection, others: Iterable[str]) -> list[Fitting]:
    """Return which open parts chose the given ones."""
    c = PART_CHOICES.c
    return [Fitting(*row) for chosen in chunks(others) for row in _pairs(connection, PART_CHOICES, c.other, chosen)]


def forget_told(connection: Connection, claims: Iterable[str]) -> None:
    """Take claims away."""
    for chosen in chunks(claims):
        connection.execute(delete(TOLD_CLAIMS).where(_C.claim_id.in_(chosen)))


def write_told(connection: Connection, rows: Iterable[ToldRow]) -> None:
    """Write claims that are not there."""
    for chosen in chunks(rows):
        connection.execute(TOLD_CLAIMS.insert(), [row._asdict() for row in chosen])


def write_parts(connection: Connection, parts: Mapping[str, str]) -> None:
    """Write to which part claims belong that are there."""
    for claim, part in parts.items():
        connection.execute(update(TOLD_CLAIMS).where(_C.claim_id == claim).values(part=part))


def forget_fits(connection: Connection, parts: Collection[str]) -> None:
    """Take away what is known of how parts fit others, on either side."""
    c = PART_FITS.c
    for chosen in chunks(parts):
        connection.execute(delete(PART_FITS).where(or_(c.part.in_(chosen), c.other.in_(chosen))))


def write_fits(connection: Connection, fits: Iterable[Fitting]) -> None:
    """Write how parts fit."""
    for chosen in chunks(fits):
        connection.execute(PART_FITS.insert(), [fit._asdict() for fit in chosen])


def write_choices(connection: Connection, gone: Iterable[str], choices: Iterable[Fitting]) -> None:
    """Write what open parts choose, in the place of what some chose."""
    for chosen in chunks(gone):
        connection.execute(delete(PART_CHOICES).where(PART_CHOICES.c.part.in_(chosen)))
    for rows in chunks(choices):
        connection.execute(PART_CHOICES.insert(), [choice._asdict() for choice in rows])


def _by_column(connection: Connection, column: ColumnElement[Any], values: Iterable[str]) -> list[ToldRow]:
    return [row for chosen in chunks(sorted(set(values))) for row in _rows(connection, column.in_(chosen))]


def _rows(connection: Connection, where: ColumnElement[bool]) -> Iterator[ToldRow]:
    for row in connection.execute(select(TOLD_CLAIMS).where(where)):
        yield ToldRow(*row)


def _is_block(block: Sides) -> ColumnElement[bool]:
    return and_(*(c.is_(None) if side is None else c == side for c, side in zip(_SIDES, block, strict=True)))


_SIDES = (_C.supplier, _C.recipient)


def _pairs(connection: Connection, table: Table, column: ColumnElement[Any], values: Collection[str]) -> Iterator[Any]:
    yield from connection.execute(select(table.c.part, table.c.other, table.c.score).where(column.in_(values)))
