"""Each writer of a server leaves a mark, by which it is told whether a COMMIT holds whose answer was lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "writers",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("writer", "token")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("writer", name="pk_writers"),
    )


def downgrade() -> None:
    """Drop it; marks count for minutes only."""
    op.drop_table("writers")
