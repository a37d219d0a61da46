"""What the files of a bundle say, against each other: ids are hashes, sentences stand where they are said to stand."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from armstrace.export.bag_reading import Bag, Damaged, Trouble
from armstrace.export.bagit import PAYLOAD
from armstrace.export.jsonl import claim_from_dict
from armstrace.ids import content_id
from armstrace.screen.certificate import is_certificate

Row = Mapping[str, Any]
Check = Callable[[Bag, "Counter[str]"], Iterator[Trouble]]
ABOUT: Final = f"{PAYLOAD}about.json"
_RECORDS: Final = f"{PAYLOAD}records.jsonl"
_CLAIMS: Final = f"{PAYLOAD}claims.jsonl"
_JUDGEMENTS: Final = f"{PAYLOAD}judgements.jsonl"
_LAW: Final = f"{PAYLOAD}law.json"
# Fields of a claim that are words of its document, with the place where they stand.
_WORDED: Final = ("supplier", "recipient", "maker", "quantity", "value", "when")
_MISSHAPEN: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
_BESIDE: Final = ("transfer", "role")  # what a line of the claims tells beside what the records tell too


@contextmanager
def _reading(name: str, line: int = 0) -> Iterator[None]:
    """Turn what a file that is not as it has to be raises into what is wrong with it."""
    try:
        yield
    except _MISSHAPEN as error:
        where = f"line {line}: " if line else ""
        told = f"{type(error).__name__} {error}"[:200]
        raise Damaged(name, f"{where}is not as a bundle has it ({told})") from error


def read_object(bag: Bag, name: str) -> Row:
    """Return the JSON object that a file is.

    Raises:
        Damaged: it is none.
    """
    with _reading(name):
        return dict(json.loads(bag.read(name)))


def _rows(bag: Bag, name: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(bag.lines(name), 1):
        with _reading(name, number):
            row = dict(json.loads(line))
        yield number, row


def _files(bag: Bag, folder: str, ending: str = "") -> dict[str, str]:
    """Return the files of a folder by their names without folder and ending."""
    start = f"{PAYLOAD}{folder}/"
    found = (name for name in sorted(bag.names) if name.startswith(start) and name.endswith(ending))
    return {name.removeprefix(start).removesuffix(ending): name for name in found}


def _check_documents(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    """Yield documents that are not what their ids say, and evidence that is not what it goes by or is nobody's."""
    evidence, cited = _files(bag, "evidence"), set()
    for sha256, name in evidence.items():
        if bag.sha256(name) != sha256:
            yield Trouble(name, "is not the bytes whose hash is its name")
    for identity, name in _files(bag, "documents", ".json").items():
        counts["documents"] += 1
        row = read_object(bag, name)
        with _reading(name):
            sha256, of_bytes = str(row["evidence"]), row["id_of"] == "bytes"
            is_as_long = len(row["text"]) == len(row["raw"])
        cited.add(sha256)
        counts["entries of a feed or archive (named by its own id)"] += not of_bytes
        if row["document"] != identity or (of_bytes and content_id(sha256) != identity):
            yield Trouble(name, "is not the document whose id is its name")
        if sha256 not in evidence:
            yield Trouble(name, f"was read from bytes that are missing: evidence/{sha256}")
        if not is_as_long:
            yield Trouble(name, "has a text and an original text of different lengths")
    yield from (Trouble(evidence[one], "is the evidence of no document") for one in sorted(set(evidence) - cited))


def _check_claims(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    """Yield claims of which the words do not stand in their document where they say."""
    documents, last, text = _files(bag, "documents", ".json"), "", ""
    for number, row in _rows(bag, _CLAIMS):
        counts["claims"] += 1
        with _reading(_CLAIMS, number):
            claim = claim_from_dict(row)
        if claim.document not in documents:
            yield Trouble(
                _CLAIMS, f"line {number}: claim {claim.id} is of a document that is missing: {claim.document}"
            )
            continue
        if claim.document != last:
            last, text = claim.document, str(read_object(bag, documents[claim.document])["text"])
        with _reading(_CLAIMS, number):
            wrong = [what for what, words, span in _worded(row) if span and _cut(text, span) != words]
        yield from (
            Trouble(_CLAIMS, f"line {number}: claim {claim.id}: its {what} is not what stands there in {last}")
            for what in wrong
        )


def _worded(row: Row) -> Iterator[tuple[str, Any, Any]]:
    yield "sentence", row["evidence"]["text"], row["evidence"]["span"]
    for name in _WORDED:
        if row[name] is not None:
            yield name, row[name]["text"], row[name]["span"]
    for party in row["via"]:
        yield "via", party["text"], party["span"]


def _cut(text: str, span: list[int]) -> str | None:
    start, end = span
    return text[start:end] if 0 <= start <= end <= len(text) else None


def _check_records(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    """Yield lines that tell of claims, documents, measures or reports which are not there, or are others."""
    claims = {
        row["claim"]: _mark({key: value for key, value in row.items() if key not in _BESIDE})
        for _, row in _rows(bag, _CLAIMS)
    }
    there = {folder: _files(bag, folder, ending) for folder, ending in _CITED}
    seen: set[str] = set()
    for number, row in _rows(bag, _RECORDS):
        counts["lines"] += 1
        with _reading(_RECORDS, number):
            told = {one["claim"]: _mark(one) for one in (*row["told"], *row["told_beside"])}
            cited = {
                "documents": {one["document"] for one in row["documents"]},
                "law": {one["measure"] for one in row["findings"]},
                "reports": {row["transfer"]},
            }
        seen |= told.keys()
        for claim in sorted(told):
            if told[claim] != claims.get(claim):
                yield Trouble(_RECORDS, f"line {number}: claim {claim} is not that of {_CLAIMS}, or not in it")
        for folder, names in cited.items():
            for name in sorted(names - there[folder].keys()):
                yield Trouble(_RECORDS, f"line {number}: tells of {folder}/{name}, which is missing")
    for claim in sorted(claims.keys() - seen):
        yield Trouble(_CLAIMS, f"claim {claim} is of no line of {_RECORDS}")


def _mark(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()


def _check_judgements(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    documents = _files(bag, "documents", ".json")
    for number, row in _rows(bag, _JUDGEMENTS):
        counts["judgements"] += 1
        if row.get("document") not in documents:
            yield Trouble(_JUDGEMENTS, f"line {number}: is on a document that is missing: {row.get('document')}")


def _check_law(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    there = _files(bag, "law", ".yml")
    told = read_object(bag, _LAW)
    with _reading(_LAW):
        named = {str(one["measure"]) for one in told["measures"]}
    counts["measures"] += len(named)
    yield from (Trouble(_LAW, f"tells of law/{one}.yml, which is missing") for one in sorted(named - there.keys()))
    yield from (Trouble(there[one], f"is not told of in {_LAW}") for one in sorted(there.keys() - named))


def _check_certificates(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    for identity, name in _files(bag, "certificates", ".json").items():
        counts["certificates"] += 1
        body = read_object(bag, name)
        if body.get("certificate") != identity or not is_certificate(body):
            yield Trouble(name, "is not the certificate whose id is its name")


def _check_counts(bag: Bag, counts: Counter[str]) -> Iterator[Trouble]:
    about = read_object(bag, ABOUT)
    with _reading(ABOUT):
        told = {name: int(about["counts"][name]) for name in ("lines", "claims", "documents")}
    for name, count in told.items():
        if counts[name] != count:
            yield Trouble(ABOUT, f"tells of {count} {name}, and {counts[name]} are there")


_CITED: Final = (("documents", ".json"), ("law", ".yml"), ("reports", ".html"))
CONTENTS: Final[tuple[Check, ...]] = (
    _check_documents,
    _check_claims,
    _check_records,
    _check_judgements,
    _check_law,
    _check_certificates,
    _check_counts,
)
