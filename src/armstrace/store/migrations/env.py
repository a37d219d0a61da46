"""Runs migrations in the transaction that armstrace.store.migrate began; there is no other way to run them."""

from __future__ import annotations

from alembic import context

from armstrace.store.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
