"""CSL-JSON keeps to the schema of the Citation Style Language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from generated_records import about, registers
from hypothesis import given, settings
from jsonschema import Draft7Validator
from linked_story import CITED, DOCUMENT, record, written

# What csl-data.json of citation-style-language/schema asks of the properties that are used here; it allows no others.
_TEXT = {"type": "string", "minLength": 1}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "additionalProperties": False,
}
_NAMES = {"type": "array", "items": {"type": "object", "properties": {"literal": _TEXT}, "additionalProperties": False}}
SCHEMA = Draft7Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["type", "id"],
            "additionalProperties": False,
            "properties": {
                "type": {"enum": ["webpage", "article-newspaper", "document"]},
                "id": _TEXT,
                "author": _NAMES,
                "issued": _DATE,
                "accessed": _DATE,
                **dict.fromkeys(("title", "container-title", "language", "URL", "note"), _TEXT),
            },
        },
    }
)


def citing(**known):
    return replace(record(), documents={DOCUMENT: replace(CITED, **known)})


def test_a_document_is_an_item():
    (found,) = json.loads(written("csl-json", [record()]))
    assert found == {
        "id": "portdaily2031-0a0a0a0a0a0a0a0a",
        "type": "webpage",
        "title": "Norland orders drones",
        "author": [{"literal": "By A. Scribe"}],
        "container-title": "Port Daily",
        "issued": {"date-parts": [[2031, 2, 4]]},
        "accessed": {"date-parts": [[2031, 2, 5]]},
        "language": "en",
        "URL": "https://port-daily.example/norland?id=7",
        "note": f"Document {DOCUMENT}, html; SHA-256 of the bytes read: {'ab' * 32}",
    }


@pytest.mark.parametrize(("published", "parts"), [("2031-02", [[2031, 2]]), ("2031", [[2031]])])
def test_a_date_is_as_precise_as_known(published, parts):
    (found,) = json.loads(written("csl-json", [citing(published=published)]))
    assert found["issued"] == {"date-parts": parts}


@pytest.mark.parametrize(
    ("known", "kind"), [({"url": None}, "article-newspaper"), ({"url": None, "outlet": None}, "document")]
)
def test_what_has_no_address_is_no_page(known, kind):
    (found,) = json.loads(written("csl-json", [citing(**known)]))
    assert found["type"] == kind
    assert "URL" not in found


def test_no_document_is_an_empty_list():
    assert json.loads(written("csl-json", [])) == []


@settings(max_examples=15, deadline=None)
@given(registers())
def test_every_list_keeps_to_the_schema(records):
    data = written("csl-json", records, about())
    assert data == written("csl-json", iter(records), about())
    found = json.loads(data)
    assert not list(SCHEMA.iter_errors(found))
    assert len({one["id"] for one in found}) == len(found) == len({one for rec in records for one in rec.documents})
