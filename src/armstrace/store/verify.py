"""Looks at everything that is kept, and tells what is lost, changed or left over. Bounded in memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import zstandard
from sqlalchemy import Select, func, select, text

from armstrace.store.claims_digest import is_as_read
from armstrace.store.database import Database, lock
from armstrace.store.documents import EVIDENCE_LOCK, each_id
from armstrace.store.evidence import STORE_ID_FILE, Evidence, hash_in_name, is_part, stream
from armstrace.store.records import row_digest
from armstrace.store.register_schema import CHANGES, REGISTER_TABLES, TOLD_CLAIMS, TRANSFER_CLAIMS
from armstrace.store.schema import (
    CAPTURES,
    CLAIMS,
    DOCUMENTS,
    EVIDENCE,
    METADATA,
    READINGS,
    SEARCH_OUTLETS,
    SEARCH_PARTS,
)

_PREFIXES = tuple(f"{number:02x}" for number in range(256))
_MOST_SHOWN = 100  # of what the database itself says of its damage
_LOST = "put back a copy of the file, or add the original again"
_ANEW = "make the register anew with `armstrace update --rebuild`"
_COPY = "put back a copy of the database"
_ROW = "put back a copy of the database, or add the original again"


class Check(NamedTuple):
    """One thing that was looked at: ``about`` is evidence, document or database, ``name`` its path or id.

    ``state`` is intact; or missing, changed, cut short, unreadable, dangling: something is lost; or foreign, left over,
    removed: nothing is. ``trouble`` says so in a sentence, "" where it is intact.
    """

    about: str
    name: str
    state: str = "intact"
    trouble: str = ""

    @property
    def is_loss(self) -> bool:
        """Tell whether something is not as it was kept."""
        return self.state not in {"intact", "foreign", "left over", "removed"}


def verify(database: Database, evidence: Evidence, *, clean: bool) -> Iterator[Check]:
    """Yield a check for the database, each file of the evidence and each document.

    What a broken-off run left over is harmless; with ``clean`` it is removed. Others may write meanwhile.

    Raises:
        StoreError: the database cannot be read at all.
    """
    yield from _check_database(database)
    yield from _check_folder(evidence.folder)
    for prefix in _PREFIXES:
        yield from _check_prefix(database, evidence, prefix, clean=clean)
    for identity in each_id(database, select(DOCUMENTS.c.id)):
        yield _check_document(database, identity)


def _check_database(database: Database) -> Iterator[Check]:
    found = [*_damage(database), *_dangling(database)]
    yield from (Check("database", database.place.name, state, trouble) for state, trouble in found)
    if not found:
        yield Check("database", database.place.name)


def _damage(database: Database) -> Iterator[tuple[str, str]]:
    """Yield what SQLite finds in its pages; PostgreSQL looks after its own."""
    if database.is_sqlite:
        with database.read() as connection:
            said = connection.scalars(text(f"PRAGMA integrity_check({_MOST_SHOWN})")).all()
        yield from (("changed", f"the database is damaged ({line}); put back a copy") for line in said if line != "ok")


def _dangling(database: Database) -> Iterator[tuple[str, str]]:
    """Yield rows that speak of rows which are not there, by table; and readings whose claims are not all there."""
    for table in METADATA.sorted_tables:
        remedy = _ANEW if table in REGISTER_TABLES else _ROW
        for key in table.foreign_keys:
            there = select(key.column).where(key.column == key.parent).exists()
            lost = select(key.parent).where(key.parent.is_not(None), ~there).limit(1)
            with database.read() as connection:
                example = connection.scalar(lost)
            if example is not None:
                yield (
                    "dangling",
                    f"{table.name} speaks of {key.column.table.name} {example}, which is not there; {remedy}",
                )
    for lost, what in _gaps():
        with database.read() as connection:
            example = connection.scalar(lost.limit(1))
        if example is not None:
            yield "dangling", f"document {example} {what}"


def _gaps() -> Iterator[tuple[Select[str], str]]:
    """Yield queries for documents that miss what belongs to them, and what that is."""
    parts = select(SEARCH_PARTS.c.number).where(SEARCH_PARTS.c.document_id == DOCUMENTS.c.id)
    yield select(DOCUMENTS.c.id).where(~parts.exists()), f"is not in the search index; {_ROW}"
    outlets = select(SEARCH_OUTLETS.c.words).where(SEARCH_OUTLETS.c.document_id == DOCUMENTS.c.id)
    lost = select(DOCUMENTS.c.id).where(DOCUMENTS.c.outlet.is_not(None), ~outlets.exists())
    yield lost, f"cannot be searched for by its outlet; {_ROW}"
    captures = select(CAPTURES.c.key).where(CAPTURES.c.document_id == DOCUMENTS.c.id)
    yield select(DOCUMENTS.c.id).where(~captures.exists()), f"has no note of how it came here; {_ROW}"
    count = select(func.count()).select_from(CLAIMS).where(CLAIMS.c.document_id == READINGS.c.document_id)
    lost = select(READINGS.c.document_id).where(count.scalar_subquery() != READINGS.c.claim_count)
    yield lost, "has not the number of claims that was read; read it anew"
    # The register may lag behind: what waits to be worked in is no loss.
    there = select(CLAIMS.c.number).where(CLAIMS.c.id == TOLD_CLAIMS.c.claim_id)
    waits = select(CHANGES.c.number).where(CHANGES.c.document_id == TOLD_CLAIMS.c.document_id)
    lost = select(TOLD_CLAIMS.c.document_id).where(
        ~there.where(CLAIMS.c.document_id == TOLD_CLAIMS.c.document_id).exists(), ~waits.exists()
    )
    yield lost, f"has claims in the register that it does not make; {_ANEW}"
    homeless = select(TRANSFER_CLAIMS.c.claim_id).where(TRANSFER_CLAIMS.c.claim_id == TOLD_CLAIMS.c.claim_id)
    lost = select(TOLD_CLAIMS.c.document_id).where(TOLD_CLAIMS.c.is_transfer, ~homeless.exists())
    yield lost, f"has claims that are in no transfer; {_ANEW}"


def _check_folder(folder: Path) -> Iterator[Check]:
    """Yield what stands in the folder of the evidence and is none of it."""
    for entry in _entries(folder):
        if entry.name not in _PREFIXES and entry.name != STORE_ID_FILE:
            yield _stranger(Path(entry.path))


def _check_prefix(database: Database, evidence: Evidence, prefix: str, *, clean: bool) -> Iterator[Check]:
    """Yield the checks of the hashes that begin with ``prefix``."""
    # Files are listed before rows: one without a row is then new or left over, never one whose row was not seen yet.
    names = sorted(entry.name for entry in _entries(evidence.folder / prefix))
    wanted = select(EVIDENCE.c.sha256, EVIDENCE.c.size).where(EVIDENCE.c.sha256.startswith(prefix))
    with database.read() as connection:
        rows = {row.sha256: row.size for row in connection.execute(wanted.order_by(EVIDENCE.c.sha256))}
    yield from (_check_bytes(evidence.path(sha256), sha256, size) for sha256, size in rows.items())
    for name in names:
        sha256, path = hash_in_name(name), evidence.folder / prefix / name
        if sha256 in rows:
            continue
        is_ours = path.is_file() and ((sha256 or "").startswith(prefix) or is_part(name))
        if not is_ours:
            yield _stranger(path)
        elif clean:
            yield from _remove(database, path, sha256)
        else:
            what = "belongs to nothing in the database: a run was broken off before it was entered"
            yield Check("evidence", str(path), "left over", f"{what}; harmless, --clean removes it")


def _check_bytes(path: Path, sha256: str, size: int) -> Check:
    digest, length = hashlib.sha256(), 0
    state, what = "intact", ""
    try:
        for piece in stream(path):
            digest.update(piece)
            length += len(piece)
        if digest.hexdigest() != sha256 or length != size:
            state, what = "changed", "is not what was kept: its hash differs"
    except FileNotFoundError:
        state, what = "missing", "is not there"
    except EOFError:
        state, what = "cut short", f"is cut short: {length} of {size} bytes can be read"
    except zstandard.ZstdError as error:
        state, what = "changed", f"is damaged ({error})"
    except OSError as error:
        state, what = "unreadable", f"cannot be read ({error.strerror or error})"
    return Check("evidence", str(path), state, f"{what}; {_LOST}" if what else "")


def _remove(database: Database, path: Path, sha256: str | None) -> Iterator[Check]:
    """Remove what is left over, unless somebody enters it just now."""
    with database.write() as connection:
        lock(connection, EVIDENCE_LOCK)
        row = select(EVIDENCE.c.sha256).where(EVIDENCE.c.sha256 == sha256)
        if sha256 is None or connection.scalar(row) is None:
            path.unlink(missing_ok=True)
            yield Check("evidence", str(path), "removed", "belonged to nothing in the database; removed")


def _stranger(path: Path) -> Check:
    return Check("evidence", str(path), "foreign", "is nothing that armstrace keeps; move it elsewhere")


def _check_document(database: Database, identity: str) -> Check:
    """Return the check of what a document holds itself, and of the claims that were read in it."""
    with database.read() as connection:
        row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == identity)).mappings().one_or_none()
        has_its_claims = is_as_read(connection, identity)
    if row is None:
        return Check("document", identity, "missing", f"was there a moment ago; {_ROW}")
    try:
        is_same = row_digest(dict(row)) == row["digest"]
    except (zstandard.ZstdError, ValueError) as error:
        return Check("document", identity, "changed", f"its text is damaged ({error}); {_ROW}")
    if not is_same:
        return Check("document", identity, "changed", f"is not what was kept: its hash differs; {_ROW}")
    if not has_its_claims:
        return Check("document", identity, "changed", f"its claims are not what was read: their hash differs; {_COPY}")
    return Check("document", identity)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
