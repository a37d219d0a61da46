"""Ids made from content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armstrace.ids import content_id

PARTS = st.lists(st.text(st.characters(), max_size=6), max_size=4)


def test_an_id_never_changes():
    assert content_id("document", (3, 17), None) == "9de58a3c4d79d028"


@given(PARTS, PARTS)
def test_ids_agree_only_where_all_parts_do(one, other):
    assert (content_id(*one) == content_id(*other)) == (one == other)


def test_parts_do_not_run_together():
    assert (
        len({content_id(*parts) for parts in (["ab"], ["a", "b"], ["a:b"], ["1:a"], ["\ud800"], ["\\ud800"], [])}) == 7
    )
