"""Each resource: what it gives is of the shape that it declares, and what is not there is told."""

import hashlib

import pytest
from desk_server import asking

from armstrace.web.api.law import MEASURE
from armstrace.web.api.shapes import claims, documents, findings, judgements, law, others, transfers, trees

SHAPES = [
    ("/api/v1/transfers", transfers.TransferPage),
    ("/api/v1/transfers?as_of=2018-03-31", transfers.TransferPage),
    ("/api/v1/claims?limit=500", claims.ClaimPage),
    ("/api/v1/documents?limit=500", documents.DocumentPage),
    ("/api/v1/search?q=drones", others.HitPage),
    ("/api/v1/sources?limit=500", others.SourcePage),
    ("/api/v1/judgements", judgements.JudgementPage),
    ("/api/v1/measures", law.Measures),
    ("/api/v1/status", others.State),
    ("/api/v1/audit", others.DeedPage),
]
MISSING = [
    "/api/v1/transfers/0000000000000000",
    "/api/v1/transfers/ab",
    "/api/v1/transfers/0000000000000000/tree",
    "/api/v1/claims/0000000000000000",
    "/api/v1/claims/%25%25%25%25%25%25",
    "/api/v1/documents/0000000000000000",
    "/api/v1/documents/..%2F..%2Fetc%2Fpasswd",
    "/api/v1/documents/..%2F..%2Fetc%2Fpasswd/original",
    "/api/v1/documents/0000000000000000/original",
    "/api/v1/screenings/0000000000000000",
    "/api/v1/measures/UN-XX",
    "/api/v1/why?one=000000&other=000001",
    "/api/v1/nothing",
]


@pytest.fixture(scope="module")
def line(desk_address):
    """Return the line of the register that most is said of."""
    with asking(desk_address) as client:
        found = client.get("/api/v1/transfers").json()["items"]
    return max(found, key=lambda one: (bool(one["denials"]), len(one["claims"])))


@pytest.mark.parametrize(("address", "shape"), SHAPES)
def test_what_is_given_is_of_the_declared_shape(client, address, shape):
    shape.model_validate_json(client.get(address).text)


@pytest.mark.parametrize("address", MISSING)
def test_what_is_not_there_is_told(client, address):
    answer = client.get(address)
    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_transfer_is_found_by_its_id_by_a_claim_and_by_the_beginning_of_either(client, line):
    whole = client.get(f"/api/v1/transfers/{line['transfer']}")
    assert whole.json() == line
    for other in (line["claims"][-1], line["claims"][-1][:8], line["transfer"][:8].upper()):
        found = client.get(f"/api/v1/transfers/{other}")
        assert found.json() == line
        assert found.headers["content-location"] == f"/api/v1/transfers/{line['transfer']}"


def test_a_transfer_as_of_a_day_knows_no_later_claim(client, line):
    days = sorted({step["reported"] for step in line["reports"]})
    then = client.get(f"/api/v1/transfers/{line['transfer']}?as_of={days[0]}").json()
    assert 0 < len(then["claims"]) < len(line["claims"])
    assert client.get(f"/api/v1/transfers/{line['transfer']}?as_of=1990").status_code == 404


def test_what_stands_behind_a_transfer(client, line):
    address = f"/api/v1/transfers/{line['transfer']}"
    tree = trees.Trees.model_validate_json(client.get(f"{address}/tree").text)
    assert {claim for node in tree.for_ for claim in node.claims} == {
        claim for origin in line["for"]["origins"] for claim in origin["claims"]
    }
    told = claims.ToldClaimPage.model_validate_json(client.get(f"{address}/claims").text)
    assert [one.claim for one in told.items] == [*line["claims"], *line["context"]]
    few = findings.TransferFindings.model_validate_json(client.get(f"{address}/findings").text)
    every = findings.TransferFindings.model_validate_json(client.get(f"{address}/findings?all=true").text)
    assert [one.measure for one in few.findings] == [one["measure"] for one in line["findings"]]
    assert len(every.findings) > len(few.findings)


def test_the_claims_of_a_transfer_page_by_page(client, line):
    address = f"/api/v1/transfers/{line['transfer']}/claims"
    first = client.get(f"{address}?limit=1").json()
    second = client.get(first["next"]).json()
    assert [one["claim"] for one in (*first["items"], *second["items"])] == [*line["claims"], *line["context"]][:2]


def test_a_document_with_its_text_claims_and_original(client):
    for about in client.get("/api/v1/documents?limit=500").json()["items"]:
        address = f"/api/v1/documents/{about['document']}"
        whole = documents.Document.model_validate_json(client.get(address).text)
        found = claims.ClaimPage.model_validate_json(client.get(f"{address}/claims").text).items
        assert len(found) == about["claims"]
        for claim in found:
            start, end = claim.evidence.span
            assert whole.text[start:end] == claim.evidence.text
        original = client.get(f"{address}/original")
        assert hashlib.sha256(original.content).hexdigest() == about["sha256"]
        assert original.headers["content-disposition"].startswith("attachment")
        assert original.headers["content-security-policy"].startswith("sandbox")
        again = client.get(f"{address}/original", headers={"if-none-match": original.headers["etag"]})
        assert again.status_code == 304


def test_one_claim_is_given_as_in_the_listing(client):
    for claim in client.get("/api/v1/claims?limit=3").json()["items"]:
        assert client.get(f"/api/v1/claims/{claim['claim'][:10]}").json() == claim


def test_why_two_were_joined(client, line):
    one, other = line["claims"][0], line["claims"][1]
    joined = others.Joined.model_validate_json(client.get(f"/api/v1/why?one={one}&other={other}").text)
    assert (joined.kind, joined.joined) == ("claims", True)
    assert joined.reasons
    page = client.get("/api/v1/documents?limit=2").json()["items"]
    two = client.get(f"/api/v1/why?one={page[0]['document']}&other={page[1]['document']}").json()
    assert two["kind"] == "documents"


def test_a_measure_with_its_entries(client):
    found = client.get("/api/v1/measures/un-kp").json()
    assert MEASURE.validate_python(found).key == "UN-KP"


def test_a_question_in_words(client):
    asked = {"supplier": "KP", "recipient": "Russia", "item": "artillery shells", "date": "2022-09"}
    found = findings.CheckAnswer.model_validate_json(client.post("/api/v1/check", json=asked).text)
    assert found.question == "North Korea → Russia: artillery shells, 2022-09-01 to 2022-09-30"
    assert ("UN-KP", "breach-if-true") in [(one.measure, one.verdict) for one in found.findings]
    every = client.post("/api/v1/check", json={**asked, "all": True}).json()["findings"]
    assert len(every) > len(found.findings)


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"supplier": "Nowhereland"}, "body.supplier"),
        ({"date": "soon"}, "body.date"),
        ({"status": "done"}, "body.status"),
        ({"item": ""}, "body.item"),
        ({"weapon": "x"}, "body.weapon"),
    ],
)
def test_a_question_that_cannot_be_read_names_the_field(client, asked, where):
    answer = client.post("/api/v1/check", json=asked)
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["errors"]] == [where]


def test_without_a_list_nothing_is_screened(client):
    answer = client.post("/api/v1/screen", json={"names": [{"name": "Example Trading"}]})
    assert answer.status_code == 409
    assert "no sanctions list is loaded" in answer.json()["detail"]
