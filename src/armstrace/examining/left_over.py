"""What is beside a database and about it: what was left over, and whether its times can be those of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from armstrace.examining.looks import Look, broken, doubtful, fine
from armstrace.store.database import Database
from armstrace.store.open import Located
from armstrace.store.schema import DOCUMENTS

_LONG_LOG: Final = 256 << 20  # bytes of changes that SQLite could not yet work into its file
_SKEW: Final = timedelta(minutes=2)  # by which clocks may differ


def look_at_nothing(file: Path, evidence: Path) -> Look:
    """Return how it is that no database is there: not yet, or not any more."""
    log = Path(f"{file}-wal")
    left = [one for one in (log, evidence) if one.exists() and (one.is_file() or any(one.iterdir()))]
    if left:
        told = f"{file}: is not there, though {' and '.join(map(str, left))} is"
        return broken("database", told, "put the file back; add nothing before that")
    return doubtful("database", f"{file}: not there yet", "armstrace add FILE... makes it")


def look_at_log(file: Path) -> Iterator[Look]:
    """Yield whether changes wait beside a file of SQLite in such a mass that something keeps them from it."""
    log = Path(f"{file}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > _LONG_LOG:
        told = f"{log}: {size / 1e6:,.0f} MB of changes wait beside the file"
        yield doubtful("log", told, "end what reads from it for long (a desk, a backup); they are worked in then")


def look_at_clocks(database: Database, located: Located, now: datetime) -> Iterator[Look]:
    """Yield whether the clock of this machine can be right, by the store's last entry and by its server or disk."""
    with database.read() as connection:
        last = connection.scalar(select(func.max(DOCUMENTS.c.added_at)))
        at_server = None if database.is_sqlite else connection.scalar(select(func.now()))
    if last and datetime.fromisoformat(last) > now + _SKEW:
        told = f"it is {_told(now)} here, but a document was added at {last}"
        yield doubtful("entries", told, "set the clock: what comes in is dated by it, and the newest would not be last")
    elif last:
        yield fine("entries", f"the last document was added at {last}")
    changed = datetime.fromtimestamp(located.file.stat().st_mtime, UTC) if located.file else None
    others = (("the server's clock says", at_server), ("the database file was changed at", changed))
    for what, moment in others:
        if moment is None:
            continue
        is_behind = at_server is not None and moment < now - _SKEW  # a file may be old
        if moment > now + _SKEW or is_behind:
            told = f"it is {_told(now)} here, but {what} {_told(moment)}"
            yield doubtful("clocks", told, "set both clocks by a time server")


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
