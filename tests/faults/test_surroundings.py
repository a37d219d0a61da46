"""What is around a command is wrong: damaged, full, read-only, closed, locked, short of memory, at another time."""

from __future__ import annotations

import pytest
from scenes import Stage
from surroundings import can_be_given, filled_stage, load_rows, try_row

ROWS = [row for row in load_rows() if not row.campaign]


@pytest.fixture(scope="module")
def stage(nursery, tmp_path_factory) -> Stage:
    folder = tmp_path_factory.mktemp("surroundings")
    folder.parent.chmod(0o755)  # for whom rights bind
    folder.chmod(0o755)
    return filled_stage(nursery, folder / "filled")


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_command_says_what_is_wrong_and_nothing_is_lost(stage, row):
    if not can_be_given(row):
        pytest.skip("this user may not mount a disk")
    _, wrong = try_row(stage, row)
    assert wrong == []
