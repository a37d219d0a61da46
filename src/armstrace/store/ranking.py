"""The queries behind search: what matches, how well, and in which order. A query's words are parameters, always."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.sql.selectable import FromClause

from armstrace.errors import StoreError
from armstrace.store.filters import Query, claim_conditions, claim_days, document_days, outlet_conditions
from armstrace.store.query import Term, postgres_query, sqlite_query
from armstrace.store.schema import CLAIMS, DOCUMENTS, SEARCH_PARTS
from armstrace.store.search_index import CLAIM_WORDS, DOCUMENT_WORDS

# Scores become whole numbers, which compare alike wherever they are written down. A word of the head (title; parties
# and items) counts as several of the body. MATERIALIZED, for FTS5 ranks only where it alone is asked.
_SQLITE_MATCH = (
    "SELECT rowid, CAST(round(-1e9 * bm25({table}, 5.0, 1.0)) AS INTEGER) AS score "
    "FROM {table} WHERE {table} MATCH :{name}"
)
_POSTGRES_MATCH = (
    "SELECT rowid, CAST(round(CAST(1e9 * ts_rank(words, CAST(:{name} AS tsquery), 1) AS numeric)) AS bigint) AS score "
    "FROM {table} WHERE words @@ CAST(:{name} AS tsquery)"
)
_NONE = literal(0, BigInteger)


def find_rows(connection: Connection, query: Query, terms: tuple[Term, ...]) -> Subquery:
    """Return the query for all that is found: kind, number (of part or claim), document, id, day and score.

    Raises:
        StoreError: a filter cannot be meant.
    """
    makers = {"document": _documents, "claim": _claims}
    wanted = [make(connection, query, terms) for kind, make in makers.items() if query.kind in {None, kind}]
    if not wanted:
        raise StoreError(f"kind {query.kind!r}: is none; give one of {', '.join(makers)}, or leave it out")
    return union_all(*wanted).subquery("found")


def _documents(connection: Connection, query: Query, terms: tuple[Term, ...]) -> Select[Any]:
    """Return the query for documents; of the parts of a long text the best counts."""
    parts = SEARCH_PARTS.c
    conditions = [*document_days(query), *outlet_conditions(query, DOCUMENTS.c.id)]
    if claimed := claim_conditions(query):
        conditions.append(select(CLAIMS.c.number).where(CLAIMS.c.document_id == DOCUMENTS.c.id, *claimed).exists())
    for refused in _refused(connection, DOCUMENT_WORDS, terms):
        held = select(parts.document_id).join(refused, refused.c.rowid == parts.number)
        conditions.append(DOCUMENTS.c.id.not_in(held))
    matched = _matched(connection, DOCUMENT_WORDS, terms)
    if matched is None:
        best = select(parts.document_id, parts.number, _NONE.label("score"), literal(1).label("place"))
        best = best.where(parts.start == 0)
    else:
        order = func.row_number().over(partition_by=parts.document_id, order_by=(matched.c.score.desc(), parts.number))
        best = select(parts.document_id, parts.number, matched.c.score, order.label("place"))
        best = best.join(matched, matched.c.rowid == parts.number)
    part = best.subquery("best")
    columns = _columns("document", part.c.number, DOCUMENTS.c.id, part.c.score)
    rows = select(*columns).join(part, part.c.document_id == DOCUMENTS.c.id)
    return rows.where(part.c.place == 1, *conditions)


def _claims(connection: Connection, query: Query, terms: tuple[Term, ...]) -> Select[Any]:
    conditions = [*claim_days(query), *claim_conditions(query), *outlet_conditions(query, CLAIMS.c.document_id)]
    for refused in _refused(connection, CLAIM_WORDS, terms):
        conditions.append(CLAIMS.c.number.not_in(select(refused.c.rowid)))  # noqa: PERF401
    matched = _matched(connection, CLAIM_WORDS, terms)
    score = _NONE if matched is None else matched.c.score
    rows = select(*_columns("claim", CLAIMS.c.number, CLAIMS.c.id, score)).select_from(CLAIMS)
    rows = rows.join(DOCUMENTS, DOCUMENTS.c.id == CLAIMS.c.document_id)
    if matched is not None:
        rows = rows.join(matched, matched.c.rowid == CLAIMS.c.number)
    return rows.where(*conditions)


def _columns(
    kind: str, number: ColumnElement[int], identity: ColumnElement[str], score: ColumnElement[int]
) -> tuple[ColumnElement[Any], ...]:
    return (
        literal(kind, Text).label("kind"),
        number.label("number"),
        DOCUMENTS.c.id.label("document"),
        identity.label("id"),
        func.coalesce(DOCUMENTS.c.last_day, "").label("day"),
        cast(score, BigInteger).label("score"),
    )


def _matched(connection: Connection, table: str, terms: tuple[Term, ...]) -> FromClause | None:
    """Return the rows of an index that hold all terms; None where nothing must be held."""
    wanted = tuple(term for term in terms if not term.negated)
    return _match(connection, table, wanted, f"{table}_asked") if wanted else None


def _refused(connection: Connection, table: str, terms: tuple[Term, ...]) -> Iterator[FromClause]:
    """Yield the rows of an index that hold a term that must not be there."""
    for place, term in enumerate(term for term in terms if term.negated):
        yield _match(connection, table, (term,), f"{table}_refused_{place}")


def _match(connection: Connection, table: str, terms: tuple[Term, ...], name: str) -> FromClause:
    is_sqlite = connection.dialect.name == "sqlite"
    statement = (_SQLITE_MATCH if is_sqlite else _POSTGRES_MATCH).format(table=table, name=name)
    asked = (sqlite_query if is_sqlite else postgres_query)(terms)
    rows = text(statement).bindparams(bindparam(name, asked, Text))
    found = rows.columns(column("rowid", BigInteger), column("score", BigInteger)).cte(name)
    return found.prefix_with("MATERIALIZED")
