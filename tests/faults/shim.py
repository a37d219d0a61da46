"""The C library that makes calls fail, and what it is told."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import shutil
import signal
import subprocess
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).with_name("shim.c")
_NEEDED = "ARMSTRACE_TESTS_NEED"  # "compiler": its absence is a failure, for whoever checks everything


class Call(IntFlag):
    """Calls to the system that may be hit."""

    WRITE = 1
    SYNC = 2
    RENAME = 4
    UNLINK = 8
    CREATE = 16
    CUT = 32
    MKDIR = 64
    READ = 128
    OPEN = 256


CHANGES = Call.WRITE | Call.SYNC | Call.RENAME | Call.UNLINK | Call.CREATE | Call.CUT | Call.MKDIR
GROWS = Call.WRITE | Call.CREATE | Call.MKDIR  # what a full disk refuses


class Action(IntEnum):
    """What happens there."""

    COUNT = 0
    FAIL = 1  # this call, no other
    FAIL_ON = 2  # this call and all after it
    KILL = 3
    SHORT = 4  # half of the bytes are written
    INTERRUPT = 5  # EINTR once
    TEAR = 6  # half of the bytes are written, then the process is killed


class Fault(NamedTuple):
    """What is made to fail: at the call of number ``at`` of these calls."""

    action: Action = Action.COUNT
    calls: Call = CHANGES
    code: int = 0


NONE = Fault()
FAULTS = {
    "kill -9": Fault(Action.KILL),
    "kill -9 in the middle of a write": Fault(Action.TEAR),
    "disk full": Fault(Action.FAIL_ON, GROWS, errno.ENOSPC),
    "disk full for a moment": Fault(Action.FAIL, GROWS, errno.ENOSPC),
    "quota used up": Fault(Action.FAIL_ON, GROWS, errno.EDQUOT),
    "disk error": Fault(Action.FAIL, CHANGES, errno.EIO),
    "disk error when reading": Fault(Action.FAIL, Call.READ | Call.OPEN, errno.EIO),
    "disk gone read-only": Fault(Action.FAIL_ON, CHANGES, errno.EROFS),
    "short write": Fault(Action.SHORT),
    "interrupted call": Fault(Action.INTERRUPT, CHANGES | Call.READ | Call.OPEN),
}
KILLED = -signal.SIGKILL


@functools.cache
def compiled(folder: str) -> Path:
    """Return the library; skip where there is no C compiler, which is a failure where one is needed."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        message = "no C compiler is installed (Debian: apt install gcc)"
        if "compiler" in os.environ.get(_NEEDED, "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    library = Path(folder) / "shim.so"
    flags = ("-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
    subprocess.run([compiler, *flags, "-o", library, SOURCE, "-ldl"], check=True)
    return library


class Loaded:
    """The library as a process sees it that was started with it."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.faults_count.restype = ctypes.c_long
        self._library.faults_clock.argtypes = [ctypes.c_longlong, ctypes.c_long]

    def arm(self, folder: str, fault: Fault, at: int, log: int = -1) -> None:
        """Make something fail from now on."""
        code = fault.code
        self._library.faults_arm(os.fsencode(folder), int(fault.calls), ctypes.c_long(at), int(fault.action), code, log)

    def set_clock(self, seconds: int, after: int = 0) -> None:
        """Put the clock so many seconds forward, once it was asked ``after`` times."""
        self._library.faults_clock(seconds, after)

    def count(self) -> int:
        """Return how many calls were counted; also those of a process that was forked from this one."""
        return int(self._library.faults_count())
