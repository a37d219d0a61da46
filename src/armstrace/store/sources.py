"""Sources and outlets that claims name: rows of claims and transfers, and their sums, a row a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, delete, false, func, select

from armstrace.errors import StoreError
from armstrace.register.fields import plain_name
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json, to_json
from armstrace.store.register_schema import SOURCE_MARKS, SOURCES, TOLD_CLAIMS, TOLD_SOURCES

MOST_ON_A_PAGE: Final = 200
_MOST_NAMES: Final = 20  # by which one source goes
_S, _C, _M = SOURCES.c, TOLD_SOURCES.c, SOURCE_MARKS.c
_MARKED: Final = ("transfers", "followed", "confirmed", "denied", "taken_back")
# What sources can be sorted by, with whether the greatest come first; those that are equal in it by label and id.
_ORDERS: Final[Mapping[str, tuple[ColumnElement[Any], bool]]] = MappingProxyType(
    {
        "claims": (_S.claims + _S.carried, True),
        **{name: (_S[name], False) for name in ("label", "kind", "country")},
        **{name: (_S[name], True) for name in ("transfers", "confirmed", "denied", "taken_back", "last_day")},
    }
)
ORDERS: Final = tuple(_ORDERS)


class ToldSource(NamedTuple):
    """A source of a claim; ``label``, ``name`` and ``is_carrier`` as in ``register_schema``; "" for what is unknown."""

    claim_id: str
    source_id: str
    label: str
    name: str
    kind: str
    country: str
    is_carrier: bool
    day: str


class SourceMark(NamedTuple):
    """What became of a source's word on a transfer."""

    transfer_id: str
    source_id: str
    is_followed: bool
    is_confirmed: bool
    is_denied: bool
    is_taken_back: bool


class SourceRow(NamedTuple):
    """A source with its sums: claims that it made and that it carried, transfers, and what became of its word on them.

    ``names`` are those it goes by, as JSON; ``country`` and ``last_day`` "" where nobody knows.
    """

    id: str
    label: str
    names: str
    words: str
    kind: str
    country: str
    claims: int
    carried: int
    transfers: int
    followed: int
    confirmed: int
    denied: int
    taken_back: int
    last_day: str

    @property
    def known_as(self) -> tuple[str, ...]:
        """The names that it goes by."""
        return tuple(from_json(self.names))


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """Which sources: ``words`` begin a word of the label, kind and country are exact; None asks for nothing."""

    words: str | None = None
    kind: str | None = None
    country: str | None = None


class Stretch(NamedTuple):
    """How many rows, and how many stand before them."""

    most: int
    before: int = 0


def list_sources(connection: Connection, query: SourceQuery, order: str, stretch: Stretch) -> list[SourceRow]:
    """Return a stretch of the sources that are all that is asked for, in order.

    Raises:
        StoreError: ``order`` is none of ``ORDERS``.
    """
    if order not in _ORDERS:
        raise StoreError(f"order {order!r}: is none; give one of {', '.join(ORDERS)}")
    column, is_descending = _ORDERS[order]
    keys = (column.desc() if is_descending else column, _S.words, _S.id)
    found = select(SOURCES).where(*_conditions(query)).order_by(*keys)
    return [SourceRow(*row) for row in connection.execute(found.limit(stretch.most).offset(stretch.before))]


def count_sources(connection: Connection, query: SourceQuery) -> int:
    """Return how many sources are all that is asked for."""
    return connection.scalar(select(func.count()).select_from(SOURCES).where(*_conditions(query))) or 0


def kinds_and_countries(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds and the countries that sources are of."""
    kinds, countries = (connection.scalars(select(c).distinct().order_by(c)).all() for c in (_S.kind, _S.country))
    return tuple(kinds), tuple(filter(None, countries))


def find_source(connection: Connection, identity: str) -> SourceRow | None:
    """Return the source of an id, None where there is none."""
    row = connection.execute(select(SOURCES).where(_S.id == identity)).one_or_none()
    return SourceRow(*row) if row else None


class SourceClaim(NamedTuple):
    """A claim that a source made or carried; ``body`` is the claim as told (``keeping.told_rows``)."""

    body: str
    is_carrier: bool


def claims_of_source(connection: Connection, identity: str, stretch: Stretch) -> list[SourceClaim]:
    """Return a stretch of the claims of a source, the latest first."""
    found = (
        select(TOLD_CLAIMS.c.body, _C.is_carrier)
        .join_from(TOLD_SOURCES, TOLD_CLAIMS, _C.claim_id == TOLD_CLAIMS.c.claim_id)
        .where(_C.source_id == identity)
        .order_by(_C.day.desc(), _C.claim_id)
    )
    return [SourceClaim(*row) for row in connection.execute(found.limit(stretch.most).offset(stretch.before))]


def _conditions(query: SourceQuery) -> list[ColumnElement[bool]]:
    found = [_S[name] == value for name in ("kind", "country") if (value := getattr(query, name)) is not None]
    if query.words is not None:
        words = plain_name(query.words)
        found.append(_S.words.contains(f" {words}", autoescape=True) if words else false())
    return found


# writing


def forget_told_sources(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Take the sources of claims away; return their ids, whose sums are then no more right."""
    return {
        source
        for chosen in chunks(sorted(set(claims)))
        for source in connection.scalars(delete(TOLD_SOURCES).where(_C.claim_id.in_(chosen)).returning(_C.source_id))
    }


def marked_sources(connection: Connection, transfers: Iterable[str]) -> set[str]:
    """Return the ids of the sources of transfers."""
    return {
        source
        for chosen in chunks(sorted(set(transfers)))
        for source in connection.scalars(select(_M.source_id).where(_M.transfer_id.in_(chosen)))
    }


def write_told_sources(connection: Connection, rows: Sequence[ToldSource]) -> None:
    """Write the sources of claims that are there."""
    for some in chunks(rows):
        connection.execute(TOLD_SOURCES.insert(), [row._asdict() for row in some])


def write_marks(connection: Connection, rows: Sequence[SourceMark]) -> None:
    """Write what became of the words of sources; it goes with its transfers."""
    for some in chunks(rows):
        connection.execute(SOURCE_MARKS.insert(), [row._asdict() for row in some])


def sum_up_sources(connection: Connection, sources: Iterable[str]) -> None:
    """Make the sums of sources anew; one of which no claim is left is no more."""
    for chosen in chunks(sorted(set(sources))):
        connection.execute(delete(SOURCES).where(_S.id.in_(chosen)))
        names = _names(connection, chosen)
        marks = {row.source_id: row for row in connection.execute(_sums_of_marks(chosen))}
        rows = [
            SourceRow(
                id=row.source_id,
                label=row.label,
                names=to_json(names[row.source_id][:_MOST_NAMES]),
                words=f" {plain_name(row.label)}",
                kind=row.kind,
                country=row.country,
                claims=row.claims - row.carried,
                carried=row.carried,
                **{name: getattr(marks.get(row.source_id), name, 0) for name in _MARKED},
                last_day=row.last_day,
            )
            for row in connection.execute(_sums_of_claims(chosen))
        ]
        if rows:
            connection.execute(SOURCES.insert(), [row._asdict() for row in rows])


def _names(connection: Connection, sources: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    told = select(_C.source_id, _C.name).where(_C.source_id.in_(sources)).distinct()
    for source, name in connection.execute(told):
        found.setdefault(source, []).append(name)
    return {source: sorted(own) for source, own in found.items()}


def _sums_of_claims(sources: Sequence[str]) -> Select[Any]:
    of_all = (
        _C.source_id,
        func.min(_C.label).label("label"),
        func.min(_C.kind).label("kind"),
        func.min(_C.country).label("country"),
        func.count().label("claims"),
        _count(_C.is_carrier).label("carried"),
        func.max(_C.day).label("last_day"),
    )
    return select(*of_all).where(_C.source_id.in_(sources)).group_by(_C.source_id)


def _sums_of_marks(sources: Sequence[str]) -> Select[Any]:
    flags = {"followed": _M.is_followed, "confirmed": _M.is_confirmed, "denied": _M.is_denied}
    flags["taken_back"] = _M.is_taken_back
    sums = (_count(flag).label(name) for name, flag in flags.items())
    of_all = (_M.source_id, func.count().label("transfers"), *sums)
    return select(*of_all).where(_M.source_id.in_(sources)).group_by(_M.source_id)


def _count(flag: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((flag.is_(True), 1), else_=0)), 0)
