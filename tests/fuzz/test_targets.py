"""Every parser, on honest inputs that were broken: nothing but errors of ours come out, and what holds holds."""

from __future__ import annotations

import pytest
from broken_inputs import broken
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from target import hold
from targets import TARGETS

EXAMPLES = 12  # of each target; those of the campaign are millions (docs/fuzzing.md)
CHEAP = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_honest(name):
    target = TARGETS[name]
    assert target.seeds()
    for seed in target.seeds():
        hold(target, seed)


@pytest.mark.parametrize("name", TARGETS)
@CHEAP
@given(drawn=st.data())
def test_what_is_broken_is_told_and_what_holds_holds(name, drawn):
    hold(TARGETS[name], drawn.draw(broken(TARGETS[name])))
