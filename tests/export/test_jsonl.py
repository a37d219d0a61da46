"""The public shape of a claim."""

from __future__ import annotations

import json

from armstrace.document import Span
from armstrace.export.jsonl import claim_to_dict, jsonl_lines
from armstrace.model import (
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    Evidence,
    Item,
    Party,
    Quantity,
    Source,
    SourceKind,
    Value,
    When,
)

BARE = Claim("id", "d", ClaimKind.TRANSFER, Evidence("words", Span(0, 5)))
FULL = Claim(
    "id",
    "d",
    ClaimKind.TRANSFER,
    Evidence("words", Span(0, 5)),
    supplier=Party("KP", None, "North Korea", Span(1, 2)),
    items=(Item("M107", "shells", Category.AMMUNITION, Span(2, 3), (("sipri", "x"),)),),
    quantity=Quantity("millions", 1_000_000, None, None, "pieces", Span(3, 4)),
    value=Value("$5 million", 5_000_000, 5_000_000, 5_000_000, "USD", Span(4, 5)),
    likelihood=(55, 80),
    when=When("Monday", "2022-09-05", "2022-09-05", DatePrecision.DAY, Span(5, 6)),
    attribution=(Source("The New York Times", SourceKind.OUTLET, "US", named=True, cue="reported", span=Span(6, 7)),),
)
# The order of the contract.
KEYS = (
    "claim document kind supplier recipient maker items quantity value mode via refers_to status polarity certainty "
    "likelihood when attribution evidence inferred why"
).split()


def test_keys_stand_in_the_order_of_the_contract():
    assert list(claim_to_dict(BARE)) == KEYS


def test_what_is_unknown_is_null_and_never_a_default():
    row = claim_to_dict(BARE)
    assert [
        row[key] for key in ("supplier", "recipient", "maker", "quantity", "value", "refers_to", "likelihood", "when")
    ] == [None] * 8
    assert (row["mode"], row["status"], row["certainty"]) == ("unspecified", "unspecified", "unstated")


def test_values_carry_their_words_and_spans():
    row = json.loads(next(jsonl_lines([FULL])))
    assert row["supplier"] == {"country": "KP", "organisation": None, "text": "North Korea", "span": [1, 2]}
    assert row["items"] == [
        {
            "designation": "M107",
            "description": "shells",
            "category": "ammunition",
            "codes": {"sipri": "x"},
            "span": [2, 3],
        }
    ]
    assert row["quantity"] == {
        "text": "millions",
        "low": 1_000_000,
        "best": None,
        "high": None,
        "unit": "pieces",
        "span": [3, 4],
    }
    assert row["value"] == {
        "text": "$5 million",
        "amount": 5_000_000,
        "low": 5_000_000,
        "high": 5_000_000,
        "currency": "USD",
        "span": [4, 5],
    }
    assert row["likelihood"] == [55, 80]
    assert row["when"] == {
        "text": "Monday",
        "start": "2022-09-05",
        "end": "2022-09-05",
        "precision": "day",
        "span": [5, 6],
    }
    assert row["attribution"] == [
        {
            "name": "The New York Times",
            "kind": "outlet",
            "country": "US",
            "named": True,
            "channel": None,
            "cue": "reported",
            "span": [6, 7],
        }
    ]
    assert row["evidence"] == {"text": "words", "span": [0, 5]}


def test_a_claim_is_one_line_whatever_its_words_hold():
    words = 'a\nb\u2028c\x85"\\\ud800é朝'
    lines = list(jsonl_lines([Claim("id", "d", ClaimKind.TRANSFER, Evidence(words, Span(0, len(words))))]))
    assert len(lines) == 1
    assert len(lines[0].splitlines()) == 1
    lines[0].encode("utf-8")
    assert json.loads(lines[0])["evidence"]["text"] == words


def test_words_of_other_scripts_stay_readable():
    assert "朝鲜" in next(jsonl_lines([Claim("id", "朝鲜", ClaimKind.TRANSFER, Evidence("", Span(0, 0)))]))
