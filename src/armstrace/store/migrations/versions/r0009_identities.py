"""Whom a provider of logins knows, whose account that is, and which logins were used up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "identities",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("issuer", "subject")),
        sa.Column("name", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("called", "seen_at")),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identities"),
        sa.UniqueConstraint("issuer", "name", name="uq_identities_issuer"),
        sa.ForeignKeyConstraint(["name"], ["people.name"], name="fk_identities_name"),
    )
    op.create_table(
        "spent_logins",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "at")),
        sa.PrimaryKeyConstraint("key", name="pk_spent_logins"),
    )


def downgrade() -> None:
    """Drop the tables; whose account an identity is nothing brings back, so that stops this."""
    check_losing("identities bound to accounts", "identities", "name IS NOT NULL")
    for table in ("spent_logins", "identities"):
        op.drop_table(table)
