"""The one table of all targets, for ``run.py``, ``growth.py`` and the tests."""

from __future__ import annotations

from collections.abc import Mapping

from target import Target
from targets_asked import ASKED
from targets_files import FILES
from targets_outside import OUTSIDE
from targets_texts import TEXTS

# By the module that holds them: a process that fuzzes one target loads no more than its own.
TABLES: Mapping[str, tuple[Target, ...]] = {
    "targets_files": FILES, "targets_texts": TEXTS, "targets_outside": OUTSIDE, "targets_asked": ASKED,
}  # fmt: skip
TARGETS: Mapping[str, Target] = {target.name: target for table in TABLES.values() for target in table}
