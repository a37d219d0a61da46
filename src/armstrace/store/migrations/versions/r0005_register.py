"""The register, kept: copies of documents, parts of claims, transfers, and what changed since; all can be made anew."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TABLES = (
    "claim_reviews",
    "sources",
    "source_marks",
    "told_sources",
    "transfer_routes",
    "transfer_claims",
    "lines_shown",
    "transfer_lines",
    "transfers",
    "part_fits",
    "part_choices",
    "told_claims",
    "newsrooms",
    "copies",
    "standing_hashes",
    "standing_passages",
    "copy_candidates",
    "sketch_hashes",
    "sketches",
    "changes",
    "register_facts",
)


def upgrade() -> None:
    """Make the tables; they are filled when the register is first asked for."""
    _create("register_facts", ("name",), _text("name"), _text("value"))
    _create(
        "changes",
        ("number",),
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        _text("document_id"),
        sa.Column("is_new", sa.Boolean, nullable=False),
        _refers("changes", "document_id", "documents.id"),
    )
    _index("changes", "document_id")
    _index("changes", "is_new", "number")
    _create_copies()
    _create_claims()
    _create_transfers()
    _create_reviews()
    _create_routes_and_sources()


def _create_copies() -> None:
    _create(
        "sketches",
        ("place",),
        _place("place"),
        _text("document_id"),
        sa.Column("outlet", sa.Text),
        sa.Column("published", sa.Text),
        _text("agencies"),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        _text("family"),
        _refers("sketches", "document_id", "documents.id"),
        sa.UniqueConstraint("document_id", name="uq_sketches_document_id"),
    )
    _create("sketch_hashes", ("hash", "place"), _place("hash"), _place("place"), sqlite_with_rowid=False)
    _create("copy_candidates", ("place", "other"), _place("place"), _place("other"), sqlite_with_rowid=False)
    hashes = sa.Column("hashes", sa.LargeBinary, nullable=False)
    _create("standing_passages", ("place", "other"), _place("place"), _place("other"), hashes)
    _create("standing_hashes", ("hash",), _place("hash"), _integer("pairs"))
    _create("copies", ("place", "other"), _place("place"), _place("other"), _text("body"))
    _index("copies", "other")
    _create(
        "newsrooms",
        ("name", "document_id"),
        *map(_text, "name document_id first_day last_day".split()),
        sa.Column("is_notice", sa.Boolean, nullable=False),
        _refers("newsrooms", "document_id", "documents.id"),
    )
    _index("newsrooms", "document_id")


def _create_claims() -> None:
    _create(
        "told_claims",
        ("claim_id",),
        _text("claim_id"),
        _text("document_id"),
        sa.Column("is_transfer", sa.Boolean, nullable=False),
        sa.Column("supplier", sa.Text),
        sa.Column("recipient", sa.Text),
        sa.Column("part", sa.Text),
        sa.Column("refers_to", sa.Text),
        sa.Column("day", sa.Text),
        _text("body"),
        _refers("told_claims", "document_id", "documents.id"),
    )
    _index("told_claims", "document_id")
    _index("told_claims", "part")
    _index("told_claims", "refers_to")
    _index("told_claims", "supplier", "recipient")
    _index("told_claims", "recipient")
    score = sa.Column("score", sa.Float, nullable=False)
    _create("part_choices", ("part",), _text("part"), _text("other"), score)
    _index("part_choices", "other")
    _create("part_fits", ("part", "other"), _text("part"), _text("other"), sa.Column("score", sa.Float, nullable=False))
    _index("part_fits", "other")


def _create_transfers() -> None:
    _create("transfers", ("id",), *map(_text, "id findings body".split()))
    _create(
        "transfer_lines",
        ("until_day", "transfer_id", "from_day"),
        *map(_text, "until_day transfer_id from_day".split()),
        sa.Column("is_today", sa.Boolean, nullable=False),
        *map(_text, "first_day changed_day status".split()),
        *map(_integer, "credibility affirming not_shown denying".split()),
        _text("review"),
        sa.Column("is_rejected", sa.Boolean, nullable=False),
        sa.Column("is_released", sa.Boolean, nullable=False),
        *map(_integer, "conflicts breaches".split()),
        *map(_text, "suppliers recipients categories law route party_words item_words words made_of".split()),
        _refers("transfer_lines", "transfer_id", "transfers.id"),
        sqlite_with_rowid=False,
    )
    _index("transfer_lines", "transfer_id")
    _create(
        "lines_shown",
        ("transfer_id", "from_day"),
        *map(_text, "transfer_id from_day routes line".split()),
        _refers("lines_shown", "transfer_id", "transfers.id"),
    )
    _create(
        "transfer_claims",
        ("transfer_id", "claim_id"),
        *map(_text, "transfer_id claim_id document_id role".split()),
        sa.Column("alias", sa.Text),
        sa.Column("day", sa.Text),
        _refers("transfer_claims", "transfer_id", "transfers.id"),
        _refers("transfer_claims", "claim_id", "told_claims.claim_id"),
        _refers("transfer_claims", "document_id", "documents.id"),
    )
    for column in ("claim_id", "document_id", "alias"):
        _index("transfer_claims", column)


def _create_reviews() -> None:
    _create(
        "claim_reviews",
        ("claim_id",),
        *map(_text, "claim_id document_id".split()),
        _integer("place"),
        _text("state"),
        sa.Column("waits", sa.Boolean, nullable=False),
        _integer("rank"),
        *map(_text, "day status".split()),
        sa.Column("supplier", sa.Text),
        sa.Column("recipient", sa.Text),
        *map(_text, "party_codes party_words item_words outlet_words".split()),
        sa.Column("transfer_id", sa.Text),
        _refers("claim_reviews", "claim_id", "told_claims.claim_id"),
        _refers("claim_reviews", "document_id", "documents.id"),
    )
    for column in ("document_id", "state", "transfer_id"):
        _index("claim_reviews", column)
    _index("claim_reviews", "waits", "rank", "day", "document_id", "place", "claim_id")
    _index("claim_reviews", "supplier", "recipient", "day")


def _create_routes_and_sources() -> None:
    _create(
        "transfer_routes",
        ("transfer_id", "from_day", "position"),
        *map(_text, "transfer_id from_day".split()),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        *map(_text, "supplier supplier_name recipient recipient_name".split()),
        _flag("is_denied"),
        _refers("transfer_routes", "transfer_id", "transfers.id"),
    )
    _index("transfer_routes", "supplier", "recipient")
    _create(
        "told_sources",
        ("claim_id", "source_id"),
        *map(_text, "claim_id source_id label name kind country".split()),
        _flag("is_carrier"),
        _text("day"),
        _refers("told_sources", "claim_id", "told_claims.claim_id"),
    )
    _index("told_sources", "source_id", "day", "claim_id")
    _create(
        "source_marks",
        ("transfer_id", "source_id"),
        *map(_text, "transfer_id source_id".split()),
        *map(_flag, "is_followed is_confirmed is_denied is_taken_back".split()),
        _refers("source_marks", "transfer_id", "transfers.id"),
    )
    _index("source_marks", "source_id")
    _create(
        "sources",
        ("id",),
        *map(_text, "id label names words kind country".split()),
        *map(_integer, "claims carried transfers followed confirmed denied taken_back".split()),
        _text("last_day"),
    )


def _create(table: str, key: tuple[str, ...], *parts: sa.schema.SchemaItem, **options: Any) -> None:  # noqa: ANN401
    op.create_table(table, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"), **options)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _place(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, autoincrement=False, nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{columns[0]}", table, list(columns))


def downgrade() -> None:
    """Drop the tables; who comes up again makes the register anew."""
    for table in _TABLES:
        op.drop_table(table)
