"""Targets: what a language-model service answers, which may be anything."""

from __future__ import annotations

import json

import seeds
from armstrace.document import Document, Metadata
from armstrace.llm.answer import Background, parse_answer, read_answer
from armstrace.llm.quotes import normalised
from armstrace.llm.reply import read_reply
from armstrace.model import Source, SourceKind
from holding import check_claims
from target import Target, text_of

_JSON = ('{"', '": ', "[", "]", "}", "null", "true", "false", "\\ud800", "\\u0000", "1e400", "-0", "0.1")
_CLAIM = {
    "evidence": "Iran sold six tanks to Syria in May 2012, the ministry said.", "kind": "transfer",
    "supplier": {"words": "Iran", "country": "IR", "organisation": None},
    "recipient": {"words": "Syria", "country": "SY", "organisation": None}, "maker": None, "via": [],
    "items": [{"words": "tanks", "designation": None, "category": "tanks"}], "quantity": "six", "value": None,
    "when": "in May 2012", "mode": "sale", "status": "delivered", "polarity": "affirmed", "certainty": "fact",
    "attribution": [{"words": "the ministry", "kind": "government", "country": None, "named": True, "cue": "said",
                     "channel": None}],
}  # fmt: skip
_BACKGROUND = Background(
    frozenset({"IR", "SY"}), lambda _: frozenset({"IR"}), Source("Post", SourceKind.OUTLET, None, named=True)
)


def _reply(data: bytes) -> None:
    reply = read_reply(data)
    _answer(reply.content.encode("utf-8", "surrogatepass"))


def _answer(data: bytes) -> None:
    document = Document("given", seeds.SHORT, seeds.SHORT, Metadata("Post", "2024-05-06", "Tanks"))
    answer = read_answer(document, parse_answer(text_of(data)), _BACKGROUND, "m")
    check_claims(answer.claims, document.text)
    assert all(drop.reason for drop in answer.drops)


def _quotes(data: bytes) -> None:
    text = text_of(data)
    plain, places = normalised(text)
    assert len(places) in (len(plain), len(plain) + 1)
    assert all(0 <= at <= len(text) for at in places)


def _listed_claim() -> bytes:
    return json.dumps({"claims": [_CLAIM]}).encode()


ANSWERED: tuple[Target, ...] = (
    Target(
        "llm_reply",
        "llm.reply",
        _reply,
        lambda: (
            json.dumps(
                {
                    "choices": [{"message": {"content": json.dumps({"claims": [_CLAIM]})}, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 2},
                }
            ).encode(),
            b'{"error": {"message": "no"}}',
        ),
        (*_JSON, '"choices"', '"message"', '"content"'),
        "only quotes that stand in the report",
    ),
    Target(
        "llm_answer",
        "llm.answer, checks, quotes",
        _answer,
        lambda: (_listed_claim(), b"```json\n" + _listed_claim() + b"\n```"),
        (*_JSON, '"words": ', '"country": ', "Iran", "six", '"attribution": '),
        "only quotes that stand in the report",
        around=((b'{"claims": [{"evidence": "', b'", "polarity": "denied"}]}'), (b'{"claims": [', b"]}")),
    ),
    Target(
        "llm_quotes", "llm.quotes", _quotes, seeds.texts, ("“", "'", "…", "­"), "each character leads back to its place"
    ),
)
