"""Documents as CSL-JSON, after the schema of the Citation Style Language (csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from armstrace.export.citations.works import Work, cited_works, date_parts
from armstrace.export.record import About, Out, Record


def write(records: Iterable[Record], _about: About, out: Out) -> None:
    """Write one list with an item a document, each once, by id. All documents are held at once, without their text."""
    before = "[\n"
    for work in cited_works(records):
        out.write(f"{before}{json.dumps(item(work), ensure_ascii=False)}".encode())
        before = ",\n"
    out.write(b"[]\n" if before == "[\n" else b"\n]\n")


def item(work: Work) -> dict[str, Any]:
    """Return a document as an item; what is not known is not in it."""
    told = {
        "id": work.key,
        "type": "webpage" if work.url else "article-newspaper" if work.outlet else "document",
        "title": work.title,
        "author": [{"literal": work.byline}] if work.byline else None,
        "container-title": work.outlet,
        "issued": _date(work.published),
        "accessed": _date(date_parts(work.seen)),
        "language": work.language,
        "URL": work.url,
        "note": work.note,
    }
    return {name: value for name, value in told.items() if value}


def _date(parts: tuple[int, ...]) -> dict[str, Any] | None:
    return {"date-parts": [list(parts)]} if parts else None
