"""What is watched: feeds and site maps, the links found in them, and the robots.txt of sites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watched_sources",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("last_fetched", sa.Text),
        sa.Column("next_due", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("choice", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_watched_sources"),
    )
    _create_links()
    op.create_table(
        "watched_sites",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_watched_sites"),
    )


def _create_links() -> None:
    op.create_table(
        "watched_links",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("in_feed", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("not_before", sa.Text),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_watched_links"),
        sa.UniqueConstraint("key", name="uq_watched_links_key"),
    )
    op.create_index("ix_watched_links_status", "watched_links", ["status"])


def downgrade() -> None:
    """Drop the tables; the next round of watching finds the links again."""
    for table in ("watched_sites", "watched_links", "watched_sources"):
        op.drop_table(table)
