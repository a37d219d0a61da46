"""The power fails while a command runs: at each line that it printed, and at points between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from breaking import difference
from disk import MIXTURES, Disk, read_log
from runs import Ended, How
from scenes import DATABASE, Stage, contents, promised


class Loss(NamedTuple):
    """What was tried: after so many of the calls, of which what was unsynced was dropped; and what did not hold."""

    after: int
    mixture: str
    wrong: list[str]


def lose_power(stage: Stage, most: int | None) -> Iterator[Loss]:
    """Run a scene, and yield what is found after a power loss at each acknowledgement, and at ``most`` other points."""
    here = stage.copy()
    disk = Disk(here)
    before = contents(here, stage.scene)
    log = here.parent / "log"
    log.unlink(missing_ok=True)
    ended = stage.nursery.run(stage.argv, here, How(log=log))
    if ended.code:
        raise AssertionError(f"{stage.scene.name}: {ended}")
    after = contents(here, stage.scene)
    calls = list(read_log(log))
    spoken = {number for number, call in enumerate(calls) if call.what == "a" and stage.scene.keeps} | {len(calls) - 1}
    every = max(1, len(calls) // most) if most else 1
    said = b""
    for number, call in enumerate(calls):
        disk.take(call)
        said += call.data if call.what == "a" else b""
        if number in spoken or number % every == 0:
            told = _with_output(ended, said)
            for mixture in MIXTURES:
                disk.write(mixture, here)
                # What is told at the very end promises all of it.
                whole = after if number == len(calls) - 1 else None
                yield Loss(number, mixture, list(_lost(stage, told, here, (before, after, whole))))


def _with_output(ended: Ended, said: bytes) -> Ended:
    return Ended(ended.code, said.decode(), ended.err, ended.count)


def _lost(stage: Stage, told: Ended, here: Path, known: tuple[dict, dict, dict | None]) -> Iterator[str]:
    scene = stage.scene
    before, after, whole = known
    if scene.store and (here / DATABASE).exists():
        looked = stage.nursery.run(["verify"], here)
        if looked.code:
            yield f"verify: {looked.out}{looked.err}"
            return
    if scene.keeps and (lost := promised(told, here, scene.keeps)):
        yield f"acknowledged and lost: {lost}"
    found = contents(here, scene)
    for name in scene.makes:
        if found[name] not in (before[name], after[name]):
            yield f"{name}: is neither the earlier nor the new one"
    if whole is not None and found != whole:
        yield f"acknowledged and lost: {difference(found, whole)}"
    again = stage.nursery.run(stage.argv, here, How(clock=(stage.scene.later, 0)))
    if again.code not in scene.again:
        yield f"run again: ended with {again.code}: {again.err}"
    elif contents(here, scene) != after:
        yield f"run again: other contents: {difference(contents(here, scene), after)}"
