"""What may be wrong around a command: each a function that makes it so in a folder and says how to run there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from runs import How
from scenes import DATABASE

YEARS = 365 * 86400
_NOW = 56 * YEARS  # about; the clock of this machine is in the 2020s
_NOBODY = 65534


def _cut(share: float) -> Callable[[Path], How]:
    def given(here: Path) -> How:
        path = here / DATABASE
        os.truncate(path, int(path.stat().st_size * share) or 4096)
        return How()

    return given


def _overwrite(start: int, data: bytes) -> Callable[[Path], How]:
    def given(here: Path) -> How:
        with (here / DATABASE).open("r+b") as file:
            file.seek(start)
            file.write(data)
        return How()

    return given


def _empty(here: Path) -> How:
    os.truncate(here / DATABASE, 0)
    return How()


def _as_folder(here: Path) -> How:
    (here / DATABASE).unlink()
    (here / DATABASE).mkdir()
    return How()


def _gone(here: Path) -> How:
    (here / DATABASE).unlink()
    return How()


def _evidence(here: Path) -> Path:
    return min((here / f"{DATABASE}.evidence").rglob("*.zst"))


def _evidence_gone(here: Path) -> How:
    for path in (here / f"{DATABASE}.evidence").rglob("*.zst"):
        path.unlink()
    return How()


def _evidence_cut(here: Path) -> How:
    for path in (here / f"{DATABASE}.evidence").rglob("*.zst"):
        os.truncate(path, path.stat().st_size // 2)
    return How()


def _evidence_changed(here: Path) -> How:
    _evidence(here).write_bytes(b"words of somebody else, written over the evidence")
    return How()


def _evidence_is_file(here: Path) -> How:
    shutil.rmtree(here / f"{DATABASE}.evidence")
    (here / f"{DATABASE}.evidence").write_text("a file", "utf-8")
    return How()


def _of_another(here: Path) -> How:
    (here / f"{DATABASE}.evidence" / "armstrace-store-id").write_text("0" * 32, "ascii")
    return How()


def _read_only(*names: str) -> Callable[[Path], How]:
    """Let somebody whom rights bind have all of a folder, but for what may only be read."""

    def given(here: Path) -> How:
        _hand_over(here)
        for name in names:
            (here / name).chmod(0o555 if (here / name).is_dir() else 0o444)
        return How(nobody=os.geteuid() == 0)

    return given


def _hand_over(here: Path) -> None:
    if os.geteuid() == 0:
        for path in (here, *here.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)


def _evidence_read_only(here: Path) -> How:
    _hand_over(here)
    for path in (here / f"{DATABASE}.evidence", *(here / f"{DATABASE}.evidence").iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return How(nobody=os.geteuid() == 0)


def _unreadable(here: Path) -> How:
    _hand_over(here)
    (here / "more" / "more.txt").chmod(0)
    return How(nobody=os.geteuid() == 0)


def _odd_path(here: Path) -> How:
    (here / "more" / os.fsdecode(b"caf\xe9.txt")).write_text("Peru sold two boats to Chad in May 2031.\n", "utf-8")
    return How()


def _circle(here: Path) -> How:
    (here / "more" / "again").symlink_to("../more")
    return How()


def _little_memory(here: Path) -> How:
    """Give a document that is larger than the memory that is left."""
    (here / "more" / "large.txt").write_text("\n" * 2_000_000 + "Peru sold two boats to Chad in May 2031.\n", "utf-8")
    return How(limits={"memory": 0})


def _as_it_is(how: How) -> Callable[[Path], How]:
    return lambda _: how


GIVEN: dict[str, Callable[[Path], How]] = {
    "database cut to half": _cut(0.5),
    "database cut to a page": _cut(0),
    "database emptied": _empty,
    "database overwritten": _overwrite(0, b"words of somebody else " * 400),
    "first page zeroed": _overwrite(0, bytes(4096)),
    "database is a folder": _as_folder,
    "database gone": _gone,
    "evidence of one document gone": _evidence_gone,
    "evidence of one document cut": _evidence_cut,
    "evidence of one document changed": _evidence_changed,
    "evidence is a file": _evidence_is_file,
    "evidence of another store": _of_another,
    "database read-only": _read_only(DATABASE),
    "folder read-only": _read_only("."),
    "evidence read-only": _evidence_read_only,
    "reports may not be read": _unreadable,
    "locked": _as_it_is(How(seconds=120)),
    "standard output full": _as_it_is(How(stdout="/dev/full")),
    "standard output closed": _as_it_is(How(stdout=None)),
    "little memory": _little_memory,
    "few files": _as_it_is(How(limits={"files": 8})),
    "small files only": _as_it_is(How(limits={"size": 4096})),
    "no temporary folder": _as_it_is(How(env={"TMPDIR": "/nowhere"})),
    "a path that is no UTF-8": _odd_path,
    "links in a circle": _circle,
    "a real disk that is full": _as_it_is(How()),
    "clock in 1970": _as_it_is(How(clock=(-_NOW, 0))),
    "clock in 2100": _as_it_is(How(clock=(74 * YEARS, 0))),
    "clock that goes back while it runs": _as_it_is(How(clock=(-10 * YEARS, 5))),
}


@contextmanager
def around(given: str, here: Path) -> Iterator[None]:
    """Hold what must be held while the command runs: a lock on the database, a small disk."""
    with _AROUND.get(given, _nothing)(here):
        yield


def _nothing(_: Path) -> nullcontext[None]:
    return nullcontext()


@contextmanager
def _locked(here: Path) -> Iterator[None]:
    with closing(sqlite3.connect(here / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _small_disk(here: Path) -> Iterator[None]:
    """Put what is in a folder on a disk of its own that has no room left; whatever is made there is copied back."""
    aside = here.with_name("aside")
    shutil.copytree(here, aside, symlinks=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "faults", here], check=True)
    try:
        shutil.copytree(aside, here, symlinks=True, dirs_exist_ok=True)
        _fill(here / "ballast")
        yield
        (here / "ballast").unlink()
        shutil.rmtree(aside)
        shutil.copytree(here, aside, symlinks=True)
    finally:
        subprocess.run(["umount", here], check=True)
    shutil.copytree(aside, here, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(aside)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


_AROUND = {"locked": _locked, "a real disk that is full": _small_disk}


def may_mount() -> bool:
    """Tell whether this user may put a disk of its own into a folder."""
    return os.geteuid() == 0 and shutil.which("mount") is not None
