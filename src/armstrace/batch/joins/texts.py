"""The fifth step: each part's documents sent to the chunks that wait for them; and a chunk's documents read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from armstrace.batch.joins.numbering import ranks_name
from armstrace.batch.joins.pairing import wanted_name
from armstrace.batch.joins.plan import WANTED, Piece
from armstrace.batch.joins.runs import pack_lines, read_blocks, read_lines, write_runs
from armstrace.batch.joins.work_folder import Array, Folder
from armstrace.document import Document, Fact, Metadata
from armstrace.errors import InputError
from armstrace.group.frames import Frame, frame_of, sketch_of
from armstrace.group.judging import LONGEST
from armstrace.group.sketches import Hashes

_WIRE = "wire"  # the kind of fact that marks an agency's text


def texts_name(number: int) -> str:
    """Return the file of the documents of a part by the chunk that waits for them."""
    return f"texts/{number:06}.runs"


class Chunk(NamedTuple):
    """The chunk ``local`` of a range; all chunks are counted by ``number``."""

    number: int
    range: int
    local: int


def send_texts(folder: Folder, bases: tuple[int, ...], most: int, piece: Piece) -> None:
    """Write the documents of a part for the chunks that wait for them, of which ``most`` characters are held.

    ``bases`` are the numbers of the first chunk of each range, and of all chunks.

    Raises:
        InputError: the part has not the documents any more that it had.
    """
    wanted = _wanted(folder, bases, piece.number)
    ranks = folder.array(ranks_name(piece.number))
    write_runs(folder, texts_name(piece.number), bases[-1], _runs(_sent(piece, ranks, wanted), bases[-1], most))


def _wanted(folder: Folder, bases: tuple[int, ...], part: int) -> Mapping[int, list[int]]:
    """Return the chunks that wait for each document of a part, by its row."""
    chunks: dict[int, list[int]] = {}
    for number, base in enumerate(bases[:-1]):
        for block in read_blocks(folder, wanted_name(number), part, part + 1):
            rows = np.frombuffer(block, dtype=WANTED)
            for row, chunk in zip(rows["row"].tolist(), rows["chunk"].tolist(), strict=True):
                chunks.setdefault(row, []).append(base + chunk)
    return chunks


def _sent(piece: Piece, ranks: Array, wanted: Mapping[int, list[int]]) -> Iterator[tuple[bytes, list[int]]]:
    """Yield each document that is waited for as a line, with the chunks that wait for it."""
    count = 0
    for row, document in enumerate(piece.documents()):
        count += 1
        if row in wanted:
            yield _line(int(ranks[row]), document), wanted[row]
    if count != len(ranks):
        raise InputError(
            f"{piece.part.name if piece.part else piece}: holds {count:,} documents now, and held "
            f"{len(ranks):,} when grouping began; let it be as it was, or group anew"
        )


def _line(rank: int, document: Document) -> bytes:
    known = document.metadata
    marks = [fact.text for fact in document.facts if fact.kind == _WIRE]
    row = [rank, document.id, document.text[: LONGEST + 1], known.outlet, known.published, marks]
    return json.dumps(row).encode() + b"\n"


def _runs(sent: Iterable[tuple[bytes, list[int]]], chunks: int, most: int) -> Iterator[list[bytes]]:
    held: dict[int, list[bytes]] = {}
    size = 0
    for line, numbers in sent:
        for number in numbers:
            held.setdefault(number, []).append(line)
        size += len(line)
        if size >= most:
            yield pack_lines(held, chunks)
            held, size = {}, 0
    if held:
        yield pack_lines(held, chunks)


class ChunkTexts:
    """The documents of a chunk, as those who judge ask for them."""

    def __init__(self, folder: Folder, chunk: Chunk, parts: Iterable[int], ranks: Iterable[int]) -> None:
        wanted = frozenset(ranks)
        self.ids: dict[int, str] = {}
        self._documents: dict[str, Document] = {}
        for rank, document in _documents(folder, chunk, parts):
            if rank in wanted:
                self.ids[rank] = document.id
                self._documents[document.id] = document
        self.ranks = {one: rank for rank, one in self.ids.items()}
        self._sketches: dict[str, Hashes] = {}

    def document(self, one: str) -> Document:
        """Return a document."""
        return self._documents[one]

    def size(self, one: str) -> int:
        """Return how many characters of a document are compared."""
        return min(len(self._documents[one].text), LONGEST)

    def frames(self, ids: Iterable[str]) -> Mapping[str, Frame]:
        """Return the frames of documents."""
        return {one: frame_of(self._documents[one]) for one in ids}

    def sketch(self, one: str) -> Hashes:
        """Return the sketch of a document."""
        if one not in self._sketches:
            self._sketches[one] = sketch_of(self._documents[one])
        return self._sketches[one]


def _documents(folder: Folder, chunk: Chunk, parts: Iterable[int]) -> Iterator[tuple[int, Document]]:
    for part in parts:
        for line in read_lines(folder, texts_name(part), chunk.number):
            rank, identity, text, outlet, published, marks = json.loads(line)
            facts = tuple(Fact(_WIRE, mark, None) for mark in marks)
            yield rank, Document(identity, text, text, Metadata(outlet=outlet, published=published), facts=facts)
