"""A cross-section of the campaign: commands broken at some of their calls; ``campaign.py`` tries all faults on all."""

from __future__ import annotations

import pytest
from breaking import break_at, run_unbroken
from campaign import spread
from power import lose_power
from scenes import Stage, load_scenes, staged
from shim import FAULTS

# Scene, fault, at how many points of it.
SECTION = (
    ("add, a new store", "kill -9", 4),
    ("add, a new store", "disk full", 2),
    ("add, to a store", "kill -9 in the middle of a write", 2),
    ("add, to a store", "disk error", 1),
    ("update, what came since", "kill -9", 3),
    ("judge", "kill -9", 3),
    ("judge", "disk full for a moment", 2),
    ("migration from version 0005", "kill -9", 3),
    ("watch, one round", "kill -9", 1),
    ("deliver", "kill -9", 1),
    ("lists add", "quota used up", 2),
    ("export jsonl over an earlier file", "kill -9", 2),
    ("publish over an earlier publication", "disk full", 1),
    ("read into a file", "kill -9 in the middle of a write", 1),
    ("read into a file", "disk full", 2),
    ("show, the original into a file", "disk gone read-only", 2),
)
# Scene, at how many points beside its acknowledgements the power fails.
POWER = (("add, to a store", 2), ("judge", 1), ("read into a file", 1))


@pytest.mark.parametrize(("name", "fault", "most"), SECTION, ids=[f"{row[0]}: {row[1]}" for row in SECTION])
def test_a_broken_run_loses_nothing_says_what_to_do_and_the_next_one_completes_it(nursery, tmp_path, name, fault, most):
    with staged(load_scenes()[name], nursery, tmp_path / "scene") as stage:
        unbroken = run_unbroken(stage, FAULTS[fault])
        assert unbroken.ended.count >= most
        points = spread(unbroken.ended.count, most)
        found = {at: break_at(stage, fault, at, unbroken)[1] for at in points}
    assert {at: wrong for at, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("name", "most"), POWER, ids=[row[0] for row in POWER])
def test_what_was_acknowledged_outlives_a_power_loss(nursery, tmp_path, name, most):
    stage = Stage(load_scenes()[name], nursery, tmp_path / "scene")
    losses = list(lose_power(stage, most))
    assert [loss for loss in losses if loss.wrong] == []
    assert losses
