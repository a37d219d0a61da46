"""Unread alerts are counted for every page, by an index of them alone; documents are found by words of their outlet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.columns import AnyText
from armstrace.store.search_index import index_outlets

revision = "0011"
down_revision = "0010"

_UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Make index and table, and enter what is there."""
    op.create_index("ix_alerts_unread", "alerts", ["watch_id"], sqlite_where=_UNREAD, postgresql_where=_UNREAD)
    op.create_table(
        "search_outlets",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("document_id", "words")),
        sa.PrimaryKeyConstraint("document_id", name="pk_search_outlets"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_search_outlets_document_id"),
    )
    documents = sa.table("documents", sa.column("id", AnyText), sa.column("outlet", AnyText))
    connection = op.get_bind()
    rows = connection.execute(sa.select(documents).order_by(documents.c.id)).all()
    index_outlets(connection, ((row.id, row.outlet) for row in rows))


def downgrade() -> None:
    """Drop them."""
    op.drop_table("search_outlets")
    op.drop_index("ix_alerts_unread", "alerts")
