"""What a person may set in a claim: whole values that result, and what is refused with which words."""

from __future__ import annotations

from typing import Any

import pytest
from register_stories import make_claim

from armstrace.export.jsonl import claim_from_dict, claim_to_dict
from armstrace.review.correct import Page, complete_corrections
from armstrace.review.shape import FIELDS, ShapeError

TEXT = "Peru sold dozens of Kestrel drones to Kenya. Lima said two dozen drones went to Nairobi, and Lima paid."
COUNTRIES = {"PE": "Peru", "KE": "Kenya", "CL": "Chile"}
PAGE = Page(TEXT, COUNTRIES)


def claim() -> dict[str, Any]:
    row = claim_to_dict(make_claim({"id": "c1", "supplier": "PE", "recipient": "KE", "number": "dozens"}, "doc"))
    sentence = TEXT[:44]
    spans = {"supplier": [0, 4], "recipient": [38, 43], "quantity": [10, 16]}
    for name, span in spans.items():
        row[name] = {**row[name], "text": TEXT[span[0] : span[1]], "span": span}
    item = {**row["items"][0], "description": "drones", "span": [28, 34]}
    return {**row, "items": [item], "evidence": {"text": sentence, "span": [0, 44]}}


def set_to(*settings: tuple[str, Any]) -> dict[str, Any]:
    return dict(complete_corrections(claim(), settings, PAGE))


def words(row: dict[str, Any]) -> str | None:
    return TEXT[row["span"][0] : row["span"][1]] if row["span"] else None


# Settings; the field; keys of the value that results; its words in the document.
SET: list[tuple[str, list[tuple[str, Any]], str, dict[str, Any], str | None]] = [
    ("a key, the rest stays", [("supplier.country", "CL")], "supplier", {"country": "CL", "text": "Peru"}, "Peru"),
    (
        "a number for vague words",
        [("quantity.low", 24)],
        "quantity",
        {"low": 24, "high": None, "text": "dozens"},
        "dozens",
    ),
    (
        "words are looked up",
        [("quantity.text", "two dozen"), ("quantity.low", 24)],
        "quantity",
        {"low": 24},
        "two dozen",
    ),
    ("in the evidence first", [("items.0.description", "drones")], "items", {"category": "drones"}, "drones"),
    ("a party by its code", [("maker.country", "CL")], "maker", {"text": "Chile", "organisation": None}, None),
    ("a party by its code whose name stands there", [("maker.country", "PE")], "maker", {"text": "Peru"}, "Peru"),
    (
        "words that stand there twice have no place",
        [("maker", {"country": "PE", "text": "Lima"})],
        "maker",
        {"text": "Lima"},
        None,
    ),
    ("a span gives the words", [("maker", {"country": "PE", "span": [0, 4]})], "maker", {"text": "Peru"}, "Peru"),
    (
        "an organisation",
        [("recipient.organisation", "Kenya Navy")],
        "recipient",
        {"country": "KE", "organisation": "Kenya Navy"},
        "Kenya",
    ),
    (
        "a designation",
        [("items.0.designation", "Kestrel")],
        "items",
        {"designation": "Kestrel", "description": "drones"},
        "drones",
    ),
    (
        "a further item",
        [("items.1", {"category": "drones", "designation": "Kestrel"})],
        "items",
        {"category": "drones"},
        "drones",
    ),
    (
        "a day",
        [("when", {"start": "2031-03-01", "end": "2031-03-01"})],
        "when",
        {"text": "2031-03-01", "precision": "day"},
        None,
    ),
]


@pytest.mark.parametrize(("settings", "field", "keys", "told"), [r[1:] for r in SET], ids=[r[0] for r in SET])
def test_what_results(settings, field, keys, told):
    found = set_to(*settings)
    assert list(found) == [field]
    row = found[field][0] if isinstance(found[field], list) else found[field]
    assert {key: row[key] for key in keys} == keys
    assert words(row) == told
    claim_from_dict({**claim(), **found})


def test_several_fields_come_in_the_order_of_the_contract_and_the_claim_stays_as_it_was():
    before = claim()
    found = complete_corrections(
        before, [("status", "delivered"), ("supplier", None), ("supplier.country", "CL")], PAGE
    )
    assert [name for name, _ in found] == ["supplier", "status"]
    assert found[0][1]["country"] == "CL"
    assert before == claim()


REFUSED: list[tuple[str, Any, str]] = [
    ("suplier", None, "suplier: is no field that can be set; there are kind, supplier, recipient"),
    ("evidence", None, "evidence: is no field that can be set"),
    ("status", "sold", "status: must be one of sought, offered, .*, not 'sold'"),
    ("status", None, "status: must be one of"),
    ("status", ["ordered"], "status: must be one of"),
    ("supplier", "Peru", "supplier: must be an object of country, organisation, text, span, not 'Peru'"),
    ("supplier", [], r"supplier: holds a single record, or null, not \[\]"),
    ("supplier.country", "Peru", "supplier.country: must be a country code of two capitals"),
    ("supplier.country", "QX", "supplier.country: 'QX' is no country code in use"),
    ("supplier.nation", "PE", "supplier.nation: there is no such key; there are country, organisation, text, span"),
    ("supplier.country.code", "PE", "supplier.country.code: leads nowhere"),
    ("supplier", {"organisation": "x" * 2000}, "must be words, at most 1000 characters"),
    ("supplier", {"country": "PE", "span": [0, 5000]}, r"supplier.span: \[0, 5000\] holds no words; the text has"),
    ("supplier", {"country": "PE", "span": [4, 0]}, "supplier.span: must be .start, end."),
    (
        "supplier",
        {"country": "PE", "text": "Chile", "span": [0, 4]},
        "'Chile' is not what stands at .* which is 'Peru'",
    ),
    ("items", None, "items: holds a list, not None"),
    ("items.0.category", "rifle", "items.0.category: must be one of artillery"),
    ("items.7", {}, "items.7: the list has 1 entries, counted from 0"),
    ("items.first", {}, "items.first: the list has 1 entries"),
    (
        "items.1",
        {"category": "drones", "designation": "Merlin"},
        "items: its words must stand in the document, and 'Merlin'",
    ),
    ("items.1", {"designation": "Kestrel"}, "items.1.category: is missing; it must be one of"),
    ("quantity.low", "many", "quantity.low: must be a whole number, 0 or more, or null, not 'many'"),
    ("quantity.low", True, "quantity.low: must be a whole number"),
    ("quantity.low", -1, "quantity.low: must be a whole number"),
    ("quantity", {"low": 40, "high": 12, "text": "dozens"}, "quantity: low, best, high must not decrease"),
    (
        "quantity.text",
        "Lima",
        "quantity: its words must stand in the document, and 'Lima' does not stand there just once",
    ),
    ("value", {"amount": 5}, "value: its words must stand in the document, and none are given"),
    ("when.start", "March", "when.start: must be a day such as 2022-09-05, or null"),
    ("likelihood", [80, 20], "likelihood: must be .low, high. in per cent, or null"),
    ("attribution", [{"name": "Lima"}], "attribution.0.kind: is missing; it must be one of outlet"),
]


@pytest.mark.parametrize(("path", "value", "told"), REFUSED, ids=[f"{row[0]} {row[2][:30]}" for row in REFUSED])
def test_what_is_refused(path, value, told):
    with pytest.raises(ShapeError, match=told):
        set_to((path, value))


def test_every_field_but_what_was_read_can_be_set():
    assert {*claim()} - {*FIELDS} == {"claim", "document", "evidence", "inferred", "why"}
