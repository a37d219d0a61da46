"""Search over documents and claims, by words, parties, items and days; best first, page by page.

Hits stand in one order on every database: the score, then the day of publication, the newest first, then the id. A
score compares hits of one search on one database, no more: SQLite ranks by BM25, PostgreSQL by frequency and place.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, func, or_, select

from armstrace.document import Span
from armstrace.errors import StoreError
from armstrace.store.columns import from_json
from armstrace.store.filters import Query
from armstrace.store.query import Term, parse_terms
from armstrace.store.ranking import find_rows
from armstrace.store.schema import CLAIMS, DOCUMENTS, SEARCH_PARTS
from armstrace.store.snippets import Snippet, cut_snippet, find_marks

MOST_HITS = 200


class Page(NamedTuple):
    """Which hits to give: at most ``limit``, from the first or from where ``cursor`` of the page before says."""

    limit: int = 20
    cursor: str | None = None


class Hit(NamedTuple):
    """A document or claim that was found. ``body`` is the claim in its public shape, None for a document.

    ``snippet`` is a stretch of the document's text, of a claim its sentence; marks count from its start.
    """

    kind: str
    id: str
    document: str
    version: int
    title: str | None
    title_marks: tuple[Span, ...]
    outlet: str | None
    url: str | None
    published: str | None
    score: int
    snippet: Snippet
    body: dict[str, Any] | None


class Hits(NamedTuple):
    """A page of hits, and the cursor of the next, None where there is none."""

    hits: tuple[Hit, ...]
    cursor: str | None


class _Place(NamedTuple):
    """Where a hit stands in the order; ``number`` tells apart claims of one id."""

    score: int
    day: str
    kind: str
    id: str
    number: int


def search(connection: Connection, query: Query, page: Page) -> Hits:
    """Return the documents and claims that hold all that is asked for.

    Raises:
        StoreError: a filter, the limit or the cursor cannot be meant.
    """
    if not 1 <= page.limit <= MOST_HITS:
        raise StoreError(f"limit {page.limit}: give 1 to {MOST_HITS}, and take further hits page by page")
    terms = parse_terms(query.words)
    found = find_rows(connection, query, terms)
    c = found.c
    rows = select(found).order_by(c.score.desc(), c.day.desc(), c.kind, c.id, c.number).limit(page.limit + 1)
    if page.cursor is not None:
        rows = rows.where(_after(found, _read_cursor(page.cursor)))
    places = connection.execute(rows).all()
    shown = places[: page.limit]
    hits = tuple((_claim_hit if row.kind == "claim" else _document_hit)(connection, row, terms) for row in shown)
    return Hits(hits, _write_cursor(shown[-1]) if len(places) > page.limit else None)


def _after(found: Subquery, last: _Place) -> ColumnElement[bool]:
    c = found.c
    return or_(
        c.score < last.score,
        and_(c.score == last.score, c.day < last.day),
        and_(
            c.score == last.score,
            c.day == last.day,
            or_(
                c.kind > last.kind,
                and_(c.kind == last.kind, c.id > last.id),
                and_(c.kind == last.kind, c.id == last.id, c.number > last.number),
            ),
        ),
    )


def _write_cursor(row: Row[Any]) -> str:
    place = [getattr(row, name) for name in _Place._fields]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> _Place:
    kinds = (int, str, str, str, int)
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        place = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if len(place) == len(kinds) and all(type(v) is kind for v, kind in zip(place, kinds, strict=True)):
            return _Place(*place)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        pass
    raise StoreError("the cursor is none of this search; begin again at the first page")


def _document_hit(connection: Connection, row: Row[Any], terms: tuple[Term, ...]) -> Hit:
    part = SEARCH_PARTS.c
    words = func.substr(DOCUMENTS.c.text, part.start + 1, part.end - part.start)
    found = select(DOCUMENTS.c.id, words.label("words"), part.start)
    found = found.join(SEARCH_PARTS, part.document_id == DOCUMENTS.c.id).where(part.number == row.number)
    shown = connection.execute(found).one()
    return _hit(connection, row, terms, (cut_snippet(shown.words, terms, shown.start), None))


def _claim_hit(connection: Connection, row: Row[Any], terms: tuple[Term, ...]) -> Hit:
    c = CLAIMS.c
    found = select(c.evidence, c.evidence_start, c.evidence_end, c.body).where(c.number == row.number)
    claim = connection.execute(found).one()
    snippet = Snippet(Span(claim.evidence_start, claim.evidence_end), claim.evidence, find_marks(claim.evidence, terms))
    return _hit(connection, row, terms, (snippet, from_json(claim.body)))


def _hit(
    connection: Connection, row: Row[Any], terms: tuple[Term, ...], shown: tuple[Snippet, dict[str, Any] | None]
) -> Hit:
    c = DOCUMENTS.c
    known = select(c.version, c.title, c.outlet, c.url, c.published).where(c.id == row.document)
    document = connection.execute(known).one()
    marks = find_marks(document.title or "", terms)
    snippet, body = shown
    return Hit(
        row.kind,
        row.id,
        row.document,
        document.version,
        document.title,
        marks,
        document.outlet,
        document.url,
        document.published,
        row.score,
        snippet,
        body,
    )
