"""The examples of docs/ftm-and-stix.md are what the program writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from record_stories import json_lines, make_record, written

from armstrace.export.ftm import as_entities, as_statements
from armstrace.export.stix import bundle

PAGE = Path(__file__).parents[2] / "docs" / "ftm-and-stix.md"
_EXAMPLE = re.compile(r"<!-- example: (?P<name>.+?) -->\n```json\n(?P<json>.*?)\n```", re.DOTALL)
_SHOWN = ("quantity ", "denials ", "credibility ")  # of the lines of an event, those that the page shows
STORY = [
    {
        "id": "c-sent",
        "in": "d-ledger",
        "day": "2031-03-01",
        "by": "Ledger",
        "title": "Drones said to have gone east",
        "from": "government KP",
        "number": 40,
        "status": "delivered",
        "sure": "likely",
        "band": [55, 80],
        "words": "Forty drones have likely been delivered, the ministry said.",
    },
    {
        "id": "c-denied",
        "in": "d-post",
        "day": "2031-03-04",
        "by": "Post",
        "from": "government RU",
        "polarity": "denied",
        "status": "delivered",
        "words": "No drones have come, the other ministry said.",
    },
]


def examples() -> dict[str, object]:
    """Return by its name in the page what the program writes."""
    record = [make_record(STORY)]
    entities = json_lines(written(as_entities.write, record))
    statements = json_lines(written(as_statements.write, record))
    objects = json.loads(written(bundle.write, record))["objects"]
    event = next(one for one in entities if one["schema"] == "Event")
    shown = [line for line in event["properties"]["notes"] if line.startswith(_SHOWN)]
    return {
        "ftm Event": {**event, "properties": {**event["properties"], "notes": shown}},
        "ftm Documentation": next(one for one in entities if one["schema"] == "Documentation"),
        "ftm UnknownLink": next(one for one in entities if one["schema"] == "UnknownLink"),
        "ftm statement": next(one for one in statements if one["value"].startswith("quantity = ")),
        "stix report": next(one for one in objects if one["type"] == "report"),
        "stix note": next(one for one in objects if one["type"] == "note"),
        "stix opinion": next(one for one in objects if one["type"] == "opinion"),
    }


@pytest.mark.parametrize("name", examples())
def test_an_example_is_what_is_written(name):
    shown = {found["name"]: json.loads(found["json"]) for found in _EXAMPLE.finditer(PAGE.read_text("utf-8"))}
    assert shown[name] == examples()[name], f"put this in its place:\n{json.dumps(examples()[name], indent=2)}"
