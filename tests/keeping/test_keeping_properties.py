"""However documents, readings and judgements come, and however often the register is asked for: it is the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_stories import (
    Add,
    Judge,
    Read,
    Review,
    Undo,
    expected_as_of,
    expected_lines,
    expected_transfers,
    kept_rows,
    lines_as_of,
    make_finding,
    register_lines,
    take,
    update,
)
from syndicated import AFRESH, BARGE, FERRY, REWRITTEN, STANDING

NAMES = [f"doc{number}" for number in range(7)]
LINES = (*BARGE, *AFRESH, *FERRY, *REWRITTEN, STANDING)
CLAIMS = st.builds(
    "; ".join,
    st.tuples(
        st.sampled_from(["US > IQ", "US > IQ", "US > ?", "? > IQ", "RU > IQ", "RU > ?", "? > ?"]),
        st.sampled_from(["tanks (tanks)", "tanks (tanks)", "arms"]),
        st.sampled_from(["delivered", "delivered", "planned"]),
        st.sampled_from(["when 2031-03-01", "when 2031-03-02", "sale"]),
        st.sampled_from(["sale", "sale", "n=10", "n=400"]),
        st.sampled_from(["sale", "sale", "denied", "kind confirmation; refers doc0-0", "kind use"]),
        st.sampled_from(["says The barge was seen.", "by government, US, the Pentagon", "sale"]),
    ),
)
ADDS = st.builds(
    Add,
    name=st.sampled_from(NAMES),
    sentences=st.tuples(st.integers(0, len(LINES) - 1), st.integers(3, 9)).map(lambda at: LINES[at[0] : sum(at)]),
    outlet=st.sampled_from([None, "Holm Post", "Courier"]),
    day=st.sampled_from([None, "2031-03-01", "2031-03-02", "2031-03"]),
    agency=st.sampled_from([None, None, "NX", "Harrow"]),
    page=st.sampled_from([None, None, "https://post.example/barge"]),
    correction=st.sampled_from([None, None, "Correction: there were no tanks."]),
    moment=st.sampled_from([None, "2031-03-04T09:00:00Z", "2031-03-05T09:00:00Z"]),
)
LISTS = st.lists(CLAIMS, min_size=1, max_size=3).map(tuple)
READS = st.builds(Read, name=st.sampled_from(NAMES), lines=LISTS, reader=st.sampled_from(["", "", "b"]))
IDS = st.builds("{}-{}{}".format, st.sampled_from(NAMES), st.integers(0, 1), st.sampled_from(["", "", "b"]))
JUDGES = st.builds(Judge, IDS, IDS, st.booleans())
SAID = st.one_of(JUDGES, JUDGES, st.builds(Undo, IDS), st.builds(Review, IDS, st.sampled_from(["accept", "reject"])))
ARRIVALS = st.builds(lambda add, lines: (add, Read(add.name, lines)), ADDS, LISTS)
DAYS = ("2031-02-28", "2031-03-01", "2031-03-02", "2031-03-04", "2031-03-05", "2031-03-31", "2040-01-01")
STORIES = st.lists(
    st.one_of(ARRIVALS, ARRIVALS, st.tuples(ADDS), st.tuples(READS), st.tuples(SAID)), min_size=3, max_size=12
)


def checked(transfer):
    """Return a finding that tells lines of other claims apart, in no time."""
    return [make_finding("depends", f"XX-{len(transfer.claims)}-{len(transfer.revisions)}")]


@settings(max_examples=60, deadline=None)
@given(pieces=STORIES, updates=st.sets(st.integers(0, 20)))
def test_any_splitting_into_updates_is_all_at_once(pieces, updates, new_store, stages):
    stages = stages._replace(check=checked)
    steps = [step for piece in pieces for step in piece]
    with new_store() as store:
        for number, step in enumerate(steps):
            take(store, [step])
            if number in updates:
                update(store, stages)
        update(store, stages)
        lines, rows = register_lines(store), kept_rows(store)
        assert lines == expected_lines(store, stages)
        transfers = expected_transfers(store, stages)
        for day in (None, *DAYS):
            assert lines_as_of(store, day) == expected_as_of(transfers, stages, day), day
        nothing = update(store, stages)
        assert (nothing.documents, nothing.claims, nothing.blocks, nothing.transfers) == (0, 0, 0, 0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("armstrace.keeping.copies._FEW", 0)  # so that they are compared all at once
            assert update(store, stages, anew=True).from_scratch
        assert register_lines(store) == lines
        assert kept_rows(store) == rows
