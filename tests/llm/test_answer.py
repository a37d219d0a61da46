"""From an answer to claims: what a model may say, what it may not, and that every lie is dropped and counted."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from said import BACKGROUND, FIRST, PUBLISHER, SECOND, TEXT, claim, denial, document, party, read, source

from armstrace.errors import AnswerError
from armstrace.llm import checks as why
from armstrace.llm.answer import MOST_CLAIMS, parse_answer, read_answer
from armstrace.llm.checks import MOST_ENTRIES
from armstrace.model import Category, Certainty, ClaimKind, Mode, Polarity, SourceKind, Status


def dropped(answer):
    """Return what was left out as (field, reason)."""
    return [(drop.field, drop.reason) for drop in answer.drops]


def test_a_good_answer_becomes_claims_of_the_model_with_every_span():
    answer = read(denial(), claim())
    assert answer.drops == ()
    planned, denied = answer.claims  # in the order of the text, not of the answer
    assert planned.evidence.text == FIRST
    assert (planned.supplier.country, planned.recipient.country) == ("RS", "ML")
    assert (planned.kind, planned.status, planned.polarity, planned.certainty, planned.mode) == (
        ClaimKind.TRANSFER,
        Status.PLANNED,
        Polarity.AFFIRMED,
        Certainty.EXPECTED,
        Mode.UNSPECIFIED,
    )
    assert [(i.description, i.category, i.span.of(TEXT)) for i in planned.items] == [
        ("mortars", Category.ARTILLERY, "mortars")
    ]
    assert [(s.name, s.kind, s.country, s.named, s.cue) for s in planned.attribution] == [
        ("the Sahel Gazette", SourceKind.OUTLET, None, True, None),
        ("a Malian officer", SourceKind.OFFICIAL_ANONYMOUS, "ML", False, "told"),
    ]
    assert planned.why == denied.why == ("language model invented-7b",)
    assert denied.evidence.text == SECOND
    assert denied.supplier.text == "Belgrade’s"  # the report's own mark, not the model's
    assert denied.polarity is Polarity.DENIED


def test_numbers_are_read_by_our_own_grammar_where_the_quote_stands():
    planned = read(claim(quantity="40")).claims[0]  # the model leaves the hedge out; the report does not
    assert (planned.quantity.low, planned.quantity.best, planned.quantity.high) == (40, None, None)
    assert planned.quantity.text == planned.quantity.span.of(TEXT) == "at least 40"
    assert (planned.when.start, planned.when.end) == ("2025-05-01", "2025-05-31")
    text = "Turkey sold Mali drones for $18 million, it said."
    row = claim(evidence=text, supplier=party("Turkey", "TR"), items=[], quantity=None, when=None, value="$18 million")
    paid = read({**row, "attribution": []}, text=text).claims[0]
    assert (paid.value.amount, paid.value.currency, paid.value.span.of(text)) == (18_000_000, "USD", "$18 million")


LIES = [
    # what is changed, what is dropped, what the claim then has
    ({"quantity": "60"}, ("quantity", why.NOT_IN_TEXT), lambda c: c.quantity is None),
    ({"quantity": 40}, ("quantity", why.WRONG_SHAPE), lambda c: c.quantity is None),
    ({"quantity": "Monday"}, ("quantity", why.NO_NUMBER), lambda c: c.quantity is None),
    ({"when": "in June"}, ("when", why.NOT_IN_TEXT), lambda c: c.when is None),
    ({"when": "mortars"}, ("when", why.NO_NUMBER), lambda c: c.when is None),
    ({"value": "$5"}, ("value", why.NOT_IN_TEXT), lambda c: c.value is None),
    ({"supplier": party("Atlantis", "RS")}, ("supplier", why.NOT_IN_TEXT), lambda c: c.supplier is None),
    ({"supplier": party("Serbi", "RS")}, ("supplier", why.NOT_IN_TEXT), lambda c: c.supplier is None),
    ({"supplier": "Serbia"}, ("supplier", why.WRONG_SHAPE), lambda c: c.supplier is None),
    ({"supplier": party("Serbia", "XX")}, ("supplier country", why.NO_CODE), lambda c: c.supplier.country is None),
    ({"supplier": party("Serbia", "rs")}, ("supplier country", why.NO_CODE), lambda c: c.supplier.country is None),
    ({"supplier": party("Serbia", 7)}, ("supplier country", why.NO_CODE), lambda c: c.supplier.country is None),
    (
        {"supplier": party("Serbia", "RS", "Yugoimport")},
        ("supplier organisation", why.NOT_IN_TEXT),
        lambda c: c.supplier.organisation is None,
    ),
    ({"maker": party("Russia", "RS")}, ("maker", why.NOT_IN_TEXT), lambda c: c.maker is None),
    ({"via": [party("Togo", "ML")]}, ("via", why.NOT_IN_TEXT), lambda c: c.via == ()),
    ({"via": None}, ("via", why.WRONG_SHAPE), lambda c: c.via == ()),
    ({"mode": "gift"}, ("mode", why.NOT_LISTED), lambda c: c.mode is Mode.UNSPECIFIED),
    ({"status": "done"}, ("status", why.NOT_LISTED), lambda c: c.status is Status.UNSPECIFIED),
    ({"status": ["planned"]}, ("status", why.NOT_LISTED), lambda c: c.status is Status.UNSPECIFIED),
    ({"certainty": 1.0}, ("certainty", why.NOT_LISTED), lambda c: c.certainty is Certainty.UNSTATED),
    (
        {"items": [{"words": "howitzers", "designation": None, "category": "artillery"}]},
        ("items", why.NOT_IN_TEXT),
        lambda c: c.items == (),
    ),
    (
        {"items": [{"words": "mortars", "designation": "M57", "category": "artillery"}]},
        ("items designation", why.NOT_IN_TEXT),
        lambda c: c.items[0].designation is None,
    ),
    (
        {"items": [{"words": "mortars", "designation": None, "category": "guns"}]},
        ("items category", why.NOT_LISTED),
        lambda c: c.items[0].category is Category.OTHER,
    ),
    ({"attribution": [source("Reuters")]}, ("attribution", why.NOT_IN_TEXT), lambda c: c.attribution == ()),
    ({"attribution": ["Reuters"]}, ("attribution", why.WRONG_SHAPE), lambda c: c.attribution == ()),
    ({"attribution": None}, ("attribution", why.WRONG_SHAPE), lambda c: c.attribution == ()),
    (
        {"attribution": [source("a Malian officer", "colonel")]},
        ("attribution kind", why.NOT_LISTED),
        lambda c: c.attribution == (),
    ),
    (
        {"attribution": [source("a Malian officer", named="no")]},
        ("attribution named", why.WRONG_SHAPE),
        lambda c: c.attribution[0].named is False,
    ),
    (
        {"attribution": [source("a Malian officer", cue="whispered")]},
        ("attribution cue", why.NOT_IN_TEXT),
        lambda c: c.attribution[0].cue is None,
    ),
    ({"likelihood": "certain"}, ("claim key", why.NOT_ASKED), lambda c: c.likelihood is None),
    ({"supplier": {**party("Serbia", "RS"), "proof": "x"}}, ("supplier key", why.NOT_ASKED), lambda c: c.supplier),
    (
        {"when": "Monday.\n\nBelgrade's"},  # words of two sentences are no field
        ("when", why.NOT_IN_TEXT),
        lambda c: c.when is None,
    ),
]


@pytest.mark.parametrize(("change", "lost", "left"), LIES, ids=[f"{lie[0]}"[:60] for lie in LIES])
def test_a_lie_costs_its_field_and_is_noted(change, lost, left):
    answer = read(claim(**change))
    assert dropped(answer) == [lost]
    assert left(answer.claims[0])


FATAL = [
    ({"evidence": "Serbia will deliver 400 mortars to Mali in May."}, why.NO_EVIDENCE),
    ({"evidence": None}, why.NO_EVIDENCE),
    ({"evidence": ["Serbia"]}, why.NO_EVIDENCE),
    ({"evidence": "Mali in"}, why.NO_EVIDENCE),  # two words could stand in any sentence
    ({"supplier": party("Atlantis"), "recipient": party("Lemuria")}, why.NO_PARTY),
    ({"supplier": None, "recipient": party("Lemuria")}, why.NO_PARTY),
    ({"supplier": None, "recipient": None}, why.NO_PARTY),
    ({"polarity": "perhaps"}, why.UNTOLD),  # never a default: that would affirm what may be a denial
    ({"kind": "gossip"}, why.UNTOLD),
    ({"kind": "confirmation"}, why.UNTOLD),
]


@pytest.mark.parametrize(("change", "reason"), FATAL, ids=[f"{row[0]}"[:60] for row in FATAL])
def test_without_evidence_polarity_or_any_party_there_is_no_claim(change, reason):
    answer = read(claim(**change), denial())
    assert [c.evidence.text for c in answer.claims] == [SECOND]
    assert (why.CLAIM, reason) in dropped(answer)
    assert {drop.number for drop in answer.drops} == {1}


@pytest.mark.parametrize("row", [None, "text", 7, [], True])
def test_what_is_no_object_is_no_claim(row):
    answer = read(row)
    assert answer.claims == ()
    assert dropped(answer) == [(why.CLAIM, why.WRONG_SHAPE)]


def test_a_context_claim_needs_no_party():
    answer = read(claim(kind="withheld-detail", supplier=None, recipient=None))
    assert answer.claims[0].kind is ClaimKind.WITHHELD_DETAIL
    assert answer.drops == ()


def test_a_clause_stands_for_its_sentence():
    assert read(claim(evidence="deliver at least 40 mortars to Mali")).claims[0].evidence.text == FIRST


def test_the_same_claim_twice_is_one():
    answer = read(claim(), claim(certainty="likely"), claim(status="delivered"))
    assert [c.status for c in answer.claims] == [Status.PLANNED, Status.DELIVERED]
    assert dropped(answer) == [(why.CLAIM, why.REPEATED)]


def test_no_source_is_the_publisher_and_a_lost_one_is_nobody():
    assert read(claim(attribution=[])).claims[0].attribution == (PUBLISHER,)
    assert read(claim(attribution=[source("Reuters")])).claims[0].attribution == ()


INFERRED = [
    ({}, ()),
    (
        {"recipient": party("the Sahel Gazette", "ML")},
        ("recipient: 'the Sahel Gazette' read as ML by the language model",),
    ),
    (
        {"recipient": party("Mali", "RS")},
        ("recipient: 'Mali' read as RS by the language model; the lexicon knows ML",),
    ),
    (
        {"recipient": party("the junta", None)},
        ("recipient: 'the junta' from another sentence",),
    ),
    (
        {"items": [{"words": "weapons", "designation": None, "category": "other"}]},
        ("items: from another sentence",),
    ),
]


@pytest.mark.parametrize(("change", "notes"), INFERRED)
def test_what_the_sentence_does_not_hold_is_listed(change, notes):
    answer = read(claim(**change))
    assert answer.claims[0].inferred == notes
    assert answer.drops == ()


def test_ids_hang_on_content_alone():
    first = [c.id for c in read(claim(), denial()).claims]
    assert first == [c.id for c in read(denial(), claim()).claims]
    assert (
        len({*first, read(claim(recipient=party("Mali"))).claims[0].id, read(claim(status="ordered")).claims[0].id})
        == 4
    )


def test_endless_answers_are_read_to_a_limit_and_that_is_said():
    answer = read(*[claim(status="nonsense")] * (MOST_CLAIMS + 5))
    assert len(answer.claims) == 1
    assert Counter(dropped(answer))[why.CLAIM, why.TOO_MANY] == 1
    crowded = read(claim(via=[party("Mali", "ML")] * (MOST_ENTRIES + 1)))
    assert dropped(crowded) == [("via", why.TOO_MANY)]


def test_a_drop_is_told_in_one_line():
    lost = read(claim(supplier=party("Atlantis" * 100))).drops[0]
    assert str(lost).startswith("claim 1, supplier: 'AtlantisAtlantis")
    assert str(lost).endswith(f"…' ({why.NOT_IN_TEXT})")
    assert len(str(lost)) < 300
    assert str(read(claim(kind="gossip", evidence="x y")).drops[0]) == f"claim 1: 'x y' ({why.NO_EVIDENCE})"


@pytest.mark.parametrize(
    ("content", "cut", "claims"),
    [
        ('{"claims": []}', False, []),
        ('  {"claims": [1], "note": "x"}\n', False, [1]),
        ('```json\n{"claims": []}\n```', False, []),
        ('{"claims": []}', True, "cut off"),
        ('{"claims": [{"evidence": "Ser', False, "no complete JSON"),
        ("", False, "no complete JSON"),
        ("Sure! Here are the claims:", False, "no complete JSON"),
        ("[]", False, "no object"),
        ('{"claims": {}}', False, "no object"),
        ('{"claim": []}', False, "no object"),
        ("null", False, "no object"),
        ("[" * 100_000, False, "no complete JSON"),
        (f'{{"claims": [{"9" * 5000}]}}', False, "no complete JSON"),
    ],
)
def test_an_answer_is_a_whole_json_object_with_claims(content, cut, claims):
    if isinstance(claims, list):
        assert parse_answer(content, cut=cut) == claims
    else:
        with pytest.raises(AnswerError, match=claims):
            parse_answer(content, cut=cut)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from([*TEXT.split(), FIRST, SECOND, "RS", "transfer", "denied", "tanks", "fact"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*claim(), "words", "country", "category", "kind"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    rows=st.lists(
        JSON
        | st.builds(
            lambda change: {**claim(), **change}, st.dictionaries(st.sampled_from([*claim()]), JSON, max_size=4)
        ),
        max_size=4,
    )
)
def test_whatever_is_answered_spans_match_and_nothing_is_raised(rows):
    answer = read_answer(document(), json.loads(json.dumps(rows)), BACKGROUND, "m")
    for each in answer.claims:
        assert each.evidence.span.of(TEXT) == each.evidence.text
        for party_ in (each.supplier, each.recipient, each.maker, *each.via):
            assert party_ is None or party_.span.of(TEXT) == party_.text
            assert party_ is None or party_.country in {None, *BACKGROUND.codes}
        assert all(item.span.of(TEXT) == item.description for item in each.items)
        assert all(s.span is None or s.span.of(TEXT) == s.name for s in each.attribution)
        for amount in (each.quantity, each.value, each.when):
            assert amount is None or amount.span.of(TEXT) == amount.text
    assert answer == read_answer(document(), rows, BACKGROUND, "m")
