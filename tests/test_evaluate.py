"""The scores: every definition on a small gold of its own."""

from __future__ import annotations

import builtins
import json

import pytest

from armstrace.document import Span
from armstrace.errors import InputError, MissingPartError
from armstrace.evaluate import list_errors, read_gold, score_claims, score_table, similarity, what_is_wrong
from armstrace.model import (
    Category,
    Certainty,
    Claim,
    ClaimKind,
    Evidence,
    Item,
    Party,
    Polarity,
    Quantity,
    Source,
    SourceKind,
    Status,
)

NOWHERE = Span(0, 0)


def gold(supplier="RU", recipient="IN", category="tanks", **more):
    """Return a gold claim: Russia's delivery of tanks to India, the Kremlin says, or what differs from it."""
    return {
        "supplier": supplier,
        "recipient": recipient,
        "items": [{"category": category}] if category else [],
        "polarity": "affirmed",
        "status": "delivered",
        "certainty": "fact",
        "quantity": None,
        "attribution": [{"name": "Kremlin", "kind": "government", "country": "RU"}],
        **more,
    }


def claim(supplier="RU", recipient="IN", category="tanks", **more):
    """Return the same as an extracted claim."""
    values = {
        "status": Status.DELIVERED,
        "certainty": Certainty.FACT,
        "attribution": (Source("Kremlin", SourceKind.GOVERNMENT, "RU", named=True),),
        **more,
    }
    return Claim(
        id="",
        document="",
        kind=values.pop("kind", ClaimKind.TRANSFER),
        evidence=Evidence("the words", NOWHERE),
        supplier=Party(supplier, None, "", None) if supplier else None,
        recipient=Party(recipient, None, "", None) if recipient else None,
        items=(Item(None, "", Category(category), NOWHERE),) if category else (),
        **values,
    )


def quantity(low):
    return Quantity("", low, None, None, "pieces", NOWHERE)


def origin(kind=SourceKind.GOVERNMENT, country="RU"):
    return (Source("", kind, country, named=False),)


SIMILAR = [
    ("all agree", gold(), claim(), 1.3),
    ("another status", gold(status="ordered"), claim(), 1.2),
    ("an accepted status", gold(status="ordered", alt={"status": ["delivered"]}), claim(), 1.3),
    ("another origin", gold(), claim(attribution=origin(SourceKind.EXPERT, "FR")), 1.1),
    ("an origin of the same kind", gold(), claim(attribution=origin(country="FR")), 1.2),
    ("no origin on either side", gold(attribution=[]), claim(attribution=()), 1.3),
    ("the far end of the chain counts", gold(), claim(attribution=(*origin(SourceKind.EXPERT, "FR"), *origin())), 1.3),
    ("another supplier", gold(), claim(supplier="US"), 0),
    ("an unknown supplier", gold(), claim(supplier=None), 0),
    ("unknown on both sides", gold(supplier=None), claim(supplier=None), 1.3),
    ("an accepted supplier", gold(alt={"supplier": ["US", None]}), claim(supplier=None), 1.3),
    ("another recipient", gold(), claim(recipient="PK"), 0),
    ("the other polarity", gold(), claim(polarity=Polarity.DENIED), 0),
    ("an accepted polarity", gold(alt={"polarity": ["denied"]}), claim(polarity=Polarity.DENIED), 1.3),
    ("another kind of arms", gold(), claim(category="ships"), 0),
    ("generic arms extracted", gold(), claim(category="other"), 0.8),
    ("generic arms in the gold", gold(category="other"), claim(), 0.8),
    ("no items are generic arms", gold(category=None), claim(category="other"), 1.3),
    ("no items on either side", gold(category=None), claim(category=None), 1.3),
    ("an accepted kind of arms", gold(alt={"category": ["ships"]}), claim(category="ships"), 1.3),
    ("one of several kinds", gold(items=[{"category": "ships"}, {"category": "tanks"}]), claim(), 1.3),
    ("rockets are missiles", gold(category="rockets"), claim(category="missiles"), 1.3),
    ("air defence and bombs are too", gold(category="air-defence"), claim(category="bombs"), 1.3),
    ("accepted kinds have families too", gold(alt={"category": ["rockets"]}), claim(category="missiles"), 1.3),
    ("artillery is no ammunition", gold(category="artillery"), claim(category="ammunition"), 0),
]


@pytest.mark.parametrize(("wanted", "found", "value"), [pytest.param(*row[1:], id=row[0]) for row in SIMILAR])
def test_similarity(wanted, found, value):
    assert similarity(wanted, found) == pytest.approx(value)


def scored(golds, claims):
    return score_claims({"a": golds}, {"a": claims})


def test_core_counts_each_claim_once():
    scores = scored([gold(), gold(recipient="VN")], [claim(), claim(), claim(recipient="VN"), claim(supplier="US")])
    assert scores.core == pytest.approx((0.5, 1.0, 2 / 3))


def test_the_assignment_has_the_greatest_sum():
    """Greedily, the first tank would take the only generic claim that the ships can have."""
    scores = scored(
        [gold(category="other"), gold(category="ships")], [claim(category="ships"), claim(category="other")]
    )
    assert scores.core == (1.0, 1.0, 1.0)
    assert scores.texts[0].matches == ((0, 1), (1, 0))


def test_status_and_origin_break_ties():
    golds = [gold(status="ordered"), gold(status="delivered")]
    scores = scored(golds, [claim(status=Status.DELIVERED), claim(status=Status.ORDERED)])
    assert scores.texts[0].matches == ((0, 1), (1, 0))
    assert scores.fields["status"] == (2, 2)


def test_context_claims_and_texts_without_gold_do_not_count():
    scores = score_claims({"a": [gold()]}, {"a": [claim(kind=ClaimKind.SHORTAGE)], "b": [claim()]})
    assert (scores.gold, scores.predicted, len(scores.texts)) == (1, 0, 1)
    assert scores.core == (0.0, 0.0, 0.0)


def test_claims_in_texts_without_any_are_counted_and_cost_precision():
    scores = score_claims({"a": [], "b": [gold()]}, {"a": [claim(), claim()], "b": [claim()]})
    assert scores.in_empty == 2
    assert scores.core == pytest.approx((1 / 3, 1.0, 0.5))


def test_pairs_are_sets_whatever_the_rest():
    claims = [claim(), claim(category="ships"), claim(polarity=Polarity.DENIED), claim(supplier="US")]
    assert scored([gold(), gold(status="ordered"), gold(recipient="VN")], claims).pairs == (0.5, 0.5, 0.5)


def test_accepted_pairs_may_exceed_the_gold_and_recall_is_then_one():
    """F1 is that of the figures before the cut, as the definition has it: P 2/2, R 2/1."""
    scores = scored([gold(alt={"supplier": ["US"]})], [claim(), claim(supplier="US")])
    assert scores.pairs == pytest.approx((1.0, 1.0, 4 / 3))


FIELDS = [
    ("status", gold(status="ordered"), claim(), (0, 1)),
    ("status", gold(status="ordered", alt={"status": ["delivered"]}), claim(), (1, 1)),
    ("certainty", gold(certainty="likely"), claim(), (0, 1)),
    ("certainty", gold(certainty="likely", alt={"certainty": ["fact"]}), claim(), (1, 1)),
    ("quantity", gold(quantity={"low": 12}), claim(quantity=quantity(12)), (1, 1)),
    ("quantity", gold(quantity={"low": 12}), claim(quantity=quantity(13)), (0, 1)),
    ("quantity", gold(quantity={"low": 12}), claim(), (0, 1)),
    ("quantity", gold(quantity={"low": None, "high": 9}), claim(), (1, 1)),
    ("quantity", gold(), claim(quantity=quantity(12)), None),
    ("origin kind", gold(), claim(attribution=origin(SourceKind.EXPERT)), (0, 1)),
    ("origin kind", gold(alt={"attribution_kind": ["expert"]}), claim(attribution=origin(SourceKind.EXPERT)), (1, 1)),
    ("origin kind", gold(attribution=[]), claim(attribution=()), (1, 1)),
    ("origin country", gold(), claim(attribution=origin(country=None)), (0, 1)),
    ("origin country", gold(alt={"attribution_country": [None]}), claim(attribution=origin(country=None)), (1, 1)),
    ("chain length", gold(), claim(attribution=origin() * 2), (0, 1)),
    ("chain length", gold(attribution=[]), claim(attribution=()), (1, 1)),
    ("category exact", gold(category="other"), claim(), (0, 1)),
    ("category exact", gold(alt={"category": ["ships"]}), claim(category="ships"), (0, 1)),
    ("category exact", gold(category="rockets"), claim(category="missiles"), (1, 1)),
]


@pytest.mark.parametrize(("field", "wanted", "found", "tally"), FIELDS)
def test_a_field_is_right_on_matched_claims(field, wanted, found, tally):
    assert scored([wanted], [found]).fields.get(field) == tally


def test_fields_of_unmatched_claims_do_not_count():
    assert scored([gold()], [claim(supplier="US")]).fields == {}


def test_the_table():
    scores = scored([gold(quantity={"low": 12}), gold(recipient="VN")], [claim(quantity=quantity(12))])
    assert list(score_table(scores)) == [
        "texts 1  gold claims 2  predicted 1",
        "core  P 1.000  R 0.500  F1 0.667",
        "pair  P 1.000  R 0.500  F1 0.667",
        "status          1.000  (1)",
        "certainty       1.000  (1)",
        "quantity        1.000  (1)",
        "origin kind     1.000  (1)",
        "origin country  1.000  (1)",
        "chain length    1.000  (1)",
        "category exact  1.000  (1)",
        "claims in texts without any: 0",
    ]


def test_errors_are_listed_by_phenomenon():
    golds = [gold(phenomena=["denial"]), gold(recipient="VN", anchor="to Hanoi", phenomena=["denial", "airlift"])]
    assert list(list_errors(scored(golds, [claim(), claim(supplier="US", why=("verb sell",))]))) == [
        "airlift: found 0 of 1",
        "  a MISS  RU -> VN affirmed delivered | to Hanoi",
        "denial: found 1 of 2",
        "  a MISS  RU -> VN affirmed delivered | to Hanoi",
        "wrong supplier: 1",
        "  a EXTRA US -> IN affirmed delivered | the words | verb sell",
    ]


WRONG = [
    ("text without claims", [], claim()),
    ("second reading of one claim", [gold()], claim()),
    ("wrong kind of arms", [gold()], claim(category="ships")),
    ("wrong polarity", [gold()], claim(polarity=Polarity.DENIED)),
    ("parties swapped", [gold()], claim(supplier="IN", recipient="RU")),
    ("wrong supplier", [gold()], claim(supplier=None)),
    ("wrong recipient", [gold()], claim(recipient=None)),
    ("no such claim", [gold()], claim(supplier="US", recipient="PK")),
]


@pytest.mark.parametrize(("wrong", "golds", "found"), WRONG)
def test_an_extra_is_told_by_what_is_wrong_with_it(wrong, golds, found):
    assert what_is_wrong(found, golds) == wrong


def test_gold_is_read_by_file_in_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"claims": [gold(recipient=name)]}), encoding="utf-8")
    assert list(read_gold(tmp_path)) == ["a", "b"]
    assert read_gold(tmp_path, frozenset("b")) == {"b": [gold(recipient="b")]}


@pytest.mark.parametrize(("content", "ids"), [("{", None), ("[]", None), ("{}", None), ('{"claims": []}', {"b"})])
def test_gold_that_is_none_is_told(tmp_path, content, ids):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"no gold file"):
        read_gold(tmp_path, frozenset(ids) if ids else None)


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(InputError, match=r"no gold file NNN\.json"):
        read_gold(tmp_path)


def test_without_scipy_the_extra_is_named(monkeypatch):
    real = builtins.__import__

    def refusing(name, *rest, **more):
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(MissingPartError, match=r"pip install 'armstrace\[evaluate\]'"):
        scored([gold()], [claim()])
