"""What is around a command is wrong: damaged, full, read-only, closed, locked, short of memory, at another time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from scenes import Stage
from surroundings import can_be_given, filled_stage, load_rows, try_row

ROWS = [row for row in load_rows() if not row.campaign]


@pytest.fixture(scope="module")
def stage(nursery) -> Iterator[Stage]:
    with TemporaryDirectory() as folder:  # pytest's own are closed to all but their owner
        Path(folder).chmod(0o755)
        yield filled_stage(nursery, Path(folder) / "filled")


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_command_says_what_is_wrong_and_nothing_is_lost(stage, row):
    if not can_be_given(row):
        pytest.skip("this user may not mount a disk")
    _, wrong = try_row(stage, row)
    assert wrong == []
