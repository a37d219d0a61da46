"""What is watched: feeds and site maps, and the links found in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feed_sources",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("last_fetched", sa.Text),
        sa.Column("next_due", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_feed_sources"),
    )
    op.create_table(
        "feed_links",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("noted_at", sa.Text, nullable=False),
        sa.Column("tried_at", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_feed_links"),
        sa.UniqueConstraint("key", name="uq_feed_links_key"),
        sa.ForeignKeyConstraint(["source"], ["feed_sources.address"], name="fk_feed_links_source"),
    )
    op.create_index("ix_feed_links_source", "feed_links", ["source"])
    op.create_index("ix_feed_links_state", "feed_links", ["state"])


def downgrade() -> None:
    """Drop the tables; the next round of watching finds the feeds' links again."""
    op.drop_table("feed_links")
    op.drop_table("feed_sources")
