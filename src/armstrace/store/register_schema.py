"""The tables of the register: all follows from evidence, readings and judgements, and can be made anew from them.

Documents are known here by their ``place`` in the order of time (``group.frames``), hashes as signed 64-bit numbers.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA, NUMBER
from armstrace.store.review_schema import CLAIM_REVIEWS

REGISTER_LOCK = "armstrace register"  # held by who changes the register

# "version": of what groups and merges; of another, all is made anew. "generation": raised with each change, so that
# what was worked out from an older state is not written. "law": of what checks; of another, only the findings are made
# anew. "checked": the transfer up to which that is done, while it is not.
REGISTER_FACTS = Table(
    "register_facts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Documents that were added, captured, read or judged since the register was brought up to date, once each time.
# ``is_new`` until the document has been compared with the others.
CHANGES = Table(
    "changes",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=True),
    Column("is_new", Boolean, nullable=False),
    Index("ix_changes_is_new", "is_new", "number"),
)

# Documents as they are compared. ``agencies`` is a list as JSON, ``hashes`` the sketch, ``family`` its first member.
SKETCHES = Table(
    "sketches",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, unique=True),
    Column("outlet", AnyText),
    Column("published", AnyText),
    Column("agencies", AnyText, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("family", AnyText, nullable=False),
)

# Which documents hold a hash, in order of time: some hundred rows a document, so without row numbers and foreign keys.
SKETCH_HASHES = Table(
    "sketch_hashes",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Pairs of documents that share enough hashes to be compared, both ways round.
COPY_CANDIDATES = Table(
    "copy_candidates",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# What pairs of stories of one outlet share, which is its standing text; and how many such pairs show each hash.
STANDING_PASSAGES = Table(
    "standing_passages",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)
STANDING_HASHES = Table(
    "standing_hashes",
    METADATA,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("pairs", Integer, nullable=False),
)

# The likely copies; ``body`` holds likelihood, reasons and which words of each stand in the other.
COPIES = Table(
    "copies",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("body", AnyText, nullable=False),
)

# The plain names of outlet and agencies by which a document goes; ``is_notice`` where it takes back the outlet's story.
NEWSROOMS = Table(
    "newsrooms",
    METADATA,
    Column("name", AnyText, primary_key=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), primary_key=True, index=True),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("is_notice", Boolean, nullable=False),
)

# Claims with what must be known of their documents. ``supplier`` and ``recipient`` are what claims are sorted by,
# ``part`` the first claim of those that they belong together with, ``day`` the day from which each is known.
TOLD_CLAIMS = Table(
    "told_claims",
    METADATA,
    Column("claim_id", AnyText, primary_key=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=True),
    Column("is_transfer", Boolean, nullable=False),
    Column("supplier", AnyText),
    Column("recipient", AnyText),
    Column("part", AnyText, index=True),
    Column("refers_to", AnyText, index=True),
    Column("day", Text),
    Column("body", Text, nullable=False),
    Index("ix_told_claims_supplier", "supplier", "recipient"),
    Index("ix_told_claims_recipient", "recipient"),
)

# Parts that chose another because a party of theirs is unknown, and how well each fits those that it might have chosen.
PART_CHOICES = Table(
    "part_choices",
    METADATA,
    Column("part", AnyText, primary_key=True),
    Column("other", AnyText, nullable=False, index=True),
    Column("score", Float, nullable=False),
)
PART_FITS = Table(
    "part_fits",
    METADATA,
    Column("part", AnyText, primary_key=True),
    Column("other", AnyText, primary_key=True, index=True),
    Column("score", Float, nullable=False),
)

# The transfers as they stand today: ``body`` is the public shape, ``findings`` what embargo law says of it.
TRANSFERS = Table(
    "transfers",
    METADATA,
    Column("id", AnyText, primary_key=True),
    Column("findings", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Each transfer as it stood from the day on which something became known to before the next such day, by what can be
# asked for and sorted by; what a row of the register shows stands apart, for whoever counts reads all lines of a day.
# Lists of codes and of words stand between spaces; days without a date, and those without an end, are 9999-99-99. What
# has no date is in today's line alone, which then is one more. ``made_of`` tells the claims that a line was made of, so
# that it need not be made twice; ``routes`` is JSON (``store.routes``). The lines of today stand together in the key.
TRANSFER_LINES = Table(
    "transfer_lines",
    METADATA,
    Column("until_day", Text, primary_key=True),
    Column("transfer_id", AnyText, ForeignKey("transfers.id"), primary_key=True, index=True),
    Column("from_day", Text, primary_key=True, index=True),
    Column("is_today", Boolean, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("changed_day", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("affirming", Integer, nullable=False),
    Column("not_shown", Integer, nullable=False),
    Column("denying", Integer, nullable=False),
    Column("review", Text, nullable=False),
    Column("is_rejected", Boolean, nullable=False),
    Column("is_released", Boolean, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("breaches", Integer, nullable=False),
    Column("suppliers", AnyText, nullable=False),
    Column("recipients", AnyText, nullable=False),
    Column("categories", Text, nullable=False),
    Column("law", Text, nullable=False),
    Column("route", AnyText, nullable=False),
    Column("party_words", AnyText, nullable=False),
    Column("item_words", AnyText, nullable=False),
    Column("words", AnyText, nullable=False),
    Column("made_of", Text, nullable=False),
    sqlite_with_rowid=False,
)
LINES_SHOWN = Table(
    "lines_shown",
    METADATA,
    Column("transfer_id", AnyText, ForeignKey("transfers.id"), primary_key=True),
    Column("from_day", Text, primary_key=True),
    Column("routes", Text, nullable=False),
    Column("line", Text, nullable=False),
)

# ``alias`` is the id that the transfer would bear by this claim; ``day`` that from which the claim is known, if any.
TRANSFER_CLAIMS = Table(
    "transfer_claims",
    METADATA,
    Column("transfer_id", AnyText, ForeignKey("transfers.id"), primary_key=True),
    Column("claim_id", AnyText, ForeignKey("told_claims.claim_id"), primary_key=True, index=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("alias", AnyText, index=True),
    Column("day", Text),
)

# Who is said to supply whom by a line, as far as claims tell both sides together: codes of countries and names of
# organisations, "" for what is not told. ``is_denied`` where a denial counts against the transfer.
TRANSFER_ROUTES = Table(
    "transfer_routes",
    METADATA,
    Column("transfer_id", AnyText, ForeignKey("transfers.id"), primary_key=True),
    Column("from_day", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("supplier", AnyText, nullable=False),
    Column("supplier_name", AnyText, nullable=False),
    Column("recipient", AnyText, nullable=False),
    Column("recipient_name", AnyText, nullable=False),
    Column("is_denied", Boolean, nullable=False),
    Index("ix_transfer_routes_supplier", "supplier", "recipient"),
)

# Whom each claim names as its source. ``name`` is as worded, ``label`` what the lexicon calls it; ``is_carrier`` of the
# outlet that only prints what others say; ``day`` that from which the claim is known.
TOLD_SOURCES = Table(
    "told_sources",
    METADATA,
    Column("claim_id", AnyText, ForeignKey("told_claims.claim_id"), primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("label", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", AnyText, nullable=False),
    Column("is_carrier", Boolean, nullable=False),
    Column("day", Text, nullable=False),
    Index("ix_told_sources_source_id", "source_id", "day", "claim_id"),
)

# What became of what a source said of a transfer (``register.record``).
SOURCE_MARKS = Table(
    "source_marks",
    METADATA,
    Column("transfer_id", AnyText, ForeignKey("transfers.id"), primary_key=True),
    Column("source_id", Text, primary_key=True, index=True),
    Column("is_followed", Boolean, nullable=False),
    Column("is_confirmed", Boolean, nullable=False),
    Column("is_denied", Boolean, nullable=False),
    Column("is_taken_back", Boolean, nullable=False),
)

# The sums of both, a row a source. ``names`` are those it goes by, as JSON; ``words`` its label folded.
SOURCES = Table(
    "sources",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("label", AnyText, nullable=False),
    Column("names", Text, nullable=False),
    Column("words", AnyText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", AnyText, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("carried", Integer, nullable=False),
    Column("transfers", Integer, nullable=False),
    Column("followed", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("taken_back", Integer, nullable=False),
    Column("last_day", Text, nullable=False),
)

REGISTER_TABLES = (
    REGISTER_FACTS,
    CHANGES,
    SKETCHES,
    SKETCH_HASHES,
    COPY_CANDIDATES,
    STANDING_PASSAGES,
    STANDING_HASHES,
    COPIES,
    NEWSROOMS,
    TOLD_CLAIMS,
    PART_CHOICES,
    PART_FITS,
    TRANSFERS,
    TRANSFER_LINES,
    LINES_SHOWN,
    TRANSFER_CLAIMS,
    CLAIM_REVIEWS,
    TRANSFER_ROUTES,
    TOLD_SOURCES,
    SOURCE_MARKS,
    SOURCES,
)
