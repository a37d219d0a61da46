"""Readings of documents, the claims in them, and what people judge of those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_KEPT = "judgements are never changed or deleted; add another that says what holds now"
_SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER keep_judgements_{when} BEFORE {when} ON judgements {condition}"
    f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    for when, condition in (
        ("update", ""),
        ("delete", ""),
        ("insert", "WHEN EXISTS (SELECT 1 FROM judgements WHERE id = NEW.id) "),  # REPLACE would delete
    )
)
_POSTGRES_TRIGGERS = (
    f"CREATE FUNCTION keep_judgements() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$",
    "CREATE TRIGGER keep_judgements BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements "
    "FOR EACH STATEMENT EXECUTE FUNCTION keep_judgements()",
)


def upgrade() -> None:
    """Make the tables and what keeps judgements from being changed."""
    op.create_table(
        "readings",
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("read_at", sa.Text, nullable=False),
        sa.Column("claim_count", sa.Integer, nullable=False),
        sa.Column("left_out", sa.Integer, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("failure", sa.Text),
        sa.PrimaryKeyConstraint("document_id", name="pk_readings"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_readings_document_id"),
    )
    op.create_index("ix_readings_extractor", "readings", ["extractor"])
    _create_claims()
    _create_parts_of_claims()
    _create_judgements()


def _create_claims() -> None:
    parties = [
        sa.Column(f"{party}_{part}", sa.Text)
        for party in ("supplier", "recipient", "maker")
        for part in ("country", "organisation", "text")
    ]
    op.create_table(
        "claims",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *parties,
        sa.Column("party_words", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("status", "polarity", "certainty", "mode")),
        *(sa.Column(f"quantity_{name}", sa.BigInteger) for name in ("low", "best", "high")),
        sa.Column("when_start", sa.Text),
        sa.Column("when_end", sa.Text),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_claims"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_claims_document_id"),
        sa.UniqueConstraint("document_id", "position", name="uq_claims_document_id"),
    )
    for column in ("id", "document_id", "supplier_country", "recipient_country"):
        op.create_index(f"ix_claims_{column}", "claims", [column])


def _create_parts_of_claims() -> None:
    op.create_table(
        "claim_items",
        sa.Column("claim", _NUMBER, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("designation", sa.Text),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("claim", "position", name="pk_claim_items"),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name="fk_claim_items_claim", ondelete="CASCADE"),
    )
    op.create_index("ix_claim_items_category", "claim_items", ["category"])
    op.create_table(
        "claim_sources",
        sa.Column("claim", _NUMBER, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("country", sa.Text),
        sa.Column("named", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("claim", "position", name="pk_claim_sources"),
        sa.ForeignKeyConstraint(["claim"], ["claims.number"], name="fk_claim_sources_claim", ondelete="CASCADE"),
    )


def _create_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("claim_id", sa.Text),
        sa.Column("claim_body", sa.Text),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("field", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("other_document", sa.Text),
        sa.Column("other_body", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_judgements_document_id"),
    )
    op.create_index("ix_judgements_claim_id", "judgements", ["claim_id"])
    op.create_index("ix_judgements_document_id", "judgements", ["document_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if is_sqlite else _POSTGRES_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables, which another reading fills again; judgements no reading brings back, so they stop it."""
    check_losing("judgements", "judgements")
    for table in ("judgements", "claim_sources", "claim_items", "claims", "readings"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_judgements()")
