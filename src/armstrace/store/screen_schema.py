"""The tables of sanctions lists and of what was screened against them; they stand beside those of ``schema``."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from armstrace.store.columns import AnyText
from armstrace.store.schema import METADATA, NUMBER

# Each version of a list. ``entries`` is their compressed JSON and ``digest`` its SHA-256; ``sha256`` is the hash of the
# file that was loaded. Of each ``key`` one is in force; the others are kept.
SANCTIONS_LISTS = Table(
    "sanctions_lists",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("key", AnyText, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("dated", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("faults", Text, nullable=False),
    Column("entry_count", Integer, nullable=False),
    Column("entries", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("in_force", Boolean, nullable=False),
    UniqueConstraint("key", "sha256"),
)

# Certificates: rows are added and never change, triggers see to it. ``body`` is the certificate itself, JSON.
SCREENINGS = Table(
    "screenings",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_screenings_at", "at"),
)
