"""Who stands behind a story: the counts, the rules given, and that the order of the claims changes nothing."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from notation import read_claim

from armstrace.group.origins import find_origins
from armstrace.model import Polarity

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "origins.yml").read_text(encoding="utf-8"))
SIDES = {"for": Polarity.AFFIRMED, "against": Polarity.DENIED}


def _claims(case):
    return [read_claim(line, f"d{number}") for number, line in enumerate(case["claims"])]


@pytest.mark.parametrize(
    ("case", "side"), [pytest.param(c, side, id=f"{c['story']}, {side}") for c in CASES for side in SIDES if side in c]
)
def test_counts(case, side, names):
    claims = [told for told in _claims(case) if told.claim.polarity is SIDES[side]]
    origins = find_origins(claims, names)
    shown = sum(origin.is_shown for origin in origins)
    found = {
        "independent": shown,
        "not_shown": len(origins) - shown,
        "documents": len({told.claim.document for told in claims}),
        "families": len({told.family for told in claims}),
    }
    assert {name: found[name] for name in case[side]} == case[side], origins


@pytest.mark.parametrize("case", [case for case in CASES if "origins" in case], ids=lambda case: case["story"])
def test_names(case, names):
    affirming = [told for told in _claims(case) if told.claim.polarity is Polarity.AFFIRMED]
    assert [origin.name for origin in find_origins(affirming, names)] == case["origins"]


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
