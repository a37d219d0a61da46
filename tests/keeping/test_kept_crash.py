"""An update that is killed at any moment leaves a whole register, and the next one goes on."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from kept_stories import Add, Read, expected_lines, kept_rows, register_lines, take, update
from syndicated import AFRESH, BARGE, FERRY

SCRIPT = Path(__file__).with_name("update_slowly.py")
TANKS = "US > IQ; tanks (tanks); delivered; when 2031-03-01; by government, US, the Pentagon"
KILLS = 4
COUNT = 36


def arrivals(first: int, last: int):
    for number in range(first, last):
        text = (BARGE, AFRESH, FERRY, (f"Text {number}.",))[number % 4]
        yield Add(f"d{number}", text[number % 3 :], outlet=f"Outlet {number % 5}")
        yield Read(f"d{number}", (TANKS, f"? > IQ; tanks (tanks); delivered; n={10 + number % 3}"))


def kill_an_update(path: str, chance: random.Random) -> None:
    command = [sys.executable, "-W", "error", str(SCRIPT), path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        for _ in range(chance.randrange(6)):
            process.stdout.readline()
        time.sleep(chance.random() / 20)
        process.kill()
        assert process.communicate()[1] == ""


def test_an_update_that_is_killed_goes_on_where_it_was(store, stages):
    path, chance = store.database.place.name, random.Random(5)  # noqa: S311 - the same moments each time
    for kill in range(KILLS):
        take(store, arrivals(kill * COUNT // KILLS, (kill + 1) * COUNT // KILLS))
        before = register_lines(store)
        kill_an_update(path, chance)
        assert [check for check in store.verify() if check.is_loss] == []
        now = register_lines(store)
        assert now in (before, expected_lines(store, stages))
    update(store, stages)
    lines, rows = register_lines(store), kept_rows(store)
    assert lines == expected_lines(store, stages)
    update(store, stages, anew=True)
    assert (register_lines(store), kept_rows(store)) == (lines, rows)
