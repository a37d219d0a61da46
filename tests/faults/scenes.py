"""The scenes of ``scenes.yml``: what is run, what it begins with, and what it must end with."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from list_samples import UN_XML
from loopback_site import Reply, Route, serving
from registers_made import make_file, many_rows
from runs import HERE, Ended, Nursery

from armstrace.store.migrate import downgrade
from armstrace.store.open import open_store

DATABASE = "armstrace.db"
# Columns that hold a moment or what was drawn by chance; and what a run that goes on may leave with other numbers.
_OF_A_RUN = re.compile(
    r".*_at|at|moment|not_before|last_fetched|next_due|expires|hook_secret|feed_key|number|key|place|other"
)
_BY_CHANCE = {
    "watches": {"id"},
    "alerts": {"id", "watch_id"},
    "deliveries": {"watch_id", "tries"},
    "screenings": {"id", "body"},
}
# What could not be read at one time is told on, though it was read later.
_NOT_COMPARED = frozenset({"failures", "store_facts", "changes", "sqlite_sequence", "audit", "register_facts"})


@dataclass(frozen=True)
class Keeps:
    """What a line of output promises: that what the pattern finds is in a column of a table."""

    pattern: str
    table: str
    column: str


@dataclass(frozen=True)
class Scene:
    """A command, what it begins with, and how it may end."""

    name: str
    files: Mapping[str, str]
    before: tuple[str, ...]
    run: str
    ends: frozenset[int]
    keeps: Keeps | None = None
    makes: Mapping[str, str] = field(default_factory=dict)
    again: frozenset[int] = frozenset({0})
    once: bool = True
    store: bool = True
    later: int = 0
    lacks: frozenset[int] = frozenset()
    says: str = "err"


def load_scenes() -> dict[str, Scene]:
    """Return the scenes by their names."""
    told = yaml.safe_load((HERE / "scenes.yml").read_text("utf-8"))["scenes"]
    return {name: _scene(name, row) for name, row in told.items()}


def _scene(name: str, row: dict[str, Any]) -> Scene:
    more = {key: frozenset(row[key]) for key in ("ends", "again", "lacks") if key in row}
    keeps = Keeps(**row["keeps"]) if "keeps" in row else None
    rest = {key: row[key] for key in ("files", "run", "makes", "once", "store", "later", "says") if key in row}
    return Scene(name=name, before=tuple(row["before"]), keeps=keeps, **rest, **more)


class Stage:
    """A scene made ready in a folder once, to be copied for each run."""

    def __init__(self, scene: Scene, nursery: Nursery, folder: Path, port: int = 0) -> None:
        self.scene = scene
        self.nursery = nursery
        self._folder = folder
        self._number = 0
        self._ready = folder / "ready"
        _write_files(scene, self._ready, port)
        for line in scene.before:
            _do(line.replace("PORT", str(port)), nursery, self._ready)
        self.argv = [meant(word, self._ready) for word in shlex.split(scene.run)]

    def copy(self) -> Path:
        """Return a folder in which the scene can be run; it has the same name each time, so that paths are alike."""
        place = self._folder / "here"
        if place.exists():
            shutil.rmtree(place)
        shutil.copytree(self._ready, place, symlinks=True)
        return place

    @property
    def ready(self) -> Path:
        """Return the folder that is copied, which nothing may change."""
        return self._ready


@contextmanager
def staged(scene: Scene, nursery: Nursery, folder: Path) -> Iterator[Stage]:
    """Yield a scene made ready, beside a site on this machine: a feed of two pages, and a receiver of alerts."""
    page = "<html><body><article><p>France sold {} tanks to Chad, a French minister said.</p></article></body></html>"
    routes: dict[str, Route] = {
        f"/{n}": Reply(page.format(n).encode(), headers={"Content-Type": "text/html"}) for n in (4, 5)
    }
    with serving(routes | {"/hook": Reply(b"")}) as site:
        items = "".join(f"<item><link>http://127.0.0.1:{site.port}/{n}</link></item>" for n in (4, 5))
        site.routes["/feed"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        yield Stage(scene, nursery, folder, site.port)


def _write_files(scene: Scene, folder: Path, port: int) -> None:
    folder.mkdir(parents=True)
    for name, told in scene.files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(_SPECIAL[told]() if told in _SPECIAL else told.replace("PORT", str(port)), encoding="utf-8")


def _sipri() -> str:
    return make_file(many_rows(3))


_SPECIAL = {"SIPRI": _sipri, "LIST": lambda: UN_XML}


def _do(line: str, nursery: Nursery, folder: Path) -> None:
    word, *rest = line.split()
    if word == "DOWNGRADE":
        with open_store(str(folder / DATABASE), {}) as store, store.database.write() as connection:
            downgrade(connection, rest[0])
    elif word == "LITTER":
        with open_store(str(folder / DATABASE), {}) as store:
            store.evidence.put(b"written, but never entered")
    else:
        ended = nursery.run(line.split(), folder)
        if ended.code:
            raise AssertionError(f"{line}: {ended}")


def meant(word: str, folder: Path) -> str:
    """Return a word of a command; CLAIM and DOCUMENT stand for an id of the store."""
    wanted = {"CLAIM": "SELECT id FROM claims ORDER BY id", "DOCUMENT": "SELECT id FROM documents ORDER BY id"}
    if word not in wanted:
        return word
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return str(connection.execute(wanted[word]).fetchone()[0])


def contents(folder: Path, scene: Scene) -> dict[str, Any]:
    """Return what a scene left in a folder: the rows of its store, and what it made."""
    found: dict[str, Any] = {name: _made(folder / name) for name in scene.makes}
    if scene.store:
        found |= dict(_rows(folder / DATABASE, scene))
    return found


def _made(path: Path) -> Any:
    if path.is_dir():
        return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}
    return path.read_bytes() if path.exists() else None


def _rows(database: Path, scene: Scene) -> Iterator[tuple[str, Any]]:
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (table,) in tables.fetchall():
            if table in _NOT_COMPARED or re.search(r"_words(_|$)", table):
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [one for one in columns if not _OF_A_RUN.fullmatch(one) and one not in _BY_CHANCE.get(table, ())]
            if not scene.once and table == "judgements":
                kept.remove("id")
            if not kept:
                continue
            rows = connection.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall()  # noqa: S608 - ours
            yield table, sorted(set(rows) if not scene.once else rows, key=repr)


def promised(ended: Ended, folder: Path, keeps: Keeps) -> list[str]:
    """Return what whole lines of output promised and the store of a folder does not hold."""
    whole = ended.out[: ended.out.rfind("\n") + 1]
    told = re.findall(keeps.pattern, whole, re.MULTILINE)
    if not told:
        return []
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        rows = connection.execute(f"SELECT {keeps.column} FROM {keeps.table}")  # noqa: S608 - of our own table
        there = {str(row[0]) for row in rows}
    return [one for one in told if one not in there]
