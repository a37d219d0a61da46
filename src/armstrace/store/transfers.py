"""The lines of the register as rows: written whole, asked for by what they hold, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, false, func, or_, select, tuple_

from armstrace.errors import StoreError
from armstrace.store.changes import chunks
from armstrace.store.columns import from_json
from armstrace.store.register_schema import TRANSFER_CLAIMS, TRANSFERS

NO_DAY = "9999-99-99"  # sorts behind every day
MOST_ON_A_PAGE = 500
_T, _C = TRANSFERS.c, TRANSFER_CLAIMS.c
_CLAIM, _CONTEXT = "claim", "context"
# What transfers can be sorted by, with whether the greatest come first; those that are equal in it by id.
_ORDERS = {"first-known": (_T.first_day, False), "last-reported": (_T.last_day, True)}
ORDERS = tuple(_ORDERS)


class TransferRow(NamedTuple):
    """A transfer with what can be asked for. Days are ISO; lists stand between spaces; body and findings are JSON."""

    id: str
    first_day: str
    last_day: str
    status: str
    polarity: str
    credibility: int
    claims: int
    documents: int
    families: int
    affirming: int
    denying: int
    is_rejected: bool
    is_released: bool
    conflicts: int
    breaches: int
    suppliers: str
    recipients: str
    categories: str
    party_words: str
    item_words: str
    findings: str
    body: str

    @property
    def shape(self) -> dict[str, Any]:
        """The public shape."""
        found: dict[str, Any] = from_json(self.body)
        return found

    @property
    def law(self) -> list[dict[str, Any]]:
        """The findings, in their public shape."""
        found: list[dict[str, Any]] = from_json(self.findings)
        return found


class TransferClaim(NamedTuple):
    """A claim of a transfer, or one that says something else of it; ``alias`` as in ``register_schema``."""

    transfer_id: str
    claim_id: str
    document_id: str
    role: str
    alias: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class TransferQuery:
    """What is asked for; None asks for nothing.

    ``party`` is a code or the beginning of words of a supplier's or recipient's name, ``item`` a category or the
    beginning of words of an item, both folded as ``register.fields.plain_name`` does; ``supplier`` and ``recipient``
    are codes; ``status`` is the latest. A claim is known within ``first_day`` and ``last_day`` (ISO). ``documents`` are
    those that a claim, or what else is said of it, is of. Lines of which people rejected every claim are left out
    unless ``rejected``; with ``released`` all are that no person stands behind (``review.release``).
    """

    party: str | None = None
    item: str | None = None
    status: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    supplier: str | None = None
    recipient: str | None = None
    documents: tuple[str, ...] = ()
    rejected: bool = False
    released: bool = False


class Cursor(NamedTuple):
    """Behind which transfer a page begins: its value in the order, and its id."""

    value: str
    id: str


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Transfers in order; ``next`` is None on the last page."""

    transfers: tuple[TransferRow, ...]
    next: Cursor | None


def page_of(
    connection: Connection, query: TransferQuery, order: str, most: int, after: Cursor | None = None
) -> TransferPage:
    """Return the transfers that are all that is asked for, those behind a cursor.

    Raises:
        StoreError: ``order`` is none of ``ORDERS``, or ``most`` is no number of rows for a page.
    """
    if order not in _ORDERS:
        raise StoreError(f"order {order!r}: is none; give one of {', '.join(ORDERS)}")
    if not 1 <= most <= MOST_ON_A_PAGE:
        raise StoreError(f"{most} transfers a page: give 1 to {MOST_ON_A_PAGE}")
    column, is_descending = _ORDERS[order]
    wanted = select(TRANSFERS).where(*_conditions(query))
    if after is not None:
        here, there = tuple_(column, _T.id), tuple_(*after)
        wanted = wanted.where(here < there if is_descending else here > there)
    keys = (column.desc(), _T.id.desc()) if is_descending else (column, _T.id)
    rows = [TransferRow(*row) for row in connection.execute(wanted.order_by(*keys).limit(most + 1))]
    shown = rows[:most]
    cursor = Cursor(getattr(shown[-1], column.name), shown[-1].id) if len(rows) > most else None
    return TransferPage(tuple(shown), cursor)


def count_transfers(connection: Connection, query: TransferQuery) -> int:
    """Return how many transfers are all that is asked for."""
    return connection.scalar(select(func.count()).select_from(TRANSFERS).where(*_conditions(query))) or 0


def find_transfer_row(connection: Connection, identity: str) -> TransferRow | None:
    """Return the transfer of an id, None where there is none."""
    row = connection.execute(select(TRANSFERS).where(_T.id == identity)).one_or_none()
    return TransferRow(*row) if row else None


def transfers_by_id(connection: Connection, asked: str, *, exact: bool) -> list[str]:
    """Return the ids of the transfers that an id leads to: their own, a claim's, or one they would bear by a claim.

    Unless ``exact``, the beginning of an id does.
    """

    def matches(column: ColumnElement[str]) -> ColumnElement[bool]:
        return column == asked if exact else column.startswith(asked, autoescape=True)

    own = select(_T.id).where(matches(_T.id))
    others = select(_C.transfer_id).where(_C.role == _CLAIM, or_(matches(_C.claim_id), matches(_C.alias)))
    return sorted(connection.scalars(own.union(others)))


def claims_by_id(connection: Connection, asked: str, *, exact: bool) -> list[str]:
    """Return the ids of the claims in the register that an id, or unless ``exact`` the beginning of one, leads to."""
    is_it = _C.claim_id == asked if exact else _C.claim_id.startswith(asked, autoescape=True)
    return sorted(set(connection.scalars(select(_C.claim_id).where(is_it))))


def claims_of_transfers(connection: Connection, transfers: Iterable[str]) -> list[TransferClaim]:
    """Return the claims of transfers, and those that say something else of these."""
    return [row for chosen in chunks(sorted(set(transfers))) for row in _claims(connection, _C.transfer_id.in_(chosen))]


def transfers_of_claims(connection: Connection, claims: Iterable[str]) -> set[str]:
    """Return the ids of the transfers that claims belong to."""
    found: set[str] = set()
    for chosen in chunks(sorted(set(claims))):
        found.update(connection.scalars(select(_C.transfer_id).where(_C.claim_id.in_(chosen))))
    return found


def _claims(connection: Connection, where: ColumnElement[bool]) -> list[TransferClaim]:
    return [TransferClaim(*row) for row in connection.execute(select(TRANSFER_CLAIMS).where(where))]


def forget_transfers(connection: Connection, transfers: Iterable[str]) -> None:
    """Take transfers away."""
    for chosen in chunks(sorted(set(transfers))):
        connection.execute(delete(TRANSFER_CLAIMS).where(_C.transfer_id.in_(chosen)))
        connection.execute(delete(TRANSFERS).where(_T.id.in_(chosen)))


def write_transfers(connection: Connection, rows: Sequence[TransferRow], claims: Sequence[TransferClaim]) -> None:
    """Write transfers that are not there."""
    for chosen in chunks(rows):
        connection.execute(TRANSFERS.insert(), [row._asdict() for row in chosen])
    for some in chunks(claims):
        connection.execute(TRANSFER_CLAIMS.insert(), [claim._asdict() for claim in some])


def _conditions(query: TransferQuery) -> list[ColumnElement[bool]]:
    """Return what a transfer must be."""
    found = [make(value) for make, value in zip(_ASKED, _given(query), strict=True) if value is not None]
    first, last = query.first_day, query.last_day
    if first is not None or last is not None:
        found.append(_within(and_(_C.day >= (first or ""), _C.day <= (last or NO_DAY))))
    if not query.rejected:
        found.append(_T.is_rejected.is_(False))
    if query.released:
        found.append(_T.is_released.is_(True))
    if query.documents:
        found.append(_T.id.in_(select(_C.transfer_id).where(_C.document_id.in_(query.documents))))
    return found


def _given(query: TransferQuery) -> tuple[str | None, ...]:
    return query.party, query.item, query.status, query.supplier, query.recipient


def _is_party(words: str) -> ColumnElement[bool]:
    return or_(_holds(_T.party_words, words), _codes(words, _T.suppliers, _T.recipients))


def _within(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Tell whether a claim of a transfer is such."""
    return _T.id.in_(select(_C.transfer_id).where(_C.role == _CLAIM, where))


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Tell whether folded words stand in a column, from the beginning of a word on."""
    return column.contains(f" {words}", autoescape=True) if words else false()


def _codes(code: str, *columns: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(column.contains(f" {code.strip().upper()} ", autoescape=True) for column in columns))


_ASKED: tuple[Callable[[str], ColumnElement[bool]], ...] = (  # in the order of ``_given``
    _is_party,
    lambda words: _holds(_T.item_words, words),
    lambda status: _T.status == status,
    lambda code: _codes(code, _T.suppliers),
    lambda code: _codes(code, _T.recipients),
)
