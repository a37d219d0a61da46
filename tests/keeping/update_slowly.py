"""An update to be killed: python update_slowly.py DATABASE says "ready", and each step that is on the disk."""

from __future__ import annotations

import sys

from armstrace.grouping import load_stages
from armstrace.keeping.update import update_register
from armstrace.store.open import open_store

with open_store(sys.argv[1], {}) as opened:
    stages = load_stages()
    print("ready", flush=True)
    update_register(opened, stages, lambda step, count: print(step, count, flush=True))
print("done", flush=True)
