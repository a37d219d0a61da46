"""Documents as they are compared for copies, kept in the database: only what is asked for is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Select, TextualSelect, func, select, text

from armstrace.document import Document
from armstrace.errors import StoreError
from armstrace.group import candidates
from armstrace.group.candidates import Pair
from armstrace.group.frames import Frame
from armstrace.group.growth import Around
from armstrace.group.sketches import Hashes
from armstrace.store.changes import chunks
from armstrace.store.columns import AnyText, to_json
from armstrace.store.documents import find_document
from armstrace.store.register_schema import (
    COPY_CANDIDATES,
    SKETCH_HASHES,
    SKETCHES,
    STANDING_HASHES,
    STANDING_PASSAGES,
)

_OTHER = SKETCHES.alias("other")


class KnownDocuments:
    """What is known of documents, as ``group.growth`` asks for it, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._frames: dict[str, Frame] = {}
        self._near: dict[str, frozenset[str]] = {}
        self.document = cache(self._document)
        self.sketch = cache(self._sketch)

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        """Return the frames of known documents."""
        for chosen in chunks(sorted(set(ids) - self._frames.keys())):
            c = SKETCHES.c
            found = select(c.place, c.document_id, c.outlet, c.published).where(c.document_id.in_(chosen))
            self._frames.update((row.document_id, Frame(*row)) for row in self._connection.execute(found))
        return self._frames

    def around(self, hashes: Hashes, frame: Frame) -> Iterator[Around]:
        """Yield each hash that somebody holds with its holders around a document, the nearest alone."""
        before, after = (self._beside(hashes, frame, way) for way in (_BEFORE, _AFTER))
        for one in sorted(before.keys() | after.keys()):
            yield Around(unsigned(one), tuple(before.get(one, ())), tuple(after.get(one, ())))

    def holders(self, hashes: Collection[int]) -> Collection[str]:
        """Return all documents that hold one of the hashes."""
        found: set[str] = set()
        for chosen in chunks(signed(np.array(sorted(hashes), dtype=np.uint64))):
            holding = select(SKETCH_HASHES.c.place).where(SKETCH_HASHES.c.hash.in_(chosen))
            found.update(self._connection.scalars(_ids_of(SKETCHES.c.place.in_(holding))))
        return found

    def near(self, one: str) -> frozenset[str]:
        """Return the candidates of a document; none for one that is not known."""
        if one not in self._near:
            joined = SKETCHES.join(COPY_CANDIDATES, COPY_CANDIDATES.c.place == SKETCHES.c.place).join(
                _OTHER, _OTHER.c.place == COPY_CANDIDATES.c.other
            )
            found = select(_OTHER.c.document_id).select_from(joined).where(SKETCHES.c.document_id == one)
            self._near[one] = frozenset(self._connection.scalars(found))
        return self._near[one]

    def passages(self, pair: Pair) -> frozenset[int]:
        """Return the hashes of the standing text that a pair of stories shows."""
        places = sorted(self.frames(pair)[one].place for one in pair)
        c = STANDING_PASSAGES.c
        found = self._connection.scalar(select(c.hashes).where(c.place == places[0], c.other == places[1]))
        return frozenset(unpack_hashes(found).tolist()) if found else frozenset()

    def standing(self, hashes: Iterable[int]) -> Mapping[int, int]:
        """Return how many pairs show each of the hashes as standing text; those of none are missing."""
        found: dict[int, int] = {}
        for chosen in chunks(signed(np.array(list(hashes), dtype=np.uint64))):
            wanted = select(STANDING_HASHES).where(STANDING_HASHES.c.hash.in_(chosen))
            found.update((unsigned(row.hash), row.pairs) for row in self._connection.execute(wanted))
        return found

    def _document(self, one: str) -> Document:
        document = find_document(self._connection, one)
        if document is None:
            raise StoreError(f"document {one}: is in the register and not in the store; run `armstrace verify`")
        return document

    def _sketch(self, one: str) -> Hashes:
        packed = self._connection.scalar(select(SKETCHES.c.hashes).where(SKETCHES.c.document_id == one))
        return unpack_hashes(packed or b"")

    def _beside(self, hashes: Hashes, frame: Frame, way: str) -> dict[int, list[str]]:
        """Return by hash the ids of its holders on one side of a document, in the order of time."""
        given = {"wanted": to_json(signed(hashes)), "place": frame.place, "most": candidates.NEIGHBOURS}
        found: dict[int, list[str]] = {}
        for row in self._connection.execute(_nearest(self._connection.dialect.name, way), given):
            found.setdefault(row.hash, []).append(row.document_id)
        return found


# Hashes as one list: as so many values, making the statement takes ten times as long as running it.
_LISTED = {
    "sqlite": "json_each(:wanted) AS wanted",
    "postgresql": "(SELECT CAST(value AS bigint) AS value FROM json_array_elements_text(CAST(:wanted AS json))) wanted",
}
_BEFORE, _AFTER = "< :place ORDER BY place DESC", "> :place ORDER BY place"


@cache
def _nearest(dialect: str, way: str) -> TextualSelect:
    """Return the query for the nearest holders of hashes on one side of a place, in the order of time."""
    nearest = f"SELECT place FROM sketch_hashes WHERE hash = wanted.value AND place {way} LIMIT :most"  # noqa: S608 - no value in it
    found = text(
        f"SELECT held.hash, sketches.document_id FROM {_LISTED[dialect]}"  # noqa: S608 - no value in it
        f" JOIN sketch_hashes AS held ON held.hash = wanted.value AND held.place IN ({nearest})"
        " JOIN sketches ON sketches.place = held.place ORDER BY held.hash, held.place"
    )
    return found.columns(Column("hash", BigInteger), Column("document_id", AnyText))


def _ids_of(where: ColumnElement[bool]) -> Select[tuple[str]]:
    return select(SKETCHES.c.document_id).where(where)


def is_compared(connection: Connection, document: str) -> bool:
    """Tell whether a document is among those that are compared."""
    return connection.scalar(_ids_of(SKETCHES.c.document_id == document)) is not None


def count_compared(connection: Connection) -> int:
    """Return how many documents are compared with one another."""
    return connection.scalar(select(func.count()).select_from(SKETCHES)) or 0


def standing_of(connection: Connection, pair: Pair) -> frozenset[int]:
    """Return the hashes of standing text that two documents hold."""
    known = KnownDocuments(connection)
    return frozenset(known.standing({one for identity in pair for one in known.sketch(identity).tolist()}))


def families_of(connection: Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return the copy family of each document that is compared with others."""
    found: dict[str, str] = {}
    for chosen in chunks(sorted(set(documents))):
        wanted = select(SKETCHES.c.document_id, SKETCHES.c.family).where(SKETCHES.c.document_id.in_(chosen))
        found.update((row.document_id, row.family) for row in connection.execute(wanted))
    return found


def signed(hashes: Hashes) -> list[int]:
    """Return hashes as the databases count."""
    return list(hashes.astype(np.uint64).view(np.int64).tolist())


def unsigned(number: int) -> int:
    """Return the hash of a number of the database."""
    return number & 0xFFFFFFFFFFFFFFFF


def pack_hashes(hashes: Iterable[int] | Hashes) -> bytes:
    """Return hashes as bytes, the same on every machine."""
    array: Any = hashes if isinstance(hashes, np.ndarray) else np.array(sorted(hashes), dtype=np.uint64)
    return bytes(array.astype("<u8").tobytes())


def unpack_hashes(data: bytes) -> Hashes:
    """Return the hashes of bytes."""
    return np.frombuffer(data, dtype="<u8").astype(np.uint64)
