"""Whether a desk is ready while its PostgreSQL server is stopped, and once it is back."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time

import pytest
from postgres_server import find_programs, running

from armstrace.grouping import load_stages
from armstrace.store.open import open_store
from armstrace.web.desk import Desk, alone


def words(desk: Desk) -> dict[str, str]:
    """Return what is wrong once the last look no longer counts."""
    time.sleep(1.1)
    found = asyncio.run(desk.health.look(desk))
    return {name: one.word for name, one in found.items() if one.word != "ok"}


@pytest.mark.usefixtures("server")  # fails or skips where none is installed
def test_a_server_that_hangs_or_stops_and_comes_back(tmp_path):
    environment = {"ARMSTRACE_EVIDENCE": str(tmp_path)}
    with running(find_programs()) as own, open_store(own.address("postgres"), environment) as store:
        desk = Desk(store, load_stages(), lambda: "2031-05-01T12:00:00Z", alone("ann"))
        assert words(desk) == {}
        servers = processes_of(own)
        stop_or_go(servers, signal.SIGSTOP)
        assert words(desk) == {"database": "no-answer"}
        stop_or_go(servers, signal.SIGCONT)
        words(desk)  # the look that hung ends
        assert words(desk) == {}
    # It is gone; a desk waits a little for a server that was there before, longer than whoever asks if it is ready.
    assert words(desk) in ({"database": "unreachable"}, {"database": "no-answer"})


def stop_or_go(processes: list[int], number: int) -> None:
    for one in processes:
        os.kill(one, number)


def processes_of(server) -> list[int]:
    """Return the server's first process and those that it started."""
    first = int((server.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    children = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=True).stdout.split()
    return [first, *map(int, children)]
