"""What a way back to an earlier version would lose for good stops it, unless whoever runs it says that it may."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from armstrace.errors import StoreError


def check_losing(what: str, table: str, condition: str = "") -> None:
    """Stop a migration whose earlier version cannot keep the rows of a table, or those of a condition.

    Raises:
        StoreError: there are such rows, and the run was not told to lose them.
    """
    where = f" WHERE {condition}" if condition else ""
    kept = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {table}{where}")).scalar()  # noqa: S608 - our own words
    if kept and not context.config.attributes["lose"]:
        raise StoreError(
            f"the database holds {kept} {what}, which its earlier version cannot keep: nothing done; "
            "make a copy of the database, then run the same with --lose"
        )
