"""The whole campaign: every command that writes, broken by every fault, at many points; and all surroundings.

python tests/faults/campaign.py [--points 12] [--only WORDS]...   some points of each command, evenly spread
python tests/faults/campaign.py --all                             every point: hours
python tests/faults/campaign.py --write docs/faults.md            also writes the tables there
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("faults", "export", "screen", "fetch"))

from breaking import break_at, run_unbroken
from flipping import flip_bytes, written_bytes
from power import lose_power
from runs import Nursery, nursery
from scenes import Scene, Stage, load_scenes, staged
from shim import FAULTS, compiled
from surroundings import can_be_given, filled_stage, load_rows, try_row

_FLIPPED = 20  # so many bytes a point
_CLOSER = {"kill -9": 3}  # so many times as many points: it ends a run at once, whatever that does
_POWER = "power loss"
_FLIPS = "verify, register, export, search"
_MARK = "<!-- {} by tests/faults/campaign.py -->"


class Tried(NamedTuple):
    """How often a scene was broken by a fault, how often all held, with which codes it ended, and what did not hold."""

    scene: str
    fault: str
    points: int
    tried: int
    codes: dict[str, int]
    wrong: list[str]

    @property
    def told(self) -> str:
        """Return how many of how many held, as a cell of a table."""
        held = self.tried - len(self.wrong)
        return f"{self.tried}" if held == self.tried else f"**{held} of {self.tried}**"


def spread(count: int, most: int | None) -> list[int]:
    """Return so many numbers from 1 to ``count``, first and last among them, evenly apart; one: that in the middle."""
    if most is None or count <= most:
        return list(range(1, count + 1))
    if most == 1:
        return [count // 2]
    return sorted({1 + round(step * (count - 1) / (most - 1)) for step in range(most)})


def try_scene(stage: Stage, fault: str, most: int | None) -> Tried:
    """Break a scene at some of the calls at which a fault may happen."""
    unbroken = run_unbroken(stage, FAULTS[fault])
    codes: Counter[str] = Counter()
    wrong: list[str] = []
    count = unbroken.ended.count
    points = spread(count, most)
    for at in points:
        ended, found = break_at(stage, fault, at, unbroken)
        codes[str(ended.code)] += 1
        wrong += [f"at {at} of {count}: {'; '.join(found)}"] if found else []
    return Tried(stage.scene.name, fault, count, len(points), dict(codes), wrong)


def try_power(stage: Stage, most: int | None) -> Tried:
    """Let the power fail while a scene runs."""
    losses = list(lose_power(stage, most))
    wrong = [f"after {loss.after}, {loss.mixture}: {'; '.join(loss.wrong)}" for loss in losses if loss.wrong]
    return Tried(stage.scene.name, _POWER, len({loss.after for loss in losses}), len(losses), {}, wrong)


def try_all(scenes: Sequence[Scene], faults: Sequence[str], most: int | None, told: Nursery) -> Iterator[Tried]:
    """Break each scene by each fault."""
    for scene in scenes:
        with TemporaryDirectory() as folder, staged(scene, told, Path(folder) / "scene") as stage:
            for fault in faults:
                if fault == _POWER:
                    yield try_power(stage, most)
                else:
                    yield try_scene(stage, fault, most and most * _CLOSER.get(fault, 1))


def try_surroundings(told: Nursery) -> Iterator[Tried]:
    """Try each row of ``surroundings.yml`` that this user can."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        stage = filled_stage(told, Path(folder) / "filled")
        for row in filter(can_be_given, load_rows()):
            ended, wrong = try_row(stage, row)
            yield Tried(row.run, row.given, 1, 1, {str(ended.code): 1}, ["; ".join(wrong)] if wrong else [])


def try_flips(told: Nursery, most: int) -> Tried:
    """Flip single bytes of a database, and let commands read it."""
    with TemporaryDirectory() as folder:
        stage = filled_stage(told, Path(folder) / "filled")
        written = written_bytes(stage)
        flips = list(flip_bytes(stage, [written[number - 1] for number in spread(len(written), most)]))
    wrong = [f"byte {flip.at}: {'; '.join(flip.wrong + flip.unseen)}" for flip in flips if flip.wrong or flip.unseen]
    return Tried(
        _FLIPS, "a byte changed", len(written), len(flips), dict(Counter(str(flip.code) for flip in flips)), wrong
    )


def scene_table(rows: Sequence[Tried]) -> str:
    """Return how often each scene was broken by each fault, as Markdown; a bold cell tells how often not all held."""
    faults = list(dict.fromkeys(row.fault for row in rows))
    cells = {(row.scene, row.fault): row.told for row in rows}
    lines = [["command", *faults], ["---", *["--:"] * len(faults)]]
    lines += [
        [scene, *(cells.get((scene, one), "") for one in faults)] for scene in dict.fromkeys(r.scene for r in rows)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def surroundings_table(rows: Sequence[Tried]) -> str:
    """Return the surroundings that were tried, as Markdown."""
    lines = [["what was wrong", "command", "exit code", "held"], ["---", "---", "--:", "---"]]
    lines += [[r.fault, f"`{r.scene}`", "".join(r.codes), "no" if r.wrong else "yes"] for r in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_tables(path: Path, tables: dict[str, str]) -> None:
    """Put tables in the places of a page that are marked for them."""
    text = path.read_text("utf-8")
    for name, table in tables.items():
        begin, end = (re.escape(_MARK.format(f"{word} {name}, written")) for word in ("begin", "end"))
        text = re.sub(
            f"({begin}\n).*?({end})", lambda match, t=table: f"{match[1]}{t}\n{match[2]}", text, flags=re.DOTALL
        )
    path.write_text(text, encoding="utf-8")


def show(tried: Tried) -> Tried:
    """Print what was tried, and what did not hold."""
    print(f"{tried.scene:40} {tried.fault:34} {tried.told:>8} of {tried.points} points  {tried.codes}", flush=True)
    for line in tried.wrong[:3]:
        print(f"    {line[:1500]}", flush=True)
    return tried


def main() -> None:
    """Run the campaign, print a line for each scene and fault; the exit code tells whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--points", type=int, default=12, help="so many points of each scene and fault")
    parser.add_argument("--only", action="append", default=[], help="only scenes whose name holds this")
    parser.add_argument("--fault", action="append", default=[], help="only this fault")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables in their places there")
    asked = parser.parse_args()
    chosen = [one for name, one in load_scenes().items() if not asked.only or any(part in name for part in asked.only)]
    begun = time.monotonic()
    with TemporaryDirectory() as folder, nursery(compiled(folder), Path(folder) / "told") as told:
        Path(folder).chmod(0o755)
        around = [] if asked.only or asked.fault else [show(tried) for tried in try_surroundings(told)]
        flips = [] if asked.only or asked.fault else [show(try_flips(told, asked.points * _FLIPPED))]
        most = None if asked.all else asked.points
        rows = [show(tried) for tried in try_all(chosen, asked.fault or [*FAULTS, _POWER], most, told)]
    every = [*around, *flips, *rows]
    print(f"{sum(row.tried for row in every)} tried in {time.monotonic() - begun:.0f} s")
    if asked.write:
        write_tables(asked.write, {"commands": scene_table(rows), "surroundings": surroundings_table(around)})
    sys.exit(any(row.wrong for row in every))


if __name__ == "__main__":
    main()
