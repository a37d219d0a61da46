"""The SHA-256 of all that is kept of a document's claims, by which a change to them shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, select

from armstrace.store.columns import to_json
from armstrace.store.schema import CLAIM_ITEMS, CLAIM_SOURCES, CLAIMS, READINGS

# Numbers are the database's own. A migration that adds a column to these tables writes the digests anew.
_NUMBERS: Final = frozenset({"number", "claim"})
NO_CLAIMS: Final = hashlib.sha256().hexdigest()


def claims_digest(connection: Connection, document: str) -> str:
    """Return the digest of the claims of a document as the rows hold them now."""
    digest = hashlib.sha256()
    for query in _queries(document):
        for row in connection.execute(query):
            digest.update(to_json(list(row)).encode() + b"\n")
    return digest.hexdigest()


def is_as_read(connection: Connection, document: str) -> bool:
    """Tell whether the claims of a document are those that were read; true where nobody has read it."""
    kept = connection.scalar(select(READINGS.c.digest).where(READINGS.c.document_id == document))
    return kept is None or kept == claims_digest(connection, document)


def _queries(document: str) -> Iterator[Select[Any]]:
    yield select(*_columns(CLAIMS)).where(CLAIMS.c.document_id == document).order_by(CLAIMS.c.position)
    for table in (CLAIM_ITEMS, CLAIM_SOURCES):
        beside = select(CLAIMS.c.position, *_columns(table)).join(CLAIMS, CLAIMS.c.number == table.c.claim)
        yield beside.where(CLAIMS.c.document_id == document).order_by(CLAIMS.c.position, table.c.position)


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if column.name not in _NUMBERS]
