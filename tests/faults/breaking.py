"""One command broken at one point: what must hold then, and once the same is run again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runs import TIMED_OUT, Ended, How
from scenes import DATABASE, Stage, contents, promised
from shim import FAULTS, Action, Fault

_NO_TROUBLE = re.compile(r"Traceback|Exception ignored|Warning|Error\b.*:|core dumped")
_MESSAGE = re.compile(
    r"^armstrace: (?P<where>.+?)(: | \()(?P<what>.*); (?P<remedy>\S.*)$|^armstrace: .*; .*$", re.MULTILINE
)


@dataclass(frozen=True)
class Unbroken:
    """How the scene ends when nothing breaks it."""

    ended: Ended
    contents: dict[str, Any]
    before: dict[str, Any]


def run_unbroken(stage: Stage, fault: Fault) -> Unbroken:
    """Run a scene without a fault, counting the calls at which that fault could happen."""
    here = stage.copy()
    before = contents(here, stage.scene)
    ended = stage.nursery.run(stage.argv, here, How(fault._replace(action=Action.COUNT)))
    if ended.code or ended.err:
        raise AssertionError(f"{stage.scene.name}: {ended}")
    return Unbroken(ended, contents(here, stage.scene), before)


def break_at(stage: Stage, name: str, at: int, unbroken: Unbroken) -> tuple[Ended, list[str]]:
    """Run a scene with a fault at one call, then again without; return how it ended, and what did not hold."""
    fault = FAULTS[name]
    here = stage.copy()
    ended = stage.nursery.run(stage.argv, here, How(fault, at))
    wrong = list(_broken(stage, fault, ended, unbroken, here))
    if not wrong:
        wrong = list(_mended(stage, unbroken, here))
    return ended, wrong


def _broken(stage: Stage, fault: Fault, ended: Ended, unbroken: Unbroken, here: Path) -> Iterator[str]:
    """Yield what does not hold after the fault."""
    scene = stage.scene
    fits = {-9, 0} if fault.action in {Action.KILL, Action.TEAR} else scene.ends
    if ended.code not in fits:
        yield "it hangs" if ended.code == TIMED_OUT else f"ended with {ended.code}"
    yield from message_troubles(ended, scene.says)
    if scene.keeps and (lost := promised(ended, here, scene.keeps)):
        yield f"acknowledged and lost: {lost}"
    if ended.code == 0 and contents(here, scene) != unbroken.contents:
        yield f"ended well with other contents: {difference(contents(here, scene), unbroken.contents)}"
    for name in scene.makes if ended.code not in scene.lacks else ():
        found = contents(here, scene)[name]
        if found not in (unbroken.contents[name], unbroken.before[name]):
            yield f"{name}: is neither the earlier nor the new one"
    if scene.store and (here / DATABASE).exists():
        yield from _verified(stage, here)


def message_troubles(ended: Ended, says: str = "err") -> Iterator[str]:
    """Yield what is wrong with what a command said, on standard error or, where it reports there, on its output."""
    if _NO_TROUBLE.search(ended.err):
        yield f"is no message: {ended.err[-600:]}"
    elif ended.code > 0 and not (_MESSAGE.search(ended.err) or (says == "out" and "; " in ended.out)):
        yield f"tells no remedy: {ended.err!r}"


def _verified(stage: Stage, here: Path) -> Iterator[str]:
    looked = stage.nursery.run(["verify"], here)
    # A store whose tables were not made yet when the run ended is no loss; opening it makes them.
    if looked.code and "there is no such database" not in looked.err:
        yield f"verify: {looked.out} {looked.err}"


def _mended(stage: Stage, unbroken: Unbroken, here: Path) -> Iterator[str]:
    """Yield what does not hold once the same is run again."""
    again = stage.nursery.run(stage.argv, here, How(clock=(stage.scene.later, 0)))
    if again.code not in stage.scene.again:
        yield f"run again: ended with {again.code}: {again.err}"
    found = contents(here, stage.scene)
    if found != unbroken.contents:
        yield f"run again: other contents: {difference(found, unbroken.contents)}"
    if stage.scene.store:
        yield from _verified(stage, here)


def difference(found: dict[str, Any], expected: dict[str, Any]) -> str:
    """Return in which parts two contents differ, shortly."""
    parts = [name for name in sorted(found.keys() | expected.keys()) if found.get(name) != expected.get(name)]
    return "; ".join(f"{name}: {str(found.get(name))[:300]} for {str(expected.get(name))[:300]}" for name in parts)
