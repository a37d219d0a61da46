"""The tables of the register: all follows from evidence, readings and judgements, and can be made anew from them.

Documents are known here by their ``place`` in the order of time (``group.frames``), hashes as signed 64-bit numbers.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA, NUMBER

# "version": of what groups and merges; of another, all is made anew. "generation": raised with each change, so that
# what was worked out from an older state is not written.
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

# Claims as people review them, one row each, so that none is read to find those that wait. ``state`` is that of its
# review, ``waits`` tells whether it is to be judged; ``rank`` is 0 for the most urgent (``review.urgency``), ``place``
# where its sentence begins. Days, parties and words are as in ``transfers``; ``supplier`` and
# ``recipient`` are what claims are grouped by. ``transfer_id`` is the line that makes it urgent, if it is in one.
CLAIM_REVIEWS = Table(
    "claim_reviews",
    METADATA,
    Column("claim_id", AnyText, ForeignKey("told_claims.claim_id"), primary_key=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("waits", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("supplier", AnyText),
    Column("recipient", AnyText),
    Column("party_codes", AnyText, nullable=False),
    Column("party_words", AnyText, nullable=False),
    Column("item_words", AnyText, nullable=False),
    Column("outlet_words", AnyText, nullable=False),
    Column("transfer_id", AnyText, index=True),
    Index("ix_claim_reviews_waits", "waits", "rank", "day", "document_id", "place", "claim_id"),
    Index("ix_claim_reviews_supplier", "supplier", "recipient", "day"),
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

# The lines of the register; ``body`` is the public shape, ``findings`` what embargo law says of it, the others are
# there to be asked for. Lists of codes and of words stand between spaces. Days without a date are 9999-99-99.
TRANSFERS = Table(
    "transfers",
    METADATA,
    Column("id", AnyText, primary_key=True),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("families", Integer, nullable=False),
    Column("affirming", Integer, nullable=False),
    Column("denying", Integer, nullable=False),
    Column("is_rejected", Boolean, nullable=False),
    Column("is_released", Boolean, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("breaches", Integer, nullable=False),
    Column("suppliers", AnyText, nullable=False),
    Column("recipients", AnyText, nullable=False),
    Column("categories", AnyText, nullable=False),
    Column("party_words", AnyText, nullable=False),
    Column("item_words", AnyText, nullable=False),
    Column("findings", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_transfers_first_day", "first_day", "id"),
    Index("ix_transfers_last_day", "last_day", "id"),
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
    TRANSFER_CLAIMS,
    CLAIM_REVIEWS,
)
