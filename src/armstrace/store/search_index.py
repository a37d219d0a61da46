"""The search index: full text in FTS5 on SQLite, a tsvector on PostgreSQL, of the same words (see ``words``).

``document_words`` holds the parts of texts, ``claim_words`` the claims; ``rowid`` is ``number`` of ``search_parts`` and
of ``claims``. Each has two fields: ``head`` (title; parties and items) weighs more than ``body``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, text

from armstrace.store.changes import chunks
from armstrace.store.schema import CLAIMS, SEARCH_OUTLETS, SEARCH_PARTS
from armstrace.store.words import find_words, fold

DOCUMENT_WORDS = "document_words"
CLAIM_WORDS = "claim_words"
PREFIXES = (DOCUMENT_WORDS, CLAIM_WORDS)

# PostgreSQL counts places of words to 16,383 and takes 1 MiB a row, so a long text becomes several parts.
MOST_WORDS = 15_000
MOST_LETTERS = 160_000  # of the words alone, in up to 4 bytes each
MOST_CHARACTERS = 100_000
MOST_HEAD_WORDS = 300
_GAP = 10  # places between head and body, so that no phrase reaches from one into the other

# Words come folded, so that each is a run of what the plain ASCII tokenizer keeps together.
_SQLITE_TABLES = (
    f"CREATE VIRTUAL TABLE {DOCUMENT_WORDS} USING fts5(head, body, content='', tokenize='ascii')",
    f"CREATE VIRTUAL TABLE {CLAIM_WORDS} USING fts5(head, body, tokenize='ascii')",
)
_POSTGRES_TABLES = tuple(
    statement
    for name in PREFIXES
    for statement in (
        f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)",
    )
)


def create_index(connection: Connection) -> None:
    """Make the tables of the index."""
    for statement in _SQLITE_TABLES if connection.dialect.name == "sqlite" else _POSTGRES_TABLES:
        connection.execute(text(statement))


def drop_index(connection: Connection) -> None:
    """Drop the tables of the index."""
    for name in PREFIXES:
        connection.execute(text(f"DROP TABLE {name}"))


_NEW_PART = insert(SEARCH_PARTS).returning(SEARCH_PARTS.c.number)


class Part(NamedTuple):
    """One stretch of a text, and its words as the index takes them."""

    start: int
    end: int
    forms: list[str]


class ClaimWords(NamedTuple):
    """What a claim is found by: the folded words of its parties and items, its sentence, the names of its sources."""

    parties: str
    items: Sequence[str]
    evidence: str
    sources: Sequence[str]


def index_document(connection: Connection, document: str, title: str | None, words: str) -> None:
    """Enter a document that the index does not hold yet; ``words`` is its text as search reads it."""
    head = _head_words(title)
    for part in split_parts(words):
        row = {"document_id": document, "start": part.start, "end": part.end}
        number: int = connection.execute(_NEW_PART, row).scalar_one()
        _enter(connection, DOCUMENT_WORDS, {number: (head, part.forms)})


def index_outlets(connection: Connection, outlets: Iterable[tuple[str, str | None]]) -> None:
    """Enter document id -> name of its outlet, of documents that the index does not hold yet; those that name one."""
    named = ({"document_id": document, "words": f" {fold(name)} "} for document, name in outlets if name is not None)
    for rows in chunks(named):
        connection.execute(SEARCH_OUTLETS.insert(), list(rows))


def index_claims(connection: Connection, claims: Mapping[int, ClaimWords]) -> None:
    """Enter claims that the index does not hold yet, by number; of very long evidence its first part."""
    if claims:
        _enter(connection, CLAIM_WORDS, {number: _claim_forms(words) for number, words in claims.items()})


def forget_claims(connection: Connection, document: str) -> None:
    """Take the claims of a document out of the index."""
    numbers = connection.scalars(select(CLAIMS.c.number).where(CLAIMS.c.document_id == document)).all()
    if numbers:
        gone = text(f"DELETE FROM {CLAIM_WORDS} WHERE rowid = :number")  # noqa: S608  the name is ours
        connection.execute(gone, [{"number": number} for number in numbers])


def split_parts(words: str) -> Iterator[Part]:
    """Yield the stretches that a text is indexed in, whole words always: one, unless it is very long."""
    start, size, forms = 0, 0, list[str]()
    for word in find_words(words):
        if forms and (len(forms) == MOST_WORDS or size > MOST_LETTERS or word.end - start > MOST_CHARACTERS):
            yield Part(start, word.start, forms)
            start, size, forms = word.start, 0, []
        forms.append(word.form)
        size += len(word.form)
    yield Part(start, len(words), forms)


def _claim_forms(words: ClaimWords) -> tuple[list[str], list[str]]:
    head = [form for part in (words.parties, *words.items) for form in part.split() if form.isalnum()]
    return head[:MOST_HEAD_WORDS], next(split_parts("\n".join((words.evidence, *words.sources)))).forms


def _head_words(text_of_head: str | None) -> list[str]:
    return [word.form for word in islice(find_words(text_of_head or ""), MOST_HEAD_WORDS)]


def _enter(connection: Connection, table: str, rows: Mapping[int, tuple[list[str], list[str]]]) -> None:
    """Enter head and body by number."""
    if connection.dialect.name == "sqlite":
        row = text(f"INSERT INTO {table} (rowid, head, body) VALUES (:number, :head, :body)")  # noqa: S608
        values = [{"number": n, "head": " ".join(head), "body": " ".join(body)} for n, (head, body) in rows.items()]
        connection.execute(row, values)
        return
    row = text(f"INSERT INTO {table} (rowid, words) VALUES (:number, CAST(:words AS tsvector))")  # noqa: S608
    connection.execute(row, [{"number": number, "words": _vector(*fields)} for number, fields in rows.items()])


def _vector(head: list[str], body: list[str]) -> str:
    """Return words with their places; each is of letters and digits alone, so that no quotation mark can end it."""
    places = [f"'{form}':{place}A" for place, form in enumerate(head, 1)]
    return " ".join((*places, *(f"'{form}':{place}" for place, form in enumerate(body, len(head) + _GAP))))
