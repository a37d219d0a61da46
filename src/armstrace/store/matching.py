"""What the search index knows of words: which rows hold them, and how well. Words are parameters, always."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Numeric,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from armstrace.store.query import Term, postgres_query, sqlite_query

_WEIGHTS: Final = "5.0, 1.0"  # a word of the head (title; parties and items) counts as several of the body
_ROW: Final[ColumnElement[int]] = column("rowid", BigInteger)
_WORDS: Final[ColumnElement[Any]] = column("words")
_BILLION: Final[ColumnElement[float]] = literal_column("1e9")  # a parameter would be of another type


def rows_holding(connection: Connection, index: str, terms: tuple[Term, ...], name: str) -> Select[Any]:
    """Return the query for the rows of an index that hold all terms: ``rowid``. ``name`` is that of its parameter."""
    return select(_ROW).select_from(table(index)).where(_holds(connection, index, _asked(connection, terms, name)))


def rank_rows(connection: Connection, index: str, terms: tuple[Term, ...], rows: CTE) -> CTE:
    """Return ``rowid`` and ``score`` of rows of an index (``rows.c.number``), which all hold the terms.

    Scores are whole numbers, which compare alike wherever they are written down.
    """
    asked = _asked(connection, terms, f"{index}_ranked")
    if connection.dialect.name == "sqlite":
        # FTS5 ranks only where it is asked alone, and a stretch of its rows far faster than rows one by one. So the
        # stretch is ranked, and what is not among ``rows`` left out behind.
        score = literal_column(f"CAST(round(-1e9 * bm25({index}, {_WEIGHTS})) AS INTEGER)", BigInteger)
        first, last = (select(find(rows.c.number)).scalar_subquery() for find in (func.min, func.max))
        ranked = select(_ROW, score.label("score")).select_from(table(index))
        ranked = ranked.where(_holds(connection, index, asked), _ROW.between(first, last))
        stretch = ranked.cte(f"{index}_stretch").prefix_with("MATERIALIZED")
        ranked = select(stretch).where(stretch.c.rowid.in_(select(rows.c.number)))
    else:
        rank = cast(_BILLION * func.ts_rank(_WORDS, cast(asked, TSQUERY), 1), Numeric)
        ranked = select(_ROW, cast(func.round(rank), BigInteger).label("score")).select_from(table(index))
        ranked = ranked.where(_ROW.in_(select(rows.c.number)))
    return ranked.cte(f"{index}_scores").prefix_with("MATERIALIZED")


def _asked(connection: Connection, terms: tuple[Term, ...], name: str) -> ColumnElement[str]:
    written = sqlite_query if connection.dialect.name == "sqlite" else postgres_query
    return bindparam(name, written(terms), Text)


def _holds(connection: Connection, index: str, asked: ColumnElement[str]) -> ColumnElement[bool]:
    if connection.dialect.name == "sqlite":
        return literal_column(index).op("MATCH", is_comparison=True)(asked)
    return _WORDS.op("@@", is_comparison=True)(cast(asked, TSQUERY))
