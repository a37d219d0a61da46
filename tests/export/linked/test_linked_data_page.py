"""Every example of docs/linked-data.md is what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from linked_story import ACCEPTED, judged, record, written

PAGE = (Path(__file__).parents[3] / "docs" / "linked-data.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
JSON = [json.loads(text) for kind, text in EXAMPLES if kind == "json"]


def nodes(value) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


@pytest.mark.parametrize(
    ("place", "form", "line"),
    [
        (0, "prov", judged(ACCEPTED)),
        (1, "prov", judged(ACCEPTED)),
        (2, "claimreview", judged(ACCEPTED)),
        (3, "csl-json", record()),
    ],
)
def test_a_node_is_written_so(place, form, line):
    assert JSON[place] in list(nodes(json.loads(written(form, [line]))))


@pytest.mark.parametrize(("kind", "form"), [("trig", "nanopub"), ("bibtex", "bibtex")])
def test_a_text_is_written_so(kind, form):
    (example,) = (text for found, text in EXAMPLES if found == kind)
    assert example in written(form, [record()]).decode()


def test_there_is_no_example_that_nothing_checks():
    assert [kind for kind, _ in EXAMPLES] == ["json", "json", "trig", "json", "bibtex", "json"]
