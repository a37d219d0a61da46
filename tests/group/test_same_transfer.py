"""Claims about one movement: ranked pairs, plain pairs, and the reasons that are given."""

from pathlib import Path

import pytest
import yaml
from notation import read_claim

from armstrace.group.compare import FEATURES, SAME_FROM, VETOES, Verdict, compare_claims

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "same_transfer.yml").read_text(encoding="utf-8"))


def _rank(left, right, names):
    """Return what sorts pairs: those without a veto first, by points."""
    found = compare_claims(left, right, names)
    return found.verdict is not Verdict.CONTRADICTED, found.score


@pytest.mark.parametrize("case", CASES["ranked"], ids=lambda case: case["why"])
def test_better_pair(case, names):
    claim, better, worse = (read_claim(case[key], key) for key in ("claim", "better", "worse"))
    assert _rank(claim, better, names) > _rank(claim, worse, names), (
        compare_claims(claim, better, names),
        compare_claims(claim, worse, names),
    )


@pytest.mark.parametrize("case", CASES["plain"], ids=lambda case: case["why"])
def test_same_or_not(case, names):
    left, right = read_claim(case["left"], "left"), read_claim(case["right"], "right")
    found = compare_claims(left, right, names)
    assert (found.verdict is Verdict.SAME) == case["same"], found


@pytest.mark.parametrize("case", CASES["plain"], ids=lambda case: case["why"])
def test_either_may_come_first(case, names):
    left, right = read_claim(case["left"], "left"), read_claim(case["right"], "right")
    assert compare_claims(left, right, names) == compare_claims(right, left, names)


def test_reasons_add_up_to_the_score(names):
    left = read_claim("KP > RU; shells (ammunition); ordered; 2022-09-06", "left")
    right = read_claim("KP > RU; shells (ammunition); ordered; 2022-09-20", "right")
    found = compare_claims(left, right, names)
    assert found.score == sum(reason.points for reason in found.reasons)
    assert [reason.words for reason in found.reasons] == [
        "the same supplier",
        "the same recipient",
        "the same category of arms",
        "at most two weeks apart",
        "the same step",
    ]


def test_a_veto_is_told_before_the_points(names):
    left = read_claim("FR > EG; frigates (ships); ordered; 2015-02-10", "left")
    right = read_claim("FR > MA; frigates (ships); ordered; 2015-02-10", "right")
    found = compare_claims(left, right, names)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.reasons[0].points is None
    assert found.reasons[0].words == "different recipients"


def _rank_without(words, found):
    """Return how a pair would rank had one question not been asked."""
    kept = [reason for reason in found.reasons if reason.words != words]
    return all(reason.points is not None for reason in kept), sum(reason.points or 0 for reason in kept)


@pytest.mark.parametrize("words", [row.words for row in (*FEATURES, *VETOES) if getattr(row, "points", 1)])
def test_every_question_is_needed_by_a_case(words, names):
    for case in CASES["ranked"]:
        claim, better, worse = (read_claim(case[key], key) for key in ("claim", "better", "worse"))
        found = [compare_claims(claim, other, names) for other in (better, worse)]
        if _rank_without(words, found[0]) <= _rank_without(words, found[1]):
            return
    for case in CASES["plain"]:
        found = compare_claims(read_claim(case["left"], "left"), read_claim(case["right"], "right"), names)
        if (_rank_without(words, found) >= (True, SAME_FROM)) != case["same"]:
            return
    pytest.fail(f"no case needs the question '{words}'")
