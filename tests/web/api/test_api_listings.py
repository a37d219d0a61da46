"""What all listings keep to: pages that meet everything once, lines that equal pages, tags, refusals."""

import json

import pytest

LISTINGS = [
    "/api/v1/transfers",
    "/api/v1/transfers?order=last-change",
    "/api/v1/transfers?as_of=2018-04",
    "/api/v1/claims",
    "/api/v1/claims?polarity=denied",
    "/api/v1/documents",
    "/api/v1/documents?after=2018-03-15",
    "/api/v1/sources",
    "/api/v1/search?q=drones",
    "/api/v1/search?category=drones&only=claim",
]
REFUSED = [
    ("/api/v1/transfers?part=KP", 400, "there is no parameter 'part' here; there are after, as_of"),
    ("/api/v1/status?x=1", 400, "this takes none"),
    ("/api/v1/transfers?limit=1&limit=2", 400, "given 2 times"),
    ("/api/v1/transfers?party=%00", 400, "NUL"),
    ("/api/v1/transfers/a%00b", 400, "NUL"),
    ("/api/v1/transfers?cursor=abc", 400, "the cursor is none of this listing"),
    ("/api/v1/transfers?cursor=%C3%A9", 400, "the cursor is none of this listing"),
    ("/api/v1/transfers?order=last-reported", 422, "origins-for"),
    ("/api/v1/transfers?limit=0", 422, "query.limit"),
    ("/api/v1/transfers?limit=501", 422, "query.limit"),
    ("/api/v1/transfers?limit=9999999999999999999999999", 422, "query.limit"),
    ("/api/v1/transfers?as_of=2018-02-30", 422, "there is no such day"),
    ("/api/v1/transfers?after=0000", 422, "there is no such day"),
    ("/api/v1/transfers?supplier=br", 422, "query.supplier"),
    ("/api/v1/transfers?status=done", 422, "query.status"),
    ("/api/v1/claims?category=cheese", 422, "query.category"),
    ("/api/v1/claims?party=%21%21", 400, "holds no word to look for"),
    ("/api/v1/search?q=" + "+".join(f"w{n}" for n in range(60)), 400, "give at most 50"),
]


def walk(client, address):
    """Return all of a listing page by page, two at a time."""
    found, following = [], f"{address}{'&' if '?' in address else '?'}limit=2"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= 2
        told = answer.headers.get("link", "")
        assert told == (f'<{page["next"]}>; rel="next"' if page["next"] else "")
        found += page["items"]
        following = page["next"]
    return found


@pytest.mark.parametrize("address", LISTINGS)
def test_a_walk_along_the_pages_meets_everything_once_in_the_order_of_one_stream(client, address):
    walked = walk(client, address)
    stream = client.get(address, headers={"accept": "application/x-ndjson"})
    assert stream.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in stream.text.splitlines()] == walked
    assert walked, "a listing of nothing shows nothing"
    assert len({json.dumps(one, sort_keys=True) for one in walked}) == len(walked)
    assert client.get(f"{address}{'&' if '?' in address else '?'}format=jsonl").text == stream.text


def test_filters_of_the_register_give_what_they_ask_for(client):
    every = walk(client, "/api/v1/transfers")
    for name, side in (("supplier", "supplier"), ("recipient", "recipient")):
        codes = {one["value"]["country"] for line in every for one in line[side] if one["value"]} - {None}
        for code in codes:
            found = {line["transfer"] for line in walk(client, f"/api/v1/transfers?{name}={code}")}
            wanted = {
                line["transfer"]
                for line in every
                if any(one["value"] and one["value"]["country"] == code for one in line[side])
            }
            assert found == wanted, code


def test_the_register_as_of_today_is_the_register(client):
    today = walk(client, "/api/v1/transfers")
    then = walk(client, "/api/v1/transfers?as_of=2031")
    dated = [line for line in today if not line["left_out"]]
    assert [line["transfer"] for line in then] == [line["transfer"] for line in dated]
    assert len(walk(client, "/api/v1/transfers?as_of=2018-03-31")) < len(today)


def test_a_cursor_is_refused_by_every_other_listing(client):
    cursor = client.get("/api/v1/transfers?limit=1").json()["next"].partition("cursor=")[2]
    for other in ("/api/v1/claims?", "/api/v1/transfers?item=drones&", "/api/v1/transfers?as_of=2018&"):
        assert client.get(f"{other}cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/transfers?limit=7&cursor={cursor}").status_code == 200


@pytest.mark.parametrize(("address", "status", "words"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_reason(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    if status == 422:
        assert problem["errors"][0].keys() == {"where", "problem"}


@pytest.mark.parametrize("address", ["/api/v1/transfers", "/api/v1/claims", "/api/v1/status", "/api/v1/measures/UN-KP"])
def test_who_has_an_answer_already_is_told_so(client, address):
    first = client.get(address)
    tag = first.headers["etag"]
    for told in (tag, f'"other", {tag}', "*"):
        again = client.get(address, headers={"if-none-match": told})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"
    assert "content-encoding" not in client.get(address, headers={"accept-encoding": "gzip, br"}).headers


def test_no_other_site_may_read_an_answer(client):
    answer = client.get("/api/v1/status", headers={"origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
