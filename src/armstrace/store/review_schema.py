"""The table of claims as people review them: a part of the register, and made anew with it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA

# Claims as people review them, one row each, so that none is read to find those that wait. ``state`` is that of its
# review, ``waits`` tells whether it is to be judged; ``rank`` is 0 for the most urgent (``review.urgency``), ``place``
# where its sentence begins. Days, parties and words are as in ``transfer_lines``; ``supplier`` and
# ``recipient`` are what claims are grouped by. ``transfer_id`` is the line that makes it urgent, if it is in one.
CLAIM_REVIEWS = Table(
    "claim_reviews",
    METADATA,
    Column("claim_id", AnyText, ForeignKey("told_claims.claim_id"), primary_key=True),
    Column("document_id", AnyText, ForeignKey("documents.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
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
    Index("ix_claim_reviews_state", "state", "waits"),
    Index("ix_claim_reviews_waits", "waits", "rank", "day", "document_id", "place", "claim_id"),
    Index("ix_claim_reviews_supplier", "supplier", "recipient", "day"),
)
