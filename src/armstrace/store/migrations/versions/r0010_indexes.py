"""Days of documents, the ends of the register and the states of reviews, found in indexes without their rows."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the indexes, two in the place of such that held less."""
    op.create_index("ix_documents_days", "documents", ["last_day", "first_day", "id"])
    op.drop_index("ix_documents_last_day", "documents")
    op.create_index("ix_transfer_lines_from_day", "transfer_lines", ["from_day"])
    op.drop_index("ix_claim_reviews_state", "claim_reviews")
    op.create_index("ix_claim_reviews_state", "claim_reviews", ["state", "waits"])


def downgrade() -> None:
    """Make the indexes as they were before."""
    op.drop_index("ix_claim_reviews_state", "claim_reviews")
    op.create_index("ix_claim_reviews_state", "claim_reviews", ["state"])
    op.drop_index("ix_transfer_lines_from_day", "transfer_lines")
    op.create_index("ix_documents_last_day", "documents", ["last_day"])
    op.drop_index("ix_documents_days", "documents")
