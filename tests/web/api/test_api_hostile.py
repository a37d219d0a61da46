"""Input that means harm: whatever is sent, the answer is a problem in JSON, and nothing of the inside is told."""

import json
import logging

import pytest
from desk_server import asking, make_desk, serving

from armstrace.store.people import Account
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Role

NOW = "2031-05-01T12:00:00Z"
SURROGATE = "\ud800 words"
POSTS = ["/api/v1/check", "/api/v1/judgements", "/api/v1/screen", "/api/v1/documents"]
BODIES = {
    "nothing": b"",
    "no JSON": b"{'a': 1}",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep in an object": b'{"set":' * 5_000 + b"1" + b"}" * 5_000,
    "a huge number": b'{"latest": ' + b"9" * 5_000 + b"}",
    "no number": b'{"latest": NaN, "threshold": Infinity}',
    "bytes of no encoding": b'{"claim": "\xff\xfe"}',
    "a list": b"[]",
    "null": b"null",
    "NUL": b'{"claim": "\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000", "verdict": "accept", "latest": null}',
    "a surrogate": b'{"claim": "\\ud800\\ud800\\ud800\\ud800\\ud800\\ud800", "verdict": "accept", "latest": null}',
    "a key of surrogates": b'{"\\udfff": 1}',
}
PATHS = [
    "/api/v1/../../etc/passwd",
    "/api/v1/documents/%2e%2e/%2e%2e",
    "/api/v1/documents/%ff%fe",
    "/api/v1/documents/" + "a" * 5000,
    "/api/v1/transfers/%F0%9F%98%80",
    "/api/v1/transfers/%27%20OR%201=1--",
    "/api/v1//transfers",
    "/api/v1/transfers/",
]


@pytest.mark.parametrize("address", POSTS)
@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_a_route(own, address, name):
    answer = own.post(address, content=BODIES[name], headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["status"] == answer.status_code
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(own, path):
    answer = own.get(path)
    assert 300 <= answer.status_code < 500
    assert "root:" not in answer.text
    led_to = answer.headers.get("location", "/api/v1/").removeprefix(str(own.base_url).rstrip("/"))
    assert led_to.startswith("/api/v1/")


def test_what_was_said_in_signs_of_no_encoding_is_given_back(own):
    claim = own.get("/api/v1/claims?kind=transfer&limit=1").json()["items"][0]
    body = {"claim": claim["claim"], "verdict": "accept", "latest": claim["latest"], "why": f"{SURROGATE}\0</script>"}
    answer = own.post("/api/v1/judgements", content=json.dumps(body), headers={"content-type": "application/json"})
    if answer.status_code == 201:
        assert answer.json()["claim"]["review"]["why"] == body["why"]
    else:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["where"] == "body.why"


def test_an_answer_is_never_taken_for_a_page(own):
    for path in ("/api/v1/transfers", "/api/v1/nothing", "/api/v1/search?q=%3Cscript%3E", "/api/v1/x?<script>=1"):
        answer = own.get(path, headers={"accept": "text/html"})
        assert answer.headers["content-type"] in {"application/json", "application/problem+json"}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_methods_that_there_are_not(own, method):
    answer = own.request(method, "/api/v1/judgements")
    assert answer.status_code == 405
    assert answer.headers["allow"] in {"GET", "POST", "GET, POST"}


def test_a_page_elsewhere_judges_nothing(own):
    headers = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    for address in POSTS:
        assert own.post(address, json={}, headers=headers).status_code == 403
        form = {"content-type": "text/plain"}
        assert own.post(address, content="{}", headers=form).status_code in {415, 422}


@pytest.fixture(scope="module")
def keyed(own_store):
    """Return a client of a desk with accounts, and a key of each role."""
    accounts = Accounts(own_store.people, lambda: NOW)
    keys = {}
    for role in (Role.READER, Role.REVIEWER, Role.ADMIN):
        own_store.people.add(Account(role.word, role.word, None, made_at=NOW))
        keys[role] = accounts.make_key(role.word, role)
    with serving(make_desk(own_store, accounts=accounts)) as address, asking(address) as client:
        yield client, keys


@pytest.mark.parametrize(
    ("method", "path", "least"),
    [
        ("GET", "/api/v1/transfers", Role.READER),
        ("POST", "/api/v1/judgements", Role.REVIEWER),
        ("POST", "/api/v1/documents", Role.REVIEWER),
        ("GET", "/api/v1/audit", Role.ADMIN),
        ("GET", "/api/v1/openapi.json", Role.NOBODY),
    ],
)
def test_a_key_does_what_its_scope_says(keyed, method, path, least):
    client, keys = keyed
    for role in Role:
        headers = {"authorization": f"Bearer {keys[role]}"} if role else {}
        status = client.request(method, path, headers=headers, content=b"{").status_code
        assert (status in {401, 403}) == (role < least), (role, status)
        assert (status == 401) == (role is Role.NOBODY and least > Role.NOBODY)


def test_who_is_not_known_gets_no_room_for_a_document(keyed):
    client, keys = keyed
    long = {"text": "x" * (1 << 20), "read": False}
    for role, status in ((Role.READER, 413), (Role.REVIEWER, 201)):
        headers = {"authorization": f"Bearer {keys[role]}"}
        assert client.post("/api/v1/documents", json=long, headers=headers).status_code == status
    assert client.post("/api/v1/documents", json=long).status_code == 413


def test_no_key_is_ever_logged_nor_sent_back(keyed, caplog, capfd):
    client, keys = keyed
    key = keys[Role.ADMIN]
    with caplog.at_level(logging.DEBUG):
        client.get("/api/v1/status", headers={"authorization": f"Bearer {key}"})
        client.get(f"/api/v1/transfers?key={key}", headers={"authorization": f"Bearer {key}x"})
        answers = [
            client.get("/api/v1/audit?limit=500", headers={"authorization": f"Bearer {key}"}),
            client.post("/api/v1/check", json={key: key}, headers={"authorization": f"Bearer {key}"}),
            client.post("/api/v1/check", json={"item": key}, headers={"authorization": f"Basic {key}"}),
        ]
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    out = capfd.readouterr()
    assert not [line for line in (*ours, out.out, out.err) if key in line]
    assert key not in answers[0].text
    assert key not in answers[2].text
