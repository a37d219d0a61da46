"""The store: its database, its evidence, the room on its disk, what waits in it, the age of its lists."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from armstrace.errors import ArmstraceError, StoreError
from armstrace.examining.left_over import look_at_clocks, look_at_log, look_at_nothing
from armstrace.examining.looks import Look, broken, doubtful, fine
from armstrace.extractor import extractor_version
from armstrace.screen.list_kinds import list_title
from armstrace.store.changes import is_pending
from armstrace.store.database import Database
from armstrace.store.evidence import Evidence
from armstrace.store.migrate import check_is_ours, find_revision
from armstrace.store.open import Located, check_file, evidence_of, locate
from armstrace.store.repository import Store
from armstrace.store.schema import REVISION

_LEAST_ROOM: Final = 1 << 30  # bytes
_NO_ROOM: Final = 64 << 20  # bytes, with which a single large document may not fit any more
_OLD_LIST: Final = 14  # days; publishers change their lists every week or two
_STALE_LIST: Final = 60  # days since a publisher dated it: he has published a later one since
_SAME_VERSION: Final = "the next command that uses it brings it to this version; keep a copy if others use it too"


def look_at_store(address: str | None, environment: Mapping[str, str], now: datetime) -> Iterator[Look]:
    """Yield how the store of an address is, as ``open_store`` takes it; it is neither made nor changed."""
    try:
        located = locate(address, environment)
        if located.file is not None and not located.file.exists():
            yield look_at_nothing(located.file, located.folder)
            yield _disk(_nearest(located.file.parent))
            return
        if located.file is not None:
            check_file(located.file, located.folder, create=False)
    except ArmstraceError as error:
        yield broken("database", *_told(error))
        return
    database = Database(located.url, located.place)
    try:
        yield from _look_inside(database, located, now)
    except StoreError as error:
        yield broken("database", *_told(error))
    finally:
        database.close()


def _look_inside(database: Database, located: Located, now: datetime) -> Iterator[Look]:
    with database.read() as connection:
        revision = find_revision(connection)
        if revision != REVISION:
            check_is_ours(connection, database, revision)
    if revision != REVISION:
        yield doubtful("database", f"{located.place.name}: its tables are of version {revision}", _SAME_VERSION)
        return
    yield fine("database", f"{located.place.name}: tables of version {revision}")
    yield _writable(database, located)
    if located.file is not None:
        yield from look_at_log(located.file)
        yield _disk(located.file.absolute().parent)
    yield from look_at_clocks(database, located, now)
    try:
        evidence = evidence_of(database, located.folder)
    except StoreError as error:
        yield broken("evidence", *_told(error))
        return
    yield _evidence(evidence)
    folder = _nearest(located.folder)
    if located.file is None or folder.stat().st_dev != located.file.stat().st_dev:
        yield _disk(folder)
    store = Store(database, evidence)
    yield from _waiting(store)
    yield from _lists(store, now)


def _writable(database: Database, located: Located) -> Look:
    try:
        with database.write() as connection:
            connection.rollback()
    except StoreError as error:
        return broken("writing", *_told(error))
    return fine("writing", f"{located.place.name}: can be written to")


def _evidence(evidence: Evidence) -> Look:
    folder = evidence.folder
    if not _may_write(_nearest(folder)):
        return broken("evidence", f"{folder}: cannot be written to", "allow writing to it, or give another folder")
    return fine("evidence", f"{folder}: that of this store; `armstrace verify` hashes all of it")


def _disk(folder: Path) -> Look:
    free = shutil.disk_usage(folder).free
    told = f"{folder}: {free / 1e9:,.1f} GB free"
    if free < _NO_ROOM:
        return broken("disk", told, "make room: nothing more can be kept safely")
    return doubtful("disk", told, "make room before adding more") if free < _LEAST_ROOM else fine("disk", told)


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and not os.statvfs(folder).f_flag & os.ST_RDONLY


def _waiting(store: Store) -> Iterator[Look]:
    counts = store.counts()
    yield fine("holds", ", ".join(f"{count:,} {name}" for name, count in counts.items()))
    unread = sum(1 for _ in store.unread(extractor_version()))
    if unread:
        yield doubtful("reading", f"{unread:,} documents not read by this version", "armstrace update")
    with store.database.read() as connection:
        if is_pending(connection):
            yield doubtful("register", "changes wait to be worked in", "armstrace update, or any look at the register")
    failed = len(store.failures())
    if failed:
        yield doubtful(
            "failures", f"{failed:,} inputs could not be read", "armstrace verify lists them with the reasons"
        )


def _lists(store: Store, now: datetime) -> Iterator[Look]:
    lists = store.screening.lists()
    if not lists:
        yield doubtful("lists", "no sanctions list is loaded", "armstrace lists tells where to take them")
    for one in lists:
        days = (now.astimezone(UTC).date() - datetime.fromisoformat(one.added_at).date()).days
        told = (
            f"{list_title(one.key)}: of {one.dated or 'no date'}, {one.entry_count:,} entries, loaded {days} days ago"
        )
        if days > _OLD_LIST or _days_since(one.dated, now) > _STALE_LIST:
            yield doubtful("lists", told, "take today's from its publisher and load it: armstrace lists")
        else:
            yield fine("lists", told)


def _days_since(dated: str | None, now: datetime) -> int:
    """Return how many days ago a publisher dated a list, 0 where he did not."""
    try:
        return (now.astimezone(UTC).date() - datetime.fromisoformat(dated or "").date()).days
    except ValueError:
        return 0


def _nearest(folder: Path) -> Path:
    """Return a folder, or the nearest above it that exists."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())


def _told(error: ArmstraceError) -> tuple[str, str]:
    """Return what is wrong, and what to do, of a message that tells both."""
    wrong, _, remedy = str(error).partition("; ")
    return wrong, remedy or "armstrace verify"
