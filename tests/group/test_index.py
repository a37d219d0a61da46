"""The index of documents: any order, and one at a time as all at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syndicated import AFRESH, BARGE, FERRY, REWRITTEN, STANDING, document

from armstrace.errors import InputError
from armstrace.group import candidates
from armstrace.group.copies import copies_of
from armstrace.group.index import add_document, index_documents

LINES = (*BARGE, *AFRESH, *FERRY, *REWRITTEN, STANDING)


@st.composite
def collections(draw):
    """Return documents of sentences of the stories, of few outlets, agencies and days, so that all rules meet."""
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(LINES) - 1),
                st.integers(2, 9),
                st.sampled_from([(), (STANDING,), (BARGE[4], BARGE[6])]),
                st.sampled_from([None, "Holm Post", "Courier"]),
                st.sampled_from([None, "2011-05-03", "2011-05-04", "2011-06", "2011-06-09"]),
                st.sampled_from([None, None, "NX", "Harrow"]),
            ),
            max_size=9,
        )
    )
    return [
        document(f"d{at}", (*LINES[first : first + size], *more), outlet=outlet, day=day, agency=agency)
        for at, (first, size, more, outlet, day, agency) in enumerate(rows)
    ]


def known(index):
    """Return what an index knows, whatever the order in which it was told."""
    return (
        index.documents,
        index.near_by_id,
        index.passages_by_pair,
        dict(index.standing_counts),
        index.judged,
        copies_of(index),
    )


@pytest.fixture(params=[12, 2, 1], ids=["neighbours", "two", "one"])
def neighbours(request, monkeypatch):
    """Run with fewer neighbours too, so that new documents part old pairs."""
    monkeypatch.setattr(candidates, "NEIGHBOURS", request.param)


@pytest.mark.usefixtures("neighbours")
@settings(max_examples=60, deadline=None)
@given(collections(), st.randoms(use_true_random=False))
def test_any_order_and_one_at_a_time_end_alike(documents, random):
    whole = index_documents(documents)
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert known(index_documents(shuffled)) == known(whole)
    half = len(shuffled) // 2
    for start in (0, half):
        grown = index_documents(shuffled[:start])
        for one in shuffled[start:]:
            grown = add_document(grown, one)
        assert known(grown) == known(whole)


def test_many_copies_of_one_story_hang_together_by_their_neighbours():
    copies = [document(f"c{at:02}", BARGE, outlet=f"Outlet {at}") for at in range(30)]
    index = index_documents(copies[:-1])
    assert max(map(len, index.near_by_id.values())) <= 2 * candidates.NEIGHBOURS
    grown = add_document(index, copies[-1])
    assert known(grown) == known(index_documents(copies))
    assert len(copies_of(grown).families) == 1


def test_only_what_is_touched_is_compared():
    index = index_documents(
        [document("a", BARGE), document("b", BARGE[:6]), document("c", AFRESH), document("d", FERRY)]
    )
    assert index.compared == 1
    alone = add_document(index, document("e", ["Rain fell on the quiet fields of Tarsk all week."]))
    assert alone.compared == 0
    assert alone.judged == index.judged
    third = add_document(index, document("e", BARGE[2:]))
    assert third.compared == 2
    assert third.judged["a", "b"] is index.judged["a", "b"]


def test_adding_leaves_the_old_index_as_it_was():
    index = index_documents([document("a", BARGE)])
    add_document(index, document("b", BARGE))
    assert known(index) == known(index_documents([document("a", BARGE)]))


def test_a_document_is_added_once():
    index = index_documents([document("a", BARGE)])
    with pytest.raises(InputError, match="a: the index holds a document of this id; add each document once"):
        add_document(index, document("a", BARGE))
