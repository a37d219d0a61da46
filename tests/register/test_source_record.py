"""What became of what sources said."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from register_stories import make_story, plain_origins

from armstrace.register.merge import merge_claims
from armstrace.register.record import mark_sources
from armstrace.told import Review, ReviewState

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "source_record.yml").read_text("utf-8"))


def sources_of(told):
    return tuple(
        dict.fromkeys([*(source.name for source in told.claim.attribution), *([told.outlet] * bool(told.outlet))])
    )


def words_of(mark):
    told = [("confirmed", mark.is_confirmed), ("denied", mark.is_denied), ("taken back", mark.is_taken_back)]
    found = " ".join(words for words, is_so in told if is_so)
    return found or ("-" if mark.is_followed else "none")


def record_of(group):
    transfer = merge_claims(group, plain_origins)
    return {mark.source: words_of(mark) for mark in mark_sources(transfer, sources_of, lambda told: told.outlet)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_word_is_followed(case):
    assert record_of(make_story(case)) == case["record"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_order_of_claims_changes_nothing(case):
    backwards = {**case, "claims": case["claims"][::-1]}
    assert record_of(make_story(backwards)) == record_of(make_story(case))


def test_what_people_rejected_is_held_against_nobody():
    group = make_story(CASES[0])
    rejected = replace(group.claims[1], review=Review(ReviewState.REJECTED, "ann", "2031-06-01T00:00:00Z"))
    assert record_of(replace(group, claims=(group.claims[0], rejected))) == {"Ledger": "-", "QN": "-"}
