"""Claims as people review them: which wait, in which order, how many of each state; rows, and what changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, false, func, or_, select, true, tuple_, update

from armstrace.errors import StoreError
from armstrace.store.changes import chunks
from armstrace.store.line_query import NO_DAY
from armstrace.store.register_schema import TRANSFER_CLAIMS, TRANSFER_LINES
from armstrace.store.review_schema import CLAIM_REVIEWS

MOST_ON_A_PAGE = 200
WAITING, ANY = "waiting", "any"  # beside the states of a review
_C = CLAIM_REVIEWS.c
_KEY = (_C.rank, _C.day, _C.document_id, _C.place, _C.claim_id)
_KIND = {WAITING: _C.waits.is_(True), ANY: true()}


class ReviewRow(NamedTuple):
    """A claim as it is reviewed; the columns are told in ``review_schema``."""

    claim_id: str
    document_id: str
    place: int
    state: str
    waits: bool
    rank: int
    day: str
    status: str
    supplier: str | None
    recipient: str | None
    party_codes: str
    party_words: str
    item_words: str
    outlet_words: str
    transfer_id: str | None

    @property
    def cursor(self) -> QueueCursor:
        """Where it stands in the queue."""
        return QueueCursor(self.rank, self.day, self.document_id, self.place, self.claim_id)


class QueueCursor(NamedTuple):
    """A place in the queue: what claims are ordered by."""

    rank: int
    day: str
    document: str
    place: int
    claim: str


class Home(NamedTuple):
    """A transfer that a claim belongs to, and what makes its claims urgent."""

    transfer_id: str
    conflicts: int
    breaches: int
    origins: int


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which claims are asked for; None asks for nothing.

    ``party`` is a code or the beginning of words of a supplier's or recipient's name, ``item`` a category or the
    beginning of words of an item, ``outlet`` the beginning of words of its name, all folded as
    ``register.fields.plain_name`` does. ``status`` is what the claim says; ``transfer`` the id of its line.
    ``state`` is ``waiting``, ``any``, or the state of a review.
    """

    state: str = WAITING
    party: str | None = None
    item: str | None = None
    status: str | None = None
    outlet: str | None = None
    transfer: str | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Claims in order; ``next`` is None on the last page."""

    claims: tuple[ReviewRow, ...]
    next: QueueCursor | None


def page_of_queue(connection: Connection, query: QueueQuery, most: int, after: QueueCursor | None = None) -> QueuePage:
    """Return the claims that are all that is asked for, the most urgent first, those behind a cursor.

    Raises:
        StoreError: ``most`` is no number of rows for a page.
    """
    if not 1 <= most <= MOST_ON_A_PAGE:
        raise StoreError(f"{most} claims a page: give 1 to {MOST_ON_A_PAGE}")
    wanted = _wanted(query)
    if after is not None:
        wanted = wanted.where(tuple_(*_KEY) > tuple_(*after))
    rows = [ReviewRow(*row) for row in connection.execute(wanted.order_by(*_KEY).limit(most + 1))]
    shown = tuple(rows[:most])
    return QueuePage(shown, shown[-1].cursor if len(rows) > most else None)


def neighbours(connection: Connection, query: QueueQuery, at: QueueCursor) -> tuple[str | None, str | None]:
    """Return the claims before and after a place among those that are asked for; None where there is none."""
    before = _wanted(query).where(tuple_(*_KEY) < tuple_(*at)).order_by(*(column.desc() for column in _KEY))
    after = _wanted(query).where(tuple_(*_KEY) > tuple_(*at)).order_by(*_KEY)
    found = (connection.execute(one.limit(1)).first() for one in (before, after))
    previous, following = (None if row is None else str(row.claim_id) for row in found)
    return previous, following


def count_by_state(connection: Connection, query: QueueQuery) -> dict[str, int]:
    """Return how many claims are in each state, and how many ``waiting``, of those that are all else asked for."""
    counted = select(_C.state, _C.waits, func.count()).where(*_conditions(query)).group_by(_C.state, _C.waits)
    found: dict[str, int] = {WAITING: 0}
    for state, waits, count in connection.execute(counted):
        found[state] = count
        found[WAITING] += count if waits else 0
    return found


def review_row(connection: Connection, claim: str) -> ReviewRow | None:
    """Return a claim as it is reviewed, None where it is not in the register."""
    row = connection.execute(select(CLAIM_REVIEWS).where(_C.claim_id == claim)).one_or_none()
    return ReviewRow(*row) if row else None


def rows_near(connection: Connection, row: ReviewRow, most: int) -> list[ReviewRow]:
    """Return the transfer claims of the same supplier and recipient that are nearest in time, at most so many a side.

    Where one of the two is unknown of either claim, the other is enough.
    """
    found: dict[str, ReviewRow] = {}
    for sides in _sides(row):
        beside = select(CLAIM_REVIEWS).where(*sides, _C.claim_id != row.claim_id)
        for near in (
            beside.where(_C.day >= row.day).order_by(_C.day, _C.claim_id),
            beside.where(_C.day < row.day).order_by(_C.day.desc(), _C.claim_id),
        ):
            found.update((one.claim_id, ReviewRow(*one)) for one in connection.execute(near.limit(most)))
    return [found[claim] for claim in sorted(found)]


def homes_of(connection: Connection, claims: Iterable[str]) -> dict[str, list[Home]]:
    """Return the transfers that each of the claims belongs to, by id."""
    line = TRANSFER_LINES.c
    found: dict[str, list[Home]] = {}
    today = and_(line.transfer_id == TRANSFER_CLAIMS.c.transfer_id, line.until_day == NO_DAY, line.is_today.is_(True))
    joined = select(TRANSFER_CLAIMS.c.claim_id, line.transfer_id, line.conflicts, line.breaches, line.affirming).join(
        TRANSFER_LINES, today
    )
    for chosen in chunks(sorted(set(claims))):
        wanted = joined.where(TRANSFER_CLAIMS.c.claim_id.in_(chosen)).order_by(line.transfer_id)
        for claim, *row in connection.execute(wanted):
            found.setdefault(claim, []).append(Home(*row))
    return found


def rows_of_claims(connection: Connection, claims: Iterable[str]) -> list[ReviewRow]:
    """Return claims as they are reviewed, those that are there."""
    return [
        ReviewRow(*row)
        for chosen in chunks(sorted(set(claims)))
        for row in connection.execute(select(CLAIM_REVIEWS).where(_C.claim_id.in_(chosen)))
    ]


def forget_reviews(connection: Connection, claims: Iterable[str]) -> None:
    """Take claims away."""
    for chosen in chunks(sorted(set(claims))):
        connection.execute(delete(CLAIM_REVIEWS).where(_C.claim_id.in_(chosen)))


def write_reviews(connection: Connection, rows: Sequence[ReviewRow]) -> None:
    """Write claims, in the place of those that are there."""
    forget_reviews(connection, (row.claim_id for row in rows))
    for chosen in chunks(rows):
        connection.execute(CLAIM_REVIEWS.insert(), [row._asdict() for row in chosen])


def move_review(connection: Connection, claim: str, rank: int, transfer: str | None) -> None:
    """Write that a claim belongs to another transfer now, or is as urgent as that makes it."""
    connection.execute(update(CLAIM_REVIEWS).where(_C.claim_id == claim).values(rank=rank, transfer_id=transfer))


def _wanted(query: QueueQuery) -> Select[Any]:
    kind = _KIND.get(query.state, _C.state == query.state)
    return select(CLAIM_REVIEWS).where(kind, *_conditions(query))


def _conditions(query: QueueQuery) -> list[ColumnElement[bool]]:
    given = (query.party, query.item, query.status, query.outlet, query.transfer)
    return [make(value) for make, value in zip(_ASKED, given, strict=True) if value is not None]


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Tell whether folded words stand in a column, from the beginning of a word on."""
    return column.contains(f" {words}", autoescape=True) if words else false()


def _is_party(words: str) -> ColumnElement[bool]:
    return or_(_holds(_C.party_words, words), _C.party_codes.contains(f" {words.strip().upper()} ", autoescape=True))


def _is_in(transfer: str) -> ColumnElement[bool]:
    of_it = select(TRANSFER_CLAIMS.c.claim_id).where(TRANSFER_CLAIMS.c.transfer_id == transfer)
    return _C.claim_id.in_(of_it)


_ASKED: tuple[Callable[[str], ColumnElement[bool]], ...] = (  # in the order of ``_conditions``
    _is_party,
    lambda words: _holds(_C.item_words, words),
    lambda status: _C.status == status,
    lambda words: _holds(_C.outlet_words, words),
    _is_in,
)


def _sides(row: ReviewRow) -> list[tuple[ColumnElement[bool], ...]]:
    """Return what suppliers and recipients claims may have that tell of the same movement."""
    known = (_C.supplier.is_not(None) | _C.recipient.is_not(None),)
    if row.supplier and row.recipient:
        return [
            (_C.supplier == row.supplier, _C.recipient == row.recipient),
            (_C.supplier == row.supplier, _C.recipient.is_(None)),
            (_C.supplier.is_(None), _C.recipient == row.recipient),
        ]
    if row.supplier:
        return [(*known, _C.supplier == row.supplier)]
    return [(*known, _C.recipient == row.recipient)] if row.recipient else []
