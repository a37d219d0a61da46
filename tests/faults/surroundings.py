"""One row of ``surroundings.yml``: a command where something around it is wrong, and what must hold."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from breaking import difference, message_troubles
from given import GIVEN, around, may_mount
from runs import HERE, Ended, How, Nursery
from scenes import DATABASE, Scene, Stage, contents, load_scenes, meant

_DAMAGE = re.compile("database|evidence (of|is)|first page")  # what the program does not do, and cannot mend


class Row(NamedTuple):
    """What is given, what is run, and how it must end."""

    given: str
    run: str
    codes: frozenset[int]
    told: str
    where: str = "err"
    campaign: bool = False

    @property
    def name(self) -> str:
        """What it is shown as."""
        return f"{self.given}: {self.run}"

    @property
    def is_damage(self) -> bool:
        """Tell whether the store itself is damaged, so that no command can end well."""
        return bool(_DAMAGE.match(self.given)) and not self.given.endswith("read-only")


def load_rows() -> list[Row]:
    """Return the rows."""
    told = yaml.safe_load((HERE / "surroundings.yml").read_text("utf-8"))
    return [
        Row(
            row["given"],
            row["run"],
            frozenset(row["code"] if isinstance(row["code"], list) else [row["code"]]),
            row["told"],
            row.get("where", "err"),
            row.get("campaign", False),
        )
        for row in told
    ]


def filled_stage(nursery: Nursery, folder: Path) -> Stage:
    """Return a store with a register and a document that is still to be added, for all rows."""
    scene: Scene = load_scenes()["add, to a store"]
    return Stage(replace(scene, once=False, run="register"), nursery, folder)


def can_be_given(row: Row) -> bool:
    """Tell whether this user can make it so."""
    return row.given != "a real disk that is full" or may_mount()


def try_row(stage: Stage, row: Row) -> tuple[Ended, list[str]]:
    """Return how the command ended, and what did not hold."""
    here = stage.copy()
    argv = [meant(word, here) for word in shlex.split(row.run)]
    stage.nursery.run(argv, here)
    expected = contents(here, stage.scene)
    here = stage.copy()
    here.chmod(0o755)
    how = GIVEN[row.given](here)
    before = _kept(here)
    with around(row.given, here):
        ended = stage.nursery.run(argv, here, how)
    wrong = list(_told(row, ended))
    if row.is_damage:
        wrong += ["what was damaged was changed"] if _kept(here) != before else []
    else:
        _put_right(here)
        wrong += list(_mended(stage, argv, here, expected))
    return ended, wrong


def _told(row: Row, ended: Ended) -> Iterator[str]:
    if ended.code not in row.codes:
        yield f"ended with {ended.code}: {ended.out[-300:]}{ended.err[-900:]}"
    said = ended.err if row.where == "err" else ended.out
    if not re.search(row.told, said, re.DOTALL):
        yield f"told {said[-600:]!r}"
    if row.where == "err":
        yield from message_troubles(ended)


def _kept(here: Path) -> dict[str, Any]:
    """Return the files of the store, but for those that SQLite makes and removes as it needs them."""
    paths = [here / DATABASE, *(here / f"{DATABASE}.evidence").rglob("*")]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def _put_right(here: Path) -> None:
    for path in (here, *here.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (stat.S_IRWXU if path.is_dir() else stat.S_IRUSR | stat.S_IWUSR))


def _mended(stage: Stage, argv: list[str], here: Path, expected: dict[str, Any]) -> Iterator[str]:
    again = stage.nursery.run(argv, here)
    if again.code:
        yield f"run again: ended with {again.code}: {again.err}"
    looked = stage.nursery.run(["verify"], here, How())
    if looked.code:
        yield f"verify: {looked.out}{looked.err}"
    found = contents(here, stage.scene)
    if found != expected and not _is_odd(here):
        yield f"run again: other contents: {difference(found, expected)}"
    if (here.parent / "aside").exists():
        shutil.rmtree(here.parent / "aside")


def _is_odd(here: Path) -> bool:
    """Tell whether a document was given that the expected run had not."""
    return len(list((here / "more").iterdir())) > 1
