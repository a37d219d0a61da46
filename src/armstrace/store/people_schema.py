"""The tables of accounts: who may use the desk, by what they show who they are, and what they did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from armstrace.store.columns import AnyText
from armstrace.store.metadata import METADATA, NUMBER

# ``password`` is an argon2 hash; who logs in elsewhere only has none.
PEOPLE = Table(
    "people",
    METADATA,
    Column("name", AnyText, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("is_closed", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
)

# ``key`` is the hash of what the browser holds: who reads this table cannot log in with it.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("name", AnyText, ForeignKey("people.name"), nullable=False, index=True),
    Column("begun_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)

# Whom a provider of logins knows: its ``issuer`` and its ``subject`` together name one person for good. ``name`` is the
# account that an admin, or the first login, gave them, if any; ``called`` what the provider calls them.
IDENTITIES = Table(
    "identities",
    METADATA,
    Column("issuer", AnyText, primary_key=True),
    Column("subject", AnyText, primary_key=True),
    Column("name", AnyText, ForeignKey("people.name")),
    Column("called", AnyText, nullable=False),
    Column("seen_at", Text, nullable=False),
    UniqueConstraint("issuer", "name"),
)

# Logins that came back from a provider once, by the hash of their state: none comes back twice.
SPENT_LOGINS = Table(
    "spent_logins",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

# ``key`` is the hash of what the program holds; ``id`` its public beginning, by which it is named.
API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", AnyText, ForeignKey("people.name"), nullable=False, index=True),
    Column("scope", Text, nullable=False),
    Column("note", AnyText),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text),
    Column("revoked_at", Text),
)

# Failed logins by who was named and by where they came from; ``key`` is the hash of either.
LOGIN_TRIES = Table(
    "login_tries",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
)

# How reliable people judge a source to be; ``names`` (JSON) are those it went by then. ``audit`` keeps what was before.
SOURCE_GRADES = Table(
    "source_grades",
    METADATA,
    Column("source_id", Text, primary_key=True),
    Column("names", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", AnyText, nullable=False),
    Column("grade", Text, nullable=False),
    Column("why", AnyText, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("at", Text, nullable=False),
)

# What people did: rows are added and never change, triggers see to it.
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("did", Text, nullable=False),
    Column("about", AnyText),
    Column("more", Text, nullable=False),
    Index("ix_audit_at", "at"),
)
