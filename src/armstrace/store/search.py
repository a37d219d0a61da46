"""Search over documents and claims, by words, parties, items and days; best first, page by page.

Hits stand in one order on every database: the score, then the day of publication, the newest first, then the id. A
score compares hits of one search on one database, no more: SQLite ranks by BM25, PostgreSQL by frequency and place.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, func, or_, select

from armstrace.document import Span
from armstrace.errors import StoreError
from armstrace.store.columns import from_json, is_plain
from armstrace.store.filters import Query
from armstrace.store.query import Term, parse_terms
from armstrace.store.ranking import MOST_RANKED, Sought, count_rows, find_rows
from armstrace.store.schema import CLAIMS, DOCUMENTS, SEARCH_PARTS
from armstrace.store.snippets import Snippet, cut_snippet, find_marks

MOST_HITS = 200
_LARGEST = 2**63 - 1


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


class Count(NamedTuple):
    """How much of a kind holds all that is asked for; where it ``is_least``, maybe more."""

    number: int
    is_least: bool = False


class _Place(NamedTuple):
    """Where a hit stands in the order; ``number`` tells apart claims of one id."""

    score: int
    day: str
    kind: str
    id: str
    number: int


def search(connection: Connection, query: Query, page: Page, most: int = MOST_RANKED) -> Hits:
    """Return the documents and claims that hold all that is asked for.

    Where words are asked for, of each kind only the ``most`` that came last, of those that hold them, are ranked.

    Raises:
        StoreError: a filter, the limit or the cursor cannot be meant.
    """
    if not 1 <= page.limit <= MOST_HITS:
        raise StoreError(f"limit {page.limit}: give 1 to {MOST_HITS}, and take further hits page by page")
    terms = parse_terms(query.words)
    found = find_rows(connection, Sought(query, terms, most))
    c = found.c
    rows = select(found).order_by(c.score.desc(), c.day.desc(), c.kind, c.id, c.number).limit(page.limit + 1)
    if page.cursor is not None:
        rows = rows.where(_after(found, _read_cursor(page.cursor)))
    places = connection.execute(rows).all()
    shown = places[: page.limit]
    hits = tuple(_hits(connection, shown, terms))
    return Hits(hits, _write_cursor(shown[-1]) if len(places) > page.limit else None)


def count_hits(connection: Connection, query: Query, most: int = MOST_RANKED) -> dict[str, Count]:
    """Return how many documents and claims ``search`` gives, by kind; a kind of which there are none is 0.

    Raises:
        StoreError: a filter cannot be meant.
    """
    found = count_rows(connection, Sought(query, parse_terms(query.words), most))
    return {kind: Count(*found.get(kind, (0, False))) for kind in ("document", "claim")}


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
    kinds = [int, str, str, str, int]
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        place = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if [type(value) for value in place] == kinds and _is_storable(place):
            return _Place(*place)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        pass
    raise StoreError("the cursor is none of this search; begin again at the first page")


def _is_storable(place: list[Any]) -> bool:
    """Tell whether a database takes the values of a place, which a stranger may have made up."""
    return all(is_plain(value) if isinstance(value, str) else abs(value) <= _LARGEST for value in place)


def _hits(connection: Connection, rows: Sequence[Row[Any]], terms: tuple[Term, ...]) -> Iterator[Hit]:
    """Yield the hits of rows that were found, with what there is to show of each."""
    known = _documents(connection, {row.document for row in rows})
    parts = _parts(connection, [row.number for row in rows if row.kind == "document"])
    claims = _claims(connection, [row.number for row in rows if row.kind == "claim"])
    for row in rows:
        document = known[row.document]
        body = None
        if row.kind == "claim":
            claim = claims[row.number]
            span, body = Span(claim.evidence_start, claim.evidence_end), from_json(claim.body)
            snippet = Snippet(span, claim.evidence, find_marks(claim.evidence, terms))
        else:
            snippet = cut_snippet(parts[row.number].words, terms, parts[row.number].start)
        yield Hit(
            row.kind,
            row.id,
            row.document,
            document.version,
            document.title,
            find_marks(document.title or "", terms),
            document.outlet,
            document.url,
            document.published,
            row.score,
            snippet,
            body,
        )


def _documents(connection: Connection, ids: Collection[str]) -> dict[str, Row[Any]]:
    c = DOCUMENTS.c
    wanted = select(c.id, c.version, c.title, c.outlet, c.url, c.published).where(c.id.in_(ids))
    return {row.id: cast("Row[Any]", row) for row in connection.execute(wanted)}


def _parts(connection: Connection, numbers: Collection[int]) -> dict[int, Row[Any]]:
    """Return the stretches of texts by number."""
    part = SEARCH_PARTS.c
    words = func.substr(DOCUMENTS.c.text, part.start + 1, part.end - part.start)
    wanted = select(part.number, part.start, words.label("words")).join(DOCUMENTS, part.document_id == DOCUMENTS.c.id)
    return {row.number: cast("Row[Any]", row) for row in connection.execute(wanted.where(part.number.in_(numbers)))}


def _claims(connection: Connection, numbers: Collection[int]) -> dict[int, Row[Any]]:
    c = CLAIMS.c
    wanted = select(c.number, c.evidence, c.evidence_start, c.evidence_end, c.body).where(c.number.in_(numbers))
    return {row.number: cast("Row[Any]", row) for row in connection.execute(wanted)}
