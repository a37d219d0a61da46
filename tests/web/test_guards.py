"""What stands before every route."""

import re

import pytest
from desk_server import asking, make_desk, serving

from armstrace.web.desk import Settings
from armstrace.web.guards.headers import HEADERS

OWN = "{own}"
HOSTS = [
    ("127.0.0.1", 200),
    ("localhost:8477", 200),
    ("LOCALHOST", 200),
    ("[::1]:8477", 200),
    ("desk.example", 421),
    ("127.0.0.1.desk.example", 421),
    ("127.0.0.1@desk.example", 421),
    ("", 421),
]
# What a browser tells of where a change comes from: Origin, Sec-Fetch-Site -> whether it may be one of the desk's own.
CHANGES = [
    (None, None, True),
    (OWN, "same-origin", True),
    (OWN, None, True),
    (None, "none", True),
    ("https://elsewhere.example", None, False),
    ("null", None, False),
    (OWN, "cross-site", False),
    (None, "same-site", False),
    ("http://127.0.0.1:1", None, False),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_the_desk_answers_only_by_its_own_names(client, host, status):
    assert client.get("/login", headers={"host": host}).status_code == status


@pytest.mark.parametrize(("origin", "site", "allowed"), CHANGES)
def test_a_change_comes_from_the_desk_itself_or_from_a_program(client, desk_address, origin, site, allowed):
    headers = {"origin": origin and origin.replace(OWN, desk_address), "sec-fetch-site": site}
    answer = client.post("/law", headers={name: value for name, value in headers.items() if value})
    assert answer.status_code == (405 if allowed else 403)


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/api/v1/nothing", "/static/desk.js", "/transfers/nothing"])
def test_every_answer_tells_the_browser_to_run_nothing_else(client, path):
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/api/v1/nothing", "/static/desk.js", "/transfers/nothing"])
def test_every_answer_tells_how_long_it_took(client, path):
    told = client.get(path).headers["server-timing"]
    assert re.fullmatch(r"total;dur=\d+\.\d", told)
    assert 0 <= float(told.partition("=")[2]) < 60_000


def test_a_problem_is_json_to_a_program_and_a_page_to_a_browser(client):
    told = client.get("/api/v1/nothing")
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json() == {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "Not Found"}
    assert client.get("/nothing").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_long_is_refused_whatever_it_says_of_itself(demo_store, told):
    chunks = [b"x" * 600] * 2
    with serving(make_desk(demo_store, Settings(max_body=1000))) as address, asking(address) as client:
        content = b"".join(chunks) if told else iter(chunks)
        assert client.post("/law", content=content).status_code in ({413} if told else {405, 413})


def test_packaged_files_are_kept_by_browsers_for_good(client):
    answer = client.get("/static/vendored/htmx.min.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
