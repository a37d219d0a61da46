"""Loads what reads, for the process that workers are forked from: imported there, and nowhere else."""

from __future__ import annotations

from contextlib import suppress

from armstrace.batch.reading import built_in
from armstrace.errors import ArmstraceError

with suppress(ArmstraceError):  # each worker fails at it again, and tells
    built_in()
