"""Over real sockets: what is tried again, what is given up, and that time, size and attempts are bounded."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from model_service import MODEL, PATH, Step, answer, completion, error, serving

from armstrace.errors import AnswerError, InputError, ServiceError
from armstrace.llm import client
from armstrace.llm.client import Client, retry_after
from armstrace.llm.reply import Tokens
from armstrace.llm.service import find_service

KEY = "sk-invented-0123456789abcdef"
BODY = {"model": MODEL, "temperature": 0, "messages": []}
GOOD = answer()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(client, "FIRST_WAIT", 0.01)


def ask(service, timeout=5.0, key=None, body=BODY):
    return Client(find_service(service.url, MODEL, key, timeout)).ask(body)


def test_a_good_answer_and_how_it_was_asked():
    with serving(answer(usage=(1234, 56)), key=KEY) as service:
        reply = ask(service, key=KEY)
    assert reply.content == '{"claims": []}'
    assert (reply.cut, reply.tokens) == (False, Tokens(1234, 56))
    (asked,) = service.asked
    assert (asked.path, asked.body) == (PATH, BODY)
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["Accept-Encoding"] == "identity"


def test_without_a_key_none_is_sent():
    with serving(GOOD) as service:
        ask(service)
    assert "Authorization" not in service.asked[0].headers


AGAIN = {
    "429 with Retry-After": [error(429, "slow down", Retry_After="0"), GOOD],
    "429 without": [error(429, "slow down"), GOOD],
    "429 with nonsense": [error(429, "slow down", Retry_After="soon"), GOOD],
    "500": [error(500, "oops"), GOOD],
    "502 in HTML": [Step(b"<html>bad gateway</html>", 502, kind="text/html"), GOOD],
    "503 twice": [error(503, "loading"), error(503, "loading"), GOOD],
    "529": [error(529, "overloaded"), GOOD],
    "hung up": [Step(hang_up=True), GOOD],
    "no temperature": [error(400, "Unsupported value: 'temperature' does not support 0"), GOOD],
}


@pytest.mark.parametrize("steps", AGAIN.values(), ids=AGAIN)
def test_what_passes_is_tried_again(steps):
    with serving(steps) as service:
        assert ask(service).content == '{"claims": []}'
    assert len(service.asked) == len(steps)


def test_retry_after_is_waited_for():
    with serving([error(429, "slow down", Retry_After="1"), GOOD]) as service:
        start = time.monotonic()
        ask(service)
    assert 1 <= time.monotonic() - start < 3


def test_a_stall_is_left_after_the_timeout_and_tried_again():
    with serving([Step(GOOD.body, stall=30), GOOD]) as service:
        start = time.monotonic()
        assert ask(service, timeout=1).content
    assert time.monotonic() - start < 4
    assert len(service.asked) == 2


def test_a_model_without_a_temperature_is_asked_once_without_it_and_from_then_on():
    refuses = lambda asked: error(400, "no temperature") if "temperature" in asked.body else GOOD  # noqa: E731
    with serving(refuses) as service:
        asking = Client(find_service(service.url, MODEL, None, 5))
        asking.ask(BODY)
        asking.ask(BODY)
    assert ["temperature" in asked.body for asked in service.asked] == [True, False, False]


GIVEN_UP = {
    "500 always": (error(500, "oops"), "answered 500: oops; gave up after 4 attempts", 4),
    "429 for an hour": (
        error(429, "slow", Retry_After="3600"),
        "asks to wait 3,600 seconds; gave up after 1 attempt",
        1,
    ),
    "400": (error(400, "context is too long"), "answered 400: context is too long", 1),
    "403": (error(403, "not with these words"), "answered 403: not with these words", 1),
    "a web page": (Step(b"<html>hello</html>", kind="text/html"), "answered with text/html instead of JSON", 1),
    "a stream": (Step(b"data: {}", kind="text/event-stream"), "text/event-stream instead of JSON", 1),
    "no type": (Step(GOOD.body, kind=""), "no content type instead of JSON", 1),
    "bad JSON": (Step(b'{"choices": ['), "is no chat completion", 1),
    "no choices": (Step(b'{"choices": []}'), "is no chat completion", 1),
    "strange choices": (Step(b'{"choices": [7]}'), "is no chat completion", 1),
    "an error with 200": (Step(b'{"error": {"message": "no credit"}}'), "is no chat completion: no credit", 1),
    "a plain error": (Step(b'{"error": "no credit"}'), "is no chat completion: no credit", 1),
    "a refusal": (Step(completion(None, refusal="I cannot help")), "refused to answer: I cannot help", 1),
    "filtered": (answer(finish="content_filter"), "content filter", 1),
    "a huge body": (Step(b" " * (client.MOST_BYTES + 1)), "sent more than 4,000,000 bytes", 1),
    "compressed": (Step(gzip.compress(GOOD.body), headers={"Content-Encoding": "gzip"}), "no chat completion", 1),
}


@pytest.mark.parametrize(("step", "said", "times"), GIVEN_UP.values(), ids=GIVEN_UP)
def test_what_will_not_pass_costs_one_document(step, said, times):
    with serving(step) as service, pytest.raises(AnswerError, match=said) as caught:
        ask(service)
    assert len(service.asked) == times
    assert isinstance(caught.value, InputError)


@pytest.mark.parametrize(
    "step",
    [Step(GOOD.body, stall=30), Step(GOOD.body, drip=0.05), Step(drip_head=0.05)],
    ids=["silent", "body byte by byte", "headers byte by byte"],
)
def test_all_attempts_together_are_bounded_in_time(step):
    with serving(step) as service:
        start = time.monotonic()
        with pytest.raises(AnswerError, match=r"did not answer within 0\.3 seconds; gave up after [23] attempts"):
            ask(service, timeout=0.3)
    assert time.monotonic() - start < 2


ENDS_THE_RUN = {
    "401": (error(401, f"Incorrect API key: {KEY}"), "refuses the key"),
    "402": (error(402, "no credit"), r"asks for payment \(402: no credit\)"),
    "404": (error(404, "model 'x' not found"), r"no such address or model.*\(404: model 'x' not found\)"),
    "redirect": (Step(status=308, headers={"Location": "http://127.0.0.1:9/v1"}), "sends elsewhere"),
}


@pytest.mark.parametrize(("step", "said"), ENDS_THE_RUN.values(), ids=ENDS_THE_RUN)
def test_what_no_other_document_fares_better_with_ends_the_run(step, said):
    with serving(step) as service, pytest.raises(ServiceError, match=said):
        ask(service, key=KEY)
    assert len(service.asked) == 1


def test_a_service_that_is_not_there_ends_the_run():
    with serving(GOOD) as service:
        pass
    with pytest.raises(ServiceError, match="cannot be reached"):
        ask(service)


@pytest.mark.parametrize(
    "step",
    [
        error(500, f"who sent {KEY}?"),
        error(500, f"{'x' * 290}{KEY}"),  # across the place where long messages are cut
        error(400, f"who sent {KEY}?"),
        error(402, f"who sent {KEY}?"),
        error(401, f"who sent {KEY}?"),
        Step(b"x", kind=KEY),
        Step(json.dumps({"error": KEY}).encode()),
        Step(completion(None, refusal=KEY)),
    ],
)
def test_a_key_that_the_service_repeats_is_in_no_error(step):
    with serving(step) as service, pytest.raises((AnswerError, ServiceError)) as caught:
        ask(service, key=KEY)
    found = caught.value
    while found is not None:
        assert KEY not in f"{found}{found!r}"
        found = found.__cause__ or found.__context__


def test_a_key_in_an_answer_is_taken_out_but_a_placeholder_is_no_secret():
    with serving(Step(completion(f"{KEY} none"))) as service:
        assert ask(service, key=KEY).content == "[key] none"
        assert ask(service, key="none").content == f"{KEY} none"


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": 5}, {"prompt_tokens": -1, "completion_tokens": 2}, [1, 2]]
)
def test_tokens_that_are_not_told_are_unknown(usage):
    with serving(answer(usage=usage)) as service:
        assert ask(service).tokens is None


def test_a_model_that_thought_until_its_tokens_ran_out_was_cut_off():
    with serving(Step(completion(None, finish="length"))) as service:
        reply = ask(service)
    assert (reply.content, reply.cut) == ("", True)


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(GOOD) as service:
        assert ask(service).content


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        (timedelta(hours=1), 3000, 3600),
        (timedelta(days=-1), 0, 0),
        ("Wed, 01 Jan 2020 00:00:00", 0, 0),
    ],
)
def test_retry_after_is_seconds_or_a_moment(value, least, most):
    told = value if isinstance(value, str) else format_datetime(datetime.now(UTC) + value)
    assert least <= retry_after(told) <= most


@pytest.mark.parametrize(
    "value", [None, "", "soon", "-5", "1.5", "inf", "٣", "99:99", "0 JAN 0 0:0 10000000000000", "0 JAN 0:0 10000000000"]
)
def test_a_retry_after_that_says_nothing_is_none(value):
    assert retry_after(value) is None
