"""``armstrace show``: one document of the store, its claims, and where their words stand in the original."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.cli.text_files import whole_output
from armstrace.document import Document, Span
from armstrace.errors import StoreError
from armstrace.export.plain import plain
from armstrace.store.repository import Store
from armstrace.text.places import describe_places, find_places


@click.command()
@click.argument("document")
@database_option
@click.option(
    "--original",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write the bytes as they came here; with - they alone go to standard output.",
)
def show(*, document: str, database: str | None, original: str | None) -> None:
    """Show the document of an id: what is known of it, how it came here, its claims with the place of their words."""
    with open_named_store(database, create=False) as store:
        found = store.document(document)
        if found is None:
            raise StoreError(f"{document}: no document of this id is in the store; `armstrace search` lists ids")
        if original == "-":
            sys.stdout.buffer.write(store.evidence_of(document) or b"")
            return
        for line in (*_about(found), *_history(store, document), *_claims(store, found), *_left_out(found)):
            click.echo(plain(line) if not line.startswith(" ") else f"  {plain(line)}")
        if original:
            with whole_output(Path(original)) as out:
                out.write(store.evidence_of(document) or b"")


def _about(document: Document) -> Iterator[str]:
    known = document.metadata
    yield f"{document.id}  {document.name} ({document.format}, {len(document.text):,} characters)"
    found = f" (from {known.published_from})" if known.published_from else ""
    for name, value in (
        ("title", known.title),
        ("outlet", known.outlet),
        ("byline", known.byline),
        ("published", f"{known.published}{found}" if known.published else None),
        ("address", known.url),
        ("language", known.language),
        *((fact.kind, fact.text) for fact in document.facts if fact.kind not in {"title", "caption"}),
    ):
        if value:
            yield f" {name}: {value}"


def _history(store: Store, identity: str) -> Iterator[str]:
    for one in store.captures(identity):
        moment = f", captured {one.capture.moment}" if one.capture.moment else ""
        yield f"came from {one.capture.source}{moment}, noted {one.noted_at}"
    reading = store.reading(identity)
    if reading is None:
        yield "not read yet; `armstrace update` reads it"
    elif reading.failure:
        yield f"not read: {reading.failure}"
    else:
        yield f"read by {reading.extractor} at {reading.read_at}: {reading.claim_count} claims"


def _claims(store: Store, document: Document) -> Iterator[str]:
    for claim in store.claims(document.id):
        evidence = claim.body["evidence"]
        places = describe_places(find_places(document, Span(*evidence["span"])))
        yield f"{claim.id}  {claim.body['kind']}, {claim.body['status']}, {claim.body['polarity']}"
        yield f" words: {evidence['text']}"
        yield f" in the original: {places}"


def _left_out(document: Document) -> Iterator[str]:
    masked = [(removed.span.of(document.raw), removed.reason) for removed in document.removed]
    rows = [(text, reason) for text, reason in masked if text.strip()]
    rows += [(entry.text, entry.reason) for entry in document.left_out]
    if rows:
        yield f"left out of the text: {len(rows)}"
    for text, reason in rows:
        yield f" {reason}: {text[:100]}"
