"""Documents of some days found in an index alone, without their rows."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    """Make the index, in the place of that of the last days alone."""
    op.create_index("ix_documents_days", "documents", ["last_day", "first_day", "id"])
    op.drop_index("ix_documents_last_day", "documents")


def downgrade() -> None:
    """Make the index as it was before."""
    op.create_index("ix_documents_last_day", "documents", ["last_day"])
    op.drop_index("ix_documents_days", "documents")
