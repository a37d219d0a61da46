"""The search index over documents and claims, made of those that are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.columns import AnyText
from armstrace.store.search_index import ClaimWords, create_index, drop_index, index_claims, index_document

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the index and enter what is there."""
    op.create_table(
        "search_parts",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search_parts"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_search_parts_document_id"),
    )
    op.create_index("ix_search_parts_document_id", "search_parts", ["document_id"])
    connection = op.get_bind()
    create_index(connection)
    documents = sa.table("documents", sa.column("id", AnyText), sa.column("title", AnyText), sa.column("text", sa.Text))
    for identity in connection.scalars(sa.select(documents.c.id).order_by(documents.c.id)).all():
        row = connection.execute(sa.select(documents).where(documents.c.id == identity)).one()
        index_document(connection, row.id, row.title, row.text)
    _enter_claims(connection)


def _enter_claims(connection: sa.Connection) -> None:
    claims = sa.table(
        "claims", sa.column("number", _NUMBER), sa.column("party_words", sa.Text), sa.column("evidence", AnyText)
    )
    items = sa.table("claim_items", *(sa.column(name) for name in ("claim", "position", "words")))
    sources = sa.table(
        "claim_sources", *(sa.column(name) for name in ("claim", "position")), sa.column("name", AnyText)
    )
    for number in connection.scalars(sa.select(claims.c.number).order_by(claims.c.number)).all():
        row = connection.execute(sa.select(claims).where(claims.c.number == number)).one()
        things = sa.select(items.c.words).where(items.c.claim == number).order_by(items.c.position)
        names = sa.select(sources.c.name).where(sources.c.claim == number).order_by(sources.c.position)
        found = (connection.scalars(things).all(), row.evidence, connection.scalars(names).all())
        index_claims(connection, {number: ClaimWords(row.party_words, *found)})


def downgrade() -> None:
    """Drop the index."""
    drop_index(op.get_bind())
    op.drop_table("search_parts")
