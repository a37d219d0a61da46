"""An update to be killed: python update_slowly.py DATABASE says "ready", and each step that is on the disk."""

from __future__ import annotations

import sys

from armstrace.grouping import load_stages
from armstrace.keeping.update import update_register
from armstrace.store.open import open_store


def say(*words: object) -> None:
    sys.stdout.write(f"{' '.join(map(str, words))}\n")
    sys.stdout.flush()


with open_store(sys.argv[1], {}) as opened:
    stages = load_stages()
    say("ready")
    update_register(opened, stages, say)
say("done")
