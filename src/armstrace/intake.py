"""Documents into the store: kept first, read after; what a receipt was given for is on the disk.

texts --keep--> documents with their bytes --read--> claims. A run that is broken off is simply run again: what is kept
is known by its bytes and passed over, what is not read yet is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from armstrace.document import Document, Metadata
from armstrace.errors import InputError
from armstrace.export.jsonl import claim_to_dict
from armstrace.ids import content_id
from armstrace.ingest.languages import tell_language
from armstrace.ingest.raw import PassedOver, RawText, Unread
from armstrace.ingest.walk import Known
from armstrace.pipeline import Reader, make_document, read_report
from armstrace.store.failures import Failure
from armstrace.store.readings import Reading
from armstrace.store.repository import Store

Say = Callable[[RawText], tuple[Metadata | None, ...]]
Now = Callable[[], str]


class Receipt(NamedTuple):
    """What became of one text: ``outcome`` is new, version, known or unread; ``id`` is None where nothing was kept.

    ``detail`` says which version it is, or why it could not be read.
    """

    outcome: str
    id: str | None
    name: str
    source: str
    detail: str = ""


class ReadReceipt(NamedTuple):
    """What became of the reading of one document: its claims, or why there are none."""

    id: str
    name: str
    claims: int
    failure: str | None


def document_id(raw: RawText) -> str:
    """Return the id of a text's document: of its bytes, or of its identity where the bytes hold several."""
    return (
        content_id("identity", raw.identity) if raw.identity else content_id(hashlib.sha256(raw.evidence).hexdigest())
    )


def keep_texts(store: Store, found: Iterable[RawText | Known | Unread], say: Say, now: Now) -> Iterator[Receipt]:
    """Keep each text with its bytes, and what could not be read with its reason; yield a receipt once that is done.

    Raises:
        StoreError: the store cannot be used; what receipts were given for is kept.
    """
    for one in found:
        if isinstance(one, PassedOver):
            continue
        if isinstance(one, Unread):
            store.save_failure(Failure(one.where, None, one.told, now()), one.evidence or None)
            yield Receipt("unread", None, one.where, one.where, one.told)
        elif isinstance(one, Known):
            for known in store.note_capture(one.sha256, one.capture, now()):
                yield Receipt("known", known, one.name, one.capture.source)
        else:
            yield _keep_text(store, one, say(one), now())


def _keep_text(store: Store, raw: RawText, said: tuple[Metadata | None, ...], moment: str) -> Receipt:
    document = make_document(raw, *said, Metadata(language=tell_language(raw.text, raw.metadata.language)))
    added = store.add_document(replace(document, id=document_id(raw)), raw.evidence, raw.capture, moment)
    outcome = "known" if not added.is_new else "version" if added.version > 1 else "new"
    return Receipt(outcome, added.id, raw.id, raw.capture.source, f"version {added.version}")


def read_kept(store: Store, reader: Reader, extractor: str, now: Now) -> Iterator[ReadReceipt]:
    """Read every kept document that this extractor has not read yet; yield a receipt once its claims are kept.

    Claims of another extractor are replaced; people's judgements stay as they are.

    Raises:
        StoreError: the store cannot be used; what receipts were given for is kept.
    """
    yield from read_documents(store, reader, extractor, now, store.unread(extractor))


def read_documents(
    store: Store, reader: Reader, extractor: str, now: Now, documents: Iterable[str]
) -> Iterator[ReadReceipt]:
    """Read documents of these ids, as ``read_kept`` does."""
    for identity in documents:
        document = store.document(identity)
        if document is None:  # taken away since
            continue
        reading = _read(reader, document, extractor, now())
        store.save_reading(reading)
        yield ReadReceipt(identity, document.name, len(reading.claims), reading.failure)


def _read(reader: Reader, document: Document, extractor: str, moment: str) -> Reading:
    try:
        found = read_report(reader, document)
    except InputError as error:
        return Reading(document.id, extractor, moment, failure=str(error))
    claims = [(claim, claim_to_dict(claim)) for claim in found.claims]
    return Reading(document.id, extractor, moment, claims, left_out=len(found.rejected))
