"""Who stands behind a story: the counts, the rules given, and that the order of the claims changes nothing."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from notation import read_claim

from armstrace.group.origins import count_standing, find_origins
from armstrace.model import Polarity, Status

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "origins.yml").read_text(encoding="utf-8"))
SIDES = {"for": Polarity.AFFIRMED, "against": Polarity.DENIED}


def _claims(case):
    return [read_claim(line, f"d{number}") for number, line in enumerate(case["claims"])]


@pytest.mark.parametrize(
    ("case", "side"), [pytest.param(c, side, id=f"{c['story']}, {side}") for c in CASES for side in SIDES if side in c]
)
def test_counts(case, side, names):
    found = count_standing(_claims(case), SIDES[side], names)
    assert {name: getattr(found, name) for name in case[side]} == case[side], found.origins


@pytest.mark.parametrize("case", [case for case in CASES if "origins" in case], ids=lambda case: case["story"])
def test_names(case, names):
    found = count_standing(_claims(case), Polarity.AFFIRMED, names)
    assert [origin.name for origin in found.origins] == case["origins"]


@pytest.mark.parametrize("case", [case for case in CASES if "rules" in case], ids=lambda case: case["story"])
def test_rules_are_told(case, names):
    rules = [rule for origin in find_origins(_claims(case), names) for rule in origin.rules]
    for words in case["rules"]:
        assert any(words in rule for rule in rules), rules


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["story"])
def test_every_claim_has_one_origin(case, names):
    claims = _claims(case)
    held = sorted(one for origin in find_origins(claims, names) for one in origin.claims)
    assert held == sorted(told.claim.id for told in claims)


@given(case=st.sampled_from(CASES), data=st.data())
def test_order_changes_nothing(case, data, names):
    claims = _claims(case)
    assert find_origins(data.draw(st.permutations(claims)), names) == find_origins(claims, names)


REACHING = [
    ("who asked does not say that it came", "sought", Status.DELIVERED, 0),
    ("who says that it came says that it was ordered", "delivered", Status.ORDERED, 1),
    ("a standing relation counts for every step", "unspecified", Status.DELIVERED, 1),
    ("who says that it was stopped does not say that it came", "cancelled", Status.DELIVERED, 0),
    ("who denies the plan denies the delivery", "planned; denied", Status.DELIVERED, 1),
    ("who denies the delivery does not deny the order", "delivered; denied", Status.ORDERED, 0),
]


@pytest.mark.parametrize(("why", "told", "reaching", "count"), REACHING, ids=[row[0] for row in REACHING])
def test_who_speaks_to_a_step(why, told, reaching, count, names):
    claim = read_claim(f"FR > EG; frigates (ships); {told}; by government, FR, Elysee", "a")
    assert count_standing([claim], claim.claim.polarity, names, reaching).documents == count, why
