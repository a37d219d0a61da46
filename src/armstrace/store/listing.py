"""Documents, claims, judgements and sources one after the other in an order that stays, from any place on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, or_, select, tuple_

from armstrace.store.addresses import url_key
from armstrace.store.columns import from_json
from armstrace.store.filters import Query, claim_conditions, claim_days, document_days
from armstrace.store.readings import StoredClaim
from armstrace.store.schema import CLAIM_SOURCES, CLAIMS, DOCUMENTS, JUDGEMENTS, READINGS

_ABOUT = ("id", "name", "format", "title", "outlet", "byline", "url", "language", "published", "published_from")
_OF_STORE = ("version", "added_at", "sha256")


class DocumentRow(NamedTuple):
    """A document without its text, and its last reading; None in the last three where nobody read it."""

    id: str
    name: str
    format: str
    title: str | None
    outlet: str | None
    byline: str | None
    url: str | None
    language: str | None
    published: str | None
    published_from: str | None
    version: int
    added_at: str
    sha256: str
    read_at: str | None
    claim_count: int | None
    failure: str | None


class SourceRow(NamedTuple):
    """A source by name, kind and country ("" for none), how many claims are attributed to it, in how many documents."""

    name: str
    kind: str
    country: str
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class AskedClaims:
    """Which claims are asked for: ``query`` as for a search (its words and kind are passed over), ``exact`` columns."""

    query: Query = field(default_factory=Query)
    exact: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedDocuments:
    """Which documents are asked for; None asks for nothing. ``query`` gives the days."""

    query: Query = field(default_factory=Query)
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class AskedJudgements:
    """Which judgements are asked for; None asks for nothing."""

    document: str | None = None
    claim: str | None = None
    verdict: str | None = None
    who: str | None = None


def list_claims(
    connection: Connection, asked: AskedClaims, most: int, after: tuple[str, int] | None
) -> list[StoredClaim]:
    """Return claims by document and place in it, those behind a document and place.

    Raises:
        StoreError: a filter cannot be meant.
    """
    c = CLAIMS.c
    conditions = [*claim_conditions(asked.query), *claim_days(asked.query)]
    conditions += (c[name] == value for name, value in asked.exact)
    wanted = select(c.document_id, c.position, c.id, c.body)
    if after is not None:
        conditions.append(tuple_(c.document_id, c.position) > tuple_(*after))
    rows = connection.execute(wanted.where(*conditions).order_by(c.document_id, c.position).limit(most))
    return [StoredClaim(row.document_id, row.position, row.id, from_json(row.body)) for row in rows]


def list_documents(connection: Connection, asked: AskedDocuments, most: int, after: str | None) -> list[DocumentRow]:
    """Return documents by id, those behind an id.

    Raises:
        StoreError: a filter cannot be meant.
    """
    c, r = DOCUMENTS.c, READINGS.c
    columns = [*(c[name] for name in (*_ABOUT, *_OF_STORE)), r.read_at, r.claim_count, r.failure]
    conditions: list[ColumnElement[bool]] = document_days(asked.query)
    if asked.outlet is not None:
        conditions.append(c.outlet == asked.outlet)
    if asked.url is not None:
        conditions.append(or_(c.url_key == url_key(asked.url), c.url == asked.url))
    if after is not None:
        conditions.append(c.id > after)
    wanted = select(*columns).join(READINGS, r.document_id == c.id, isouter=True)
    return [DocumentRow(*row) for row in connection.execute(wanted.where(*conditions).order_by(c.id).limit(most))]


def list_judgement_numbers(connection: Connection, asked: AskedJudgements, most: int, after: int | None) -> list[int]:
    """Return the numbers of judgements in the order they were made, those behind a number."""
    c = JUDGEMENTS.c
    wanted = {"document_id": asked.document, "claim_id": asked.claim, "verdict": asked.verdict, "who": asked.who}
    conditions = [c[name] == value for name, value in wanted.items() if value is not None]
    if after is not None:
        conditions.append(c.id > after)
    return list(connection.scalars(select(c.id).where(*conditions).order_by(c.id).limit(most)))


def list_sources(
    connection: Connection, kind: str | None, most: int, after: tuple[str, str, str] | None
) -> list[SourceRow]:
    """Return to whom claims are attributed, by name, kind and country, those behind such a place."""
    c = CLAIM_SOURCES.c
    country = func.coalesce(c.country, "").label("country")
    named = (c.name, c.kind, country)
    conditions: list[ColumnElement[bool]] = [] if kind is None else [c.kind == kind]
    if after is not None:
        conditions.append(tuple_(*named) > tuple_(*after))
    # which they are first, so that only of these all claims are counted
    chosen = select(*named).where(*conditions).distinct().order_by(*named).limit(most)
    names = sorted({row.name for row in connection.execute(chosen)})
    counts = (func.count(c.claim.distinct()), func.count(CLAIMS.c.document_id.distinct()))
    wanted = select(*named, *counts).join(CLAIMS, CLAIMS.c.number == c.claim).where(c.name.in_(names), *conditions)
    rows = connection.execute(wanted.group_by(*named).order_by(*named).limit(most))
    return [SourceRow(*row) for row in rows]
