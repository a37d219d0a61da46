"""Copy families of invented stories, and what is said of each pair."""

from __future__ import annotations

import pytest
from syndicated import AFRESH, BARGE, FERRY, REWRITTEN, STANDING, document

from armstrace.errors import InputError
from armstrace.group.copies import find_copies, why_pair
from armstrace.group.evidence import COPY, SURE

LEAD = ("Onions saved nobody's skin in Velmar this week.",)

EDITS = [
    ("the same text", BARGE, True),
    ("cut from the end", BARGE[:5], True),
    ("a new lead", (*LEAD, *BARGE[1:7]), True),
    ("other spelling, all in capitals", [line.upper() for line in BARGE], True),
    ("sentences in another order", (*BARGE[5:], *BARGE[:5]), True),
    ("two paragraphs quoted inside another story", (*FERRY, *BARGE[1:5], *FERRY[:2]), True),
    ("rewritten in other words", REWRITTEN, True),
    ("told afresh by another reporter", AFRESH, False),
    ("another story", FERRY, False),
    ("one quotation in common", (*AFRESH, BARGE[3]), False),
]


@pytest.mark.parametrize(("what", "sentences", "is_copy"), EDITS)
def test_what_desks_do_to_a_text(what, sentences, is_copy):
    copies = find_copies([document("a", BARGE, outlet="Ledger"), document("b", sentences, outlet="Courier")])
    assert copies.families == ((("a", "b"),) if is_copy else (("a",), ("b",))), what
    assert bool(copies.pairs) is is_copy


def test_a_document_without_words_is_a_family_of_its_own():
    assert find_copies([document("a", ()), document("b", ()), document("c", BARGE)]).families == (
        ("a",),
        ("b",),
        ("c",),
    )
    assert find_copies([]).families == ()


def test_one_outlet_uses_its_standing_text_in_different_stories():
    """The paragraph travels with a copy of one story into another outlet; the stories stay apart."""
    stories = [
        document("a", (*FERRY, STANDING), outlet="Holm Post", day="2011-05-03"),
        document("b", (*AFRESH, STANDING), outlet="Holm Post", day="2011-06-01"),
        document("c", (*FERRY[:3], STANDING), outlet="Courier", day="2011-05-04"),
        document("d", (*AFRESH[:5], STANDING), outlet="Courier", day="2011-06-02"),
    ]
    copies = find_copies(stories)
    assert copies.families == (("a", "c"), ("b", "d"))
    assert copies.standing
    assert why_pair(stories[0], stories[3], copies.standing).likelihood < why_pair(stories[0], stories[3]).likelihood


def test_a_standing_text_may_be_more_than_half_of_a_document():
    biography = AFRESH
    one, other = (
        document(n, (*story, *biography), outlet="Post", day=None) for n, story in (("a", FERRY[:3]), ("b", BARGE[2:5]))
    )
    assert find_copies([one, other]).families == (("a",), ("b",))


def test_the_same_outlet_repeating_its_story_next_day_is_no_standing_text():
    copies = find_copies(
        [document("a", BARGE, outlet="Ledger"), document("b", BARGE[:6], outlet="Ledger", day="2011-05-04")]
    )
    assert copies.families == (("a", "b"),)
    assert not copies.standing


def test_an_article_of_two_texts_stays_with_the_one_that_gave_more():
    mixed = (*BARGE[:8], *AFRESH[2:5])
    copies = find_copies(
        [
            document("a", BARGE, agency="NX"),
            document("b", BARGE[:9], outlet="Courier"),
            document("c", AFRESH, agency="Harrow"),
            document("d", AFRESH[:6], outlet="Post"),
            document("e", mixed, outlet="Ledger", day="2011-05-04"),
        ]
    )
    assert copies.families == (("a", "b", "e"), ("c", "d"))
    assert copies.combined == {("c", "e"), ("d", "e")}
    told = {(pair.left, pair.right): pair.reasons[0] for pair in copies.pairs}
    assert told["c", "e"].startswith("joins no families: one of the two is put together")


def test_rival_agencies_and_their_certain_copies_are_seldom_copies():
    near = (*BARGE[1:3], *AFRESH)
    alone = [document("a", BARGE), document("b", BARGE, outlet="Courier"), document("c", near)]
    marked = [document("a", BARGE, agency="NX"), alone[1], document("c", near, agency="Harrow")]
    by_pair = [{(p.left, p.right): p for p in find_copies(docs).pairs} for docs in (alone, marked)]
    assert by_pair[0]["b", "c"].likelihood > SURE
    assert ("b", "c") not in by_pair[1]
    assert find_copies(marked).families == (("a", "b"), ("c",))


def test_reasons_are_told_in_words_with_their_figures():
    pair = why_pair(document("a", BARGE, agency="NX"), document("b", BARGE[:5], agency="NX", day="2011-05-05"))
    assert pair.likelihood > SURE
    assert pair.reasons == (
        "for a copy: 100% of its content words are in the other",
        "for a copy: the longest shared run has 98 words",
        "for a copy: 100% of the shorter text (98 words) stands word for word in the other",
        "for a copy: 22 of its 22 own uncommon words that are no names are in the other",
        "against a copy: published 2 days apart",
        "both are marked as of NX",
    )


def test_a_pair_that_was_not_joined_is_explained_too():
    pair = why_pair(document("b", AFRESH, agency="Harrow"), document("a", BARGE, agency="NX"))
    assert (pair.left, pair.right) == ("a", "b")
    assert pair.likelihood < COPY
    assert "against a copy: they are marked as of different agencies" in pair.reasons


def test_two_documents_of_one_id_are_refused():
    with pytest.raises(InputError, match="a: two documents have this id; give each document once"):
        find_copies([document("a", BARGE), document("a", FERRY)])


def test_what_was_not_compared_of_an_endless_document_is_told():
    pair = why_pair(document("a", BARGE), document("b", [*BARGE, "x " * 250_000]))
    assert pair.likelihood > SURE
    assert pair.reasons[-1] == "of b only the first 500,000 characters were compared"


def test_refrains_and_endless_texts_take_bounded_time():
    refrain = document("a", ["la " * 20_000])
    assert find_copies([refrain, document("b", ["la " * 30_000]), document("c", ["“" * 50_000])]).families
