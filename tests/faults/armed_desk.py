"""A desk that can be broken: ``python armed_desk.py FOLDER TOLD ARGUMENTS...`` runs ``armstrace ARGUMENTS...``.

On SIGUSR1 it takes a fault, and at which call of those under FOLDER it happens, from TOLD/ask, and answers by
TOLD/armed; on SIGUSR2 it writes how many calls were counted since to TOLD/count. Started by ``desks.py``.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from types import FrameType

from shim import Action, Call, Fault, Loaded

from armstrace.cli.main import main


def prepare(folder: str, told: Path) -> None:
    """Let the two signals do that."""
    shim = Loaded()

    def arm(_number: int, _frame: FrameType | None) -> None:
        action, calls, code, at = json.loads((told / "ask").read_text("ascii"))
        (told / "armed").touch()
        shim.arm(folder, Fault(Action(action), Call(calls), code), at)

    def count(_number: int, _frame: FrameType | None) -> None:
        (told / "count").write_text(str(shim.count()), "ascii")

    signal.signal(signal.SIGUSR1, arm)
    signal.signal(signal.SIGUSR2, count)


if __name__ == "__main__":
    prepare(sys.argv[1], Path(sys.argv[2]))
    main(sys.argv[3:])
