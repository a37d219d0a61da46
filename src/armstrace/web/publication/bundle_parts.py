"""What a bundle holds beside records and reports: documents, evidence, judgements, law, lists, certificates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlsplit

from armstrace.document import Capture, Document
from armstrace.embargo.load import load_measure, packaged_measures
from armstrace.embargo.scopes import load_scopes
from armstrace.errors import StoreError
from armstrace.export.plain import plain
from armstrace.export.record import Cited
from armstrace.export.shareable import A_REVIEWER
from armstrace.ids import content_id
from armstrace.screen.list_kinds import list_title
from armstrace.store.judgements import StoredJudgement, judgements_on
from armstrace.store.repository import Store

OF_BYTES: Final = "bytes"
OF_PART: Final = "part"
_LEFT_OUT: Final = "left out of the bundle"
_SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})
_WEB: Final = frozenset({"http", "https", "ftp"})
_FOLDERS: Final = re.compile(r"[\\/]")
_AT_ONCE: Final = 100  # certificates in memory

Row = dict[str, Any]


def document_row(store: Store, document: Document, cited: Cited) -> Row:
    """Return a document as plain values: text and original text, how they lead to the bytes, how these came here.

    ``id_of`` is "bytes" where the id is the hash of the bytes, "part" where these hold several documents.
    """
    reading = store.reading(document.id)
    return {
        "document": document.id,
        "id_of": OF_BYTES if document.id == content_id(cited.sha256) else OF_PART,
        "name": document.name,
        "format": document.format,
        **asdict(document.metadata),
        "url": cited.url,
        "evidence": cited.sha256,
        "captures": [{**_capture(one.capture), "noted_at": one.noted_at} for one in store.captures(document.id)],
        "read_by": reading.extractor if reading else None,
        "text": document.text,
        "raw": document.raw,
        "removed": [asdict(one) for one in document.removed],
        "facts": [asdict(one) for one in document.facts],
        "places": [asdict(one) for one in document.places],
        "left_out": [asdict(one) for one in document.left_out],
    }


def judgement_rows(store: Store, documents: Iterable[str], claims: Collection[str], *, named: bool) -> Iterator[Row]:
    """Yield what people judged of claims, and what of that they took back, in the order it was said.

    Who it was and why is told only where they are ``named``.
    """
    with store.database.read() as connection:
        found = [one for rows in judgements_on(connection, documents).values() for one in rows]
    concerned = {one.id for one in found if _concerns(one, claims)}
    for one in sorted(found, key=lambda one: one.id):
        judged = one.judgement
        undone = judged.value if judged.verdict == "undo" and isinstance(judged.value, list) else ()
        if one.id in concerned or concerned.intersection(undone):
            row = asdict(judged) if named else {**asdict(judged), "who": A_REVIEWER, "why": None}
            beside = {"other_document": one.other_document, "other_as_judged": one.other_body}
            yield {"number": one.id, **row, "as_judged": one.claim_body, **beside}


def _concerns(one: StoredJudgement, claims: Collection[str]) -> bool:
    return one.judgement.claim in claims or (isinstance(one.judgement.value, str) and one.judgement.value in claims)


def law_files(cited: Mapping[str, Collection[str]]) -> Iterator[tuple[str, bytes, Row]]:
    """Yield the packaged file of each measure that findings cite, with its bytes and what is said of it.

    ``cited`` are the entries that findings rest on, by measure.

    Raises:
        StoreError: a measure is not packaged any more.
    """
    scopes = load_scopes()
    for key in sorted(cited):
        name = f"{key}.yml"
        path = packaged_measures() / name
        if not path.is_file():
            raise StoreError(f"{key}: findings cite it, but this version has no such measure; run `armstrace update`")
        measure = load_measure(path, scopes)
        days = {"date_checked": measure.date_checked.isoformat(), "known_until": measure.known_until.isoformat()}
        told = {"measure": key, "title": measure.title, "file": name, **days, "entries": sorted(cited[key])}
        yield name, path.read_bytes(), told


def list_rows(store: Store) -> list[Row]:
    """Return which sanctions lists are in force: title, date, hash of the file, when it came."""
    return [
        {
            "list": one.key,
            "title": list_title(one.key),
            "dated": one.dated or None,
            "sha256": one.sha256,
            "format": one.format,
            "files": [file._asdict() for file in one.files],
            "entries": one.entry_count,
            "rows_left_out": one.fault_count,
            "added_at": one.added_at,
        }
        for one in store.screening.lists()
    ]


def entry_rows(store: Store, key: str) -> Iterator[Row]:
    """Yield the entries of a list in force as they were read; the store does not keep the file itself."""
    for one, _ in store.screening.load_in_force([key]):
        for entry in one.entries:
            yield asdict(entry)


def certificates_on(store: Store, names: Collection[str]) -> Iterator[Row]:
    """Yield the certificates of screening in which one of these names was searched, the latest first."""
    wanted = {_name_key(name) for name in names}
    start = 0
    while wanted and (page := store.screening.certificates(_AT_ONCE, start)):
        start += len(page)
        yield from (body for body in page if any(_name_key(one["name"]) in wanted for one in body["searched"]))


def _name_key(name: str) -> str:
    return plain(name).casefold()


def _capture(capture: Capture) -> Row:
    """Return how bytes came here, without what lets somebody in elsewhere."""
    headers = [[name, _LEFT_OUT if name.casefold() in _SECRET_HEADERS else value] for name, value in capture.headers]
    return {"source": _source(capture.source), "moment": capture.moment, "headers": headers}


def _source(source: str) -> str:
    """Return an address that holds no password; of a path the name of the file, for folders tell of people."""
    try:
        address = urlsplit(source)
    except ValueError:
        return _LEFT_OUT
    if address.scheme in _WEB:
        return _LEFT_OUT if "@" in address.netloc else source
    path, within, rest = source.partition("!/")
    return f"{_FOLDERS.split(path)[-1]}{within}{rest}"
