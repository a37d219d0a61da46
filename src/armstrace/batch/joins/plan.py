"""What is grouped, in pieces of which size, and where each step leaves what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np

from armstrace.document import Document

KEY_BITS: Final = 12  # of a hash: sketches are written in so fine pieces that any number of buckets is whole ones
KEYS: Final = 1 << KEY_BITS

# Rows of the files, packed; "row" counts the documents of a part, "rank" all documents in the order of time.
HELD: Final = np.dtype([("hash", "<u8"), ("row", "<u4")])
COUNTED: Final = np.dtype([("code", "<i8"), ("count", "u1")])
PAIR: Final = np.dtype([("earlier", "<u4"), ("later", "<u4"), ("is_standing", "?")])
WANTED: Final = np.dtype([("row", "<u4"), ("chunk", "<u4")])
EDGE: Final = np.dtype([("earlier", "<u4"), ("later", "<u4"), ("weight", "<u4")])
SKETCHED: Final = np.dtype(
    [("place", "<i8"), ("name", "<u8"), ("outlet", "<u8"), ("day", "<i4"), ("characters", "<u4"), ("hashes", "<u4")]
)
FRAME: Final = np.dtype([("outlet", "<u8"), ("day", "<i4"), ("characters", "<u4"), ("part", "<u4"), ("row", "<u4")])
NO_DAY: Final = -1


class Part(NamedTuple):
    """Some of the documents: the same, in the same order, each time they are read.

    ``name`` is told in messages; ``mark`` changes when the documents do; ``read`` goes to workers, and returns
    documents with their texts, outlets, days of publishing and facts.
    """

    name: str
    mark: str
    read: Callable[[], Iterable[Document]]


class Sizes(NamedTuple):
    """How much is held at once; nothing of what is found depends on it.

    Attributes:
        hashes: hashes of a bucket, and of the documents whose candidates are counted together: some 500 bytes each.
        characters: characters of the texts that are compared together: some 100 bytes each where all are compared.
        pair_characters: the same, of both texts of each pair: some 10 bytes each where all are copies.
    """

    hashes: int = 1_000_000
    characters: int = 8_000_000
    pair_characters: int = 32_000_000


class Piece(NamedTuple):
    """A task: the piece of a number, what to call it in a message, and for some steps the part that it is about."""

    number: int
    name: str
    part: Part | None = None

    def __str__(self) -> str:
        return self.name

    def documents(self) -> Iterable[Document]:
        """Return the documents of the part that it is about."""
        return self.part.read() if self.part else ()
