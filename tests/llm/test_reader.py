"""A document through a model: one repair, the cache, what is counted, and errors that name their document."""

from __future__ import annotations

import json

import pytest
from said import BACKGROUND, claim, denial, document

from armstrace.errors import AnswerError, ServiceError
from armstrace.llm.cache import open_cache
from armstrace.llm.reader import ModelReader
from armstrace.llm.reply import Reply, Tokens

GOOD = Reply(json.dumps({"claims": [claim(), denial()]}), cut=False, tokens=Tokens(1000, 200))
BAD = Reply("Sure! Here you are:", cut=False, tokens=Tokens(1000, 5))
CUT = Reply('{"claims": [{"evidence": "Ser', cut=True, tokens=None)


class Asking:
    """Answers with the given replies in turn, and keeps the requests."""

    def __init__(self, *replies):
        self.replies = list(replies)
        self.requests = []

    def __call__(self, request):
        self.requests.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply


def model(asking, cache=None, name="m", address="http://a/v1"):
    return ModelReader(asking, address, name, cache)


def test_claims_come_out_and_the_run_is_counted():
    reader = model(Asking(GOOD))
    answer = reader.read(document(), BACKGROUND)
    assert len(answer.claims) == 2
    assert list(reader.tally.lines("m", (2.0, 10.0))) == [
        "language model m: 1 asked, 0 from the cache",
        "tokens: 1,000 in, 200 out; cost 0.0040 at 2 in, 10 out a million",
        "fields left out of its answers: 0",
        "claims left out of its answers: 0",
    ]


@pytest.mark.parametrize("first", [BAD, CUT], ids=["bad JSON", "cut off"])
def test_an_unusable_answer_is_asked_for_once_more(first):
    asking = Asking(first, GOOD)
    reader = model(asking)
    assert len(reader.read(document(), BACKGROUND).claims) == 2
    told = [request["messages"][0]["content"] for request in asking.requests]
    assert "UNUSABLE" not in told[0]
    assert "UNUSABLE" in told[1]
    assert "1 of them for a second answer" in "".join(reader.tally.lines("m", None))


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        (
            (BAD, BAD),
            "report: not read by the language model: its answer is no complete JSON, also when asked a second time",
        ),
        ((BAD, CUT), "report: not read by the language model: its answer was cut off before its end, also when"),
        ((AnswerError("answered 500"),), "report: not read by the language model: answered 500"),
        ((BAD, AnswerError("answered 500")), "report: not read by the language model: answered 500"),
    ],
)
def test_a_second_unusable_answer_costs_the_document(replies, said):
    reader = model(Asking(*replies))
    with pytest.raises(AnswerError, match=said):
        reader.read(document(), BACKGROUND)


def test_a_service_that_cannot_be_used_is_no_matter_of_the_document():
    with pytest.raises(ServiceError, match=r"^refuses the key$"):
        model(Asking(ServiceError("refuses the key"))).read(document(), BACKGROUND)


def test_a_kept_answer_is_not_asked_for_again(tmp_path):
    first = model(Asking(BAD, GOOD), open_cache(tmp_path)).read(document(), BACKGROUND)
    again = model(Asking(), open_cache(tmp_path))
    assert again.read(document(), BACKGROUND) == first
    assert (again.tally.cached, again.tally.asked, again.tally.tokens_in) == (1, 0, 0)


@pytest.mark.parametrize(
    "other",
    [{"name": "n"}, {"address": "http://b/v1"}],
)
def test_another_model_or_place_is_asked_anew(tmp_path, other):
    model(Asking(GOOD), open_cache(tmp_path)).read(document(), BACKGROUND)
    asking = Asking(GOOD)
    model(asking, open_cache(tmp_path), **other).read(document(), BACKGROUND)
    assert len(asking.requests) == 1


def test_only_usable_answers_are_kept(tmp_path):
    with pytest.raises(AnswerError):
        model(Asking(BAD, CUT), open_cache(tmp_path)).read(document(), BACKGROUND)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_file_that_others_changed_is_asked_for_anew(tmp_path):
    model(Asking(GOOD), open_cache(tmp_path)).read(document(), BACKGROUND)
    (file,) = tmp_path.iterdir()
    file.write_text(json.dumps({**json.loads(file.read_text()), "content": "nonsense"}))
    assert len(model(Asking(GOOD), open_cache(tmp_path)).read(document(), BACKGROUND).claims) == 2


def test_an_answer_that_cannot_be_kept_is_used_and_that_is_said(tmp_path):
    cache = open_cache(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    reader = model(Asking(GOOD), cache)
    assert len(reader.read(document(), BACKGROUND).claims) == 2
    assert "could not be written to the cache" in list(reader.tally.lines("m", None))[-1]


def test_what_was_left_out_is_counted_by_reason():
    lies = {"claims": [claim(quantity="60", when="in June"), claim(status="done", evidence="Nothing of the kind.")]}
    reader = model(Asking(Reply(json.dumps(lies), cut=False, tokens=None)))
    answer = reader.read(document(), BACKGROUND)
    assert len(answer.drops) == 3
    assert list(reader.tally.lines("m", None))[1:] == [
        "tokens: 0 in, 0 out, not told for 1",
        "fields left out of its answers: 2 (words that are not in the report: 2)",
        "claims left out of its answers: 1 (evidence that is no sentence of the report: 1)",
    ]
