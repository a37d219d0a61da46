"""One transfer with all its evidence as a single page that needs nothing beside it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from armstrace.document import Document, Span
from armstrace.export.certificates import certificate_text
from armstrace.export.plain import plain
from armstrace.export.shareable import shareable
from armstrace.export.versions import versions_words
from armstrace.exporting import documents_of, versions_of
from armstrace.keeping.stages import Stages
from armstrace.lexicon.load import load_country_labels
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer
from armstrace.registering import find_transfer, findings_on
from armstrace.store.repository import Store
from armstrace.text.sentences import split_sentences
from armstrace.web.addresses import Addresses
from armstrace.web.templating import new_environment
from armstrace.web.views.transfer import Around
from armstrace.web.views.transfer_page import transfer_values

_SHEETS: Final = "tokens page tables pictures document publication".split()
_WINDOW: Final = 2000  # characters around a claim in which the sentences beside it are looked for
_LONGEST: Final = 500  # characters of a sentence beside that of a claim


@dataclass(frozen=True, slots=True)
class Asked:
    """What is reported.

    Attributes:
        transfer: its id, that of one of its claims, or the beginning of either.
        as_of: the day, month or year up to which documents count; None for all.
        certificate: the id of a certificate of screening to show; None for none.
        reliability: how reliable sources are.
    """

    transfer: str
    as_of: str | None = None
    certificate: str | None = None
    reliability: Sequence[Row] = ()


class Held(NamedTuple):
    """A document behind a transfer, and the hash of the bytes that it was read from."""

    id: str
    title: str
    outlet: str
    published: str
    address: str | None
    format: str
    captured: str
    size: str
    sha256: str


def make_report(store: Store, stages: Stages, asked: Asked) -> str:
    """Return the page; the same register gives the same page. The register must be up to date.

    Raises:
        StoreError: there is no such transfer or certificate, or the store cannot be used.
        ValueError: ``as_of`` is no date.
    """
    found = find_transfer(store, stages, asked.transfer, asked.as_of)
    findings = stages.check(found) if asked.as_of else findings_on(store, found.id)
    transfer = shareable(found)
    urls = {one.id: one.url for one in documents_of(store, [found]).values() if one.url}
    addresses = Addresses(words=lambda document, _: urls.get(document), measure=lambda *_: None)
    ids = dict.fromkeys(told.claim.document for told in (*found.claims, *found.context))
    documents = [one for identity in ids if (one := store.document(identity))]
    certificate = store.screening.certificate(asked.certificate) if asked.certificate else None
    shown = {
        "style": _style(),
        "policy": f"default-src 'none'; style-src '{_style_hash()}'; base-uri 'none'; form-action 'none'",
        "standing": f"As known on {asked.as_of}." if asked.as_of else "",
        **transfer_values(
            transfer,
            findings,
            asked.reliability,
            load_country_labels(),
            addresses,
            around=sentences_around(found, documents),
        ),
        "documents": [_held(store, one, urls) for one in documents],
        "certificate": certificate_text(certificate) if certificate else "",
        "versions": versions_words(versions_of(store, stages)),
    }
    return _templates().get_template("publication/report.html").render(shown)


def sentences_around(transfer: Transfer, documents: Iterable[Document]) -> dict[str, Around]:
    """Return the sentences before and after that of each claim, by its id."""
    texts = {document.id: document.text for document in documents}
    return {
        told.claim.id: around_span(texts[told.claim.document], told.claim.evidence.span)
        for told in (*transfer.claims, *transfer.context)
        if told.claim.document in texts
    }


def around_span(text: str, span: Span) -> Around:
    """Return the sentences before and after a span that is a sentence; of those that are too long the beginning."""
    start, end = max(0, span.start - _WINDOW), min(len(text), span.end + _WINDOW)
    before, after = text[start : span.start], text[span.end : end]
    # A sentence that the window cuts is none.
    earlier = [one for one in split_sentences(before) if start == 0 or one.start > 0]
    later = [one for one in split_sentences(after) if end == len(text) or one.end < len(after)]
    return Around(
        _shortened(earlier[-1].of(before)) if earlier else "", _shortened(later[0].of(after)) if later else ""
    )


def _shortened(words: str) -> str:
    shown = plain(words)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _held(store: Store, document: Document, urls: Mapping[str, str]) -> Held:
    evidence = store.evidence_of(document.id) or b""
    moments = [one.capture.moment for one in store.captures(document.id) if one.capture.moment]
    known = document.metadata
    return Held(
        id=document.id,
        title=plain(known.title or "") or document.id,
        outlet=plain(known.outlet or "") or "outlet unknown",
        published=plain(known.published or "") or "no date",
        address=urls.get(document.id),
        format=document.format,
        captured=min(moments, default="not noted"),
        size=f"{len(evidence):,}",
        sha256=hashlib.sha256(evidence).hexdigest(),
    )


@cache
def _style() -> Markup:
    """Return what the page looks by, as it stands in it; made of packaged files alone."""
    folder = files("armstrace.web") / "static" / "style"
    sheets = [folder.joinpath(f"{name}.css").read_text("utf-8") for name in _SHEETS]
    printed = folder.joinpath("print.css").read_text("utf-8")
    return Markup("\n".join([*sheets, f"@media print {{\n{printed}}}\n"]))  # noqa: S704 - no word of a document in it


@cache
def _style_hash() -> str:
    return f"sha256-{b64encode(hashlib.sha256(_style().encode()).digest()).decode()}"


@cache
def _templates() -> Environment:
    return new_environment("publication/report_frame.html")
