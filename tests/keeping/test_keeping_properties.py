"""However documents, readings and judgements come, and however often the register is asked for: it is the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from kept_stories import Add, Judge, Read, expected_lines, kept_rows, register_lines, take, update
from syndicated import AFRESH, BARGE, FERRY, REWRITTEN, STANDING

NAMES = [f"d{number}" for number in range(7)]
LINES = (*BARGE, *AFRESH, *FERRY, *REWRITTEN, STANDING)
CLAIMS = st.builds(
    "; ".join,
    st.tuples(
        st.sampled_from(
            ["US > IQ", "US > ?", "? > IQ", "RU > IQ", "RU > ?", "US/Pentagon > IQ/Kurdish forces", "? > ?"]
        ),
        st.sampled_from(["arms", "tanks (tanks)", "F-16 (aircraft)"]),
        st.sampled_from(["planned", "delivered", "cancelled"]),
        st.sampled_from(["when 2031-03-01", "when 2031-03-02", "sale"]),
        st.sampled_from(["n=10", "n=12", "n=..40", "aid"]),
        st.sampled_from(["denied", "sale", "kind confirmation; refers d0-0", "kind use; says The barge was seen."]),
        st.sampled_from(["says The barge was seen.", "title Barge", "by government, US, the Pentagon", "in Post"]),
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
READS = st.builds(Read, name=st.sampled_from(NAMES), lines=st.lists(CLAIMS, max_size=3).map(tuple))
IDS = st.builds("{}-{}".format, st.sampled_from(NAMES), st.integers(0, 1))
JUDGES = st.builds(Judge, IDS, IDS, st.booleans())
# Most documents are read soon after they came.
STORIES = st.lists(st.one_of(st.tuples(ADDS), st.tuples(READS), st.tuples(READS), st.tuples(JUDGES)), max_size=16)


def unread(pieces):
    """Return steps in which every document that comes is there before all others, for half of the stories."""
    steps = [step for piece in pieces for step in piece]
    return [s for s in steps if isinstance(s, Add)] + [s for s in steps if not isinstance(s, Add)]


@settings(max_examples=120, deadline=None)
@given(pieces=STORIES, sort=st.booleans(), updates=st.sets(st.integers(0, 15)))
def test_any_splitting_into_updates_is_all_at_once(pieces, sort, updates, new_store, stages):
    steps = unread(pieces) if sort else [step for piece in pieces for step in piece]
    with new_store() as store:
        for number, step in enumerate(steps):
            take(store, [step])
            if number in updates:
                update(store, stages)
        update(store, stages)
        lines, rows = register_lines(store), kept_rows(store)
        assert lines == expected_lines(store, stages)
        nothing = update(store, stages)
        assert (nothing.documents, nothing.claims, nothing.blocks, nothing.transfers) == (0, 0, 0, 0)
        assert update(store, stages, anew=True).from_scratch
        assert register_lines(store) == lines
        assert kept_rows(store) == rows
