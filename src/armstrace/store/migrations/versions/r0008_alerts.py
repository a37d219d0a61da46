"""Watches, alerts to them, what is sent of these, and how the lines of the register stood when they were last told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; the register is made anew once, to note how its lines stand."""
    op.create_table(
        "watches",
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("id", "owner", "name", "asks", "kinds", "place", "made_at")
        ),
        sa.Column("is_paused", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("feed_key", "hook_url", "hook_secret")),
        sa.PrimaryKeyConstraint("id", name="pk_watches"),
        sa.UniqueConstraint("owner", "name", name="uq_watches_owner"),
    )
    op.create_index("ix_watches_place", "watches", ["place"])
    op.create_table(
        "alerts",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "watch_id", "line", "raised_at", "body")),
        sa.Column("read_at", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_alerts"),
        sa.UniqueConstraint("id", name="uq_alerts_id"),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_alerts_watch_id"),
    )
    op.create_index("ix_alerts_watch_id", "alerts", ["watch_id", "number"])
    _create_deliveries()
    _create_stood()
    op.execute("DELETE FROM register_facts WHERE name = 'version'")


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("number", _NUMBER, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("watch_id", "state")),
        sa.Column("tries", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("not_before", "last_at")),
        sa.Column("status", sa.Integer),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["number"], ["alerts.number"], name="fk_deliveries_number"),
        sa.ForeignKeyConstraint(["watch_id"], ["watches.id"], name="fk_deliveries_watch_id"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state", "watch_id", "number"])


def _create_stood() -> None:
    op.create_table(
        "stood_lines",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("line", "body")),
        sa.PrimaryKeyConstraint("line", name="pk_stood_lines"),
    )
    op.create_table(
        "stood_claims",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("line", "claim_id", "document_id")),
        sa.PrimaryKeyConstraint("line", "claim_id", name="pk_stood_claims"),
        sa.ForeignKeyConstraint(["line"], ["stood_lines.line"], name="fk_stood_claims_line"),
    )
    op.create_index("ix_stood_claims_claim_id", "stood_claims", ["claim_id"])
    op.create_index("ix_stood_claims_document_id", "stood_claims", ["document_id"])


def downgrade() -> None:
    """Drop the tables; watches nothing brings back, so they stop this."""
    check_losing("watches", "watches")
    for table in ("deliveries", "alerts", "watches", "stood_claims", "stood_lines"):
        op.drop_table(table)
