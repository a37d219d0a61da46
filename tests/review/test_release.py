"""Which lines people stand behind, and which claims wait for them first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from register_stories import make_claim

from armstrace.review.release import is_released
from armstrace.review.urgency import REASONS, Standing, rank_of, reasons_of
from armstrace.told import Review, ReviewState, Told


@dataclass(frozen=True)
class Taken:
    claim: str
    takes_back: bool


@dataclass(frozen=True)
class Line:
    claims: tuple[Told, ...]
    revisions: tuple[Taken, ...]


def line(states: str, taken_back: str = "") -> Line:
    """Return a line of claims named a, b, c in these states; ``-`` for what nobody judged."""
    claims = []
    for name, state in zip("abcdef", states.split(), strict=False):
        told = Told(make_claim({"id": name}, "doc"), "Courier", "2031-03-01", "doc")
        review = None if state == "-" else Review(ReviewState(state), "Ada", "2031-04-01T00:00:00Z")
        claims.append(Told(told.claim, told.outlet, told.published, told.family, review=review))
    return Line(tuple(claims), tuple(Taken(name, name in taken_back) for name in "abc"))


LINES = [
    ("nobody looked at it", "- -", "", False),
    ("one claim is accepted", "- accepted -", "", True),
    ("one is corrected", "corrected -", "", True),
    ("all are rejected", "rejected rejected", "", False),
    ("one is rejected, one accepted", "rejected accepted", "", True),
    ("one is rejected, the other not looked at", "rejected -", "", False),
    ("what was accepted is read otherwise since", "outdated", "", False),
    ("beside an accepted one another is read otherwise since", "accepted outdated", "", False),
    ("its outlet took back what was accepted", "accepted -", "a", False),
    ("its outlet took back another", "accepted accepted", "a", True),
]


@pytest.mark.parametrize(("states", "taken_back", "released"), [r[1:] for r in LINES], ids=[r[0] for r in LINES])
def test_a_line_is_released_once_a_person_stands_behind_it(states, taken_back, released):
    assert is_released(line(states, taken_back)) is released


OUTDATED = ReviewState.OUTDATED
# From the most urgent to the least: conflicts, findings of a breach, origins that affirm, state.
ORDER = [
    Standing(1, 1, 1, OUTDATED),
    Standing(1, 1, 1),
    Standing(1, 1, 5),
    Standing(2, 0, 5, OUTDATED),
    Standing(1, 0, 1),
    Standing(1, 0, 2),
    Standing(0, 3, 1),
    Standing(0, 3, 2),
    Standing(None, None, None, OUTDATED),
    Standing(0, 0, 0),
    Standing(0, 0, 2),
]


def test_claims_wait_by_conflicts_then_breaches_then_what_changed_then_few_origins():
    ranks = [rank_of(one) for one in ORDER]
    assert ranks == sorted(set(ranks))
    assert rank_of(Standing(None, None, None)) == rank_of(Standing(0, 0, 9))


@pytest.mark.parametrize("standing", ORDER)
def test_the_place_tells_its_reasons(standing):
    assert reasons_of(rank_of(standing)) == tuple(one.words for one in REASONS if one.holds(standing))
