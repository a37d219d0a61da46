"""The whole campaign: every command that writes, broken by every fault, at many points.

python tests/faults/campaign.py [--points 12] [--only WORDS]...   some points of each command, evenly spread
python tests/faults/campaign.py --all                             every point: hours
python tests/faults/campaign.py --write                           also writes the tables of docs/faults.md
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from breaking import break_at, run_unbroken  # noqa: E402
from runs import Nursery, nursery  # noqa: E402
from scenes import Scene, Stage, load_scenes  # noqa: E402
from shim import FAULTS, compiled  # noqa: E402

# Of these every point counts more: they end a run at once, whatever it does.
_CLOSER = frozenset({"kill -9"})


class Tried(NamedTuple):
    """How often a scene was broken by a fault, how often that held, how it ended, and what did not hold."""

    scene: str
    fault: str
    points: int
    tried: int
    held: int
    codes: dict[str, int]
    messages: list[str]
    wrong: list[str]


def spread(count: int, most: int | None) -> list[int]:
    """Return so many numbers from 1 to ``count``, first and last among them, evenly apart."""
    if most is None or count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(step * (count - 1) / (most - 1)) for step in range(most)})


def try_scene(stage: Stage, fault: str, most: int | None) -> Tried:
    """Break a scene at some of the calls at which a fault may happen."""
    unbroken = run_unbroken(stage, FAULTS[fault])
    codes: Counter[str] = Counter()
    messages: dict[str, None] = {}
    wrong: list[str] = []
    points = spread(unbroken.ended.count, most)
    for at in points:
        ended, found = break_at(stage, fault, at, unbroken)
        codes[str(ended.code)] += 1
        messages.update(dict.fromkeys(ended.err.splitlines()[:1]))
        wrong += [f"at {at} of {unbroken.ended.count}: {'; '.join(found)}"] if found else []
    held = len(points) - len(wrong)
    return Tried(
        stage.scene.name, fault, unbroken.ended.count, len(points), held, dict(codes), list(messages)[:5], wrong
    )


def try_all(scenes: Sequence[Scene], faults: Sequence[str], most: int | None, told: Nursery) -> Iterator[Tried]:
    """Break each scene by each fault."""
    for scene in scenes:
        with TemporaryDirectory() as folder:
            stage = Stage(scene, told, Path(folder) / "scene")
            for fault in faults:
                closer = most and most * (3 if fault in _CLOSER else 1)
                yield try_scene(stage, fault, closer)


def main() -> None:
    """Run the campaign, and print a line for each scene and fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--points", type=int, default=12, help="so many points of each scene and fault")
    parser.add_argument("--only", action="append", default=[], help="only scenes whose name holds this")
    parser.add_argument("--fault", action="append", default=[], help="only this fault")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write what was found there, as JSON")
    asked = parser.parse_args()
    scenes = [
        one for name, one in load_scenes().items() if not asked.only or any(words in name for words in asked.only)
    ]
    most = None if asked.all else asked.points
    begun = time.monotonic()
    with TemporaryDirectory() as folder, nursery(compiled(folder), Path(folder) / "told") as told:
        rows = []
        for tried in try_all(scenes, asked.fault or list(FAULTS), most, told):
            rows.append(tried)
            print(
                f"{tried.scene:40} {tried.fault:34} {tried.held:4} of {tried.tried:4} held  {tried.codes}", flush=True
            )
            for line in tried.wrong[:3]:
                print(f"    {line[:1500]}", flush=True)
    print(f"{sum(row.tried for row in rows)} tried in {time.monotonic() - begun:.0f} s")
    if asked.write:
        asked.write.write_text(json.dumps([row._asdict() for row in rows], indent=1), encoding="utf-8")
    sys.exit(any(row.wrong for row in rows))


if __name__ == "__main__":
    main()
