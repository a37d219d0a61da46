"""How fast documents are kept, as a ratio to plain sqlite3 writing the same rows in the same run.

    python benchmarks/store_speed.py [--documents 300] [--words 500]

Peer: the sqlite3 module alone, one transaction a document, the text in one row and in a full-text index of its own
tokenizer; no evidence on the disk, no versions, no captures. Both wait for the disk alike (WAL, synchronous=FULL). The
rounds take turns, so that a busy machine or disk slows all alike. Beside them stands what ``synchronous=NORMAL``
would bring, which may lose acknowledged documents when the power fails, and what adding all once more takes.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import event

from armstrace.document import Capture, Document, Metadata
from armstrace.ids import content_id
from armstrace.store.filters import Query
from armstrace.store.open import open_store
from measured import Column, parser_of, ratio_of, reporting, spread_of

ROUNDS = 3
NOW = "2026-01-01T00:00:00Z"
SYLLABLES = "ka no ri ta mo ve sul dan per il or ash ten bru".split()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print documents a second of each, and the ratio."""
    ask = parser_of(__doc__)
    ask.add_argument("--documents", type=int, default=300)
    ask.add_argument("--words", type=int, default=500, help="of each document; a news report has some 500")
    options = ask.parse_args(arguments)
    documents = make_documents(options.documents, options.words)
    ways: dict[str, Callable[[Path, Sequence[Document]], float]] = {
        "store, FULL": lambda folder, some: add_all(folder, some, "FULL"),
        "store, NORMAL": lambda folder, some: add_all(folder, some, "NORMAL"),
        "store, all there": add_again,
        "plain sqlite3, FULL": lambda folder, some: insert_all(folder, some, "FULL"),
        "plain sqlite3, NORMAL": lambda folder, some: insert_all(folder, some, "NORMAL"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):
        mine = documents[turn::ROUNDS]
        for name, run in ways.items():
            with tempfile.TemporaryDirectory(dir=".") as folder:
                seconds[name].append(run(Path(folder), mine))
    with reporting("store speed", options) as report:
        columns = (Column("documents/s", ",.0f"), Column("spread of s"), Column("times plain sqlite3"))
        table = report.table(f"{len(documents)} documents of {options.words} words", Column("way"), *columns)
        for name, spent in seconds.items():
            peer = "plain sqlite3, NORMAL" if name.endswith("NORMAL") else "plain sqlite3, FULL"
            ratio = ratio_of(spent, seconds[peer]).told
            table.add(name, len(documents) / sum(spent), spread_of(spent).told, ratio)
        with tempfile.TemporaryDirectory(dir=".") as folder:
            report.note(f"search: {search_time(Path(folder), documents) * 1000:.1f} ms")
    return 0


def make_documents(count: int, words: int) -> list[Document]:
    """Return documents of invented words, as long as asked for."""
    chance = random.Random(1)  # noqa: S311  the same words each time
    known = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(20_000)]
    texts = [" ".join(chance.choices(known, k=words)) for _ in range(count)]
    return [
        Document(content_id(text), text, text, Metadata(title=text[:60], url=f"https://ledger.example/{number}"))
        for number, text in enumerate(texts)
    ]


def add_all(folder: Path, documents: Sequence[Document], synchronous: str) -> float:
    """Return the seconds that adding documents takes."""
    with open_store(str(folder / "a.db"), {}) as store:
        store.close()  # the connections that follow are set up anew
        event.listen(
            store.database.engine, "connect", lambda c, _: c.execute(f"PRAGMA synchronous = {synchronous}").close()
        )
        begun = time.perf_counter()
        for document in documents:
            store.add_document(document, page_of(document), Capture(document.metadata.url or ""), NOW)
        return time.perf_counter() - begun


def add_again(folder: Path, documents: Sequence[Document]) -> float:
    """Return the seconds that adding documents takes that are there."""
    add_all(folder, documents, "FULL")
    return add_all(folder, documents, "FULL")


def insert_all(folder: Path, documents: Sequence[Document], synchronous: str) -> float:
    """Return the seconds that plain inserts take."""
    with closing(sqlite3.connect(folder / "b.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("CREATE TABLE documents (id TEXT PRIMARY KEY, title, url, text)")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, content='documents')")
        begun = time.perf_counter()
        for number, document in enumerate(documents, 1):
            title, url = document.metadata.title, document.metadata.url
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", (document.id, title, url, document.text))
            connection.execute(
                "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, title, document.text)
            )
            connection.execute("COMMIT")
        return time.perf_counter() - begun


def search_time(folder: Path, documents: Sequence[Document]) -> float:
    """Return the seconds of one search of two words."""
    with open_store(str(folder / "a.db"), {}) as store:
        for document in documents:
            store.add_document(document, b"of all", Capture(document.id), NOW)
        words = [" ".join(document.text.split()[:2]) for document in documents[:50]]
        store.search(Query(words[0]))
        begun = time.perf_counter()
        for some in words:
            store.search(Query(some))
        return (time.perf_counter() - begun) / len(words)


def page_of(document: Document) -> bytes:
    """Return the bytes that a document might come from."""
    return f"<html><title>{document.metadata.title}</title><p>{document.raw}</p></html>".encode()


if __name__ == "__main__":
    sys.exit(main())
