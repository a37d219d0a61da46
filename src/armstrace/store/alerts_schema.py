"""The tables of watches, of the alerts to them, and of how the lines of the register stood when they were last told.

The register may be made anew; how its lines stood stays, so that nothing is told twice.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA, NUMBER

# ``asks`` and ``kinds`` are JSON, ``place`` is where the watch is looked for (``alerts.matching``). ``feed_key`` is the
# hash of what a feed reader shows; ``hook_secret`` is kept as it is, for whoever signs must have it.
WATCHES = Table(
    "watches",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("owner", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("asks", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("place", Text, nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("is_paused", Boolean, nullable=False),
    Column("feed_key", Text),
    Column("hook_url", AnyText),
    Column("hook_secret", Text),
    UniqueConstraint("owner", "name"),
)

_UNREAD = text("read_at IS NULL")

# ``number`` tells in which order they came. ``body`` holds changes and headlines as they were then.
ALERTS = Table(
    "alerts",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("watch_id", Text, ForeignKey("watches.id"), nullable=False),
    Column("line", AnyText, nullable=False),
    Column("raised_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("read_at", Text),
    Index("ix_alerts_watch_id", "watch_id", "number"),
    Index("ix_alerts_unread", "watch_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
)

# What is to be sent to the address of a watch. ``state`` is "waiting", "delivered" or "dead"; ``status`` that of the
# last answer, ``reason`` why it was not taken.
DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("number", NUMBER, ForeignKey("alerts.number"), primary_key=True),
    Column("watch_id", Text, ForeignKey("watches.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Text),
    Column("last_at", Text),
    Column("status", Integer),
    Column("reason", AnyText),
    Index("ix_deliveries_state", "state", "watch_id", "number"),
)

# How each line stood (``alerts.lines``), and which claims it had; ids of transfers as they were then.
STOOD_LINES = Table(
    "stood_lines",
    METADATA,
    Column("line", AnyText, primary_key=True),
    Column("body", Text, nullable=False),
)
STOOD_CLAIMS = Table(
    "stood_claims",
    METADATA,
    Column("line", AnyText, ForeignKey("stood_lines.line"), primary_key=True),
    Column("claim_id", AnyText, primary_key=True, index=True),
    Column("document_id", AnyText, nullable=False, index=True),
)
