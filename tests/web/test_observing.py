"""What a desk tells of itself while it serves: requests in log and metrics, health, and who is told."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import httpx2
import pytest
import yaml
from desk_server import NOW, asking, make_desk, serving, stages
from prometheus_client.parser import text_string_to_metric_families

from armstrace.keeping.update import update_register
from armstrace.observing.logs import Logs, start_logs
from armstrace.store.open import open_store
from armstrace.web.app import ROUTERS
from armstrace.web.desk import Settings
from armstrace.web.people.accounts import Accounts
from armstrace.web.people.person import Role

TOKEN = "0123456789abcdefghij"  # noqa: S105 - of desks that live as long as the tests
ROOT = Path(__file__).parents[2]


@contextmanager
def logged(form="json"):
    """Yield where the log of this process goes until the end of the test."""
    stream = StringIO()
    start_logs(Logs(form), stream)
    yield stream


@pytest.fixture
def small(tmp_path):
    """Return an empty store whose register is up to date."""
    with open_store(str(tmp_path / "small.db"), {}) as store:
        update_register(store, stages())
        yield store


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return metrics as Prometheus' own parser reads them."""
    families = list(text_string_to_metric_families(text))
    assert len({family.name for family in families}) == len(families)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


# Path -> the route that log and metrics tell.
ASKED = [
    ("/login?next_page=/search?q=hush", "/login"),
    ("/search?q=hush", "/search"),
    ("/documents/hush", "/documents/{document}"),
    ("/api/v1/claims/hush", "/api/v1/claims/{claim}"),
    ("/static/desk.js", "/static/{file}"),
    ("/static/hush.js", "/static/{file}"),
    ("/hush%0A2031-01-01T00:00:00Z%20info%20forged", "unmatched"),
    ("/healthz/hush", "unmatched"),
]


def test_a_request_is_one_line_and_one_count_by_its_route(small):
    desk, answered = make_desk(small), []
    with logged() as stream, serving(desk) as address, asking(address) as client:
        for path, _ in ASKED:
            sent = {"cookie": b"armstrace_session=hush", "user-agent": b"hush\x85\x1b[2Jagent"}
            answer = client.get(path, headers=sent)
            answered.append(answer.headers["x-request-id"])
        told = samples(client.get("/metrics").text)
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["route"] for row in rows if row["event"] == "request"] == [route for _, route in ASKED]
    assert [row["request_id"] for row in rows if row["event"] == "request"] == answered
    assert "hush" not in stream.getvalue()
    assert "forged" not in stream.getvalue()
    counted = {}
    for (name, labels), value in told.items():
        if name == "armstrace_requests_total":
            counted[dict(labels)["route"]] = counted.get(dict(labels)["route"], 0) + value
    assert counted == {route: sum(one == route for _, one in ASKED) for _, route in ASKED}


IDS = [("a-proxys-id-01", True), ("short", False), ("bad id with spaces", False), ("x" * 65, False)]


@pytest.mark.parametrize(("given", "is_kept"), IDS)
def test_a_proxy_may_give_the_id(client, given, is_kept):
    told = client.get("/healthz", headers={"x-request-id": given}).headers["x-request-id"]
    assert (told == given) is is_kept
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", told)


def test_methods_and_routes_that_somebody_makes_up_add_no_label(small):
    desk = make_desk(small)
    with serving(desk) as address:
        host, port = address.removeprefix("http://").split(":")
        for number in range(30):
            with socket.create_connection((host, int(port)), 10) as raw:
                head = f"MADE{number} /up/{number} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                raw.sendall(head.encode())
                while raw.recv(65536):
                    pass
        with asking(address) as client:
            told = samples(client.get("/metrics").text)
    made = [labels for (name, labels) in told if name == "armstrace_requests_total"]
    assert made == [(("method", "other"), ("route", "unmatched"), ("status", "4xx"))]


def test_an_error_that_nobody_expected_is_logged_once_under_the_id_that_the_page_shows(small, monkeypatch):
    def fail(*_args, **_how):
        raise RuntimeError("inner words")

    monkeypatch.setattr(type(small.screening), "lists", fail)
    with logged() as stream, serving(make_desk(small)) as address, asking(address) as client:
        page = client.get("/lists")
        program = httpx2.get(
            f"{address}/api/v1/lists", timeout=30
        )  # the server closes a connection after such an error
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    named = [row["request_id"] for row in rows if row["event"] == "request_failed"]
    assert [row["event"] for row in rows] == ["request_failed", "request"] * 2
    assert all("RuntimeError: inner words" in row["traceback"] for row in rows if row["event"] == "request_failed")
    assert page.status_code == program.status_code == 500
    assert f"request {named[0]}" in page.text
    assert "inner words" not in page.text
    assert (program.json()["request"], program.headers["x-request-id"]) == (named[1], named[1])


# Settings, headers, whether metrics are told.
READERS = [
    ("", {}, True),
    ("", {"host": "localhost"}, True),
    ("", {"host": "desk.example"}, False),
    ("", {"x-forwarded-for": "203.0.113.7"}, False),
    ("", {"forwarded": "for=203.0.113.7"}, False),
    ("", {"via": "1.1 proxy"}, False),
    (TOKEN, {}, False),
    (TOKEN, {"authorization": "Bearer " + TOKEN}, True),
    (TOKEN, {"authorization": "Bearer " + TOKEN, "host": "desk.example"}, True),
    (TOKEN, {"authorization": "Bearer " + TOKEN + "x"}, False),
    (TOKEN, {"authorization": "Basic " + TOKEN}, False),
    (TOKEN, {"authorization": "Bearer \xff"}, False),
]


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Return addresses of desks over one store: without and with a token, without and with accounts."""
    with open_store(str(tmp_path_factory.mktemp("readers") / "x.db"), {}) as store:
        update_register(store, stages())
        accounts = Accounts(store.people, lambda: NOW)
        accounts.add("ann", Role.ADMIN, "long enough it is")
        settings = {token: Settings(hosts=("127.0.0.1", "localhost"), metrics_token=token) for token in ("", TOKEN)}
        with (
            serving(make_desk(store, settings[""])) as plain,
            serving(make_desk(store, settings[TOKEN])) as token,
            serving(make_desk(store, settings[""], accounts)) as with_people,
            serving(make_desk(store, settings[TOKEN], accounts)) as with_both,
        ):
            yield {("", False): plain, (TOKEN, False): token, ("", True): with_people, (TOKEN, True): with_both}


@pytest.mark.parametrize("with_people", [False, True])
@pytest.mark.parametrize(("token", "headers", "is_told"), READERS)
def test_who_may_read_metrics(desks, token, headers, is_told, with_people):
    shown = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = httpx2.get(f"{desks[token, with_people]}/metrics", headers=shown, timeout=30)
    assert answer.status_code == (200 if is_told and (token or not with_people) else 403)
    assert ("armstrace_build_info" in answer.text) is (answer.status_code == 200)
    assert TOKEN not in answer.text


def test_metrics_name_no_document_and_no_person(demo_store):
    with serving(make_desk(demo_store)) as address, asking(address) as client:
        text = client.get("/metrics").text
        told = samples(text)
    counts = demo_store.counts()
    assert told["armstrace_documents", ()] == counts["documents"] == 18
    assert told["armstrace_claims", ()] == counts["claims"]
    assert told["armstrace_documents_unread", ()] == 0
    assert told["armstrace_register_waiting", (("kind", "document"),)] == 0
    assert told["armstrace_register_current_timestamp_seconds", ()] > 1e9
    assert told["armstrace_processes", ()] == 1
    for document in demo_store.documents():
        assert document.id not in text
        assert document.name not in text
        assert not document.metadata.outlet or document.metadata.outlet not in text


def test_the_table_of_metrics_and_the_rules_name_what_there_is(small):
    with serving(make_desk(small)) as address, asking(address) as client:
        client.get("/login")
        text = client.get("/metrics").text
    families = {family.name for family in text_string_to_metric_families(text)} | {"armstrace_list_age_seconds"}
    told = {name for name in families if name.startswith("armstrace_")}
    table = (ROOT / "docs/operations.md").read_text(encoding="utf-8").partition("| metric |")[2]
    rows = re.findall(r"^\| `(armstrace_\w+)` \|", table, re.MULTILINE)
    assert {name.removesuffix("_total") for name in rows} == told
    rules = yaml.safe_load((ROOT / "deploy/prometheus-rules.yml").read_text(encoding="utf-8"))
    asked = {name for rule in rules["groups"][0]["rules"] for name in re.findall(r"\barmstrace_\w+", rule["expr"])}
    assert {re.sub(r"_(?:total|bucket)$", "", name) for name in asked} <= told


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_by_any_name_to_anybody_and_not_in_the_log(desks, path):
    with logged() as stream:
        answer = httpx2.get(f"{desks['', True]}{path}", headers={"host": "10.0.0.7:8477"}, timeout=30)
        assert httpx2.post(f"{desks['', True]}{path}", timeout=30).status_code == 405
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] in ([], ["ready"])
    assert path not in {route.path for router in ROUTERS for route in router.routes}


def ready(client) -> tuple[int, dict[str, str]]:
    """Return what is told once the last look no longer counts."""
    threading.Event().wait(1.1)
    answer = client.get("/readyz")
    assert str(Path.cwd().anchor) + "tmp" not in answer.text
    return answer.status_code, {name: word for name, word in answer.json()["checks"].items() if word != "ok"}


def test_a_desk_whose_file_is_moved_away_is_not_ready_until_it_is_back(small, tmp_path):
    file, away = tmp_path / "small.db", tmp_path / "away.db"
    with logged() as stream, serving(make_desk(small)) as address, asking(address) as client:
        assert client.get("/readyz").status_code == 200
        file.rename(away)
        assert ready(client) == (503, {"database": "gone"})
        assert client.get("/healthz").text == "ok\n"
        shutil.copy(away, file)
        assert ready(client) == (503, {"database": "replaced"})
        away.replace(file)
        assert ready(client) == (200, {})
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["event"] for row in rows] == ["ready", "not_ready", "not_ready", "ready"]
    assert str(file) in rows[1]["database"]


def test_a_thread_that_died_a_register_in_trouble_and_an_end(small):
    desk = make_desk(small)
    with serving(desk) as address, asking(address) as client:
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
        desk.health.threads["sending alerts"] = thread
        assert ready(client) == (503, {"threads": "dead"})
        desk.health.threads.clear()
        desk.health.stopping.set()
        assert ready(client) == (503, {"running": "stopping"})
        assert client.get("/healthz").status_code == 200
