"""A run that adds many documents, to be killed or to compete with others: says each id once it is acknowledged.

python add_many.py ADDRESS EVIDENCE-FOLDER COUNT [SEED]: with a seed they come in another order.
"""

from __future__ import annotations

import random
import sys

from armstrace.document import Capture, Document, Metadata
from armstrace.ids import content_id
from armstrace.store.documents import Added
from armstrace.store.open import open_store
from armstrace.store.repository import Store

DOCUMENTS_A_FILE = 2
DOCUMENTS_AN_ADDRESS = 3


def numbered_document(number: int) -> Document:
    """Return a document; every three have one address, and every two one file."""
    text = f"Report {number}: Norland shipped {number + 2} drones to Ostania on day {number}.\n" * (1 + number % 7)
    metadata = Metadata(title=f"Report {number}", url=f"https://ledger.example/{number // DOCUMENTS_AN_ADDRESS}")
    return Document(content_id(text), text, text, metadata, name=f"report-{number}")


def numbered_evidence(number: int) -> bytes:
    return f"<p>File {number // DOCUMENTS_A_FILE}</p>".encode() * 40


def add_number(store: Store, number: int) -> Added:
    capture = Capture(f"file-{number // DOCUMENTS_A_FILE}.html", "2022-01-01")
    return store.add_document(numbered_document(number), numbered_evidence(number), capture, "2026-01-01T00:00:00Z")


def main(address: str, evidence: str, most: str, seed: str | None = None) -> None:
    numbers = list(range(int(most)))
    if seed is not None:
        random.Random(seed).shuffle(numbers)  # noqa: S311  any order will do
    with open_store(address, {"ARMSTRACE_EVIDENCE": evidence}) as store:
        for number in numbers:
            sys.stdout.write(f"{add_number(store, number).id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
