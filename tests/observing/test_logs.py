"""What a line of a log holds, and what it never holds."""

from __future__ import annotations

import json
import logging
import re
from io import StringIO
from pathlib import Path

import pytest

import armstrace
from armstrace.observing.events import STEPS, Event
from armstrace.observing.logs import Logs, log, start_logs
from armstrace.observing.safe import hosts_only, safe_line, trace_of

DOCS = Path(__file__).parents[2] / "docs"
SOURCE = Path(armstrace.__file__).parent


def lines_of(form: str, *told, level: str = "info") -> list[str]:
    stream = StringIO()
    start_logs(Logs(form, level), stream)
    for event, facts in told:
        log(event, facts)
    return stream.getvalue().splitlines()


# What somebody sends -> what a line holds instead.
HOSTILE = [
    ("a\nb", "a b"),
    ("a\r\n2031-01-01T00:00:00Z info request", "a 2031-01-01T00:00:00Z info request"),
    ("\x1b[2Jgone", "\N{REPLACEMENT CHARACTER}[2Jgone"),
    ("abc\u202eoof", "abc\N{REPLACEMENT CHARACTER}oof"),
    ("a\u2028b", "a b"),
    ("\ud800", "\N{REPLACEMENT CHARACTER}"),
    ('say "so" = x', 'say "so" = x'),
    ("x" * 5000, "x" * 1000 + "…"),
]


@pytest.mark.parametrize(("sent", "kept"), HOSTILE)
def test_nothing_that_was_sent_forges_a_line(sent, kept):
    (line,) = lines_of("text", (Event.COMPLAINT, {"message": sent}))
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z warning  complaint message=", line)
    (written,) = lines_of("json", (Event.COMPLAINT, {"message": sent}))
    assert written.isascii()
    assert json.loads(written)["message"] == kept


SECRETS = [
    ("https://ann:hush@feeds.example/world?key=s3cret#s3cret: gone", "https://feeds.example/world?… gone"),
    ("postgresql://ann:hush@db.example:5432/arms", "postgresql://db.example:5432/arms"),
    ("sent Authorization: Bearer abc.def-123", "sent Authorization: ***"),
    ("the hook's whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ended", "the hook's *** ended"),
    ("key armstrace_0123456789abcdefXYZ refused", "key *** refused"),
    ("password=hush, role=admin", "***, role=admin"),
    ('{"password": "hush", "role": "admin"}', '{"***", "role": "admin"}'),
    ("token: is no file", "token: is no file"),
    ("a road: a/b?c", "a road: a/b?c"),
]


@pytest.mark.parametrize(("told", "kept"), SECRETS)
def test_no_secret_is_kept(told, kept):
    assert safe_line(told) == kept


def test_the_address_of_a_hook_keeps_its_host():
    assert hosts_only("https://chat.example/T0/B0/xyz: 404") == "https://chat.example/… 404"


def fail(first: Exception, second: Exception | None = None):
    try:
        raise first
    except ValueError:
        raise second or first  # noqa: B904 - as libraries do


def test_an_error_is_told_once_with_where_it_came_from_and_little_of_what_it_says():
    said = "bad\nsecond " + "line " * 300
    with pytest.raises(KeyError) as caught:
        fail(ValueError(said), KeyError("x" * 900))
    told = trace_of(caught.value)
    assert "ValueError: bad\n" in told
    assert "second line" not in told
    assert "x" * 299 in told
    assert "x" * 301 not in told
    assert told.index("ValueError") < told.index("KeyError")


def test_levels_and_what_libraries_tell():
    stream = StringIO()
    start_logs(Logs("json", "warning"), stream)
    log(Event.READY)
    log(Event.NOT_READY, {"database": "gone", "number": 3, "none": None, "nan": float("nan")})
    logging.getLogger("chatty.package").warning("told %s", "so\n")
    logging.getLogger("chatty.package").info("not told")
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(row["level"], row["event"]) for row in rows] == [("warning", "not_ready"), ("warning", "library_message")]
    assert {name: value for name, value in rows[0].items() if name in {"database", "number", "none", "nan"}} == {
        "database": "gone",
        "number": 3,
        "nan": "nan",
    }
    assert (rows[1]["library"], rows[1]["message"]) == ("chatty.package", "told so")


def test_a_traceback_in_text_is_set_in():
    stream = StringIO()
    start_logs(Logs("text"), stream)
    with pytest.raises(RuntimeError) as caught:
        fail(RuntimeError("2031-01-01T00:00:00Z info request"))
    log(Event.REQUEST_FAILED, {"request_id": "abc"}, error=caught.value)
    first, *rest = stream.getvalue().splitlines()
    assert first.endswith("error    request_failed request_id=abc")
    assert rest
    assert all(line.startswith("    | ") for line in rest)


def test_every_event_is_used_and_stands_in_the_table_and_the_other_way_round():
    table = (DOCS / "operations.md").read_text(encoding="utf-8").partition("| event |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [event.value for event in Event]
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.name != "events.py")
    used = set(re.findall(r"\bEvent\.([A-Z_]+)\b", code)) | {event.name for event in STEPS.values()}
    assert used == set(Event.__members__)
