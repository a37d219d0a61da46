"""Runs of commands under a fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shim import NONE, Fault

import armstrace

HERE = Path(__file__).parent
TIMED_OUT = -999


@dataclass(frozen=True)
class How:
    """How a command is run: with which fault at which call, by whom, with what as its standard streams."""

    fault: Fault = NONE
    at: int = 0
    log: Path | None = None
    clock: tuple[int, int] | None = None  # seconds forward, after so many looks at it
    limits: Mapping[str, int] = field(default_factory=dict)  # memory, files, size
    nobody: bool = False  # as a user whom the rights of files bind
    stdin: str | None = "/dev/null"
    stdout: str | None = ""  # "": kept and returned; None: closed
    env: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 60


@dataclass(frozen=True)
class Ended:
    """How it ended: its exit code (negative: by that signal), what it told, how many calls were counted."""

    code: int
    out: str
    err: str
    count: int


class Nursery:
    """The process that commands are forked from."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._number = 0

    def run(self, argv: Sequence[object], cwd: Path, how: How = How()) -> Ended:
        """Run a command in a folder, and wait for its end; calls under that folder count."""
        self._number += 1
        told = [self._folder / f"{name}-{self._number}" for name in ("out", "err")]
        for path in told:
            path.touch()
            path.chmod(0o666)
        kept = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "USER": "ann",
            "LOGNAME": "ann",
        }
        request: dict[str, Any] = {
            "argv": [str(one) for one in argv],
            "cwd": str(cwd),
            "root": str(cwd),
            "env": kept | {"TMPDIR": str(self._folder)} | dict(how.env),
            "fault": [int(how.fault.action), int(how.fault.calls), how.fault.code],
            "at": how.at,
            "log": how.log and str(how.log),
            "clock": how.clock,
            "limits": dict(how.limits),
            "nobody": how.nobody,
            "stdin": how.stdin,
            "stdout": str(told[0]) if how.stdout == "" else how.stdout,
            "stderr": str(told[1]),
            "seconds": how.seconds,
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        out, err = (path.read_text("utf-8", "replace") for path in told)
        for path in told:
            path.unlink()
        return Ended(answer["code"], out, err, answer["count"])


@contextmanager
def nursery(library: Path, folder: Path) -> Iterator[Nursery]:
    """Yield a process to fork commands from; ``folder`` is for what they print."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    paths = f"{HERE}{os.pathsep}{Path(armstrace.__file__).parents[1]}"
    process = subprocess.Popen(
        [sys.executable, "-W", "error", str(HERE / "nursery.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"], "LD_PRELOAD": str(library), "PYTHONPATH": paths, "LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        assert process.stdout.readline() == "ready\n"
        yield Nursery(process, folder)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
