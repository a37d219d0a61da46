"""All tables, in the order in which a person looks at them: every value of a record stands in one of them."""

from __future__ import annotations

from typing import Final

from armstrace.export.tables import claims, lines, standing
from armstrace.export.tables.columns import Table

TABLES: Final[tuple[Table, ...]] = (
    lines.TRANSFERS,
    lines.VALUES,
    lines.RANGES,
    lines.ORIGINS,
    claims.CLAIMS,
    claims.ITEMS,
    claims.SOURCES,
    claims.VIA,
    claims.LATER,
    claims.REVIEWS,
    claims.CORRECTIONS,
    standing.DENIALS,
    standing.ACCOUNTS,
    standing.CONFLICTS,
    standing.REVISIONS,
    standing.STEPS,
    standing.CHANGES,
    standing.FINDINGS,
    standing.CASES,
    standing.DOCUMENTS,
)
BY_NAME: Final = {table.name: table for table in TABLES}
