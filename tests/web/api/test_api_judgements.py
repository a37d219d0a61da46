"""Judging by the API: what is kept, what is refused, and that nobody judges past another."""

import threading

import pytest

from armstrace.web.api.shapes.base import StaleProblem
from armstrace.web.api.shapes.claims import ClaimPage
from armstrace.web.api.shapes.judgements import Judged, JudgementPage

CLAIMS = "/api/v1/claims?kind=transfer&limit=500"


@pytest.fixture
def claims(own):
    """Return claims that nobody judged yet."""
    return [one for one in own.get(CLAIMS).json()["items"] if one["latest"] is None]


def judge(client, claim, verdict, **more):
    return client.post("/api/v1/judgements", json={"claim": claim["claim"], "verdict": verdict, **more})


def test_a_claim_is_corrected_and_the_register_follows(own, claims):
    claim = next(one for one in claims if one["status"] == "delivered")
    answer = judge(own, claim, "correct", latest=None, set={"status": "ordered", "mode": "aid"}, why="read anew")
    assert answer.status_code == 201, answer.text
    kept = Judged.model_validate_json(answer.text)
    assert len(kept.judgements) == 2
    assert (kept.claim.status, kept.claim.latest) == ("ordered", kept.judgements[-1])
    assert {(one.field, one.was) for one in kept.claim.review.corrections} == {
        ("status", "delivered"),
        ("mode", claim["mode"]),
    }
    line = own.get(f"/api/v1/transfers/{claim['claim']}").json()
    assert "ordered" in [one["value"] for one in line["status"]]
    assert [one["state"] for one in line["reviews"]] == ["corrected"]
    listed = JudgementPage.model_validate_json(own.get(answer.headers["location"]).text).items
    assert [(one.field, one.value, one.who, one.standing) for one in listed] == [
        ("mode", "aid", "ann", "in force"),
        ("status", "ordered", "ann", "in force"),
    ]


def test_a_change_of_the_register_changes_its_tag(own, claims):
    tag = own.get("/api/v1/transfers").headers["etag"]
    assert own.get("/api/v1/transfers", headers={"if-none-match": tag}).status_code == 304
    assert judge(own, claims[0], "reject", latest=None).status_code == 201
    assert own.get("/api/v1/transfers", headers={"if-none-match": tag}).status_code == 200


def test_who_judges_past_another_is_told_what_the_other_said(own, claims):
    claim = claims[1]
    first = judge(own, claim, "accept", latest=None, why="as it reads")
    number = first.json()["judgements"][0]
    late = judge(own, claim, "reject", latest=None, why="a film")
    assert late.status_code == 409
    told = StaleProblem.model_validate_json(late.text)
    assert told.latest == number
    assert told.yours == {"claim": claim["claim"], "verdict": "reject", "latest": None, "why": "a film"}
    assert [(one["verdict"], one["why"]) for one in told.theirs] == [("accept", "as it reads")]
    assert told.claim["review"]["state"] == "accepted"
    assert own.get(f"/api/v1/claims/{claim['claim']}").json()["latest"] == number, "nothing was saved"
    assert judge(own, claim, "reject", latest=number).status_code == 201


def test_the_tag_of_a_claim_may_be_sent_in_place_of_the_number(own, claims):
    claim = claims[2]
    tag = own.get(f"/api/v1/claims/{claim['claim']}").headers["etag"]
    body = {"claim": claim["claim"], "verdict": "accept"}
    assert own.post("/api/v1/judgements", json=body).status_code == 428
    assert own.post("/api/v1/judgements", json=body, headers={"if-match": tag}).status_code == 201
    late = own.post("/api/v1/judgements", json=body, headers={"if-match": tag})
    assert late.status_code == 412
    assert len(late.json()["theirs"]) == 1


def test_of_many_who_judge_at_once_one_is_first(own, claims):
    claim, statuses = claims[3], []

    def send():
        statuses.append(judge(own, claim, "accept", latest=None).status_code)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 409, 409, 409, 409, 409]


def test_two_claims_are_told_apart_and_joined_again(own, claims):
    one, other = claims[4], claims[5]
    apart = judge(own, one, "different-transfer", latest=None, other=other["claim"])
    assert apart.status_code == 201, apart.text
    number = apart.json()["judgements"][0]
    assert own.get(f"/api/v1/claims/{other['claim']}").json()["latest"] == number
    assert judge(own, other, "same-transfer", latest=None, other=one["claim"]).status_code == 409
    assert judge(own, other, "same-transfer", latest=number, other=one["claim"]).status_code == 201
    standing = {one["judgement"]: one["standing"] for one in own.get("/api/v1/judgements?limit=500").json()["items"]}
    assert standing[number] == "superseded"
    assert standing[max(standing)] == "in force"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"verdict": "approve"}, 422),
        ({"verdict": "correct"}, 400),
        ({"verdict": "correct", "set": {"evidence": "x"}}, 400),
        ({"verdict": "correct", "set": {"quantity.low": -1}}, 400),
        ({"verdict": "correct", "set": {"supplier.country": "ZZ"}}, 400),
        ({"verdict": "correct", "set": {"items": [[[[[[[[1]]]]]]]]}}, 422),
        ({"verdict": "accept", "other": "000000000000"}, 404),
        ({"verdict": "same-transfer"}, 400),
        ({"verdict": "accept", "latest": 10**30}, 422),
        ({"verdict": "accept", "latest": "1"}, 422),
        ({"verdict": "accept", "latest": 1}, 409),
        ({"verdict": "accept", "latest": 0}, 422),
        ({"claim": "000000000000", "verdict": "accept"}, 404),
        ({"verdict": "accept", "fields": ["no.such"]}, 400),
        ({"verdict": "accept", "why": ""}, 422),
        ({"verdict": "accept", "who": "somebody else"}, 422),
    ],
)
def test_what_cannot_be_judged_so_is_refused_and_nothing_is_kept(own, claims, more, status):
    before = own.get("/api/v1/judgements?limit=500").json()
    answer = own.post("/api/v1/judgements", json={"claim": claims[-1]["claim"], "latest": None, **more})
    assert answer.status_code == status, answer.text
    assert own.get("/api/v1/judgements?limit=500").json() == before


def test_all_claims_are_of_their_shape_still(own):
    ClaimPage.model_validate_json(own.get(CLAIMS).text)
