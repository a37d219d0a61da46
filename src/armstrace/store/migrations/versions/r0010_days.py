"""Documents of some days, and the first and last day of the register, found in an index alone."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    """Make the indexes, one in the place of that of the last days alone."""
    op.create_index("ix_documents_days", "documents", ["last_day", "first_day", "id"])
    op.drop_index("ix_documents_last_day", "documents")
    op.create_index("ix_transfer_lines_from_day", "transfer_lines", ["from_day"])


def downgrade() -> None:
    """Make the indexes as they were before."""
    op.drop_index("ix_transfer_lines_from_day", "transfer_lines")
    op.create_index("ix_documents_last_day", "documents", ["last_day"])
    op.drop_index("ix_documents_days", "documents")
