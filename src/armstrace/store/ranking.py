"""The queries behind search: what holds all that is asked for, how well, and in which order.

Words that very many texts hold tell little, and to rank all of these takes longer than anybody waits. So where words
are asked for, of all that is found only the ``MOST_RANKED`` documents and claims that came last are ranked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Text,
    cast,
    func,
    literal,
    select,
    union_all,
)

from armstrace.errors import StoreError
from armstrace.store.filters import Query, claim_conditions, claim_days, documents_of_days, outlet_conditions
from armstrace.store.matching import rank_rows, rows_holding
from armstrace.store.query import Term
from armstrace.store.schema import CLAIMS, DOCUMENTS, SEARCH_PARTS
from armstrace.store.search_index import CLAIM_WORDS, DOCUMENT_WORDS

MOST_RANKED: Final = 1000  # of each kind: fifty pages, ranked in some hundredths of a second
_NONE: Final = literal(0, BigInteger)
_PARTS, _C, _D = SEARCH_PARTS.c, CLAIMS.c, DOCUMENTS.c


class Sought(NamedTuple):
    """What is looked for, with its words taken apart, and how much of each kind is ranked at most."""

    query: Query
    terms: tuple[Term, ...]
    most: int = MOST_RANKED

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must be there."""
        return tuple(term for term in self.terms if not term.negated)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are looked for.

        Raises:
            StoreError: there is no such kind.
        """
        found = tuple(kind for kind in _HELD if self.query.kind in {None, kind})
        if not found:
            raise StoreError(f"kind {self.query.kind!r}: is none; give one of {', '.join(_HELD)}, or leave it out")
        return found


def find_rows(connection: Connection, sought: Sought) -> Subquery:
    """Return the query for what is found: kind, number (of part or claim), document, id, day and score.

    Raises:
        StoreError: a filter cannot be meant.
    """
    makers = {"document": _documents, "claim": _claims}
    return union_all(*(makers[kind](connection, sought) for kind in sought.kinds)).subquery("found")


def count_rows(connection: Connection, sought: Sought) -> dict[str, tuple[int, bool]]:
    """Return how many documents and claims are found, by kind, and whether there are at least so many, maybe more.

    Raises:
        StoreError: a filter cannot be meant.
    """
    found = {}
    for kind in sought.kinds:
        held = _HELD[kind](connection, sought).subquery()
        different = held.c.document_id.distinct() if kind == "document" else held.c.number
        number, rows = connection.execute(select(func.count(different), func.count(held.c.number))).one()
        found[kind] = number, bool(sought.wanted) and rows >= sought.most
    return found


def _documents(connection: Connection, sought: Sought) -> Select[Any]:
    """Return the query for documents; of the parts of a long text the best counts."""
    held = _held_documents(connection, sought).cte("documents_held").prefix_with("MATERIALIZED")
    if not sought.wanted:
        columns = _columns("document", held.c.number, _D.id, _NONE)
        return select(*columns).join(held, held.c.document_id == _D.id)
    scores = rank_rows(connection, DOCUMENT_WORDS, sought.wanted, held)
    order = func.row_number().over(partition_by=_PARTS.document_id, order_by=(scores.c.score.desc(), _PARTS.number))
    best = select(_PARTS.document_id, _PARTS.number, scores.c.score, order.label("place"))
    part = best.join(scores, scores.c.rowid == _PARTS.number).subquery("best")
    columns = _columns("document", part.c.number, _D.id, part.c.score)
    return select(*columns).join(part, part.c.document_id == _D.id).where(part.c.place == 1)


def _claims(connection: Connection, sought: Sought) -> Select[Any]:
    held = _held_claims(connection, sought).cte("claims_held").prefix_with("MATERIALIZED")
    scores = rank_rows(connection, CLAIM_WORDS, sought.wanted, held) if sought.wanted else None
    ranked, score = (held.c.number, _NONE) if scores is None else (scores.c.rowid, scores.c.score)
    rows = select(*_columns("claim", _C.number, _C.id, score)).select_from(ranked.table)
    return rows.join(CLAIMS, _C.number == ranked).join(DOCUMENTS, _D.id == _C.document_id)


def _held_documents(connection: Connection, sought: Sought) -> Select[Any]:
    """Return the query for the parts of texts, by number and document, that hold all that is asked for.

    Without words it is the first part of each document.
    """
    conditions = [*outlet_conditions(sought.query, _PARTS.document_id)]
    if (days := documents_of_days(sought.query)) is not None:
        conditions.append(_PARTS.document_id.in_(days))
    if claimed := claim_conditions(sought.query):
        conditions.append(_PARTS.document_id.in_(select(_C.document_id).where(*claimed)))
    for refused in _refused(connection, DOCUMENT_WORDS, sought):
        holding = select(_PARTS.document_id).join(refused, refused.c.rowid == _PARTS.number)
        conditions.append(_PARTS.document_id.not_in(holding))
    rows = select(_PARTS.number, _PARTS.document_id)
    if not sought.wanted:
        return rows.where(_PARTS.start == 0, *conditions)
    matched = _matched(connection, DOCUMENT_WORDS, sought, is_all=not conditions)
    rows = rows.join(matched, matched.c.rowid == _PARTS.number).where(*conditions)
    return rows.order_by(_PARTS.number.desc()).limit(sought.most)


def _held_claims(connection: Connection, sought: Sought) -> Select[Any]:
    """Return the query for the numbers of the claims that hold all that is asked for."""
    outlets = outlet_conditions(sought.query, _C.document_id)
    conditions = [*claim_days(sought.query), *claim_conditions(sought.query), *outlets]
    for refused in _refused(connection, CLAIM_WORDS, sought):
        conditions.append(_C.number.not_in(select(refused.c.rowid)))  # noqa: PERF401
    rows = select(_C.number)
    if not sought.wanted:
        return rows.where(*conditions)
    matched = _matched(connection, CLAIM_WORDS, sought, is_all=not conditions)
    rows = rows.join(matched, matched.c.rowid == _C.number).where(*conditions)
    return rows.order_by(_C.number.desc()).limit(sought.most)


_HELD: Final = {"document": _held_documents, "claim": _held_claims}


def _matched(connection: Connection, index: str, sought: Sought, *, is_all: bool) -> CTE:
    """Return the rows of an index that hold all terms; the last ones are enough where that ``is_all`` that is asked."""
    rows = rows_holding(connection, index, sought.wanted, f"{index}_asked")
    if is_all:
        rows = rows.order_by(rows.selected_columns.rowid.desc()).limit(sought.most)
    return rows.cte(f"{index}_matched").prefix_with("MATERIALIZED")


def _refused(connection: Connection, index: str, sought: Sought) -> Iterator[CTE]:
    """Yield the rows of an index that hold a term that must not be there."""
    for place, term in enumerate(term for term in sought.terms if term.negated):
        name = f"{index}_refused_{place}"
        yield rows_holding(connection, index, (term,), name).cte(name).prefix_with("MATERIALIZED")


def _columns(
    kind: str, number: ColumnElement[int], identity: ColumnElement[str], score: ColumnElement[int]
) -> tuple[ColumnElement[Any], ...]:
    return (
        literal(kind, Text).label("kind"),
        number.label("number"),
        _D.id.label("document"),
        identity.label("id"),
        func.coalesce(_D.last_day, "").label("day"),
        cast(score, BigInteger).label("score"),
    )
