"""Numbers that several processes of one desk share: in files of a folder that is there as long as they are."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"  # read by Prometheus' client when it is imported
_PREFIX: Final = "armstrace-metrics-"
_OWNED: Final = re.compile(rf"{_PREFIX}([0-9]+)-")
_FILE: Final = re.compile(r"_([0-9]+)\.db$")


@contextmanager
def sharing() -> Iterator[None]:
    """Let this process and those it starts share their numbers; nothing may have imported Prometheus' client before.

    What desks left over that were killed is removed.
    """
    _remove_left_over(Path(tempfile.gettempdir()))
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    os.environ[_VARIABLE] = folder
    try:
        yield
    finally:
        del os.environ[_VARIABLE]
        shutil.rmtree(folder, ignore_errors=True)


def shared_folder() -> Path | None:
    """Return where processes share their numbers; None where one serves alone."""
    named = os.environ.get(_VARIABLE)
    return Path(named) if named else None


def processes_of(folder: Path) -> list[int]:
    """Return the processes that share a folder and live; of others what told of them while they lived is removed."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - imported once the variable is set

    known = {int(found[1]) for file in folder.glob("*.db") if (found := _FILE.search(file.name))}
    alive = {process for process in known if _lives(process)}
    for process in known - alive:
        mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
    return sorted(alive)


def _remove_left_over(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = _OWNED.match(folder.name)
        if owner and not folder.is_symlink() and not _lives(int(owner[1])):
            with suppress(OSError):  # it is somebody else's, or gone
                if folder.stat().st_uid == os.getuid():
                    shutil.rmtree(folder)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
