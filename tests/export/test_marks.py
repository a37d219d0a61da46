"""Stretches of a text and the values that stand on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.export.marks import Mark, cut_at_marks, used_marks
from armstrace.model import Category, Claim, ClaimKind, Evidence, Item, Party, Source, SourceKind

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))
MARKS = st.lists(st.builds(Mark, SPANS, st.sampled_from(["supplier", "item"]), st.integers(1, 3)), max_size=12)


def test_every_value_with_a_span_is_a_mark():
    claim = Claim(
        id="1",
        document="d",
        kind=ClaimKind.TRANSFER,
        evidence=Evidence("", Span(0, 50)),
        supplier=Party("RU", None, "Moscow", Span(10, 16)),
        recipient=Party("LY", None, "the story's country", None),
        items=(Item(None, "tanks", Category.TANKS, Span(20, 25)),),
        via=(Party("TG", None, "Togo", Span(30, 34)),),
        attribution=(
            Source("outlet", SourceKind.OUTLET, None, named=True),
            Source("he", SourceKind.EXPERT, None, named=False, span=Span(0, 2)),
        ),
    )
    assert used_marks(claim, 7) == [
        (Span(0, 2), "source", 7),
        (Span(10, 16), "supplier", 7),
        (Span(20, 25), "item", 7),
        (Span(30, 34), "via", 7),
    ]


def test_overlapping_marks_are_cut_where_the_uses_change():
    a, b = Mark(Span(2, 6), "supplier", 1), Mark(Span(4, 8), "item", 2)
    assert list(cut_at_marks(Span(0, 10), [b, a])) == [
        (Span(0, 2), ()),
        (Span(2, 4), (a,)),
        (Span(4, 6), (a, b)),
        (Span(6, 8), (b,)),
        (Span(8, 10), ()),
    ]


@given(SPANS, MARKS)
def test_stretches_cover_the_whole_once_and_know_their_marks(whole, marks):
    stretches = list(cut_at_marks(whole, marks))
    assert [i for span, _ in stretches for i in range(*span)] == list(range(*whole))
    for span, covering in stretches:
        for position in range(*span):
            assert sorted(covering) == sorted(m for m in marks if m.span.start <= position < m.span.end)
