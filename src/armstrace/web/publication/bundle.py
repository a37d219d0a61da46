"""One investigation as a single file that is checked with no store: records, evidence, law, reports; a bag in a ZIP."""

from __future__ import annotations

import json
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from armstrace import __version__
from armstrace.errors import MetadataError, StoreError
from armstrace.export.bagit import DECLARATION, DECLARED, INFO, MANIFEST, PAYLOAD, TAGS, info_text, manifest_text
from armstrace.export.bundle_shape import BASE, KIND, README, REQUEST, SHAPE
from armstrace.export.certificates import certificate_text
from armstrace.export.jsonl import json_line
from armstrace.export.record import Cited, Out, Record
from armstrace.export.record_lines import record_to_dict, told_to_dict
from armstrace.export.timestamp import timestamp_request
from armstrace.export.zipped import zipping
from armstrace.screening import register_names
from armstrace.web.exports import Material
from armstrace.web.publication.bundle_parts import (
    Row,
    certificates_on,
    document_row,
    entry_rows,
    judgement_rows,
    law_files,
    list_rows,
)
from armstrace.web.publication.folder import Folder, Writer
from armstrace.web.publication.report import INDEX, Reports, page_name

# How each thing that lines may be chosen by is asked for; those without a value are flags.
_ASKED: Final = {"rejected": "--rejected", "released": "--reviewed-only"}
_YES_NO: Final = ("lists", "timestamp")


def write(material: Material, out: Out) -> None:
    """Write a bundle; the same register and question give the same bytes. The register must be up to date.

    Raises:
        MetadataError: no line is all that is asked for, or an option is malformed.
        StoreError: evidence is lost or changed, or the store cannot be used.
        ValueError: a date is none.
    """
    options = read_options(material)
    with TemporaryDirectory() as place, zipping(out, packed=False) as archive:
        folder = Folder(Path(place))
        _Payload(folder, material).fill(lists=options["lists"])
        _write_tags(folder, timestamp=options["timestamp"])
        for name in sorted(folder.files):
            archive.add_file(f"{BASE}/{name}", Path(place, *name.split("/")))


def read_options(material: Material) -> Mapping[str, bool]:
    """Return what is asked of a bundle.

    Raises:
        MetadataError: it is neither yes nor no, or sentences are to be left out, which the documents hold.
    """
    told = material.about.options
    for name in _YES_NO:
        if told.get(name, "no") not in {"yes", "no"}:
            raise MetadataError(f"--set {name}={told[name]}: give {name}=yes or {name}=no")
    if not material.choice.quotes:
        raise MetadataError("--no-quotes: a bundle holds the documents whole; leave it out, or take another format")
    return {name: told.get(name) == "yes" for name in _YES_NO}


class _Payload:
    """The payload of a bag under way; what lines concern is gathered as they go by."""

    def __init__(self, folder: Folder, material: Material) -> None:
        self._folder, self._material, self._store = folder, material, material.store
        self._reports = Reports(material)
        self._documents: dict[str, Cited] = {}
        self._claims: set[str] = set()
        self._names: set[str] = set()
        self._entries: defaultdict[str, set[str]] = defaultdict(set)
        self._lines = self._told = 0

    def fill(self, *, lists: bool) -> None:
        """Write all of it."""
        with self._open("records.jsonl") as records, self._open("claims.jsonl") as claims:
            for record in self._material.records():
                self._gather(record)
                _write_lines(records, [record_to_dict(record)])
                _write_lines(claims, _claim_rows(record))
                self._write(page_name(record.transfer.id), self._reports.page(record))
        self._write(INDEX, self._reports.index())
        for identity in sorted(self._documents):
            self._write_document(self._documents[identity])
        self._write_judgements()
        self._write_law()
        self._write_screening(lists=lists)
        self._write_about()

    def _open(self, name: str) -> Any:  # noqa: ANN401 - a context that yields a Writer
        return self._folder.open(f"{PAYLOAD}{name}")

    def _write(self, name: str, data: bytes) -> None:
        with self._open(name) as out:
            out.write(data)

    def _gather(self, record: Record) -> None:
        transfer = record.transfer
        self._lines += 1
        self._told += len(transfer.claims) + len(transfer.context)
        self._documents |= record.documents
        self._claims |= {told.claim.id for told in (*transfer.claims, *transfer.context)}
        self._names |= {asked.name for asked in register_names([transfer])}
        for finding in record.findings:
            self._entries[finding["measure"]].add(finding["entry"])

    def _write_document(self, cited: Cited) -> None:
        document = self._store.document(cited.id)
        if document is None:
            raise StoreError(f"document {cited.id}: was there a moment ago; try again")
        self._write(f"documents/{cited.id}.json", _json(document_row(self._store, document, cited)))
        if f"{PAYLOAD}evidence/{cited.sha256}" not in self._folder.files:
            self._write(f"evidence/{cited.sha256}", self._store.evidence.read(cited.sha256))

    def _write_judgements(self) -> None:
        named = self._material.choice.reviewers
        with self._open("judgements.jsonl") as out:
            _write_lines(out, judgement_rows(self._store, sorted(self._documents), self._claims, named=named))

    def _write_law(self) -> None:
        told = []
        for name, data, row in law_files(self._entries):
            self._write(f"law/{name}", data)
            told.append(row)
        self._write("law.json", _json({"law": self._material.about.versions["law"], "measures": told}))

    def _write_screening(self, *, lists: bool) -> None:
        rows = list_rows(self._store)
        self._write("lists.json", _json({"lists": rows}))
        for row in rows if lists else ():
            with self._open(f"lists/{row['list']}.jsonl") as out:
                _write_lines(out, entry_rows(self._store, row["list"]))
        for body in certificates_on(self._store, self._names):
            self._write(f"certificates/{body['certificate']}.json", _json(body))
            self._write(f"certificates/{body['certificate']}.txt", certificate_text(body).encode("utf-8", "replace"))

    def _write_about(self) -> None:
        about, choice = self._material.about, self._material.choice
        counts = {"lines": self._lines, "claims": self._told, "documents": len(self._documents)}
        told = {
            "bundle": KIND,
            "shape": SHAPE,
            "asked": dict(about.asked),
            "as_of": about.as_of,
            "reviewers_named": choice.reviewers,
            "repeat": command_of(self._material),
            "counts": counts,
            "versions": dict(about.versions),
            "reliability": [{**row._asdict(), "names": sorted(row.names)} for row in about.reliability],
        }
        self._write("about.json", json.dumps(told, indent=1).encode() + b"\n")
        self._write("README.txt", README.encode())


def command_of(material: Material) -> str:
    """Return the command by which a bundle is made again from the same store, its name left open."""
    about = material.about
    words = ["armstrace", "export", "--format", "bundle"]
    for name, value in about.asked.items():
        words += [_ASKED[name]] if name in _ASKED else [f"--{name}", value]
    words += ["--as-of", about.as_of] if about.as_of else []
    words += ["--reviewers"] if material.choice.reviewers else []
    for name, value in sorted(about.options.items()):
        words += ["--set", f"{name}={value}"]
    return shlex.join([*words, "-o", "FILE.zip"])


def _write_tags(folder: Folder, *, timestamp: bool) -> None:
    """Write what makes a folder a bag, in the order in which each tells the hashes of those before."""
    payload = dict(folder.files)
    size = sum(file.size for file in payload.values())
    folder.write(DECLARATION, DECLARED)
    info = {
        "Bag-Software-Agent": f"armstrace {__version__}",
        "External-Description": "Reported arms transfers and their evidence; data/README.txt says how to check it",
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    folder.write(INFO, info_text(info))
    folder.write(MANIFEST, manifest_text({name: file.sha256 for name, file in payload.items()}))
    tags = {name: folder.files[name].sha256 for name in (DECLARATION, INFO, MANIFEST)}
    folder.write(TAGS, manifest_text(tags))
    if timestamp:
        with folder.open(REQUEST) as out:
            out.write(timestamp_request(folder.files[TAGS].sha256))


def _claim_rows(record: Record) -> Iterator[Row]:
    transfer = record.transfer
    for role, claims in (("claim", transfer.claims), ("context", transfer.context)):
        for told in claims:
            yield {"transfer": transfer.id, "role": role, **told_to_dict(told)}


def _write_lines(out: Writer, rows: Iterable[Row]) -> None:
    for row in rows:
        out.write(f"{json_line(row)}\n".encode())


def _json(row: Row) -> bytes:
    return f"{json_line(row)}\n".encode()
