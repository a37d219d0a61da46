"""What all tables share: their names' conventions, and how rows are counted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

# SQLite counts rows in 64 bits under this name only.
NUMBER = BigInteger().with_variant(Integer, "sqlite")

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
