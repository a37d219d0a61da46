"""Sanctions lists, and certificates of what was screened against them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_KEPT = "certificates are never changed or deleted; screen again for another"
_SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER keep_screenings_{when} BEFORE {when} ON screenings {condition}"
    f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    for when, condition in (
        ("update", ""),
        ("delete", ""),
        ("insert", "WHEN EXISTS (SELECT 1 FROM screenings WHERE id = NEW.id) "),  # REPLACE would delete
    )
)
_POSTGRES_TRIGGERS = (
    f"CREATE FUNCTION keep_screenings() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$",
    "CREATE TRIGGER keep_screenings BEFORE UPDATE OR DELETE OR TRUNCATE ON screenings "
    "FOR EACH STATEMENT EXECUTE FUNCTION keep_screenings()",
)


def upgrade() -> None:
    """Make the tables and what keeps certificates from being changed."""
    op.create_table(
        "sanctions_lists",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "sha256", "format", "dated", "files", "faults")),
        sa.Column("entry_count", sa.Integer, nullable=False),
        sa.Column("entries", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_sanctions_lists"),
        sa.UniqueConstraint("key", "sha256", name="uq_sanctions_lists_key"),
    )
    op.create_table(
        "screenings",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "at", "body")),
        sa.PrimaryKeyConstraint("id", name="pk_screenings"),
    )
    op.create_index("ix_screenings_at", "screenings", ["at"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if is_sqlite else _POSTGRES_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables; lists can be loaded again, certificates cannot be made again, so they stop it."""
    check_losing("certificates", "screenings")
    op.drop_table("screenings")
    op.drop_table("sanctions_lists")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_screenings()")
