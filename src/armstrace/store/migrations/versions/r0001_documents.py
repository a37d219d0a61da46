"""Documents, their evidence, and what could not be read."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make the tables, and give the store its id."""
    facts = op.create_table(
        "store_facts",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_store_facts"),
    )
    op.bulk_insert(facts, [{"name": "id", "value": uuid.uuid4().hex}])
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("stored_size", sa.BigInteger, nullable=False),
        sa.Column("codec", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )
    _create_documents()
    _create_captures_and_failures()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("url_key", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("published_from", sa.Text),
        sa.Column("first_day", sa.Text),
        sa.Column("last_day", sa.Text),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_exact", sa.LargeBinary),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("removed", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("left_out", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["sha256"], ["evidence.sha256"], name="fk_documents_sha256"),
        sa.UniqueConstraint("url_key", "version", name="uq_documents_url_key"),
    )
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_index("ix_documents_last_day", "documents", ["last_day"])


def _create_captures_and_failures() -> None:
    op.create_table(
        "captures",
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("moment", sa.Text),
        sa.Column("noted_at", sa.Text, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "key", name="pk_captures"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_captures_document_id"),
    )
    op.create_table(
        "failures",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("resolved_at", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_failures"),
        sa.ForeignKeyConstraint(["sha256"], ["evidence.sha256"], name="fk_failures_sha256"),
    )
    op.create_index("ix_failures_sha256", "failures", ["sha256"])


def downgrade() -> None:
    """Drop the tables; the files of the evidence stay, but nothing tells what they are, so that stops this."""
    check_losing("documents", "documents")
    for table in ("failures", "captures", "documents", "evidence", "store_facts"):
        op.drop_table(table)
