"""Records of small invented stories, told as the rows of tests/cases/register.yml are, with their documents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from register_stories import Row, make_story, plain_origins

from armstrace.embargo.findings import Finding, Verdict
from armstrace.embargo.measures import Body, Direction, Strength
from armstrace.export.findings import finding_to_dict
from armstrace.export.record import About, Cited, Record, Write
from armstrace.register.merge import merge_claims

FINDING = finding_to_dict(
    Finding(
        measure="UN-KP",
        body=Body.UNITED_NATIONS,
        verdict=Verdict.BREACH,
        entry="all arms",
        instrument="Security Council resolution 1718 (2006)",
        paragraph="8 (b)",
        in_force_from=None,
        in_force_to=None,
        direction=Direction.PROCUREMENT_FROM,
        strength=Strength.BINDING,
        reached=True,
        decisive="arms from there",
        would_change=(),
        cases=(),
        disputed=(),
        caveats=(),
        source="looked up by hand",
        missing="",
    )
)
NAMES = {"KP": "North Korea", "RU": "Russia"}
ABOUT = About({}, None, {}, NAMES)


def make_record(claims: Sequence[Row], context: Sequence[Row] = (), findings: Sequence[Any] = ()) -> Record:
    """Return the record of claims from North Korea to Russia, unless they name others."""
    rows = {
        name: [{"supplier": "KP", "recipient": "RU", **row} for row in found]
        for name, found in (("claims", claims), ("context", context))
    }
    transfer = merge_claims(make_story(rows), plain_origins)
    told = {one.claim.document: one for one in (*transfer.claims, *transfer.context)}
    cited = {name: _cited(name, one.title, one.outlet, one.published) for name, one in told.items()}
    return Record(transfer, tuple(findings), cited)


def _cited(name: str, title: str | None, outlet: str | None, published: str | None) -> Cited:
    url = f"https://news.example/{name}"
    return Cited(name, title, outlet, None, "en", published, url, "html", "2031-05-01T10:00:00Z", "ab" * 32)


def written(write: Write, records: Iterable[Record], about: About = ABOUT) -> bytes:
    """Return what a format writes of records."""
    out = io.BytesIO()
    write(records, about, out)
    return out.getvalue()


def json_lines(data: bytes) -> list[Any]:
    """Return the values of JSON Lines."""
    return [json.loads(line) for line in data.splitlines()]


def with_one_document_an_id(register: Iterable[Record]) -> list[Record]:
    """Return records of which each document is one: what is drawn for several may be told otherwise in each."""
    cited: dict[str, Cited] = {}
    for record in register:
        cited = {**record.documents, **cited}
    return [replace(record, documents={one: cited[one] for one in record.documents}) for record in register]
