"""An update makes anew what a change touches, and nothing else."""

from __future__ import annotations

import json

import pytest
from kept_stories import (
    Add,
    Judge,
    Read,
    Review,
    expected_lines,
    kept_rows,
    lines_as_of,
    make_finding,
    register_lines,
    take,
    update,
)
from syndicated import BARGE, FERRY

from armstrace.keeping.update import Updated

TANKS = "US > IQ; tanks (tanks); delivered; when 2031-03-01; by government, US, the Pentagon"
MISSILES = "FR > EG; missiles (missiles); ordered; when 2031-03-01; by government, FR, the ministry"
SHIPS = "IT > DZ; frigates (ships); ordered; when 2031-03-01; by government, IT, the navy"
FROM_SOMEBODY = "? > EG; missiles (missiles); ordered; when 2031-03-01; by government, EG, the army"
PAGE = "https://post.example/ferry"
FIRST = [
    Add("barge", BARGE, outlet="Holm Post"),
    Read("barge", (TANKS,)),
    Add("ferry", FERRY, outlet="Courier", page=PAGE, moment="2031-03-01T09:00:00Z"),
    Read("ferry", (MISSILES,)),
    Add("ships", ("The navy spoke.",)),
    Read("ships", (SHIPS,)),
]
CHANGES = [
    ("nothing", [], Updated()),
    ("a document without claims", [Add("rain", ("Rain fell on Tarsk all week.",))], Updated(documents=1)),
    (
        "a claim of other parties",
        [Add("rain", ("Rain fell on Tarsk.",)), Read("rain", ("RU > SY; drones (drones); planned",))],
        Updated(documents=1, claims=1, blocks=1, transfers=1),
    ),
    (
        "a claim of one of the transfers",
        [Add("rain", ("Rain fell on Tarsk.",)), Read("rain", (TANKS,))],
        Updated(documents=1, claims=1, blocks=1, transfers=1),
    ),
    (
        "a claim with an unknown party, which finds its transfer",
        [Add("rain", ("Rain fell on Tarsk.",)), Read("rain", (FROM_SOMEBODY,))],
        Updated(documents=1, claims=1, blocks=1, transfers=1),
    ),
    ("a copy that keeps the family's name", [Add("copy", BARGE[:6])], Updated(documents=1, pairs=1)),
    (
        "a copy by which the family is called anew",
        [Add("a-copy", BARGE[:6])],
        Updated(documents=1, pairs=1, claims=1, blocks=1, transfers=1),
    ),
    (
        "a later version of a page without the claim",
        [Add("later", FERRY[1:], outlet="Courier", page=PAGE, moment="2031-03-02T09:00:00Z"), Read("later", ())],
        Updated(documents=1, pairs=1, claims=1, blocks=1, transfers=1),
    ),
    ("the same claims read by another reader", [Read("ferry", (MISSILES,))], Updated()),
    ("other claims read", [Read("ferry", (SHIPS,))], Updated(claims=1, blocks=2, transfers=1)),
    ("no claims read", [Read("ferry", ())], Updated(claims=1, blocks=1, transfers=0)),
    ("two transfers judged one", [Judge("barge-0", "ferry-0", same=True)], Updated(blocks=2, transfers=1)),
    ("two transfers judged two", [Judge("barge-0", "ferry-0", same=False)], Updated(blocks=2, transfers=2)),
    ("a judgement on claims that are not there", [Judge("barge-0", "gone", same=True)], Updated()),
]


@pytest.mark.parametrize(("what", "steps", "done"), CHANGES, ids=[row[0] for row in CHANGES])
def test_what_is_made_anew(what, steps, done, store, stages):
    take(store, FIRST)
    update(store, stages)
    before = kept_rows(store)
    take(store, steps)
    assert update(store, stages) == done, what
    assert register_lines(store) == expected_lines(store, stages)
    changed = set(kept_rows(store)["transfers"]) - set(before["transfers"])
    assert len(changed) <= done.transfers


def test_two_stories_that_were_judged_one_come_apart_again(store, stages):
    take(store, FIRST)
    before = update(store, stages) and register_lines(store)
    take(store, [Judge("barge-0", "ferry-0", same=True)])
    update(store, stages)
    assert len(register_lines(store)) == 2
    take(store, [Judge("ferry-0", "barge-0", same=False)])
    assert update(store, stages).transfers == 2
    assert register_lines(store) == before


def test_a_register_of_another_version_is_made_anew(store, stages):
    take(store, FIRST)
    update(store, stages)
    before = kept_rows(store)
    done = update(store, stages._replace(version="another"))
    assert (done.from_scratch, done.documents, done.transfers) == (True, 3, 3)
    assert kept_rows(store) == before


def test_a_judgement_touches_the_line_of_its_claim_alone(store, stages):
    take(store, FIRST)
    update(store, stages)
    take(store, [Review("ferry-0", "reject")])
    done = update(store, stages)
    assert (done.claims, done.transfers) == (1, 1)
    assert register_lines(store) == expected_lines(store, stages)
    take(store, [Review("ferry-0", "accept"), Review("barge-0", "correct", "mode", "aid")])
    update(store, stages)
    assert register_lines(store) == expected_lines(store, stages)


def test_a_notice_touches_the_stories_that_it_may_mean_whenever_it_comes(store, stages):
    story = Add("story", ("Forty drones were sold to Kenya.",), "Meridian", title="Peru sells forty drones to Kenya")
    notice = Add("kill", ("Kill the story. It is wrong.",), "Meridian", title="KILL: Peru sells forty drones to Kenya")
    for steps in ([story, Read("story", ("PE > KE; drones (drones); n=40",)), notice], [notice]):
        take(store, steps)
        update(store, stages)
        assert register_lines(store) == expected_lines(store, stages)
    assert '"withdrawn"' in "".join(register_lines(store))


def test_findings_are_kept_beside_the_transfer_and_on_its_line(store, stages):
    checked = stages._replace(check=lambda transfer: [make_finding("depends", f"XX-{len(transfer.claims)}")])
    take(store, FIRST)
    update(store, checked)
    assert [json.loads(row[1]) for row in kept_rows(store)["transfers"]] == [[make_finding("depends", "XX-1")]] * 3
    assert [line["law"] for _, line in lines_as_of(store, None)] == [[["depends", "XX-1"]]] * 3


def test_lines_of_days_on_which_nothing_changed_are_not_merged_again(store, stages):
    merged = []
    counting = stages._replace(check=lambda transfer: merged.append(len(transfer.claims)) or ())
    take(store, FIRST)
    take(store, [Add("two", ("Two.",), day="2031-03-02"), Read("two", (TANKS,))])
    update(store, counting)
    merged.clear()
    take(store, [Add("three", ("Three.",), day="2031-03-03"), Read("three", (TANKS,))])
    update(store, counting)
    assert merged == [3, 3], "today's findings and today's line; those of the first two days stay"
    assert [len(lines_as_of(store, day)) for day in ("2031-02-28", "2031-03-01", "2031-03-03")] == [0, 3, 3]
