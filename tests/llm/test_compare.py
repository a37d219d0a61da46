"""Two readers side by side: which claims are the same, and in what they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armstrace.document import Span
from armstrace.llm.compare import FIELDS, compare_claims
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Mode,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
    Value,
    When,
)

NOWHERE = Span(0, 0)


def country(code):
    return Party(code, None, code, NOWHERE)


def arms(*categories):
    return tuple(Item(None, category, category, NOWHERE) for category in categories)


CLAIM = Claim(
    id="a",
    document="d",
    kind=ClaimKind.TRANSFER,
    evidence=Evidence("...", Span(0, 10)),
    supplier=country("RS"),
    recipient=country("ML"),
    items=arms(Category.ARTILLERY),
    status=Status.PLANNED,
    attribution=(Source("officer", SourceKind.GOVERNMENT, "ML", named=False, span=NOWHERE),),
)

SAME = [
    {},
    {"status": Status.DELIVERED},
    {"items": arms(Category.TANKS, Category.ARTILLERY)},
    {"items": arms(Category.OTHER)},
    {"items": ()},  # arms in general
    {"supplier": Party("RS", "Yugoimport", "Yugoimport", NOWHERE)},
    {"evidence": Evidence("...", Span(50, 60))},
]
OTHER = [
    {"supplier": country("TR")},
    {"supplier": None},
    {"recipient": Party(None, "Wagner", "Wagner", NOWHERE)},
    {"polarity": Polarity.DENIED},
    {"items": arms(Category.DRONES)},
    {"supplier": country("ML"), "recipient": country("RS")},
    {"kind": ClaimKind.USE},
]


@pytest.mark.parametrize(("change", "is_same"), [*((c, True) for c in SAME), *((c, False) for c in OTHER)])
def test_the_same_claim_has_parties_polarity_and_kind_of_arms_in_common(change, is_same):
    found = compare_claims([CLAIM], [replace(CLAIM, **change)])
    assert len(found.shared) == is_same
    assert len(found.only_first) == (not is_same)


def test_kinds_that_readers_do_not_tell_apart_are_one():
    rockets, missiles = (replace(CLAIM, items=arms(c)) for c in (Category.ROCKETS, Category.MISSILES))
    assert compare_claims([rockets], [missiles]).shared[0].differing == ()


def test_an_organisation_stands_in_for_an_unknown_country():
    named, shouted = (replace(CLAIM, recipient=Party(None, name, name, NOWHERE)) for name in ("Wagner", "WAGNER"))
    assert compare_claims([named], [shouted]).shared
    assert not compare_claims([named], [replace(CLAIM, recipient=None)]).shared


DIFFERENCES = {
    "items": {"items": arms(Category.OTHER)},
    "quantity": {"quantity": Quantity("40", 40, 40, 40, "pieces", NOWHERE)},
    "value": {"value": Value("$5", 5, None, None, "USD", NOWHERE)},
    "mode": {"mode": Mode.AID},
    "status": {"status": Status.DELIVERED},
    "certainty": {"certainty": Certainty.LIKELY},
    "when": {"when": When("May", None, None, DatePrecision.MONTH_NO_YEAR, NOWHERE)},
    "maker": {"maker": country("US")},
    "via": {"via": (country("TG"),)},
    "sources": {"attribution": ()},
}


def test_every_field_has_a_row():
    assert list(DIFFERENCES) == [name for name, _ in FIELDS]


@pytest.mark.parametrize(("name", "change"), DIFFERENCES.items())
def test_a_field_that_differs_is_named(name, change):
    shared = compare_claims([CLAIM], [replace(CLAIM, **change)]).shared
    assert [found.differing for found in shared] == [(name,)]


def test_words_and_spans_are_no_difference():
    quantity = Quantity("some 40", 40, 40, 40, "pieces", NOWHERE)
    other = replace(quantity, text="40", span=Span(3, 4), unit="mortars")
    assert (
        compare_claims([replace(CLAIM, quantity=quantity)], [replace(CLAIM, quantity=other)]).shared[0].differing == ()
    )


def test_each_claim_has_one_partner_the_most_alike_first():
    far = replace(CLAIM, id="far", evidence=Evidence("...", Span(90, 99)))
    vague = replace(CLAIM, id="vague", items=())
    late = replace(CLAIM, id="late", status=Status.DELIVERED)
    exact = replace(CLAIM, id="exact")
    found = compare_claims([CLAIM, late], [far, vague, late, exact])
    assert [(a.id, b.id) for a, b, _ in found.shared] == [("a", "exact"), ("late", "late")]
    assert [c.id for c in found.only_second] == ["far", "vague"]
    assert found.only_first == ()


def test_the_order_of_reading_does_not_change_the_pairs():
    claims = [replace(CLAIM, id=str(n), status=s) for n, s in enumerate(Status)]
    there = compare_claims(claims, claims[::-1])
    assert {(a.id, b.id) for a, b, _ in there.shared} == {(c.id, c.id) for c in claims}
