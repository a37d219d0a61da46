"""What people's judgements make of claims: a table of what is read, what was judged, and what counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_stories import make_claim

from armstrace.export.jsonl import claim_from_dict, claim_to_dict
from armstrace.review.apply import Decision, apply_judgements, counting

KP = {"country": "KP", "organisation": None, "text": "Pyongyang", "span": [40, 49]}
BARE = {"country": "KP", "organisation": None, "text": "North Korea", "span": None}


def read(**row: Any) -> dict[str, Any]:
    return claim_to_dict(make_claim({"id": "c1", "status": "ordered", "number": 40, **row}, "doc"))


def decided(*told: tuple[Any, ...], judged: dict[str, Any] | None = None) -> list[Decision]:
    """Return decisions of "verdict", "verdict", field and value; all on c1 as it was read."""
    return [
        Decision(number, "c1", one[0], "Ada", f"2031-01-0{number}T00:00:00Z", None, *one[1:], judged=judged or read())
        for number, one in enumerate(told, 1)
    ]


# What was judged of the claim, in order; its state; the fields that differ from what was read.
JUDGED = [
    ("nobody judged it", [], "unreviewed", {}),
    ("accepted", [("accept",)], "accepted", {}),
    ("rejected", [("reject",)], "rejected", {}),
    ("a later acceptance supersedes a rejection", [("reject",), ("accept",)], "accepted", {}),
    ("a later rejection supersedes an acceptance", [("accept",), ("reject",)], "rejected", {}),
    ("corrected", [("correct", "status", "delivered")], "corrected", {"status": "delivered"}),
    (
        "the later correction of one field counts",
        [("correct", "status", "delivered"), ("correct", "status", "planned")],
        "corrected",
        {"status": "planned"},
    ),
    (
        "corrections of several fields stand together, and an acceptance of the whole leaves them",
        [("correct", "status", "delivered"), ("correct", "mode", "aid"), ("accept",)],
        "corrected",
        {"status": "delivered", "mode": "aid"},
    ),
    (
        "an acceptance of the field takes its correction back",
        [("correct", "status", "delivered"), ("correct", "mode", "aid"), ("accept", "status")],
        "corrected",
        {"mode": "aid"},
    ),
    ("a correction to what was read changes nothing", [("correct", "status", "ordered")], "corrected", {}),
    (
        "a correction after a rejection lets it count",
        [("reject",), ("correct", "mode", "aid")],
        "corrected",
        {"mode": "aid"},
    ),
    ("a party removed", [("correct", "supplier", None)], "corrected", {"supplier": None}),
    ("judgements of pairs say nothing of the claim", [("same-transfer", "", "c2")], "unreviewed", {}),
]


@pytest.mark.parametrize(("told", "state", "changes"), [row[1:] for row in JUDGED], ids=[row[0] for row in JUDGED])
def test_what_was_judged(told, state, changes):
    ((one,), waiting) = apply_judgements([read()], decided(*told))
    assert (one.state, waiting) == (state, ())
    assert {name: value for name, value in one.claim.items() if value != read()[name] and name != "inferred"} == changes
    assert one.original == (read() if any(t[0] == "correct" for t in told) else None)
    assert len(one.decisions) == len([t for t in told if t[0] != "same-transfer"])
    assert counting(apply_judgements([read()], decided(*told))) == (() if state == "rejected" else (one.claim,))
    claim_from_dict(one.claim)


INFERRED = [
    ("a value with words of its own is read from them", "supplier", KP, []),
    ("one without words is the person's", "supplier", BARE, ["supplier corrected by Ada"]),
    ("as is a word of a list", "status", "delivered", ["status corrected by Ada"]),
    (
        "words kept from the reading do not show the new value",
        "supplier",
        {**BARE, "span": [0, 1]},
        ["supplier corrected by Ada"],
    ),
]


@pytest.mark.parametrize(("field", "value", "inferred"), [r[1:] for r in INFERRED], ids=[r[0] for r in INFERRED])
def test_what_is_told_as_inferred(field, value, inferred):
    before = {**read(), "inferred": ["recipient from the title", f"{field} from the title"]}
    ((one,), _) = apply_judgements([before], decided(("correct", field, value)))
    assert one.claim["inferred"] == ["recipient from the title", *inferred]
    assert one.original["inferred"] == before["inferred"]


NEW_VERSION = {"id": "c9"}
# What was judged of "ordered, 40" in an earlier reading; what is read now; the state; what counts; what has changed.
ANEW = [
    ("the same answer stays accepted", ("accept",), {}, "accepted", {}, ()),
    ("the same claim under another id stays accepted", ("accept",), NEW_VERSION, "accepted", {}, ()),
    ("the same claim under another id stays rejected", ("reject",), NEW_VERSION, "rejected", {}, ()),
    ("other words alone are no other answer", ("accept",), {"words": "Other."}, "accepted", {}, ()),
    ("another answer is to be accepted anew", ("accept",), {"status": "planned"}, "outdated", {}, ("status",)),
    ("another answer is not rejected yet, and counts", ("reject",), {"number": 14}, "outdated", {}, ("quantity",)),
    (
        "a correction holds whatever is read",
        ("correct", "status", "delivered"),
        {"status": "planned"},
        "outdated",
        {"status": "delivered"},
        ("status",),
    ),
    (
        "a reader that came to the same is right now",
        ("correct", "status", "delivered"),
        {"status": "delivered"},
        "accepted",
        {},
        (),
    ),
    (
        "a correction moves to the new id",
        ("correct", "status", "delivered"),
        NEW_VERSION,
        "corrected",
        {"status": "delivered"},
        (),
    ),
]


@pytest.mark.parametrize(("told", "now", "state", "sets", "changed"), [r[1:] for r in ANEW], ids=[r[0] for r in ANEW])
def test_another_version_of_the_reader(told, now, state, sets, changed):
    row = read(**now)
    ((one,), waiting) = apply_judgements([row], decided(told))
    assert (one.state, one.changed, waiting) == (state, changed, ())
    assert {**one.claim, "inferred": []} == {**row, **sets, "inferred": []}
    assert one.counts is (state != "rejected")


MOVED = [
    ("another supplier", [read(id="c9", supplier="QS")]),
    ("other arms", [read(id="c9", items=["tanks"])]),
    ("another kind", [read(id="c9", kind="use")]),
    ("two that it may be", [read(id="c8"), read(id="c9")]),
    ("nothing", []),
]


@pytest.mark.parametrize("rows", [row[1] for row in MOVED], ids=[row[0] for row in MOVED])
def test_where_no_claim_is_the_same_the_judgement_waits(rows):
    decisions = decided(("reject",))
    reviews = apply_judgements(rows, decisions)
    assert reviews.waiting == tuple(decisions)
    assert [one.state for one in reviews.claims] == ["unreviewed"] * len(rows)


def test_an_unreadable_earlier_claim_is_known_by_its_id_alone():
    decision = Decision(1, "c1", "reject", "Ada", "2031-01-01T00:00:00Z", judged=None)
    assert apply_judgements([read()], [decision]).claims[0].state == "rejected"
    assert apply_judgements([read(id="c9")], [decision]).waiting == (decision,)


VERDICTS = st.sampled_from(
    [("accept",), ("reject",), ("correct", "status", "delivered"), ("correct", "mode", "aid"), ("accept", "mode")]
)


@given(st.lists(VERDICTS, max_size=5), st.randoms())
def test_no_order_of_arrival_matters_and_nothing_is_lost(told, random):
    decisions = decided(*told)
    mixed = decisions[:]
    random.shuffle(mixed)
    found = apply_judgements([read(), read(id="c2", items=["tanks"])], mixed)
    assert found == apply_judgements([read(), read(id="c2", items=["tanks"])], decisions)
    assert list(found.claims[0].decisions) == decisions
    assert all(one in decisions for one in found.claims[0].in_force)
