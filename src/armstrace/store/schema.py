"""The tables, alike on SQLite and PostgreSQL. Moments and days are ISO text in UTC; lists and objects are JSON text.

The search index stands beside them: it is another thing on each database (see ``search_index``).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA, NUMBER
from armstrace.store.register_schema import REGISTER_TABLES

REVISION = "0013"  # the newest of migrations/versions, so that opening a database of today needs no Alembic
VERSION_TABLE = "armstrace_version"

__all__ = ["METADATA", "NUMBER", "REGISTER_TABLES"]  # beside the tables below


def _about(table: str) -> Column[str]:
    return Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=table != "readings")


# What is said of the store itself: "id", which its evidence folder holds too.
STORE_FACTS = Table(
    "store_facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Bytes that documents were read from; the bytes themselves are files, see ``evidence``.
EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("stored_size", BigInteger, nullable=False),
    Column("codec", Text, nullable=False),
)

# ``raw`` is the compressed text of the original. ``text`` is that of the document as search reads it; where a database
# would not take it as it is, ``text_exact`` holds it, compressed. ``digest`` is the SHA-256 of both, to be verified.
# ``version`` counts the documents of one ``url_key``, from 1.
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", AnyText, primary_key=True),
    Column("sha256", Text, ForeignKey("evidence.sha256"), nullable=False, index=True),
    Column("name", AnyText, nullable=False),
    Column("format", AnyText, nullable=False),
    Column("title", AnyText),
    Column("outlet", AnyText),
    Column("byline", AnyText),
    Column("url", AnyText),
    Column("url_key", Text),
    Column("version", Integer, nullable=False),
    Column("language", AnyText),
    Column("published", AnyText),
    Column("published_from", AnyText),
    Column("first_day", Text),  # the days that ``published`` may mean
    Column("last_day", Text),
    Column("added_at", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_exact", LargeBinary),
    Column("digest", Text, nullable=False),
    Column("removed", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("left_out", Text, nullable=False),
    UniqueConstraint("url_key", "version"),
    Index("ix_documents_days", "last_day", "first_day", "id"),
)

# Each time that a document came here. ``key`` is the hash of source and moment.
CAPTURES = Table(
    "captures",
    METADATA,
    Column("document_id", AnyText, ForeignKey("documents.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("source", AnyText, nullable=False),
    Column("moment", AnyText),
    Column("noted_at", Text, nullable=False),
    Column("headers", Text, nullable=False),
)

# The stretches of texts that the search index knows; ``number`` is the row of ``document_words``.
SEARCH_PARTS = Table(
    "search_parts",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    _about("search_parts"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

# The words of the outlets of documents, folded; a table of its own, for a row of documents is long.
SEARCH_OUTLETS = Table(
    "search_outlets",
    METADATA,
    Column("document_id", AnyText, ForeignKey("documents.id"), primary_key=True),
    Column("words", Text, nullable=False),
)

# The last reading of each document. ``failure`` says why it gave no claims; ``digest`` is that of its claims, see
# ``claims_digest``.
READINGS = Table(
    "readings",
    METADATA,
    Column("document_id", AnyText, ForeignKey("documents.id"), primary_key=True),
    Column("extractor", AnyText, nullable=False, index=True),
    Column("read_at", Text, nullable=False),
    Column("claim_count", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("note", AnyText),
    Column("failure", AnyText),
    Column("digest", Text),
)

# ``body`` is the public shape; the other columns are there to be asked for. ``number`` is the row of ``claim_words``.
# Words are folded (see ``words``), with a space on either side of each.
CLAIMS = Table(
    "claims",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", AnyText, nullable=False, index=True),
    _about("claims"),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("supplier_country", AnyText, index=True),
    Column("supplier_organisation", AnyText),
    Column("supplier_text", AnyText),
    Column("recipient_country", AnyText, index=True),
    Column("recipient_organisation", AnyText),
    Column("recipient_text", AnyText),
    Column("maker_country", AnyText),
    Column("maker_organisation", AnyText),
    Column("maker_text", AnyText),
    Column("party_words", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("certainty", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("quantity_low", BigInteger),
    Column("quantity_best", BigInteger),
    Column("quantity_high", BigInteger),
    Column("when_start", Text),
    Column("when_end", Text),
    Column("evidence", AnyText, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("document_id", "position"),
)


def _of_claim() -> Column[int]:
    return Column("claim", NUMBER, ForeignKey("claims.number", ondelete="CASCADE"), primary_key=True)


CLAIM_ITEMS = Table(
    "claim_items",
    METADATA,
    _of_claim(),
    Column("position", Integer, primary_key=True),
    Column("category", Text, nullable=False, index=True),
    Column("designation", AnyText),
    Column("description", AnyText, nullable=False),
    Column("words", Text, nullable=False),
)

# Positions count from the nearest link of the chain to the farthest.
CLAIM_SOURCES = Table(
    "claim_sources",
    METADATA,
    _of_claim(),
    Column("position", Integer, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", AnyText),
    Column("named", Boolean, nullable=False),
)

# What could not be read, a row a source. ``key`` is the hash of the source.
FAILURES = Table(
    "failures",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("source", AnyText, nullable=False),
    Column("sha256", Text, ForeignKey("evidence.sha256"), index=True),
    Column("reason", AnyText, nullable=False),
    Column("at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("resolved_at", Text),
)

# People's decisions: rows are added and never change, triggers see to it. ``claim_id`` is no foreign key, for claims
# are read anew; ``claim_body`` keeps the claim as it was judged, ``other_body`` the other one of a pair.
JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    _about("judgements"),
    Column("claim_id", AnyText),
    Column("claim_body", Text),
    Column("verdict", Text, nullable=False),
    Column("field", AnyText),
    Column("value", Text),
    Column("who", AnyText, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", AnyText),
    Column("other_document", AnyText),
    Column("other_body", Text),
    Index("ix_judgements_claim_id", "claim_id"),
)

# What is watched. Keys are hashes of addresses, which may be longer than an index takes.
WATCHED_SOURCES = Table(
    "watched_sources",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("url", AnyText, nullable=False),
    Column("etag", AnyText),
    Column("last_modified", AnyText),
    Column("last_fetched", Text),
    Column("next_due", Text),
    Column("failures", Integer, nullable=False),
    Column("choice", AnyText),
)

# ``number`` tells in which order links came.
WATCHED_LINKS = Table(
    "watched_links",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("url", AnyText, nullable=False),
    Column("source", AnyText, nullable=False),
    Column("id", AnyText, nullable=False),
    Column("title", AnyText),
    Column("published", AnyText),
    Column("in_feed", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Text),
    Column("reason", AnyText),
    Index("ix_watched_links_status", "status"),
)

WATCHED_SITES = Table(
    "watched_sites",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("url", AnyText, nullable=False),
    Column("rules", AnyText, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("expires", Text, nullable=False),
)

# The last transaction of each connection to a server, see ``marks``; empty in a file.
WRITERS = Table(
    "writers",
    METADATA,
    Column("writer", Text, primary_key=True),
    Column("token", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
