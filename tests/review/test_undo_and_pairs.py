"""What later judgements take back, and judgements on pairs of claims that are read anew."""

from __future__ import annotations

from typing import Any

import pytest
from register_stories import make_claim

from armstrace.export.jsonl import claim_to_dict
from armstrace.review.apply import Decision, apply_judgements
from armstrace.review.pairs import PairDecision, Side, carry_pairs
from armstrace.review.undo import undone_by


def read(**row: Any) -> dict[str, Any]:
    return claim_to_dict(make_claim({"id": "c1", "status": "ordered", "number": 40, **row}, "doc"))


def decided(*told: tuple[str, str, Any]) -> list[Decision]:
    return [
        Decision(number, "c1", verdict, "Ada", "2031-01-01T00:00:00Z", None, field, value, judged=read())
        for number, (verdict, field, value) in enumerate(told, 1)
    ]


ACCEPT, REJECT = ("accept", "", None), ("reject", "", None)
DELIVERED, AID = ("correct", "status", "delivered"), ("correct", "mode", "aid")
# What was judged, in order (numbers from 1); the state; the fields that differ from what was read; what is undone.
UNDONE = [
    ("an acceptance", [ACCEPT, ("undo", "", [1])], "unreviewed", {}, {1}),
    ("a rejection after an acceptance", [ACCEPT, REJECT, ("undo", "", [2])], "accepted", {}, {2}),
    ("all fields that were corrected at once", [DELIVERED, AID, ("undo", "", [1, 2])], "unreviewed", {}, {1, 2}),
    ("one correction of two", [DELIVERED, AID, ("undo", "", [1])], "corrected", {"mode": "aid"}, {1}),
    ("what undid it", [ACCEPT, ("undo", "", [1]), ("undo", "", [2])], "accepted", {}, {2}),
    ("what came later by mistake", [ACCEPT, ("undo", "", [3]), REJECT], "rejected", {}, set()),
    ("nothing that can be read", [ACCEPT, ("undo", "", "1")], "accepted", {}, set()),
]


@pytest.mark.parametrize(("told", "state", "changes", "undone"), [r[1:] for r in UNDONE], ids=[r[0] for r in UNDONE])
def test_what_is_taken_back_counts_for_nothing_and_stays(told, state, changes, undone):
    decisions = decided(*told)
    assert undone_by(decisions) == undone
    ((one,), waiting) = apply_judgements([read()], decisions)
    assert (one.state, waiting) == (state, ())
    assert {name: value for name, value in one.claim.items() if value != read()[name] and name != "inferred"} == changes
    assert len(one.decisions) + len(one.undone) == len(told)


def rows(**claims: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: read(id=name, **row) for name, row in claims.items()}


OTHER = {"recipient": "AR"}
# Claims of the two documents as they are read now; the pair that the judgement on c1 (doc) and d1 (other) is on.
CARRIED = [
    ("both as they were", rows(c1={}), rows(d1={}), ("c1", "d1")),
    ("the first under another id", rows(c9={}), rows(d1={}), ("c9", "d1")),
    ("the second under another id", rows(c1={}), rows(d9={}), ("c1", "d9")),
    ("both under other ids, with other numbers", rows(c9={"number": 41}), rows(d9={"number": 2}), ("c9", "d9")),
    ("one is no longer read", rows(), rows(d1={}), None),
    ("one is another claim now", rows(c1={}), rows(d9=OTHER), None),
    ("two might be the one", rows(c8={}, c9={}), rows(d1={}), None),
]


@pytest.mark.parametrize(("first", "second", "pair"), [r[1:] for r in CARRIED], ids=[r[0] for r in CARRIED])
def test_a_pair_follows_its_claims_or_waits(first, second, pair):
    judged = PairDecision(4, "same-transfer", Side("doc", "c1", read()), Side("other", "d1", read(id="d1")), "d1")
    found = carry_pairs([judged], {"doc": first, "other": second})
    assert [(one.left, one.right) for one in found] == ([pair] if pair else [])


def test_a_pair_that_was_taken_back_says_so():
    sides = Side("doc", "c1", read()), Side("other", "d1", read(id="d1"))
    judged = PairDecision(1, "different-transfer", *sides, "d1")
    undo = PairDecision(2, "undo", Side("doc", "c1"), Side(None, ""), [1])
    (one,) = carry_pairs([undo, judged], {"doc": rows(c1={}), "other": rows(d1={})})
    assert (one.number, one.verdict, one.is_undone) == (1, "different-transfer", True)


def test_a_pair_whose_other_claim_was_not_kept_is_known_by_its_id_alone():
    judged = PairDecision(1, "same-transfer", Side("doc", "c1", read()), Side(None, "d1"), "d1")
    assert carry_pairs([judged], {"doc": rows(c1={}), "any": rows(d1={})})[0].right == "d1"
    assert carry_pairs([judged], {"doc": rows(c1={}), "any": rows(d9={})}) == ()
