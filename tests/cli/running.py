"""``armstrace`` as a user runs it: a process of its own, with pipes or a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import resource
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import armstrace

SOLD = "France sold six tanks to Chad, the French defence ministry said on Monday.\n"
SENT = "Spain delivered two patrol boats to Senegal in May 2021, a Spanish official said.\n"
FRENCH = "Le ministre a annonc\u00e9 mardi que la livraison aurait lieu avant la fin de l'ann\u00e9e, selon lui.\n"
COMMAND = (sys.executable, "-W", "error", "-m", "armstrace")


class Ran(NamedTuple):
    """How a run ended, and what it told."""

    code: int
    out: str
    err: str
    peak: int = 0  # bytes of memory

    @property
    def rows(self):
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def logged(self):
        """Standard error as JSON Lines."""
        return [json.loads(line) for line in self.err.splitlines()]


def environment(**more):
    """Return an environment in which no setting of this machine counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARMSTRACE_")}
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        kept.pop(name, None)
    return kept | {"PYTHONPATH": str(Path(armstrace.__file__).parents[1])} | more


def start(*args, cwd, **more):
    """Start a run whose output can be read while it goes on."""
    return subprocess.Popen(
        [*COMMAND, *map(str, args)],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        **more,
    )


def run_process(*args, cwd, stdin=b"", most_seconds=120, **env):
    """Run to the end; ``stdin`` is what a pipe brings."""
    done = subprocess.run(
        [*COMMAND, *map(str, args)], cwd=cwd, env=environment(**env), input=stdin, capture_output=True,
        timeout=most_seconds, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


# Runs the rest of its arguments and writes the peak of their memory. A process of its own, for the system counts the
# memory of whoever starts a process as its first peak, and a test runner has much.
MEASURE = """
import os, subprocess, sys
_, status, usage = os.wait4(subprocess.Popen(sys.argv[2:]).pid, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss << 10))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run_measured(*args, cwd):
    """Run to the end and tell the peak of its memory."""
    peak = cwd / "peak"
    command = [sys.executable, "-S", "-c", MEASURE, peak, *COMMAND, *map(str, args)]
    done = subprocess.run(
        command, cwd=cwd, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode(), int(peak.read_text("utf-8")))


def run_at_terminal(*args, cwd, pipe_output=True):
    """Run with a terminal as standard error, and as standard output unless that is a pipe."""
    terminal, inside = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, args)], cwd=cwd, env=environment(TERM="xterm"), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if pipe_output else inside, stderr=inside,
    )  # fmt: skip
    os.close(inside)
    out, shown = bytearray(), bytearray()
    sinks = {terminal: shown} | ({process.stdout.fileno(): out} if process.stdout else {})
    until = time.monotonic() + 120
    while sinks and time.monotonic() < until:
        for ready in select.select(list(sinks), [], [], 1)[0]:
            data = b""
            with contextlib.suppress(OSError):  # what a terminal says once nobody is at its other end
                data = os.read(ready, 65536)
            sinks[ready] += data
            if not data:
                del sinks[ready]
    os.close(terminal)
    if process.stdout:
        process.stdout.close()
    return Ran(process.wait(10), out.decode(), shown.decode())


def no_more_than(megabytes):
    """Return what bounds the memory of a process that is started."""
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
