"""A byte of the database that is not what was written: no command may end in a traceback, and ``verify`` must see it.

SQLite keeps no checksums. What it holds the order of its pages by, it finds itself; words inside a row are found by the
hashes of ours that go with documents and the claims read in them. The register has no hash: it is made anew from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from sqlite3 import DatabaseError
from typing import NamedTuple

from breaking import difference, message_troubles
from runs import Ended
from scenes import DATABASE, Stage, contents

from armstrace.store.register_schema import REGISTER_TABLES

OTHERWISE = 0x55  # half of the bits of a byte; a letter becomes no letter of the same alphabet
READ = ("register", "export --format jsonl -o out.jsonl", "search tanks")  # beside verify
_CODES = {0, 6}
_SEEN_LAST = "stood_lines"  # how lines stood when alerts were last looked for; it is told to nobody
_REGISTER = {table.name for table in REGISTER_TABLES}


class Flip(NamedTuple):
    """A byte, how ``verify`` ended, what did not hold, and which tables say other things without its seeing it."""

    at: int
    code: int
    wrong: list[str]
    unseen: list[str]


def written_bytes(stage: Stage) -> list[int]:
    """Return the places of the database's bytes that are not zero: most of a small one is room."""
    return [at for at, byte in enumerate((stage.ready / DATABASE).read_bytes()) if byte]


def flip_bytes(stage: Stage, points: Iterable[int]) -> Iterator[Flip]:
    """Flip bytes of the database at some places, one at a time, and let commands read it."""
    expected = contents(stage.ready, stage.scene)
    for at in points:
        here = _flipped(stage, at)
        looked = stage.nursery.run(["verify"], here)
        wrong = list(_troubles("verify", looked))
        unseen = list(_unseen(stage, here, expected)) if looked.code == 0 else []
        for line in READ:
            ended = stage.nursery.run(line.split(), _flipped(stage, at))
            wrong += _troubles(line, ended)
        yield Flip(at, looked.code, wrong, unseen)


def _troubles(line: str, ended: Ended) -> Iterator[str]:
    """Yield what is wrong with how a command ended; where nobody foresaw the damage, it must send to ``verify``."""
    if ended.code == 1 and line != "verify" and "run `armstrace verify`" in ended.err:
        return
    yield from (f"{line}: {told}" for told in message_troubles(ended, "out"))
    if ended.code not in _CODES:
        yield f"{line} ended with {ended.code}"


def _flipped(stage: Stage, at: int) -> Path:
    here = stage.copy()
    with (here / DATABASE).open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ OTHERWISE]))
    return here


def _unseen(stage: Stage, here: Path, expected: dict[str, object]) -> Iterator[str]:
    """Yield what says other things, also once the register is made anew where that does."""
    try:
        found = contents(here, stage.scene)
        if any(found.get(name) != expected.get(name) for name in _REGISTER):
            stage.nursery.run(["update", "--rebuild"], here)
            found = contents(here, stage.scene)
    except DatabaseError as error:
        yield f"the database cannot be read: {error}"
        return
    for name, rows in expected.items():
        if name != _SEEN_LAST and found.get(name) != rows:
            yield f"{name}: {difference({name: found.get(name)}, {name: rows})}"
