"""A claim comes back from its public shape exactly, through JSON too."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.document import Span
from armstrace.export.jsonl import claim_from_dict, claim_to_dict, jsonl_lines
from armstrace.model import Claim, Evidence, Item, Party, Quantity, Source, Value, When

SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9))
WORDS = st.text(max_size=8)
MAYBE = st.none() | WORDS
COUNTS = st.none() | st.integers(0, 10**30)
SUMS = COUNTS | st.floats(allow_nan=False, allow_infinity=False)
PARTIES = st.builds(Party, MAYBE, MAYBE, WORDS, st.none() | SPANS)
CODES = st.dictionaries(WORDS, WORDS, max_size=2).map(lambda codes: tuple(codes.items()))
CLAIMS = st.builds(
    Claim,
    evidence=st.builds(Evidence, WORDS, SPANS),
    supplier=st.none() | PARTIES,
    recipient=st.none() | PARTIES,
    maker=st.none() | PARTIES,
    items=st.lists(st.builds(Item, span=SPANS, codes=CODES), max_size=2).map(tuple),
    quantity=st.none() | st.builds(Quantity, WORDS, COUNTS, COUNTS, COUNTS, WORDS, SPANS),
    value=st.none() | st.builds(Value, WORDS, SUMS, SUMS, SUMS, MAYBE, SPANS),
    via=st.lists(PARTIES, max_size=2).map(tuple),
    refers_to=MAYBE,
    likelihood=st.none() | st.tuples(st.integers(0, 100), st.integers(0, 100)),
    when=st.none() | st.builds(When, start=MAYBE, end=MAYBE, span=st.none() | SPANS),
    attribution=st.lists(st.builds(Source, channel=MAYBE, cue=MAYBE, span=st.none() | SPANS), max_size=2).map(tuple),
    inferred=st.lists(WORDS, max_size=2).map(tuple),
    why=st.lists(WORDS, max_size=2).map(tuple),
)


@given(CLAIMS)
def test_a_claim_comes_back(claim):
    assert claim_from_dict(claim_to_dict(claim)) == claim
    assert claim_from_dict(json.loads(next(jsonl_lines([claim])))) == claim


@given(CLAIMS, st.sampled_from(["claim", "evidence", "items", "polarity", "attribution"]))
def test_what_lacks_a_key_is_no_claim(claim, key):
    row = claim_to_dict(claim)
    del row[key]
    with pytest.raises(KeyError, match=key):
        claim_from_dict(row)


def test_a_word_of_no_closed_list_is_refused():
    row = {**claim_to_dict(Claim("a", "d", "transfer", Evidence("words", Span(0, 5)))), "status": "eaten"}
    with pytest.raises(ValueError, match="eaten"):
        claim_from_dict(row)
