"""Accounts, sessions, keys of programs, failed logins, grades of sources, and the record of what people did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from armstrace.store.losing import check_losing

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_KEPT = "the record of what people did is kept as it is"
_SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER keep_audit_{when} BEFORE {when} ON audit BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    for when in ("update", "delete")
)
_POSTGRES_TRIGGERS = (
    f"CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$",
    "CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("is_closed", sa.Boolean, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_people"),
    )
    _create_sessions_and_keys()
    op.create_table(
        "login_tries",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_login_tries"),
    )
    texts = "source_id names kind country grade why who at".split()
    columns = [sa.Column(name, sa.Text, nullable=False) for name in texts]
    op.create_table("source_grades", *columns, sa.PrimaryKeyConstraint("source_id", name="pk_source_grades"))
    _create_audit()


def _create_sessions_and_keys() -> None:
    op.create_table(
        "sessions",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sessions"),
        sa.ForeignKeyConstraint(["name"], ["people.name"], name="fk_sessions_name"),
    )
    op.create_index("ix_sessions_name", "sessions", ["name"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("ends_at", sa.Text),
        sa.Column("revoked_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("key", name="uq_api_keys_key"),
        sa.ForeignKeyConstraint(["name"], ["people.name"], name="fk_api_keys_name"),
    )
    op.create_index("ix_api_keys_name", "api_keys", ["name"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("did", sa.Text, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("more", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if is_sqlite else _POSTGRES_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables; the record of what people did nothing brings back, so it stops this."""
    check_losing("recorded deeds", "audit")
    for table in ("audit", "source_grades", "login_tries", "api_keys", "sessions", "people"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_audit()")
