"""The review queue as it is kept: in which order claims wait, what can be asked for, and pages of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_stories import NOW, Add, Judge, Read, Review, make_finding, take, update
from syndicated import BARGE, FERRY, STANDING

from armstrace.errors import StoreError
from armstrace.grouping import load_stages
from armstrace.judging import Saying, judge_claim
from armstrace.review.urgency import reasons_of
from armstrace.store.review_queue import (
    QueueQuery,
    count_by_state,
    neighbours,
    page_of_queue,
    review_row,
    rows_near,
)

STORY = [
    Add("ship-1", BARGE, outlet="Holm Post", day="2031-03-02"),
    Read("ship-1", ("US > IQ; M1 Abrams (tanks); delivered; n=10; by government, US, the Pentagon",)),
    Add("ship-2", (*BARGE[:7], STANDING), outlet="The Courier", day="2031-03-01"),
    Read("ship-2", ("US > IQ; tanks (tanks); delivered; n=10", "FR > EG; missiles (missiles); ordered")),
    Add("ship-3", FERRY, outlet="The Courier", day="2031-04"),
    Read("ship-3", ("RU > KP; drones (drones); delivered; when 2031-04-02", "? > ?; ; kind use")),
    Add("ship-4", ("Short.",), outlet="Other Times", day=None),
    Read("ship-4", ("FR > EG; missiles (missiles); ordered; denied",)),
]


@pytest.fixture(scope="session")
def stages(reader):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)
        return load_stages()


@pytest.fixture
def queue(store, stages):
    take(store, STORY)
    update(store, stages)
    return store


def asked(store, query=None, most=200):
    with store.database.read() as connection:
        return [row.claim_id for row in page_of_queue(connection, query or QueueQuery(), most).claims]


def test_the_most_urgent_comes_first_then_by_day(queue):
    with queue.database.read() as connection:
        rows = page_of_queue(connection, QueueQuery(), 200).claims
    keys = [row.cursor for row in rows]
    assert keys == sorted(keys)
    assert len(rows) == 6
    assert rows[-1].day >= rows[0].day or rows[-1].rank > rows[0].rank


FOUND = [
    (QueueQuery(party="iq"), {"ship-1-0", "ship-2-0"}),
    (QueueQuery(party="united"), {"ship-1-0", "ship-2-0"}),
    (QueueQuery(party="nited"), set()),
    (QueueQuery(party="%"), set()),
    (QueueQuery(item="missiles"), {"ship-2-1", "ship-4-0"}),
    (QueueQuery(item="m1 abrams"), {"ship-1-0"}),
    (QueueQuery(status="ordered"), {"ship-2-1", "ship-4-0"}),
    (QueueQuery(outlet="courier"), {"ship-2-0", "ship-2-1", "ship-3-0", "ship-3-1"}),
    (QueueQuery(outlet="courier", party="RU"), {"ship-3-0"}),
    (QueueQuery(state="accepted"), set()),
    (QueueQuery(state="any"), {"ship-1-0", "ship-2-0", "ship-2-1", "ship-3-0", "ship-3-1", "ship-4-0"}),
]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[str(row[0])[11:60] for row in FOUND])
def test_what_is_asked_for(query, found, queue):
    assert set(asked(queue, query)) == found


def test_the_claims_of_a_line(queue):
    with queue.database.read() as connection:
        row = review_row(connection, "ship-1-0")
    assert "ship-1-0" in asked(queue, QueueQuery(transfer=row.transfer_id))
    assert asked(queue, QueueQuery(transfer="none")) == []


def test_what_was_judged_waits_no_more_and_comes_back_where_it_is_read_otherwise(queue, stages):
    take(
        queue,
        [Review("ship-1-0", "accept"), Review("ship-2-1", "reject"), Review("ship-3-0", "correct", "mode", "aid")],
    )
    update(queue, stages)
    with queue.database.read() as connection:
        counts = count_by_state(connection, QueueQuery())
    assert counts == {"waiting": 3, "unreviewed": 3, "accepted": 1, "rejected": 1, "corrected": 1}
    take(queue, [Read("ship-1", ("US > IQ; M1 Abrams (tanks); planned; n=10; by government, US, the Pentagon",))])
    take(queue, [Read("ship-2", ("US > IQ; tanks (tanks); delivered; n=10", "FR > EG; missiles (missiles); ordered"))])
    update(queue, stages)
    assert asked(queue, QueueQuery(state="outdated")) == ["ship-1-0"], "only where the answer changed"
    assert "ship-2-1" in asked(queue, QueueQuery(state="rejected"))
    judge_claim(queue, "ship-1-0", Saying("undo", "Ada", NOW))
    update(queue, stages)
    assert "ship-1-0" in asked(queue, QueueQuery(state="unreviewed"))


def test_what_a_person_compared_moves_the_claims_to_their_line(queue, stages):
    def line(claim):
        with queue.database.read() as connection:
            return review_row(connection, claim).transfer_id

    assert line("ship-1-0") != line("ship-3-0")
    take(queue, [Judge("ship-1-0", "ship-3-0", same=True)])
    update(queue, stages)
    assert line("ship-1-0") == line("ship-3-0")
    judge_claim(queue, "ship-1-0", Saying("undo", "Ada", NOW))
    update(queue, stages)
    assert line("ship-1-0") != line("ship-3-0")


def test_pages_hold_every_claim_once_and_know_their_neighbours(queue):
    with queue.database.read() as connection:
        found, after = [], None
        while True:
            page = page_of_queue(connection, QueueQuery(), 1, after)
            found += page.claims
            after = page.next
            if after is None:
                break
        assert [row.claim_id for row in found] == asked(queue)
        for before, row, following in zip([None, *found], found, [*found[1:], None], strict=False):
            expected = (before and before.claim_id, following and following.claim_id)
            assert neighbours(connection, QueueQuery(), row.cursor) == expected
        with pytest.raises(StoreError, match="give 1 to 200"):
            page_of_queue(connection, QueueQuery(), 201)


def test_claims_to_compare_with_are_those_of_the_same_parties_nearest_in_time(queue):
    with queue.database.read() as connection:
        row = review_row(connection, "ship-1-0")
        assert [one.claim_id for one in rows_near(connection, row, 5)] == ["ship-2-0"]
        open_one = replace_sides(row, supplier=None)
        assert {one.claim_id for one in rows_near(connection, open_one, 5)} == {"ship-2-0"}
        assert rows_near(connection, replace_sides(row, supplier=None, recipient=None), 5) == []


def replace_sides(row, **sides):
    return replace(row, **sides) if hasattr(row, "__dataclass_fields__") else row._replace(**sides)


def test_another_law_makes_claims_as_urgent_as_it_says(queue, stages):
    def breaching(law, *findings):
        update(queue, stages._replace(law=law, check=lambda _: list(findings)))
        with queue.database.read() as connection:
            rows = page_of_queue(connection, QueueQuery(), 200).claims
        assert any(row.transfer_id is None for row in rows)
        told = {row.claim_id for row in rows if any("breach a measure" in words for words in reasons_of(row.rank))}
        return told, {row.claim_id for row in rows if row.transfer_id}

    told, in_lines = breaching("strict", make_finding("breach-if-true", "UN-XX"))
    assert told == in_lines
    told, _ = breaching("lax", make_finding("depends", "UN-XX"))
    assert told == set()
