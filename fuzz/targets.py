"""The one table of all targets, for ``run.py``, ``growth.py`` and the tests."""

from __future__ import annotations

from collections.abc import Mapping

from target import Target
from targets_asked import ASKED
from targets_fetched import FETCHED
from targets_files import FILES
from targets_handed import HANDED
from targets_llm import ANSWERED
from targets_texts import TEXTS

TARGETS: Mapping[str, Target] = {
    target.name: target for target in (*FILES, *TEXTS, *ANSWERED, *FETCHED, *HANDED, *ASKED)
}
