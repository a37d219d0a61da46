"""Readings hold the SHA-256 of what is kept of their claims, by which a change to it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from armstrace.store.columns import AnyText

revision = "0013"
down_revision = "0012"

_PARTIES = [
    f"{role}_{part}" for role in ("supplier", "recipient", "maker") for part in ("country", "organisation", "text")
]
_CLAIMS = sa.table(
    "claims",
    sa.column("number"),
    *(
        sa.column(name, AnyText if name in {"id", "document_id", "evidence", *_PARTIES} else None)
        for name in (
            "id", "document_id", "position", "kind", *_PARTIES, "party_words", "status", "polarity", "certainty",
            "mode", "quantity_low", "quantity_best", "quantity_high", "when_start", "when_end", "evidence",
            "evidence_start", "evidence_end", "body",
        )
    ),
)  # fmt: skip
_ITEMS = sa.table(
    "claim_items",
    sa.column("claim"),
    *(sa.column(name) for name in ("position", "category")),
    *(sa.column(name, AnyText) for name in ("designation", "description")),
    sa.column("words"),
)
_SOURCES = sa.table(
    "claim_sources",
    sa.column("claim"),
    sa.column("position"),
    sa.column("name", AnyText),
    sa.column("kind"),
    sa.column("country", AnyText),
    sa.column("named", sa.Boolean),
)
_READINGS = sa.table("readings", sa.column("document_id", AnyText), sa.column("digest"))


def upgrade() -> None:
    """Add the column, and fill it from the claims that are there."""
    op.add_column("readings", sa.Column("digest", sa.Text))
    connection = op.get_bind()
    for document in connection.scalars(sa.select(_READINGS.c.document_id)).all():
        mine = sa.update(_READINGS).where(_READINGS.c.document_id == document)
        connection.execute(mine.values(digest=_digest(connection, document)))


def _digest(connection: sa.Connection, document: str) -> str:
    digest = hashlib.sha256()
    for query in _queries(document):
        for row in connection.execute(query):
            digest.update(json.dumps(list(row), ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def _queries(document: str) -> Iterator[sa.Select[Any]]:
    columns = [column for column in _CLAIMS.c if column.name != "number"]
    yield sa.select(*columns).where(_CLAIMS.c.document_id == document).order_by(_CLAIMS.c.position)
    for table in (_ITEMS, _SOURCES):
        beside = [column for column in table.c if column.name != "claim"]
        found = sa.select(_CLAIMS.c.position, *beside).join(_CLAIMS, _CLAIMS.c.number == table.c.claim)
        yield found.where(_CLAIMS.c.document_id == document).order_by(_CLAIMS.c.position, table.c.position)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("readings", "digest")
