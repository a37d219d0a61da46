"""Reading what the store keeps and has not read yet."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from armstrace.cli.database import now
from armstrace.cli.progress import Reporter
from armstrace.pipeline import Reader, load_reader
from armstrace.store.repository import Store


class ReadCounts(NamedTuple):
    """How many claims were read, how many documents gave none because they could not be read, and how many were."""

    claims: int = 0
    unread: int = 0
    documents: int = 0

    @property
    def told(self) -> str:
        """Both, as a part of a sentence."""
        why = "not in English, or without words; `armstrace show` says which"
        return f"{self.claims} claims read" + (f"; {self.unread} kept but not read ({why})" if self.unread else "")


class KeptReader:
    """Reads what is kept; the model is loaded for the first document, and once."""

    def __init__(self, store: Store, reporter: Reporter) -> None:
        self._store = store
        self._reporter = reporter

    @cached_property
    def _reader(self) -> Reader:
        return load_reader()

    def read(self, documents: Collection[str] | None = None) -> ReadCounts:
        """Read every document that today's reader has not read yet, or those of them that are among ``documents``."""
        from armstrace.extractor import extractor_version  # noqa: PLC0415 - hashes the model
        from armstrace.intake import read_documents  # noqa: PLC0415

        version = extractor_version()
        wanted = [one for one in self._store.unread(version) if documents is None or one in documents]
        if not wanted:
            return ReadCounts()
        self._reporter.expect("reading", len(wanted))
        claims = unread = 0
        for receipt in read_documents(self._store, self._reader, version, now, wanted):
            self._reporter.step("read", **receipt._asdict())
            claims += receipt.claims
            unread += receipt.failure is not None
        return ReadCounts(claims, unread, len(wanted) - unread)
