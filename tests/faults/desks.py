"""A desk of a scene's store, asked over loopback, and broken while it answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from runs import HERE
from shim import Fault

import armstrace

_SECONDS = 120


class BreakableDesk:
    """A desk that runs: ``client`` asks it."""

    def __init__(self, process: subprocess.Popen[bytes], told: Path, client: httpx2.Client) -> None:
        self.process = process
        self.client = client
        self._told = told

    def arm(self, fault: Fault, at: int) -> None:
        """Let a fault happen at a call from now on."""
        asked = [int(fault.action), int(fault.calls), fault.code, at]
        (self._told / "ask").write_text(json.dumps(asked), "ascii")
        (self._told / "armed").unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        _until((self._told / "armed").exists)

    def count(self) -> int:
        """Return how many calls could have been hit since."""
        (self._told / "count").unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR2)
        _until(lambda: bool((self._told / "count").exists() and (self._told / "count").read_text("ascii")))
        return int((self._told / "count").read_text("ascii"))

    def ask(self, method: str, path: str, row: dict[str, Any] | None = None) -> httpx2.Response | None:
        """Return an answer; None where the desk ended before it was whole."""
        try:
            return self.client.request(method, path, json=row)
        except httpx2.TransportError:
            return None


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("the desk does not answer")
        time.sleep(0.02)


@contextmanager
def breakable_desk(here: Path, told: Path, library: Path) -> Iterator[BreakableDesk]:
    """Serve the store of a folder; ``told`` is a folder for what is told to the process and by it."""
    told.mkdir(exist_ok=True)
    log = told / "log"
    paths = f"{HERE}{os.pathsep}{Path(armstrace.__file__).parents[1]}"
    command = [sys.executable, str(HERE / "armed_desk.py"), str(here), str(told)]
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--log-format", "json"], cwd=here, stderr=lines,
            env={"PATH": os.environ["PATH"], "HOME": str(told), "USER": "ann", "LOGNAME": "ann", "LANG": "C.UTF-8",
                 "LD_PRELOAD": str(library), "PYTHONPATH": paths, "TMPDIR": str(told)},
        )  # fmt: skip
    try:
        _until(lambda: _started(log) or process.poll() is not None)
        with httpx2.Client(base_url=str(_started(log)[0]["address"]), timeout=60) as client:
            client.get("/healthz")  # it takes signals for its own once it answers
            yield BreakableDesk(process, told, client)
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS)
        finally:
            process.kill()


def _started(log: Path) -> list[dict[str, Any]]:
    """Return the lines, of those that are whole, by which a desk says that it serves."""
    whole = log.read_text("utf-8").rpartition("\n")[0]
    return [json.loads(line) for line in whole.splitlines() if '"desk_started"' in line]
