"""One transfer with all its evidence as a single page that needs nothing beside it; several in a ZIP with an index."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from armstrace.document import Document, Span
from armstrace.errors import MetadataError
from armstrace.export.certificates import certificate_text
from armstrace.export.plain import plain
from armstrace.export.record import Cited, Out, Record
from armstrace.export.versions import versions_words
from armstrace.export.zipped import zipping
from armstrace.register.types import Transfer
from armstrace.text.sentences import split_sentences
from armstrace.web.addresses import Addresses
from armstrace.web.exports import Material
from armstrace.web.publication.lines import Line, make_line
from armstrace.web.templating import new_environment
from armstrace.web.views.transfer import Around
from armstrace.web.views.transfer_page import transfer_values

INDEX: Final = "index.html"
_SHEETS: Final = "tokens page tables pictures document publication".split()
_WINDOW: Final = 2000  # characters around a claim in which the sentences beside it are looked for
_LONGEST: Final = 500  # characters of a sentence beside that of a claim


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


def write(material: Material, out: Out) -> None:
    """Write the page of the one line that is asked for; for several a ZIP with a page each, and an index of them.

    The same register gives the same pages. The register must be up to date.

    Raises:
        MetadataError: no line is all that is asked for.
        StoreError: there is no such transfer or certificate, evidence is lost, or the store cannot be used.
        ValueError: ``as_of`` is no date.
    """
    reports = Reports(material)
    if material.choice.transfer:
        for record in material.records():
            out.write(reports.page(record))
        return
    with zipping(out, packed=True) as archive:
        for record in material.records():
            archive.add(page_name(record.transfer.id), reports.page(record))
        archive.add(INDEX, reports.index())


def page_name(transfer: str) -> str:
    """Return the name of the report of a transfer beside its index."""
    return f"reports/{transfer}.html"


class Reports:
    """Makes the reports of transfers, and the index of those that were made."""

    def __init__(self, material: Material) -> None:
        self._store, self._about, self._choice = material.store, material.about, material.choice
        asked = self._about.options.get("certificate")
        self._certificate = certificate_text(self._store.screening.certificate(asked)) if asked else ""
        self._lines: list[Line] = []

    def page(self, record: Record) -> bytes:
        """Return the report of a transfer.

        Raises:
            StoreError: the evidence of a document is lost or changed.
        """
        names, transfer = self._about.names, record.transfer
        self._lines.append(make_line(transfer, record.findings, names))
        urls = {one.id: one.url for one in record.documents.values()}
        addresses = Addresses(words=lambda document, _: urls.get(document), measure=lambda *_: None)
        shown = transfer_values(
            transfer, record.findings, self._about.reliability, names, addresses, around=self._around(record)
        )
        more = {
            "documents": [self._held(one) for one in record.documents.values()],
            "certificate": self._certificate,
            "printed": True,
        }
        return self._render("report", {**shown, **more})

    def index(self) -> bytes:
        """Return the page that leads to all reports.

        Raises:
            MetadataError: there is none.
        """
        if not self._lines:
            raise MetadataError("no line of the register is all that is asked for: nothing to report")
        return self._render("reports", {"lines": self._lines})

    def _render(self, template: str, shown: Mapping[str, object]) -> bytes:
        as_of = self._about.as_of
        shared = {
            "style": _style(),
            "policy": f"default-src 'none'; style-src '{_style_hash()}'; base-uri 'none'; form-action 'none'",
            "standing": f"As known on {as_of}." if as_of else "",
            "versions": versions_words(self._about.versions),
        }
        page = _templates().get_template(f"publication/{template}.html").render({**shared, **shown})
        return page.encode("utf-8", "replace")

    def _around(self, record: Record) -> dict[str, Around]:
        if not self._choice.quotes:
            return {}
        documents = (self._store.document(one) for one in record.documents)
        return sentences_around(record.transfer, [one for one in documents if one])

    def _held(self, cited: Cited) -> Held:
        return Held(
            id=cited.id,
            title=plain(cited.title or "") or cited.id,
            outlet=plain(cited.outlet or "") or "outlet unknown",
            published=plain(cited.published or "") or "no date",
            address=cited.url,
            format=cited.format,
            captured=cited.captured or "not noted",
            size=f"{len(self._store.evidence.read(cited.sha256)):,}",
            sha256=cited.sha256,
        )


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
