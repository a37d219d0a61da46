"""The register as JSON Lines: a line a record, whole; nothing that the register holds is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from armstrace.export.jsonl import claim_to_dict, json_line
from armstrace.export.record import About, Cited, Out, Record
from armstrace.export.transfers import transfer_to_dict
from armstrace.told import Told


def write(records: Iterable[Record], _about: About, out: Out) -> None:
    """Write a line a record: the public shape of the transfer, with its claims, their documents, and findings."""
    for record in records:
        out.write(f"{json_line(record_to_dict(record))}\n".encode())


def record_to_dict(record: Record) -> dict[str, Any]:
    """Return a record as plain values."""
    transfer = record.transfer
    return {
        **transfer_to_dict(transfer),
        "findings": list(record.findings),
        "told": [told_to_dict(told) for told in transfer.claims],
        "told_beside": [told_to_dict(told) for told in transfer.context],
        "documents": [_document(record.documents[one]) for one in sorted(record.documents)],
    }


def told_to_dict(told: Told) -> dict[str, Any]:
    """Return a claim in its public shape, with what is known of where it was told and of what became of it."""
    later = [
        {"document": one.document, "since": one.since, "kind": str(one.kind), "correction": one.correction}
        for one in told.later
    ]
    about = {"outlet": told.outlet, "published": told.published, "title": told.title, "family": told.family}
    return {**claim_to_dict(told.claim), **about, "later": later}


def _document(cited: Cited) -> dict[str, Any]:
    row = asdict(cited)
    return {"document": row.pop("id"), **row}
