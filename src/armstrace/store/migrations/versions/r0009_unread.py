"""Unread alerts are counted for every page: an index of them alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_alerts_unread", "alerts", ["watch_id"], sqlite_where=_UNREAD, postgresql_where=_UNREAD)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_alerts_unread", "alerts")
